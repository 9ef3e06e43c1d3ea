"""Random changes of what notebooks hand over are all caught, and nothing is found in what they do hand over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from boardpacks.facts.check_words import misstatements
from boardpacks.packs.check.check_directions import check_directions
from boardpacks.packs.check.check_drawings import check_drawings
from boardpacks.packs.check.check_numbers import check_numbers
from boardpacks.packs.check.check_place import check_place
from boardpacks.packs.read.read_notebook import ChapterContent, read_chapter
from boardpacks.params.models import Params

from .mutate import changes

pytestmark = pytest.mark.end_to_end

COUNT, MOST, SEED = 40, 100, 20261209
"""Changes of each of two packs, and with --all; a change draws on the same chances in every run."""


def _found(chapter: ChapterContent, params: Params, place: str) -> list[str]:
    return [
        *(fault for artefact in chapter.artefacts for fault in misstatements(artefact)),
        *check_place([chapter], params, place),
        *check_numbers([chapter], params),
        *check_directions([chapter], params),
        *check_drawings([chapter]),
    ]


@pytest.fixture(scope="module")
def chapters(built: Any) -> dict[str, list[ChapterContent]]:
    return {plan.place: [read_chapter(run.out) for run in plan.chapters] for plan in built.plans}


@pytest.mark.parametrize("place", ["havering", "system"])
def test_every_change_of_a_number_period_place_direction_or_plotted_value_is_caught(
    chapters, params, place, request
):
    missed = []
    count = MOST if request.config.getoption("--all") else COUNT
    for change in changes(chapters[place], params, count, SEED):
        (artefact,) = (one for one in change.chapter.artefacts if one.name == change.artefact)
        if not _found(replace(change.chapter, items=(artefact,)), params, place):
            missed.append(change)
    assert missed == []


@pytest.mark.slow  # every pack is checked so before it is made
def test_nothing_is_found_in_what_the_notebooks_hand_over(chapters, params):
    found = {place: [_found(chapter, params, place) for chapter in own] for place, own in chapters.items()}
    assert all(not any(faults) for faults in found.values()), found
