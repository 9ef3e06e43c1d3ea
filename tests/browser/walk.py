"""A walk on a phone: from the library to the evidence for the first alert of a place, in three taps.

``python -m tests.browser.walk reports/published havering DIR`` records it: a picture of each step, and ``walk.zip`` for
``playwright show-trace``, which plays it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE: dict[str, Any] = {
    "viewport": {"width": 375, "height": 812},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}
AT_REST = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True)
class Arrived:
    """Where the walk ended: how many taps it took, what the alert is called, and what the reader sees there."""

    taps: int
    alert: str
    seen: str


def walk(page: Page, library: Path, place: str, look: Callable[[int], object] = lambda tap: None) -> Arrived:
    """Tap from the library to the evidence for a place's first alert; `look` is called before each tap."""
    page.goto((library / "index.html").resolve().as_uri())
    taps = 0

    def tap(selector: str, *, leads_on: bool = True) -> str:
        nonlocal taps
        target = page.locator(selector).first
        target.scroll_into_view_if_needed()
        page.evaluate(AT_REST)
        look(taps)
        words = target.inner_text()
        with page.expect_navigation() if leads_on else nullcontext():
            target.tap()
        taps += 1
        return words

    tap(f"#place-{place} .found a")
    alert = tap("#what-to-do .findings a, #what-to-do tbody a")
    page.evaluate(AT_REST)
    here = page.evaluate(
        """() => { const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
          return at.getBoundingClientRect().top < innerHeight ? at.innerText : ""; }"""
    )
    tap(":target a.fact", leads_on=False)
    page.evaluate(AT_REST)
    look(taps)
    return Arrived(taps, alert, here + page.locator(".fact-card").inner_text())


def record(browser: Browser, library: Path, place: str, out: Path) -> Arrived:
    """Record the walk into a folder."""
    context = browser.new_context(**PHONE, offline=True)
    context.tracing.start(screenshots=True, snapshots=True)
    page = context.new_page()
    try:
        return walk(page, library, place, lambda tap: page.screenshot(path=out / f"walk-{tap}.png"))
    finally:
        context.tracing.stop(path=out / "walk.zip")
        context.close()


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import FLAGS, NAMES

    with sync_playwright() as playwright:
        program = next(found for name in NAMES if (found := shutil.which(name)))
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        published, wanted, folder = sys.argv[1:]
        sys.stdout.write(f"{record(chromium, Path(published), wanted, Path(folder))}\n")
        chromium.close()
