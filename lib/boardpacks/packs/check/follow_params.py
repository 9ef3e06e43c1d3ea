"""Holds what a pack's chapters have shown against the outcomes of the params."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boardpacks.facts.artefacts import Statement
from boardpacks.packs.read.read_notebook import ChapterContent, Markdown
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.plan.notebook_calls import NotebookHeading, headings
from boardpacks.plan.shown_outcomes import Shown, ShownParts, left_out, misplaced

_OF_PLACE = re.compile(r"(?P<outcome>.+)-(?P<what>latest|gap)")
_OF_SYSTEM = re.compile(r"(?P<outcome>.+)-(?P<what>places\d*|places-chart\d*|gap)")
"""How the artefacts are called that show an outcome, in a chapter on its priority and side by side."""


def follow_params(
    contents: Sequence[ChapterContent], chapters: Sequence[ChapterSpec], params: Params
) -> list[str]:
    """Return what the chapters leave out of their priorities or call otherwise, one line each.

    Unlike the check of notebooks before they run, this sees what loops have shown. A priority is looked at as a whole
    where the pack has all chapters on it.

    Parameters
    ----------
    contents
        What the pack's notebooks handed over.
    chapters
        The entry of each in the list of chapters.
    params
        The system's params.
    """
    told = [_told(content, chapter, params) for content, chapter in zip(contents, chapters, strict=True)]
    faults = [fault for one in told for fault in misplaced(one, params)]
    for priority in params.priorities.values():
        own = [one for one in told if one.priority == priority.id]
        everywhere = [one for one in params.chapters if one.priority == priority.id]
        if own and len(own) >= len(everywhere):
            faults += left_out(own, priority)
    return faults


def _told(content: ChapterContent, chapter: ChapterSpec, params: Params) -> ShownParts:
    outcomes = {outcome.id for priority in params.priorities.values() for outcome in priority.outcomes}
    indicators = {name.replace("_", "-"): name for name in params.indicators}
    return ShownParts(
        content.notebook, chapter.priority, tuple(_parts(content, chapter, outcomes, indicators))
    )


def _parts(
    content: ChapterContent, chapter: ChapterSpec, outcomes: set[str], indicators: dict[str, str]
) -> Iterator[NotebookHeading | Shown]:
    for item in content.items:
        if isinstance(item, Markdown):
            yield from headings(item.text, item.cell)
            continue
        cell = content.cells[item.name]
        found = (_OF_PLACE if chapter.priority else _OF_SYSTEM).fullmatch(item.name)
        if isinstance(item, Statement):
            yield from headings(item.markdown, cell)
            if item.name in indicators:
                yield Shown(cell, "indicator", indicators[item.name])
        if found and found["outcome"] in outcomes:
            yield Shown(cell, "gap" if found["what"] == "gap" else "figures", found["outcome"])
