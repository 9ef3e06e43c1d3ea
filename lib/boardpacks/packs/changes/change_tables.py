"""Puts changes into tables that lay people can read; the page, the sheet and the addendum have the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from boardpacks.facts.artefacts import Column, Table
from boardpacks.facts.check_words import ends_of
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import capital, listed, period, unit_phrase
from boardpacks.packs.changes.judged_changes import UNTOLD
from boardpacks.packs.compose.counts import WORDS
from boardpacks.packs.compose.judged import ASSURANCE, TRENDS, VARIATION, judged_words
from boardpacks.packs.files.changes_file import (
    Aspect,
    FigureChange,
    Judged,
    JudgementChange,
    MeasureChange,
    MethodChange,
    PackComparison,
    Reason,
    Revision,
    SaidNumber,
)

UNKNOWN = "The way of judging"
"""Why a judgement changed when neither figures nor methods did."""

LONGEST = 160
"""Letters of a definition or rule up to which a table says both the earlier and the later one."""

_REASONS: dict[Reason, str] = {
    "new-figure": "A new figure",
    "revised-history": "Revised figures",
    "changed-method": "A changed method",
    "other-areas": "Figures of other areas",
}
_ASPECTS: dict[Aspect, str] = {
    "name": "The name",
    "definition": "What is counted",
    "unit": "The unit",
    "polarity": "Which value is better",
    "target": "The target",
    "source": "The source",
    "publisher": "The publisher",
    "method": "How the number is made",
    "rule": "How it is compared",
}
_POLARITY = {"high": "a high one", "low": "a low one", "none": "neither"}
_PLAIN = re.compile(r"[^\[\]{}]+")


@dataclass(frozen=True)
class Kind:
    """One kind of change: the name of its table, its columns, and a row for each change, the most important first."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def table(self, most: int | None = None) -> Table:
        """Return its first rows as a table; the title says of how many where they are not all."""
        shown = self.rows[:most]
        part = f", {len(shown)} of {len(self.rows)}" if len(shown) < len(self.rows) else ""
        return Table(
            kind="table",
            name=f"changes-{self.name}",
            facts=(),
            title=f"{self.title}{part}",
            note=self.note,
            columns=self.columns,
            rows=shown,
        )


def kinds_of(
    changes: PackComparison, *, place: str, benchmark: str, marked: Collection[str] = ()
) -> tuple[Kind, ...]:
    """Return the kinds of changes that there are, the most important first, of the pack's own areas.

    Parameters
    ----------
    place
        Name of the pack's place: its own figures are told without an area.
    benchmark
        Name of the area that places are compared with.
    marked
        Ids of the facts that the pack's appendix lists: a number of the later pack leads there.
    """
    named = _namer(place)
    kinds = (
        _judgements(changes.judgements, benchmark, named),
        _figures([one for one in changes.figures if one.own], named, marked),
        _revisions([one for one in changes.revisions if one.own and not one.made], named, marked),
        _methods([*changes.measures, *changes.methods]),
    )
    return tuple(kind for kind in kinds if kind.rows)


def linked(name: str, indicator: str) -> str:
    """Return a measure's name in a table's cell, leading to where the pack shows it."""
    return f"[{name}](#indicator-{indicator})" if _PLAIN.fullmatch(name) else name


Namer = Callable[[str, str, str], str]


def _namer(place: str) -> Namer:
    def named(name: str, indicator: str, area: str) -> str:
        return linked(name, indicator) + (f", {area}" if area not in ("", place) else "")

    return named


def _judgements(changes: Sequence[JudgementChange], benchmark: str, named: Namer) -> Kind:
    return Kind(
        "judgements",
        "Judgements that have changed",
        f"Better, similar and worse are against {benchmark}, at the latest period of each pack.",
        (
            Column(label="Measure", width=36),
            Column(label="Before", width=23),
            Column(label="Now", width=23),
            Column(label="What else changed", width=18),
        ),
        tuple(
            (
                named(one.name, one.indicator, one.area_name),
                _judged(one.was, one.now),
                _judged(one.now, one.was),
                capital(listed([_REASONS[reason].lower() for reason in one.because]))
                if one.because
                else UNKNOWN,
            )
            for one in changes
        ),
    )


