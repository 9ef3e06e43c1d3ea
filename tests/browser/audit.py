"""What Chromium and axe-core find wrong with a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Passes are left out and elements not named by selectors: both take most of the time on a page of many charts.
OPTIONS: dict[str, object] = {
    "runOnly": {"type": "tag", "values": RULES},
    "resultTypes": ["violations"],
    "selectors": False,
}
NO_COLOURS: dict[str, object] = {
    "rules": {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}}
}
"""Leaves out the rules about colours, which take two thirds of the time on a page of many charts."""
HEIGHTS = {320: 640, 375: 812, 1280: 900}

# Elements whose right edge lies beyond the window, unless a box of their own scrolls them.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(el => {
  const box = el.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1) return false;
  for (let up = el.parentElement; up; up = up.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(up).overflowX)) return false;
  return !el.closest(".skip-link");
}).slice(0, 5).map(el => el.outerHTML.slice(0, 120))"""


def audit(
    browser: Browser,
    page_path: Path,
    *widths: int,
    colours_once: bool = False,
    rules_at: Collection[int] | None = None,
    dark: bool = False,
) -> tuple[str, ...]:
    """Open a page offline at each of these widths, and return what is wrong with it, one line each.

    Parameters
    ----------
    browser
        The ``chromium`` fixture.
    page_path
        The HTML file.
    widths
        Widths of the window in CSS pixels.
    colours_once
        Whether colours are looked at in the first width only: for large pages made of the elements of a small one
        whose colours are looked at in all.
    rules_at
        The widths in which axe looks, all by default; in the others only what is cut off is looked for.
    dark
        Whether its reader has asked for a dark page.
    """
    context = browser.new_context(offline=True, color_scheme="dark" if dark else "light")
    try:
        page = context.new_page()
        faults: list[str] = []
        page.on(
            "console", lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None
        )
        page.on("pageerror", lambda error: faults.append(f"console: {error}"))
        page.on("request", lambda request: faults.extend(_from_a_network(request.url)))
        for at, width in enumerate(widths):
            page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})
            page.goto(page_path.resolve().as_uri())
            page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
            found = [*_cut_off(page)]
            if rules_at is None or width in rules_at:
                options = OPTIONS | (NO_COLOURS if colours_once and at else {})
                found += _against_rules(page, options)
            faults += [f"{width} px: {fault}" for fault in found]
        return tuple(faults)
    finally:
        context.close()


def _against_rules(page: Page, options: dict[str, object]) -> Iterator[str]:
    for violation in Axe().run(page, options=options).response["violations"]:
        yield _line(violation)


def _cut_off(page: Page) -> Iterator[str]:
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if overflow > 0:
        yield f"the page is {overflow} px wider than the window"
    for text in page.evaluate(CUT_OFF):
        yield f"cut off at the right: {text}"


def _from_a_network(address: str) -> list[str]:
    return [] if address.startswith(("file:", "data:")) else [f"asks the network for {address}"]


def _line(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    summary = " ".join(str(nodes[0].get("failureSummary", "")).split())
    return f"{violation['id']} ({len(nodes)}): {violation['help']}: {nodes[0]['html'][:200]}: {summary[:200]}"
