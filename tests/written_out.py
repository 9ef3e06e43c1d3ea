"""Notebooks that write out each outcome by name, as a system of its own may: made from params, so that they fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from boardpacks.params.models import ChapterSpec, Params
from boardpacks.params.priority import Collaborative, Priority

Cell = tuple[str, str]
"""Kind and text of a cell."""

OVERVIEW, ACUTE, CLOSER = "system_overview", "acute_collaborative", "closer_look_"


def with_written_out(params: Params, folder: Path) -> Params:
    """Write a notebook for each chapter that the checkout makes in loops, and return params that name these.

    Closer looks are left out: they would be second chapters on the same priorities.
    """
    chapters = []
    for chapter in params.chapters:
        if chapter.notebook.startswith(CLOSER):
            continue
        cells = list(written_out(chapter, params))
        if cells:
            _write(folder / f"{chapter.id}.ipynb", cells)
        own = {"notebook": chapter.id, "parameters": {}} if cells else {}
        chapters.append(chapter.model_copy(update=own))
    return params.model_copy(update={"chapters": tuple(chapters)})


def written_out(chapter: ChapterSpec, params: Params) -> Iterator[Cell]:
    """Yield the cells of a chapter that is made in loops; none of another."""
    if chapter.priority is not None and not chapter.notebook.startswith(CLOSER):
        yield from _priority(params.priorities[chapter.priority], params)
    elif chapter.id == OVERVIEW:
        yield from _overview(params)
    elif chapter.id == ACUTE:
        yield from _collaborative(params.collaboratives["acute"])


def _opening(title: str, place: str, more: str = "") -> Iterator[Cell]:
    yield "markdown", f"# {title}"
    yield "parameters", f'place: str = "{place}"'
    yield "code", f"from boardpacks import open_chapter\n\nchapter = open_chapter(place{more})"


def _priority(priority: Priority, params: Params) -> Iterator[Cell]:
    quoted = priority.indicators[0]
    yield from _opening(priority.name, "havering", f', priority="{priority.id}"')
    yield "markdown", f"In {{place}} it is {{fact {quoted}}}."
    yield "code", f'chapter.started_from("{priority.id}")'
    yield "code", "chapter.spine()\nchapter.ranks_table()"
    for number, outcome in enumerate(priority.outcomes, start=1):
        yield "markdown", f"## Outcome {number}: {outcome.title}"
        if outcome.indicators:
            yield "code", f'chapter.latest_table("{outcome.id}")'
        if outcome.gap:
            yield "code", f'chapter.gap("{outcome.id}")'
        for indicator in outcome.indicators:
            yield "markdown", f"### {params.indicators[indicator].name}"
            yield "code", f'chapter.show("{indicator}")'


def _overview(params: Params) -> Iterator[Cell]:
    yield from _opening("Places side by side", "system")
    yield (
        "code",
        'chapter.compare_places("Resident population", ["population"])\nchapter.started_from("system_overview")',
    )
    for priority in params.priorities.values():
        name = priority.id
        yield "markdown", f"## {priority.name}"
        yield "code", f'chapter.started_from("{name}")'
        yield "markdown", "### At a glance"
        yield "code", f'chapter.rug("{name}")\nchapter.ranks_table("{name}")\nchapter.multiples("{name}")'
        for number, outcome in enumerate(priority.outcomes, start=1):
            if outcome.indicators:
                yield "markdown", f"### Outcome {number}: {outcome.title}"
                yield "code", f'chapter.places_chart("{outcome.id}")\nchapter.places_table("{outcome.id}")'
        yield "markdown", "### Outcomes without a measure here"
        for outcome in priority.outcomes:
            if not outcome.indicators:
                yield "code", f'chapter.gap("{outcome.id}")'


def _collaborative(own: Collaborative) -> Iterator[Cell]:
    yield "markdown", "# The acute provider collaborative"
    yield "parameters", 'place: str = "system"'
    yield (
        "code",
        f'from boardpacks import open_chapter\n\nacute = open_chapter(place).collaborative("{own.id}")',
    )
    yield "code", "acute.about()\nacute.priorities()\nacute.pathways()"
    for pathway in own.pathways:
        yield "markdown", f"## {pathway.title}"
        yield "code", f'acute.pathway("{pathway.id}")'
    for priority in own.priorities:
        yield "markdown", f"## {priority.title}"
        yield "code", f'acute.priority("{priority.id}")'


def _write(path: Path, cells: list[Cell]) -> None:
    made = []
    for number, (kind, source) in enumerate(cells, start=1):
        tagged = {"tags": ["parameters"]} if kind == "parameters" else {}
        cell: dict[str, object] = {
            "id": f"cell-{number}",
            "metadata": tagged,
            "source": source,
            "cell_type": "markdown",
        }
        if kind != "markdown":
            cell |= {"cell_type": "code", "outputs": [], "execution_count": None}
        made.append(cell)
    content = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")