def _judged(judged: Judged | None, other: Judged | None) -> str:
    """Say a judgement, and what the other one tells and this one does not."""
    if judged is None:
        return "Nothing to tell"
    told = judged_words(judged.verdict, judged.trend, judged.variation, judged.assurance)
    if other is not None:
        if judged.verdict in UNTOLD and judged.verdict == other.verdict:
            told = [words for words in told if words != WORDS[judged.verdict]]
        if other.trend in TRENDS and judged.trend not in TRENDS:
            told.append("no trend can be told")
        if other.variation in VARIATION and judged.variation not in VARIATION:
            told.append("no special cause")
        if other.assurance in ASSURANCE and judged.assurance not in ASSURANCE:
            told.append("not judged against its target")
    elif judged.verdict in UNTOLD and len(told) > 1:
        told = [words for words in told if words != WORDS[judged.verdict]]
    return ", ".join([capital(told[0]), *told[1:]]) if told else "Nothing to tell"


def _figures(changes: Sequence[FigureChange], named: Namer, marked: Collection[str]) -> Kind:
    return Kind(
        "figures",
        "New figures",
        "The latest figure of each pack. Whether a difference is more than chance is for the chapters to say.",
        (
            Column(label="Measure", width=36),
            Column(label="Before", width=32, align="right"),
            Column(label="Now", width=32, align="right"),
        ),
        tuple(
            (
                named(one.name, one.indicator, one.area_name) + _sex(one),
                f"{one.was.display} ({period(one.was.period)})",
                f"{_said(one.now, marked)} ({period(one.now.period)})"
                + (", the newer one was withdrawn" if one.kind == "withdrawn" else ""),
            )
            for one in changes
        ),
    )


def _sex(change: FigureChange) -> str:
    told = change.sex == "Persons" or change.sex.lower() in change.name.lower()
    return "" if told else f", {change.sex.lower()}"


def _revisions(changes: Sequence[Revision], named: Namer, marked: Collection[str]) -> Kind:
    return Kind(
        "revised",
        "Figures of the same period that were revised",
        "With their 95% intervals, where there are any.",
        (
            Column(label="Measure and period", width=36),
            Column(label="Before", width=32, align="right"),
            Column(label="Now", width=32, align="right"),
        ),
        tuple(
            (
                f"{named(one.name, one.indicator, one.area_name)}, {period(one.period)}",
                f"{one.was.display}{_interval(one.was)}",
                f"{_said(one.now, marked)}{_interval(one.now)}",
            )
            for one in changes
        ),
    )


def _interval(number: SaidNumber) -> str:
    ends = ends_of(number)
    return f" ({ends[0]} to {ends[1]})" if ends else ""


def _said(number: SaidNumber, marked: Collection[str]) -> str:
    return fact_span(number.display, number.fact) if number.fact in marked else number.display


def _methods(changes: Sequence[MeasureChange | MethodChange]) -> Kind:
    return Kind(
        "methods",
        "Measures and methods that have changed",
        "",
        (Column(label="Measure", width=36), Column(label="What changed", width=64)),
        tuple(
            (linked(one.name, one.indicator), _there(one) if isinstance(one, MeasureChange) else _method(one))
            for one in changes
        ),
    )


def _there(change: MeasureChange) -> str:
    where = f" for {change.area_name}" if change.area_name else ""
    if change.kind == "new":
        return f"New in this pack{where}"
    return f"No longer in this pack{where}"


def _method(change: MethodChange) -> str:
    words = {"polarity": lambda told: _POLARITY.get(told, told), "unit": unit_phrase}.get(change.field, str)
    was, now = words(change.was) or "none", words(change.now) or "none"
    what = _ASPECTS[change.field]
    if len(was) + len(now) > LONGEST:
        return f"{what} has changed. The file of changes has both."
    return f"{what}. Before: {was.rstrip('.')}. Now: {now.rstrip('.')}."
