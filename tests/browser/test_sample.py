from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.render import engine
from tests.browser.audit import audit

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[1] / "packs" / "render" / "sample"
WIDTHS = (1280, 1024, 768, 375, 320)


@pytest.fixture(scope="module")
def page_path(checkout, tmp_path_factory) -> Path:
    """The sample's HTML page."""
    ensure_fonts(checkout.fonts)
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE, folder / "source")
    shutil.copytree(checkout.extension, folder / "source" / "_extensions" / "boardpack")
    made = engine("bundled").render(folder / "source", folder, ("html",), dt.date(2026, 12, 9))
    return made["html"]


@pytest.fixture
def open_page(chromium, page_path):
    """Opens the page at a width, and closes it after the test."""
    contexts = []

    def open_at(width: int, height: int = 800, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(page_path.as_uri())
        page.evaluate("document.fonts.ready")
        return page

    yield open_at
    for context in contexts:
        context.close()


def test_nothing_is_wrong_at_any_width(chromium, page_path):
    assert audit(chromium, page_path, *WIDTHS) == ()


def test_every_word_is_set_in_inter_charts_included(open_page):
    page = open_page(1280)
    assert page.evaluate(
        "document.fonts.check('16px Inter') && [...document.fonts].some(f => f.status === 'loaded')"
    )
    families = page.evaluate(
        "[...new Set([...document.querySelectorAll('p, td, svg text')].map(e => getComputedStyle(e).fontFamily))]"
    )
    assert all(family.strip('"').startswith("Inter") for family in families), families


def test_contents_stay_in_view_beside_the_text_and_never_over_it(open_page):
    page = open_page(1280, 700)
    page.evaluate("document.querySelector('#sec-method').scrollIntoView({behavior: 'instant'})")
    contents, text = page.locator("#TOC").bounding_box(), page.locator("#content").bounding_box()
    assert contents["y"] >= 0
    assert contents["x"] + contents["width"] <= text["x"]


def test_contents_fold_on_a_phone_and_open_on_demand(open_page):
    page = open_page(375)
    assert not page.locator("#TOC a").first.is_visible()
    page.locator("#TOC summary").click()
    assert page.locator("#TOC a").first.is_visible()


def test_without_scripts_everything_is_there(open_page):
    page = open_page(375, java_script_enabled=False)
    assert page.locator("#TOC a").first.is_visible()
    assert page.locator(".table-scroll[tabindex='0'][role='region'][aria-label]").count() == 2


def test_what_is_too_wide_scrolls_in_a_named_region_only_when_it_has_to(open_page):
    assert open_page(1280).locator("[role=region][tabindex]").count() == 0
    narrow = open_page(320)
    regions = narrow.locator("[role=region][tabindex='0']")
    names = regions.evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert "Figure\u00a01: Smoking fell from 16.8% to 10.9% in six years." in names
    assert len(names) == len(set(names))


def test_the_first_tab_stop_leads_past_the_contents(open_page):
    page = open_page(1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_focus_can_be_seen(open_page):
    page = open_page(1280)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


def test_verdict_colours_have_enough_contrast(open_page):
    ratios = open_page(1280).evaluate(
        """() => {
          const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(n => n / 255)
            .map(n => n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
            return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
          const wash = light("237 244 250");
          return [...document.querySelectorAll("[class^='verdict-'], .verdict-shape, .figure-note, .float-number")]
            .map(e => (wash + 0.05) / (light(getComputedStyle(e).color) + 0.05)); }"""
    )
    assert min(ratios) >= 4.5


def test_print_shows_the_whole_table_and_no_contents(open_page):
    page = open_page(375)
    page.emulate_media(media="print")
    assert not page.locator("#TOC").is_visible()
    assert page.locator(".table-scroll").first.evaluate("e => getComputedStyle(e).overflowX") == "visible"
