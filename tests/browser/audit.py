"""What Chromium and axe-core find wrong with a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Passes are left out and elements not named by selectors: both take most of the time on a page of many charts.
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "selectors": False}
HEIGHTS = {320: 640, 375: 812, 1280: 900}

# Elements whose right edge lies beyond the window, unless a box of their own scrolls them.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(el => {
  const box = el.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1) return false;
  for (let up = el.parentElement; up; up = up.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(up).overflowX)) return false;
  return !el.closest(".skip-link");
}).slice(0, 5).map(el => el.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Audit:
    """The findings at one width.

    Parameters
    ----------
    violations
        One line for each axe-core violation: rule, help, first element.
    overflow
        CSS pixels by which the page is wider than the window, and what sticks out.
    console_errors
        Errors in the browser's console.
    requests
        Addresses that the page asked for, other than itself and data in it.
    """

    violations: tuple[str, ...]
    overflow: int
    cut_off: tuple[str, ...]
    console_errors: tuple[str, ...]
    requests: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything found, one line each; empty for a good page."""
        sideways = (f"the page is {self.overflow} px wider than the window",) if self.overflow > 0 else ()
        return (
            *self.violations,
            *sideways,
            *(f"cut off at the right: {text}" for text in self.cut_off),
            *(f"console: {text}" for text in self.console_errors),
            *(f"asks the network for {address}" for address in self.requests),
        )


def audit(browser: Browser, page_path: Path, width: int, picture: Path | None = None) -> Audit:
    """Open a page `width` CSS pixels wide, offline, and return what is wrong with it.

    Parameters
    ----------
    browser
        The ``chromium`` fixture.
    page_path
        The HTML file.
    width
        Width of the window in CSS pixels.
    picture
        Where to put a picture of the whole page, or ``None`` for none.
    """
    context = browser.new_context(viewport={"width": width, "height": HEIGHTS.get(width, 800)}, offline=True)
    try:
        page = context.new_page()
        errors: list[str] = []
        requests: list[str] = []
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(page_path.resolve().as_uri())
        page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        if picture is not None:
            page.screenshot(path=picture, full_page=True)
        found = Axe().run(page, options=OPTIONS).response
        return Audit(
            violations=tuple(_line(violation) for violation in found["violations"]),
            overflow=page.evaluate("document.documentElement.scrollWidth - innerWidth"),
            cut_off=tuple(page.evaluate(CUT_OFF)),
            console_errors=tuple(errors),
            requests=tuple(url for url in requests if not url.startswith(("file:", "data:"))),
        )
    finally:
        context.close()


def _line(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    summary = " ".join(str(nodes[0].get("failureSummary", "")).split())
    return f"{violation['id']} ({len(nodes)}): {violation['help']}: {nodes[0]['html'][:200]}: {summary[:200]}"
