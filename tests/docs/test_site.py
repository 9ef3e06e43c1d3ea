"""The site of the docs is made without a warning, and asks no other host for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

FOREIGN = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\ssrc=\"(?:https?:)?//|<link[^>]*\shref=\"(?:https?:)?//|url\(['\"]?(?:https?:)?//"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    made = subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-3000:]
    return folder


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


def test_words_are_found_without_a_server(site: Path) -> None:
    index = (site / "search" / "search_index.js").read_text("utf-8")
    assert index.startswith("var searchIndex = {")
    assert "new XMLHttpRequest" not in (site / "search" / "main.js").read_text("utf-8")
