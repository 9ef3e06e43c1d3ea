"""The real packs and the library in a real browser, at desk and phone width."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from boardpacks.packs.files.pack_record import PackRecord
from tests.browser.audit import audit
from tests.browser.walk import PHONE, walk

pytestmark = [pytest.mark.browser, pytest.mark.end_to_end]

WIDTHS = (375, 1280)


def kinds(result: Any, kind: str) -> list[Path]:
    record = PackRecord.model_validate_json((result.published / "pack.json").read_bytes())
    return [result.published / file.name for file in record.files if file.kind == kind]


@pytest.fixture(scope="module")
def every(request: pytest.FixtureRequest) -> bool:
    """Whether axe looks at each page at each width: it finds the same elements on most of them."""
    asked: bool = request.config.getoption("--all")
    return asked


def test_nothing_is_wrong_with_any_pack(chromium: Any, built: Any, every: bool) -> None:
    pages = [path for result in built.results for path in kinds(result, "html")]
    assert len(pages) == len(built.results)
    # Pages as long as these take half a minute each: one at both widths, and by default one at one.
    own, others = (WIDTHS, WIDTHS[:1]) if every else (WIDTHS[:1], ())
    rules: dict[Path, tuple[int, ...]] = {path: own if "havering" in path.name else others for path in pages}
    found = {
        path.name: audit(chromium, path, *WIDTHS, colours_once=True, rules_at=rules[path]) for path in pages
    }
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_nothing_is_wrong_with_any_board_edition_and_it_is_short_on_a_phone(
    chromium: Any, built: Any, every: bool
) -> None:
    pages = [path for result in built.results for path in kinds(result, "edition-page")]
    assert len(pages) == len(built.results)
    rules = None if every else WIDTHS[:1]
    found = {
        path.name: audit(chromium, path, *WIDTHS, 320, colours_once=True, rules_at=rules) for path in pages
    }
    assert {name: faults for name, faults in found.items() if faults} == {}
    tall = {path.name: screens(chromium, path) for path in pages}
    assert {name: count for name, count in tall.items() if count > MOST_SCREENS} == {}


MOST_SCREENS = 25
"""Screens of a phone that a board edition has at most."""


def screens(chromium: Any, path: Path) -> float:
    page = chromium.new_page(viewport={"width": 375, "height": 812})
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    tall: float = page.evaluate("document.documentElement.scrollHeight / innerHeight")
    page.close()
    return tall


def test_the_charts_of_a_board_edition_say_their_values_and_have_their_figures(
    chromium: Any, built: Any
) -> None:
    result = next(result for result in built.results if result.plan.place == "havering")
    page = chromium.new_page()
    page.goto(kinds(result, "edition-page")[0].as_uri())
    charts = page.locator("svg.chart").count()
    assert charts > 15
    assert page.locator("a.chart-figures").count() == page.locator("svg[data-values]").count() == charts
    said = page.locator(".value-dot").evaluate_all("all => all.map(e => e.getAttribute('aria-valuetext'))")
    assert all(re.search(r": .*[0-9]", words) for words in said)
    page.close()


def test_three_taps_lead_from_the_library_to_the_evidence_for_an_alert(chromium: Any, built: Any) -> None:
    context = chromium.new_context(**PHONE, offline=True)
    arrived = walk(context.new_page(), built.out, "havering")
    context.close()
    assert arrived.taps <= 3
    assert arrived.alert in arrived.seen
    assert "Snapshot" in arrived.seen


def test_nothing_is_wrong_with_the_working_papers(chromium: Any, built: Any, every: bool) -> None:
    results = [result for result in built.results if result.plan.place in ("havering", "system")]
    pages = [path for result in results for path in kinds(result, "working-paper")]
    assert len(pages) == sum(len(result.plan.chapters) for result in results) > 8
    # Those of one notebook are made of the same elements
    first = {run.notebook: run.out.stem for result in results for run in reversed(result.plan.chapters)}
    of_first = tuple(f"_{stem}.html" for stem in first.values())
    rules = {path: (320,) if path.name.endswith(of_first) else () for path in pages}
    found = {
        path.name: audit(
            chromium, path, 320, 1280, colours_once=True, rules_at=None if every else rules[path]
        )
        for path in pages
    }
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_nothing_is_wrong_with_the_library(chromium: Any, built: Any, every: bool) -> None:
    pages = [built.out / "index.html", *(built.out / "pages").glob("*.html")]
    assert len(pages) > len(built.results) * 2  # with the addresses of places, and those that compare them
    rules = None if every else WIDTHS[:1]
    found = {
        path.name: audit(chromium, path, *WIDTHS, 320, colours_once=True, rules_at=rules) for path in pages
    }
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_link_of_the_library_leads_to_a_file(chromium: Any, built: Any) -> None:
    page = chromium.new_page()
    page.goto((built.out / "index.html").as_uri())
    links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    page.close()
    files = [link.partition("#")[0] for link in links if not link.startswith("#")]
    assert len([link for link in files if link.endswith("_board-edition.pdf")]) == len(built.results)
    assert [link for link in files if not (built.out / link).is_file()] == []


@pytest.fixture(scope="module")
def havering(built: Any) -> str:
    result = next(result for result in built.results if result.plan.place == "havering")
    address: str = kinds(result, "html")[0].as_uri()
    return address


SMOKING = "havering.smoking_prevalence.E09000016.persons.2023"
FOCUSED = "document.activeElement.textContent"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_number_opens_a_card_that_says_where_it_comes_from(
    chromium: Any, havering: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(havering)
    number = page.locator(f'p a.fact[href="#{SMOKING}"]').first
    number.click()
    told = page.get_by_role("dialog", name="Where 10.9% comes from")
    told.wait_for()
    for words in (
        "Adults who smoke",
        "6.7% to 15.1%",
        "OGL v3.0",
        "smoking_prevalence, E09000016",
        "ipynb, cell",
    ):
        assert words in told.inner_text()
    box = told.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    assert not told.is_visible()
    assert page.evaluate(FOCUSED) == "10.9%"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "6.7% to 15.1%"
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Where 6.7% to 15.1% comes from").get_by_role("link").click()
    assert page.url.endswith(f"#{SMOKING}")
    page.close()


def test_a_card_gives_way_to_the_next_one(chromium: Any, havering: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(havering)
    for index in (0, 1):
        page.locator("td a.fact").nth(index).click()
        page.wait_for_timeout(100)
        assert page.locator(".fact-card:popover-open").count() == 1
    page.get_by_role("button", name="Close").click()
    assert page.locator(".fact-card:popover-open").count() == 0
    page.close()


def test_the_tab_key_stops_once_in_a_paragraph_or_table(chromium: Any, havering: str) -> None:
    page = chromium.new_page()
    page.goto(havering)
    stops = page.eval_on_selector_all(
        "a.fact", "all => all.filter(a => a.tabIndex === 0).map(a => a.closest('table, p, li')).length"
    )
    groups = page.evaluate(
        "new Set([...document.querySelectorAll('a.fact')].map(a => a.closest('table, p, li'))).size"
    )
    assert stops == groups > 50
    assert page.locator("a.fact").count() > 4 * groups
    page.close()


def test_without_scripts_a_number_leads_to_its_entry(chromium: Any, havering: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(havering)
    page.locator(f'p a.fact[href="#{SMOKING}"]').first.click()
    assert page.url.endswith(f"#{SMOKING}")
    assert page.locator(":target").inner_text() == "Havering 10.9% (6.7% to 15.1%)"
    context.close()
