"""What chapters have shown follows the params, however their notebooks asked for it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boardpacks.packs.check.follow_params import follow_params
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.params.models import ChapterSpec, Params

FILE = "params/priorities/long-term-conditions.yml"
PRIORITY = "long-term-conditions"


@pytest.fixture
def follow(make: SimpleNamespace, params: Params, tmp_path: Path) -> Any:
    """Return what is wrong with chapters of these cells; a name stands for an artefact that shows it."""

    def faults(*chapters: list[str], priority: str | None = PRIORITY, among: int | None = None) -> list[str]:
        entries = [
            ChapterSpec(notebook=f"n{at}", scope="place", priority=priority) for at in range(len(chapters))
        ]
        contents = []
        for entry, cells in zip(entries, chapters, strict=True):
            made = [
                cell
                if cell.startswith("#")
                else [
                    make.table(cell)
                    if "latest" in cell or "places" in cell
                    else make.statement(cell, markdown="Words.", facts=[])
                ]
                for cell in cells
            ]
            contents.append(
                read_chapter(make.notebook(tmp_path / f"{entry.notebook}.ipynb", ["# Chapter", *made]))
            )
        every = [
            *entries,
            *(ChapterSpec(notebook=f"m{n}", scope="place", priority=priority) for n in range(among or 0)),
        ]
        return follow_params(contents, entries, params.model_copy(update={"chapters": tuple(every)}))

    return faults


WHOLE = ["## Outcome 1", "outcome-1-latest", "smoking", "## Outcome 2", "outcome-2-latest", "obesity"]


def test_a_chapter_that_shows_every_outcome_under_its_title(follow: Any):
    assert follow(WHOLE) == []
    assert follow(["suicide", *WHOLE, "## A closer look", "suicide-2"]) == []


def test_two_chapters_on_a_priority_may_share_its_outcomes(follow: Any):
    assert follow(WHOLE[:3], WHOLE[3:]) == []
    assert follow(WHOLE[3:], among=1) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (WHOLE[:3], 'add chapter.latest_table("outcome-2")'),
        (WHOLE[:5], 'add chapter.show("obesity")'),
        (
            ["## Old title", *WHOLE[1:]],
            f"cell 2: the heading is 'Old title', but {FILE} calls the outcome 'outcome-1'",
        ),
        (WHOLE[1:], f"no heading stands above the outcome 'outcome-1', 'Outcome 1' in {FILE}"),
        (
            [*WHOLE, "suicide"],
            f"shows the indicator 'suicide' under the outcome 'outcome-2'; no outcome of {FILE} has it",
        ),
        ([*WHOLE[:2], *WHOLE[3:], "smoking"], "under the outcome 'outcome-2'"),
    ],
)
def test_what_is_left_out_or_called_otherwise(follow: Any, cells: list[str], said: str):
    (fault,) = follow(cells)
    assert fault.startswith("notebooks/n0.ipynb")
    assert said in fault


def test_a_chapter_on_no_priority_may_show_what_it_likes_under_the_right_title(follow: Any):
    assert follow(["## A closer look", "smoking", "### Outcome 1", "outcome-1-places"], priority=None) == []
    (fault,) = follow(["## A closer look", "outcome-1-places"], priority=None)
    assert "calls the outcome 'outcome-1' 'Outcome 1'" in fault
