"""One Chromium for all tests that look at pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REQUIRE = "BOARDPACKS_REQUIRE_BROWSER"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium or Chrome from the path, without a network."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        reason = f"no Chromium or Chrome on the path (looked for {', '.join(NAMES)})"
        if os.environ.get(REQUIRE) == "1":
            pytest.fail(f"{reason}, and {REQUIRE}=1 wants one")
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  not needed where tests are skipped

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
