"""A system's own colour reaches headings and links in both formats, and no judgement."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from boardpacks.packs.render.colour_extension import COLOURED, colour_extension, mixed
from boardpacks.params.own_words import COLOUR, readable_colour
from boardpacks.project.folder import Project


@pytest.fixture
def extension(checkout: Project, tmp_path: Path) -> Path:
    for name in COLOURED:
        shutil.copy(checkout.extension / name, tmp_path / name)
    return tmp_path


def test_the_usual_colour_changes_nothing(checkout: Project, extension: Path):
    colour_extension(extension, COLOUR)
    for name in COLOURED:
        assert (extension / name).read_bytes() == (checkout.extension / name).read_bytes()


@pytest.mark.parametrize("name", COLOURED)
def test_another_takes_the_place_of_the_blues_and_of_nothing_else(extension: Path, name: str):
    before = (extension / name).read_text("utf-8").lower()
    colour_extension(extension, "#4b2e83")
    after = (extension / name).read_text("utf-8").lower()
    for named in ("blue", "navy", "wash"):
        old, new = (re.search(rf'\b{named}: (?:rgb\(")?(#[0-9a-f]{{6}})', text) for text in (before, after))
        assert old
        assert new
        assert old[1] != new[1]
    for named in ("red", "green", "amber", "neither"):
        old, new = (re.search(rf'\b{named}: (?:rgb\(")?(#[0-9a-f]{{6}})', text) for text in (before, after))
        assert old
        assert new
        assert old[1] == new[1]


def test_the_darker_shade_is_as_readable(extension: Path):
    assert readable_colour(mixed("#4b2e83", "#000000", 0.35))
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
