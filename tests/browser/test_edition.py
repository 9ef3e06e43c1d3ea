"""The web page of a board edition: read on a phone, by keyboard, in dark and in high contrast, and without scripts."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.render import engine
from tests.browser.audit import audit

pytestmark = pytest.mark.browser

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{w}pt" height="120pt" viewBox="0 0 {w} 120">'
    '<path d="M 10 100 L 200 20" style="stroke: #005eb8; fill: none"/>'
    '<text x="12" y="20" style="font-size: 8.5px; fill: #4c6272">England</text></svg>'
)
VALUES = [
    [10, 100, "Havering, 2022: 9.1%"],
    [100, 60, "Havering, 2023: 10.9%"],
    [200, 20, "Havering, 2024: 12%"],
]
CSV = "Area,Period,Value\nHavering,2022,9.1\nHavering,2023,10.9\nHavering,2024,12\n"
SPARK = '[]{.spark points="0,0 50,100 100,50"}'
ROWS = "\n".join(
    f"| [{name}](annex:sec-{name.lower()}) | **{value}** | {SPARK} | 5.5 | {verdict} | Alert |"
    for name, value, verdict in (
        ("Smoking", "10.9%", "[Worse]{.verdict-worse}"),
        ("Asthma", "1,200", "[Better]{.verdict-better}"),
        ("Obesity", "23.9%", "[Stands out]{.verdict-stands-out}"),
        ("Pay", "£772", "Not compared"),
        ("Flu", "–", "Too old"),
    )
)
SECTIONS = "\n\n".join(
    f"# {name} {{#sec-{name.lower()}}}\n\n" + "Words about it, and more of them, to be read. " * 60
    for name in ("Start", "Live", "Age")
)
PAGE = f"""---
title: Havering board pack
lang: en-GB
toc: true
toc-depth: 1
fig-cap-location: top
tbl-cap-location: top
pack:
  edition: true
  organisation: NHS Exampleshire
  meeting: 9 December 2026
  version: "0.1"
  status: DRAFT
  annex: {{html: annex.html, pdf: annex.pdf}}
  headlines: [{{kind: attention, value: 29.4%, words: "**Plans:** 3rd lowest"}}]
  front-sheet: [{{label: Author, content: To follow}}]
  places:
    - {{name: Newham, link: ../../pages/newest_newham.html}}
    - {{name: Redbridge, link: ../../pages/newest_redbridge.html}}
---

# Summary {{#sec-summary}}

Of 5 measures, [1]{{.verdict-worse}} is worse.

:::: {{.matters}}

## What to do {{#what-to-do .unnumbered .unlisted}}

| What it is | Since when | Action |
| :--- | :--- | :--- |
| [Smoking](annex:sec-smoking): 10.9%, worse | Since 2019. | |

