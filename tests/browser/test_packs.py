"""The real packs and the library in a real browser, at desk and phone width."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.audit import audit

pytestmark = [pytest.mark.browser, pytest.mark.end_to_end]

WIDTHS = (1280, 375)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wrong_with_any_pack(chromium: Any, built: Any, width: int) -> None:
    pages = [path for result in built.results for path in result.published.glob("*.html")]
    assert len(pages) == 8
    assert {path.name: faults for path in pages if (faults := audit(chromium, path, width).faults)} == {}


@pytest.mark.parametrize("width", [*WIDTHS, 320])
def test_nothing_is_wrong_with_the_library(chromium: Any, built: Any, width: int) -> None:
    assert audit(chromium, built.out / "index.html", width).faults == ()


def test_every_link_of_the_library_leads_to_a_file(chromium: Any, built: Any) -> None:
    page = chromium.new_page()
    page.goto((built.out / "index.html").as_uri())
    links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    page.close()
    assert len([link for link in links if link.endswith((".pdf", ".html"))]) == 16
    assert [link for link in links if not link.startswith("#") and not (built.out / link).exists()] == []
