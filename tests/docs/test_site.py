"""The site of the docs is made without a warning, and asks no other host for anything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOREIGN = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\ssrc=\"(?:https?:)?//|<link[^>]*\shref=\"(?:https?:)?//|url\(['\"]?(?:https?:)?//"
)


def test_every_page_and_link_of_the_site_is_there(site: Path) -> None:
    pages = {page.relative_to(site).as_posix() for page in site.rglob("*.html")}
    assert {"index.html", "new-system.html", "reference/commands.html", "reference/params-keys.html"} <= pages


def test_every_page_that_a_readme_leads_to_is_there() -> None:
    for readme in (ROOT / "README.md", ROOT / "params" / "README.md"):
        for address in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", readme.read_text("utf-8")):
            assert (readme.parent / address).exists(), f"{readme}: {address}"


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    for path in [*site.rglob("*.html"), *site.rglob("*.css")]:
        found = FOREIGN.search(path.read_text("utf-8"))
        assert found is None, f"{path.name}: {found[0] if found else ''}"


@pytest.mark.browser
def test_words_are_found_in_pages_from_disk_which_fit_a_phone(site: Path, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 375, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "search.html").as_uri() + "?q=waiver")
    page.locator("#properdocs-search-results article").first.wait_for()
    found = page.locator("#properdocs-search-results article a")
    assert any("data-checks.html" in str(one.get_attribute("href")) for one in found.all())
    found.first.click()
    assert "search.html" not in page.url
    for name in ("index", "new-system", "reference/params-keys", "reference/notebook-calls"):
        page.goto((site / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 375, name
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()
