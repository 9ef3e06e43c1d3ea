"""Holds what chapters show against the outcomes of the params: each is shown, under its title, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from boardpacks.params.models import Params
from boardpacks.params.priority import Outcome, Priority
from boardpacks.plan.notebook_calls import NotebookHeading
from boardpacks.project.errors import BoardpacksError

_NUMBERED = re.compile(r"outcome (?P<number>\d+): ", re.IGNORECASE)


class OutOfStep(BoardpacksError):  # noqa: N818 - says what is wrong
    """Notebooks show other outcomes, or other titles, than the params have.

    Parameters
    ----------
    faults
        What is wrong, one line each; at least one.
    most
        How many of them the message has.
    """

    MOST_SHOWN = 12

    def __init__(self, faults: Sequence[str], most: int | None = MOST_SHOWN):
        self.faults = tuple(faults)
        shown = self.faults[:most]
        more = len(self.faults) - len(shown)
        rest = [f"... and {more} more: boardpacks params check lists them all"] if more else []
        super().__init__("\n".join(["The notebooks do not follow the params:", *shown, *rest]))


@dataclass(frozen=True)
class Shown:
    """What a cell shows: an outcome's figures, its gap, or one of its indicators."""

    cell: int
    what: Literal["figures", "gap", "indicator"]
    name: str


@dataclass(frozen=True)
class ShownParts:
    """The headings of a chapter and what it shows under them, in order; ``priority`` is the one it reports on."""

    notebook: str
    priority: str | None
    parts: tuple[NotebookHeading | Shown, ...]

    @property
    def where(self) -> str:
        """The file, as errors name it."""
        return f"notebooks/{self.notebook}.ipynb"

    @property
    def shown(self) -> list[Shown]:
        """What it shows, without the headings."""
        return [part for part in self.parts if isinstance(part, Shown)]


def file_of(priority: str) -> str:
    """Return the file that has a priority's outcomes."""
    return f"params/priorities/{priority}.yml"


def left_out(chapters: Sequence[ShownParts], priority: Priority) -> Iterator[str]:
    """Yield a line for each outcome of a priority that the chapters do not show, or not in full.

    Parameters
    ----------
    chapters
        All chapters on the priority, or all that set the places side by side; the main one first.
    priority
        The priority.
    """
    shown = {(one.what, one.name) for chapter in chapters for one in chapter.shown}
    of_place = chapters[0].priority is not None
    for outcome in priority.outcomes:
        wanted: list[tuple[str, str, str]] = []
        if outcome.indicators:
            wanted.append(("figures", "latest_table" if of_place else "places_table", outcome.id))
        if outcome.gap and (of_place or not outcome.indicators):
            wanted.append(("gap", "gap", outcome.id))
        if of_place:
            wanted += [("indicator", "show", indicator) for indicator in outcome.indicators]
        missing = [
            f'chapter.{method}("{name}")' for what, method, name in wanted if (what, name) not in shown
        ]
        if missing:
            how = "in no cell" if len(missing) == len(wanted) else "only in part"
            what = f"the outcome {outcome.id!r} of {file_of(priority.id)} ({outcome.title})"
            yield f"{chapters[0].where}: {what} is shown {how}: add {', '.join(missing)}"


def misplaced(chapter: ShownParts, params: Params) -> Iterator[str]:
    """Yield a line for each heading that is not the outcome's title, and each indicator that is not the outcome's."""
    outcomes = {
        outcome.id: (outcome, priority)
        for priority in params.priorities.values()
        if chapter.priority in (None, priority.id)
        for outcome in priority.outcomes
    }
    home = {indicator: outcome.id for outcome, _ in outcomes.values() for indicator in outcome.indicators}
    above: list[NotebookHeading] = []
    current: Outcome | None = (
        None  # the outcome whose part of the chapter it is, below a heading of this level
    )
    level = 1
    seen: set[str] = set()
    for part in chapter.parts:
        if isinstance(part, NotebookHeading):
            above = [*(one for one in above if one.level < part.level), part]
            current = current if part.level > level else None
        elif part.what == "indicator":
            if current is not None and chapter.priority is not None:
                yield from _indicator(part, chapter, current, home)
        elif part.name in outcomes:
            current, priority = outcomes[part.name]
            level = min((one.level for one in above if one.level > 1), default=1)
            says_itself = chapter.priority is None and part.what == "gap"
            if part.name not in seen and not says_itself:
                seen.add(part.name)
                yield from _heading(part, chapter, above, current, priority)


def _indicator(part: Shown, chapter: ShownParts, current: Outcome, home: Mapping[str, str]) -> Iterator[str]:
    file = file_of(chapter.priority or "")
    if home.get(part.name) != current.id:
        own = (
            f"{file} has it under {home[part.name]!r}"
            if part.name in home
            else f"no outcome of {file} has it"
        )
        where = f"{chapter.where}, cell {part.cell}"
        yield f"{where}: shows the indicator {part.name!r} under the outcome {current.id!r}; {own}"


def _heading(
    part: Shown, chapter: ShownParts, above: Sequence[NotebookHeading], outcome: Outcome, priority: Priority
) -> Iterator[str]:
    where, file = f"{chapter.where}, cell {part.cell}", file_of(priority.id)
    found = next((one for one in above if plain_title(one.text) == plain_title(outcome.title)), None)
    if found is None:
        over = [one for one in above if one.level > 1]
        if not over:
            yield f"{where}: no heading stands above the outcome {outcome.id!r}, {outcome.title!r} in {file}"
            return
        nearest = next((one for one in over if _NUMBERED.match(one.text)), over[-1])
        yield (
            f"{chapter.where}, cell {nearest.cell}: the heading is {nearest.text!r}, but {file} calls the outcome "
            f"{outcome.id!r} {outcome.title!r}"
        )
        return
    numbered = _NUMBERED.match(found.text)
    at = priority.outcomes.index(outcome) + 1
    if numbered and int(numbered["number"]) != at:
        yield (
            f"{chapter.where}, cell {found.cell}: the heading numbers the outcome {outcome.id!r} "
            f"{numbered['number']}; it is number {at} in {file}"
        )


def plain_title(text: str) -> str:
    """Return a heading or a title without its number, marks and capitals, to compare them by."""
    bare = re.sub(r"\\(?=[^\w\s]|_)|[*_`]", "", _NUMBERED.sub("", text.strip()))
    return " ".join(bare.replace("\u2019", "'").casefold().split()).rstrip(".")
