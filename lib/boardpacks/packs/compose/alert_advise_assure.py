"""Sorts the summary's lines into what a board is alerted to, advised of and assured of, by the params' rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.facts.artefacts import Summary
from boardpacks.packs.compose.headlines import Side, weight
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.params.assurance import (
    CONDITIONS,
    CONTRARY,
    HEADINGS,
    MOST_NAMED,
    Assurance,
    AssuranceRule,
    Heading,
)

_SIDES: dict[Heading, Side] = {"alert": "attention", "advise": "attention", "assure": "better"}


@dataclass(frozen=True)
class AskedOfBoard:
    """A heading with its words for the board, the lines named under it, how many more there are.

    Alerts, and what would be one but for the caution that it is to be read with, are all named.
    """

    heading: Heading
    asks: str
    entries: tuple[SummaryLine, ...]
    more: int


def heading_of(summary: Summary, assurance: Assurance) -> Heading | None:
    """Return the heading of the first rule that a line meets, or None where it meets none.

    What is to be read with caution is no alert on its own: the board is advised of it, where there is that heading.
    """
    met = _met(summary, assurance)
    if not _held_back(summary, assurance):
        return met[0] if met else None
    if "advise" in assurance.headings:
        return "advise"
    return next((heading for heading in met if heading != "alert"), None)


def _met(summary: Summary, assurance: Assurance) -> list[Heading]:
    return [rule.then for rule in assurance.rules if _meets(summary, rule)]


def _held_back(summary: Summary, assurance: Assurance) -> bool:
    """Whether a line would be an alert if its figure were not to be read with caution."""
    return summary.cautioned and _met(summary, assurance)[:1] == ["alert"]


def sort_for_board(entries: Sequence[SummaryLine], assurance: Assurance) -> tuple[list[AskedOfBoard], int]:
    """Return what is under each heading, the most telling lines first, and how many results are under none.

    Parameters
    ----------
    entries
        In the order of the params, which decides where all else is equal.
    assurance
        The rules.
    """
    under: dict[Heading | None, list[SummaryLine]] = {heading: [] for heading in (*HEADINGS, None)}
    for entry in entries:
        under[heading_of(entry.summary, assurance)].append(entry)
    asked = []
    for heading in HEADINGS:
        if heading in assurance.headings:
            ask, found = assurance.headings[heading], _by_weight(under[heading], _SIDES[heading])
            held_back = [entry for entry in found if _held_back(entry.summary, assurance)]
            found = [*held_back, *(entry for entry in found if entry not in held_back)]
            named = len(found) if heading == "alert" else max(ask.limit or MOST_NAMED, len(held_back))
            asked.append(AskedOfBoard(heading, ask.asks, tuple(found[:named]), len(found[named:])))
    return asked, sum(entry.summary.count for entry in under[None])


def _by_weight(entries: Sequence[SummaryLine], side: Side) -> list[SummaryLine]:
    return sorted(entries, key=lambda entry: weight(entry, side))


def _meets(summary: Summary, rule: AssuranceRule) -> bool:
    if summary.verdict == CONTRARY.get(rule.then) or summary.count < rule.at_least:
        return False
    return all(
        not words or not words.isdisjoint(_said(summary, name))
        for name, words in ((name, frozenset(getattr(rule, name))) for name in CONDITIONS)
    )


def _said(summary: Summary, name: str) -> tuple[object, ...]:
    """Return the words of a line that a condition looks at."""
    return summary.stands_out if name == "stands_out" else (getattr(summary, name),)
