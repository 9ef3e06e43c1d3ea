"""The report of a build in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.runs.report import write_report
from tests.browser.audit import audit
from tests.runs.conftest import make_record

__all__ = ["make_record"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("exit_status", [0, 1, 2, 130])
def test_nothing_is_wrong_with_the_report(
    chromium: Any, project: Any, tmp_path: Any, make_record: Any, exit_status: int
) -> None:
    ensure_fonts(project.fonts)
    record = make_record(
        exit_status, reason="ValueError: " + "no_spaces_at_all_" * 20, asked={"--out": "x" * 90}
    )
    page = write_report(tmp_path, record, project.fonts)
    assert audit(chromium, page, 1280, 375, 320) == ()
