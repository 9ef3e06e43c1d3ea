"""A small pack to render: everything the markup can say, about a place that does not exist."""

from __future__ import annotations

import datetime as dt
import html
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.project.folder import Project

DATE = dt.date(2026, 12, 9)
SAMPLE = Path(__file__).parent / "sample"

FRONT = """---
title: "Small pack"
lang: en-GB
fig-cap-location: top
tbl-cap-location: top
pack:
  meeting: "9 December 2026"
  board: "Brindlemere Place Partnership Board"
---

"""


@pytest.fixture(scope="session")
def extension(checkout: Project) -> Path:
    """The format extension with its fonts."""
    ensure_fonts(checkout.fonts)
    return checkout.extension


@pytest.fixture
def sample(tmp_path: Path, extension: Path) -> Path:
    """A copy of the sample source that a test may spoil."""
    return copy_sample(tmp_path / "sample", extension)


@pytest.fixture
def small(tmp_path: Path, extension: Path) -> Callable[..., Path]:
    """Makes a source from a body of Markdown, with one drawing and other files as given."""

    def make(body: str, front: str = FRONT, **files: str) -> Path:
        folder = tmp_path / "small"
        shutil.copytree(extension, folder / "_extensions" / "boardpack", dirs_exist_ok=True)
        (folder / "figures").mkdir(exist_ok=True)
        shutil.copyfile(SAMPLE / "figures" / "north.svg", folder / "figures" / "north.svg")
        (folder / "pack.qmd").write_text(front + body, encoding="utf-8")
        for name, text in files.items():
            (folder / f"{name}.qmd").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory, extension: Path) -> dict[str, Path]:
    """The sample, rendered once by the bundled engine."""
    folder = tmp_path_factory.mktemp("rendered")
    source = copy_sample(folder / "sample", extension)
    return dict(BundledEngine().render(source, folder / "out", ("pdf", "html"), DATE))


def copy_sample(folder: Path, extension: Path) -> Path:
    """Copy the sample and the extension into `folder`."""
    shutil.copytree(SAMPLE, folder)
    shutil.copytree(extension, folder / "_extensions" / "boardpack")
    return folder


_STYLE = re.compile(r"<style.*?</style>|<link rel=\"stylesheet\"[^>]*>|<!--.*?-->", re.DOTALL)
_SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
_DRAWING = re.compile(r"(?<=<svg)[^>]*>.*?(?=</svg>)", re.DOTALL)
_ELEMENT = re.compile(r"(<[^>]+>)")


def elements(page: str) -> list[str]:
    """Return a page's elements and words in order, whatever they are written like; no style, script or drawing."""
    for left_out in (_STYLE, _SCRIPT, _DRAWING):
        page = left_out.sub("", page)
    parts = (" ".join(part.split()).replace(" />", ">") for part in _ELEMENT.split(page))
    return [html.unescape(part) for part in parts if part]
