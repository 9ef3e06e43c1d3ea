"""The library in a real browser: no fault at any width, everything by keyboard, nothing from a network."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.library.working_papers import working_papers
from boardpacks.packs.library.write_library import write_library
from boardpacks.packs.read.read_notebook import read_chapter
from tests.browser.audit import audit
from tests.packs.conftest import a_content, a_figure, a_notebook, a_plan, a_statement, a_table, some_params
from tests.packs.library.shelve import ENDINGS, facts, history, judgement, shelve

pytestmark = pytest.mark.browser

WIDTHS = (1280, 640, 375, 320)
LONG = "Ñandú" * 60
TABLE = """<table><caption>Smoking by borough</caption><thead><tr><th>Area</th><th>Value</th></tr></thead>
<tbody><tr><td>Havering</td><td>10.9%</td></tr></tbody></table>"""


@pytest.fixture(scope="module")
def library(project: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two meetings, with every kind of file and every status, below a folder with an odd name."""
    ensure_fonts(project.fonts)
    folder: Path = tmp_path_factory.mktemp("a share") / "packs #1 100%"
    plan = a_plan(tmp_path_factory.mktemp("executed"))
    a_notebook(
        plan.chapters[0].out,
        [
            "# Long-term conditions\n\nHow the place is doing; see @fig-smoking-trend.",
            "## Smoking",
            [a_statement() | {"text/markdown": "In Havering **10.9%** of adults smoke."}, a_figure()],
            [a_table() | {"text/html": TABLE}],
            [{"output_type": "stream", "name": "stdout", "text": "printed " * 40}, {"text/plain": "x" * 300}],
        ],
    )
    (paper,) = working_papers(a_content(plan, read_chapter(plan.chapters[0].out)), folder).values()
    told = facts(
        judgement("Smoking: better than England", "better"), judgement("Suicide: worse than England")
    )
    files = dict.fromkeys(ENDINGS, b"x" * 90_000) | {"facts": told, "working-paper": paper}
    history(folder, files=files)
    shelve(folder, files, place="newham", place_name="Newham", missing=("author", "sponsor"), example=True)
    shelve(folder, files, slug="havering_meeting", kind="meeting-pack", status="final")
    shelve(folder, files, place="long", place_name=LONG, title=LONG, board=LONG, meeting=dt.date(2027, 2, 10))
    shelve(
        folder,
        files,
        place="rtl",
        place_name="لوحة القيادة 🏥",
        title="لوحة القيادة",
        meeting=dt.date(2027, 2, 10),
    )
    (folder / "2027-02-10" / "broken").mkdir()
    write_library(folder, some_params().system, project.fonts)
    return folder


PAGES = {
    "index": "index.html",
    "final": "pages/2026-12-09_havering.html",
    "superseded": "pages/2026-12-09_havering_v1.0.html",
    "draft": "pages/2026-12-09_newham.html",
    "long names": "pages/2027-02-10_long.html",
    "right to left": "pages/2027-02-10_rtl.html",
    "compare": "pages/compare_long-term-conditions.html",
    "working paper": "2026-12-09/newham/2026-12-09_newham_v0.1_working-paper_mental_health.html",
}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wrong_at_any_width(chromium: Any, library: Path, name: str) -> None:
    assert audit(chromium, library / PAGES[name], *WIDTHS) == ()


def test_nothing_is_wrong_with_the_confidential_library(chromium: Any, project: Any, tmp_path: Path) -> None:
    shelve(tmp_path, slug="havering_part-2", part="confidential")
    write_library(tmp_path, some_params().system, project.fonts, "confidential")

    assert audit(chromium, tmp_path / "index.html", 320) == ()
    assert audit(chromium, tmp_path / "pages" / "2026-12-09_havering_part-2.html", 1280) == ()


