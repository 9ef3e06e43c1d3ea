"""A preview in a real browser: it loads a new page by itself, and shows what fails over the last good page."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from watchfiles import watch

from boardpacks.preview import follow_saves
from boardpacks.project.folder import Project
from tests.preview.conftest import CHAPTERS, small, small_sources, write_notebook

__all__ = ["CHAPTERS", "small", "small_sources"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("warm_builds")]
PATIENCE = 120_000


@pytest.fixture
def address(small: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where a preview of one chapter is served, by the very function that the command calls."""
    ready, over, found = threading.Event(), threading.Event(), []

    def started(port: int) -> None:
        found.append(port)
        ready.set()

    monkeypatch.setattr(
        follow_saves,
        "watch",
        lambda *paths, raise_interrupt, **options: watch(*paths, stop_event=over, **options),
    )
    thread = threading.Thread(
        target=follow_saves.preview,
        args=(small, "havering", ("one",), dt.date(2026, 12, 1)),
        kwargs={"port": 0, "started": started},
    )
    thread.start()
    assert ready.wait(60)
    yield f"http://127.0.0.1:{found[0]}/"
    over.set()
    thread.join(timeout=60)
    assert not thread.is_alive()


def test_a_save_is_seen_and_a_failure_is_told_with_cell_and_line(
    chromium: Any, small: Project, address: str
) -> None:
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    page.get_by_text("Words.").wait_for()
    banner = page.locator("#boardpacks-preview")
    banner.get_by_text("Up to date.").wait_for()

    write_notebook(small, "one", text="Saved just now.")
    page.get_by_text("Saved just now.").wait_for()

    write_notebook(small, "one", "total = 1\nprint(totl)", text="Saved just now.")
    banner.get_by_text("one.ipynb, cell 4, line 2").wait_for()
    assert "NameError" in banner.locator("pre").inner_text()
    assert page.get_by_text("Saved just now.").is_visible()
    banner.get_by_role("button", name="See the page below").click()
    assert not banner.locator("pre").is_visible()

    write_notebook(small, "one", text="Mended.")
    page.get_by_text("Mended.").wait_for()
    banner.get_by_text("Up to date.").wait_for()
    assert banner.locator("pre").count() == 0
    assert faults == []
    page.close()