: Alerts {{#tbl-what-to-do tbl-colwidths="[40,34,26]"}}

::::

# Scorecard {{#sec-scorecard .continued}}

:::: {{.scorecard}}

| Long-term conditions | Value | Line | England | Judgement | Board |
| :--- | ---: | :--- | ---: | :--- | :--- |
{ROWS}

: {{tbl-colwidths="[30,10,10,10,20,10]"}}

::::

# Charts {{#sec-charts}}

:::: {{.charts}}

::: {{.chart}}

**Smoking: 12%, worse than England**\\
[Adults who smoke, %, 2022 to 2024]{{.about}} []{{.chart-figures of="figures/small.csv" what="Adults who smoke"}}

![](figures/small.svg){{fig-alt="Line chart of smoking."}}

:::

::::

::: {{.wide-chart}}

**All places**\\
[Adults who smoke]{{.about}}

![](figures/wide.svg){{fig-alt="Line charts of all places."}}

:::

| Measure | Period | Value | England |
| :--- | :--- | ---: | ---: |
| Waits | March 2026 | 78.3% | 77.1% |
| Stays | March 2026 | 5.0% | 6.0% |

: The trust {{#tbl-trust}}

{SECTIONS}
"""


@pytest.fixture(scope="module")
def page_path(checkout: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, where a library has it."""
    ensure_fonts(checkout.fonts)
    root: Path = tmp_path_factory.mktemp("library")
    source = root / "source"
    shutil.copytree(checkout.extension, source / "_extensions" / "boardpack")
    (source / "figures").mkdir()
    (source / "pack.qmd").write_text(PAGE, encoding="utf-8")
    (source / "figures" / "small.svg").write_text(SVG.format(w=241), encoding="utf-8")
    (source / "figures" / "wide.svg").write_text(SVG.format(w=470), encoding="utf-8")
    (source / "figures" / "small.csv").write_text(CSV, encoding="utf-8")
    (source / "figures" / "small.json").write_text(json.dumps(VALUES), encoding="utf-8")
    made = engine("bundled").render(source, root / "made", ("html",), dt.date(2026, 12, 9))
    folder = root / "2026-12-09" / "havering"
    folder.mkdir(parents=True)
    return Path(shutil.copy(made["html"], folder / "edition.html"))


@pytest.fixture
def open_page(chromium: Any, page_path: Path) -> Any:
    """Opens the page at a width, without motion, and closes it after the test."""
    contexts = []

    def open_at(width: int = 375, path: Path = page_path, **options: Any) -> Any:
        size = {"width": width, "height": 812}
        context = chromium.new_context(viewport=size, reduced_motion="reduce", offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        return page

    yield open_at
    for context in contexts:
        context.close()


def test_nothing_is_wrong_at_any_width(chromium: Any, page_path: Path) -> None:
    assert audit(chromium, page_path, 1280, 768, 375, 320) == ()


def test_the_findings_come_first_and_the_front_sheet_is_folded_behind_them(open_page: Any) -> None:
    page = open_page()
    tops = page.evaluate(
        "['.headlines', '#sec-summary', '#front-sheet'].map(s => document.querySelector(s).getBoundingClientRect().top)"
    )
    assert tops == sorted(tops)
    assert tops[1] < 812
    assert not page.get_by_text("Author").is_visible()
    page.get_by_role("link", name="Front sheet").click()
    assert page.get_by_text("Author").is_visible()


def test_contents_stay_with_the_reader_on_a_phone_and_say_where_that_is(open_page: Any) -> None:
    page = open_page()
    page.evaluate("document.querySelector('#sec-live').scrollIntoView()")
    bar, section = page.locator(".pack-bar").bounding_box(), page.locator("#sec-live h2").bounding_box()
    assert 0 <= bar["y"] < 2
    assert section["y"] >= bar["y"] + bar["height"]
    page.wait_for_function("document.querySelector('.here').textContent === ': Live'")
    page.locator("#TOC summary").click()
    listed = page.locator("#TOC a")
    assert listed.all_inner_texts() == ["Summary", "Scorecard", "Charts", "Start", "Live", "Age"]
    assert page.locator("#TOC a[aria-current]").inner_text() == "Live"
    listed.last.click()
    assert page.url.endswith("#sec-age")
    assert not listed.first.is_visible()


def test_contents_close_by_the_escape_key_and_give_the_focus_back(open_page: Any) -> None:
    page = open_page()
    page.locator("#TOC summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.locator("#TOC a").first.is_visible()


def test_another_place_is_one_step_away_at_the_same_section(
    open_page: Any, page_path: Path, tmp_path: Path
) -> None:
    page = open_page()
    page.evaluate("document.querySelector('#sec-age').scrollIntoView()")
    page.wait_for_function("document.querySelector('.here').textContent === ': Age'")
    page.get_by_text("Other places").click()
    links = page.locator(".other-places a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links[0].endswith("/pages/newest_newham.html#sec-age")

    alone = open_page(path=Path(shutil.copy(page_path, tmp_path / "mailed.html")))
    assert not alone.get_by_text("Other places").is_visible()


def test_headings_can_be_linked_to(open_page: Any) -> None:
    page = open_page()
    page.locator("#sec-live h2 a").click()
    assert page.url.endswith("#sec-live")


@pytest.mark.parametrize(
    ("column", "ascending", "descending"),
    [
        ("Value", "Smoking Obesity Pay Asthma Flu", "Asthma Pay Obesity Smoking Flu"),
        ("Long-term conditions", "Asthma Flu Obesity Pay Smoking", "Smoking Pay Obesity Flu Asthma"),
    ],
)
def test_a_table_sorts_by_a_button_in_its_heading(
    open_page: Any, column: str, ascending: str, descending: str
) -> None:
    page = open_page(1280)
    button = page.get_by_role("button", name=column)
    names = page.locator(".scorecard tbody th")
    button.focus()
    page.keyboard.press("Enter")
    assert " ".join(names.all_inner_texts()) == ascending
    assert button.evaluate("b => b.parentNode.getAttribute('aria-sort')") == "ascending"
    page.keyboard.press("Enter")
    assert " ".join(names.all_inner_texts()) == descending
    assert page.locator("[aria-sort]").count() == 1


def test_a_value_is_said_under_the_pointer_and_by_the_arrow_keys(open_page: Any) -> None:
    page = open_page(1280)
    slider, tip = page.get_by_role("slider", name="Values of the chart"), page.locator(".value-tip")
    assert tip.inner_text() == ""
    slider.focus()
    assert (slider.get_attribute("aria-valuetext"), tip.inner_text()) == (VALUES[2][2], VALUES[2][2])
    for key, at in (("ArrowLeft", 1), ("Home", 0), ("ArrowLeft", 0), ("End", 2)):
        page.keyboard.press(key)
        told = VALUES[at][2]
        assert slider.get_attribute("aria-valuetext") == told
        assert tip.inner_text() == told
    page.keyboard.press("Escape")
    assert tip.inner_text() == ""

    box = page.locator("svg[data-values]").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 100 / 241, box["y"] + box["height"] * 60 / 120)
    assert tip.inner_text() == VALUES[1][2]
    said = tip.bounding_box()
    assert box["x"] <= said["x"] <= said["x"] + said["width"] <= box["x"] + box["width"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_figures_of_a_chart_are_one_click_away(open_page: Any, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    with page.expect_download() as download:
        page.get_by_role("link", name="Figures of this chart as CSV: Adults who smoke").click()
    assert download.value.suggested_filename == "small.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8-sig") == CSV


@pytest.mark.parametrize("width", [375, 320])
def test_charts_have_their_own_size_on_a_phone_and_words_of_eleven_pixels(open_page: Any, width: int) -> None:
    page = open_page(width)
    small = page.locator(".charts svg").bounding_box()
    assert 319 <= small["width"] <= 322
    sizes = page.evaluate(
        "[...document.querySelectorAll('svg.chart text')].map(t => t.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 11
    wide = page.locator(".wide-chart .drawing")
    assert wide.evaluate("e => e.scrollWidth > e.clientWidth && e.tabIndex === 0 && e.role === 'region'")


@pytest.mark.parametrize("width", [375, 320])
def test_wide_tables_are_cards_on_a_phone_and_the_scorecard_fits(open_page: Any, width: int) -> None:
    page = open_page(width)
    page.get_by_role("button", name="Long-term conditions: 5 measures").click()
    boxes = page.locator(".table-scroll")
    assert boxes.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length") == 0
    card = page.locator("table.cards tbody tr").first
    shown = card.locator("td").evaluate_all("all => all.map(e => [e.dataset.label, e.textContent])")
    assert shown == [["Period", "March 2026"], ["Value", "78.3%"], ["England", "77.1%"]]
    before = "e => getComputedStyle(e, '::before').content"
    assert card.locator("td").first.evaluate(before).replace('" "', "") == '"Period: "'
    assert card.evaluate("e => getComputedStyle(e).display") == "flex"
    assert page.get_by_role("row").count() > 5  # a card is a row of a table all the same


def test_the_scorecard_is_folded_on_a_phone_and_words_looked_for_are_found_in_it(open_page: Any) -> None:
    page = open_page(375)
    button = page.get_by_role("button", name="Long-term conditions: 5 measures")

    def unfolded() -> tuple[bool, str]:
        shown: bool = page.locator(".scorecard tbody").evaluate("e => e.checkVisibility()")
        return shown, page.locator(".unfold").get_attribute("aria-expanded")

    assert unfolded() == (False, "false")
    button.focus()
    page.keyboard.press("Enter")
    assert unfolded() == (True, "true")
    page.keyboard.press("Enter")
    assert unfolded() == (False, "false")
    page.locator(".scorecard .table-scroll").dispatch_event("beforematch")
    assert unfolded() == (True, "true")
    button.click()

    page.set_viewport_size({"width": 1280, "height": 900})
    assert unfolded()[0]
    assert not page.locator(".unfold").is_visible()


@pytest.mark.parametrize(
    "mode", [{"color_scheme": "dark"}, {"forced_colors": "active", "color_scheme": "dark"}]
)
def test_charts_are_readable_in_dark_and_in_high_contrast(open_page: Any, mode: dict[str, str]) -> None:
    page = open_page(**mode)
    seen = page.evaluate(
        """() => { const svg = document.querySelector("svg.chart"), style = getComputedStyle(svg);
          return [style.backgroundColor, getComputedStyle(svg.querySelector("text")).fill,
            getComputedStyle(svg.querySelector("path")).stroke, getComputedStyle(document.body).backgroundColor]; }"""
    )
    assert seen[:3] == ["rgb(255, 255, 255)", "rgb(76, 98, 114)", "rgb(0, 94, 184)"]
    assert seen[3] != "rgb(255, 255, 255)"


def test_nothing_is_wrong_in_the_dark(chromium: Any, page_path: Path) -> None:
    assert audit(chromium, page_path, 375, dark=True) == ()


def test_without_scripts_everything_is_there_and_nothing_lies_over_the_text(open_page: Any) -> None:
    page = open_page(java_script_enabled=False)
    assert page.locator("#TOC a").first.is_visible()
    assert page.locator(".pack-bar").evaluate("e => getComputedStyle(e).position") == "static"
    assert page.locator(".scorecard tbody tr").count() == 5
    page.locator("#front-sheet summary").click()
    assert page.get_by_text("Author").is_visible()


def test_the_page_is_walked_by_keyboard_with_the_focus_in_sight(open_page: Any) -> None:
    page = open_page()
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => { const e = document.activeElement, box = e.getBoundingClientRect(),
              bar = document.querySelector(".pack-bar"),
              own = bar.getBoundingClientRect(), edge = bar.contains(e) || own.top > 1 ? 0 : own.bottom;
              return [e.id || e.className || e.textContent.trim(), e === document.body
                || (box.bottom > 0 && box.top < innerHeight && (edge <= 0 || box.bottom > edge))]; }"""
        )
        assert at[1], at
        seen.append(at[0])
        if at[0] == "Front sheet" and len(seen) > 10:
            break
    assert seen[0] == "skip-link"
    assert {"value-dot", "chart-figures", "anchor"} <= {part for name in seen for part in name.split()}