@pytest.fixture
def open_page(chromium: Any, library: Path) -> Any:
    """Opens pages of the library; whatever they ask for beside files is stopped and counted."""
    contexts: list[Any] = []
    asked: list[str] = []

    def stop(route: Any) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    def open_at(name: str = "index", anchor: str = "", width: int = 1280, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        context.route("**/*", stop)
        page = context.new_page()
        page.goto((library / PAGES[name]).as_uri() + anchor)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert asked == []


FOCUS = """() => {
  const it = document.activeElement;
  const style = getComputedStyle(it);
  const box = it.getBoundingClientRect();
  return {
    words: (it.textContent || it.id).trim(), id: it.id, tag: it.tagName, href: it.getAttribute("href"),
    seen: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
    inside: box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= 0 && box.right <= innerWidth,
    height: box.height, in_sentence: it.matches(".cells p a"),
  };
}"""
VISIBLE = "document.querySelectorAll('.pack:not([hidden])').length"


def tab(page: Any, to: str, most: int = 40) -> dict[str, Any]:
    """Press Tab until the focus is on an element with this id or these words; focus is seen at every step."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus: dict[str, Any] = page.evaluate(FOCUS)
        assert focus["seen"], focus
        assert focus["inside"], focus
        assert focus["height"] >= 24 or focus["in_sentence"], focus
        if to in (focus["id"], focus["words"]):
            return focus
    raise AssertionError(f"{to} is not reached by the Tab key")


def test_a_walk_by_keyboard_alone_from_the_search_to_a_download_and_back(open_page: Any) -> None:
    page = open_page()
    assert tab(page, "Skip to the packs", 1)["href"] == "#packs"
    page.keyboard.press("Enter")
    assert tab(page, "Find a pack", 1)["tag"] == "SUMMARY"
    assert tab(page, "words", 1)["tag"] == "INPUT"
    page.keyboard.type("newham")
    assert page.locator("#count").inner_text() == "1 of 5 packs shown"
    assert page.evaluate(VISIBLE) == 1
    page.keyboard.press("Escape")
    page.wait_for_function(f"{VISIBLE} === 5")
    assert page.locator("#count").inner_text() == "All 5 packs shown"
    assert page.evaluate("document.activeElement.id") == "words"
    tab(page, "place", 1)
    tab(page, "meeting", 1)
    tab(page, "status", 1)
    page.keyboard.type("Final")
    page.wait_for_function(f"{VISIBLE} === 2")
    assert tab(page, "Show all", 1)["tag"] == "BUTTON"
    tab(page, "Havering")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/2026-12-09_havering.html")
    assert tab(page, "Skip to the pack", 1)["href"] == "#pack"
    page.keyboard.press("Enter")
    link = tab(page, "The board edition: the few pages that a board reads", 1)
    assert link["href"] == "../2026-12-09/havering_v1.1/2026-12-09_havering_v1.1_board-edition.pdf"
    tab(page, "Version 1.0")
    tab(page, "Show the checksums")
    page.keyboard.press("Enter")
    assert page.locator(".sums code").first.is_visible()
    page.go_back()
    page.go_back()
    page.wait_for_url("**/index.html#status=final")
    page.wait_for_function(f"{VISIBLE} === 2")


def test_every_page_is_walked_from_end_to_end_with_the_focus_in_sight(open_page: Any) -> None:
    for name, last in {"superseded": "Show the checksums", "working paper": "Code of cell 5"}.items():
        tab(open_page(name), last)


def test_a_filter_can_be_shared_and_an_address_of_a_meeting_still_leads_there(open_page: Any) -> None:
    page = open_page()
    page.locator("#words").fill("havering")
    page.locator("#status").select_option("superseded")
    assert page.url.endswith("index.html#words=havering&status=superseded")
    assert page.evaluate(VISIBLE) == 1
    assert page.locator("#meeting-2027-02-10").is_hidden()

    shared = open_page("index", "#words=havering&status=superseded&place=nowhere", width=375)
    assert shared.evaluate(VISIBLE) == 1
    assert shared.locator("#words").input_value() == "havering"
    assert shared.locator("#place").input_value() == ""
    shared.get_by_role("button", name="Show all").click()
    shared.wait_for_function(f"{VISIBLE} === 5")
    assert shared.url.endswith("index.html")

    anchored = open_page("index", "#place-newham")
    assert anchored.evaluate(VISIBLE) == 5
    assert anchored.url.endswith("#place-newham")


def test_a_filter_from_an_address_is_never_obeyed_as_a_page(open_page: Any) -> None:
    page = open_page("index", "#words=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")

    assert page.locator("img").count() == 0
    assert page.locator("#count").inner_text().startswith("No pack fits.")
    assert page.evaluate(VISIBLE) == 0


@pytest.mark.parametrize("name", PAGES)
def test_everything_is_there_without_scripts(open_page: Any, name: str) -> None:
    page = open_page(name, java_script_enabled=False)

    assert page.locator("main").inner_text()
    if name == "index":
        assert page.locator("#finder").is_hidden()
        page.locator("#place-newham h3 a").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Havering board pack"
    if name == "working paper":
        page.locator("summary").first.click()
        assert page.locator("details pre").first.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_targets_are_large_enough_and_words_set_in_the_shared_font(open_page: Any, name: str) -> None:
    page = open_page(name, width=320)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, select, input, summary")]
          .filter(e => e.checkVisibility() && !e.matches(".skip, p a"))
          .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect().height])
          .filter(([, height]) => height < 24)"""
    )
    assert small == []
    if name != "working paper":
        assert page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts].some(f => f.status === 'loaded'))"
        )


def test_print_leaves_out_what_paper_cannot_use(open_page: Any) -> None:
    page = open_page()
    page.emulate_media(media="print")

    assert page.locator("#finder").is_hidden()
    assert page.locator(".pack").first.is_visible()
