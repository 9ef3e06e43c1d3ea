"""Compares what the summaries of two packs judge: the first thing that a board asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from boardpacks.packs.compose.gather_facts import COMPARATOR
from boardpacks.packs.files.changes_file import Judged, Turn
from boardpacks.packs.files.facts_file import FactsFile, JudgementRecord
from boardpacks.params.assurance import TrendWord
from boardpacks.stats.comparison import UNJUDGED, Verdict
from boardpacks.stats.spc.icons import Passing, Variation

UNTOLD = (
    frozenset(
        word
        for words in (Verdict, TrendWord, Variation, Passing)
        for word in get_args(words)
        if word.startswith("not-")
    )
    | UNJUDGED
)

_RANKS: tuple[Mapping[str, int], ...] = (
    {"worse": 0, "similar": 1, "better": 2},
    {"getting-worse": 0, "no-change": 1, "getting-better": 2},
    {
        "concern-high": 0,
        "concern-low": 0,
        "common-cause": 1,
        "improvement-high": 2,
        "improvement-low": 2,
    },
    {"fails": 0, "hit-or-miss": 1, "passes": 2},
)
"""Of verdict, trend, variation and assurance: which word is better than which. The others have no side."""

Key = tuple[str, str]
"""An indicator, and the code of an area; where a line has no facts, the words before its first colon."""


def judged_areas(facts: FactsFile) -> dict[Key, tuple[Judged, str]]:
    """Return what a pack's summary says of each indicator and area, and the area's name.

    A line that stands for several areas is true of each. Where two lines are about one, the first that tells something
    goes, field by field.
    """
    known = {fact.id: fact for fact in facts.facts}
    found: dict[Key, tuple[Judged, str]] = {}
    for line in facts.judgements:
        told = [known[fact] for fact in line.facts if fact in known and known[fact].rule != COMPARATOR]
        areas = {fact.observation.area: fact.area_name for fact in told}
        for area, name in (areas or {line.line.partition(":")[0]: ""}).items():
            key = (line.indicator, area)
            before = found.get(key)
            found[key] = (_judged(line) if before is None else _merged(before[0], _judged(line)), name)
    return found


def turn_of(was: Judged | None, now: Judged | None) -> Turn:
    """Return whether a judgement changed for the worse or for the better, as far as its words say so."""
    if was is None or now is None:
        return "other"
    signs = set(_signs(was, now))
    if signs == {-1}:
        return "worse"
    return "better" if signs == {1} else "other"


def _signs(was: Judged, now: Judged) -> Iterator[int]:
    for ranks, before, after in zip(_RANKS, _fields(was), _fields(now), strict=True):
        if before in ranks and after in ranks and ranks[before] != ranks[after]:
            yield 1 if ranks[after] > ranks[before] else -1


def _fields(judged: Judged) -> tuple[str, str, str, str]:
    return judged.verdict, judged.trend, judged.variation or "", judged.assurance or ""


def _judged(line: JudgementRecord) -> Judged:
    return Judged(verdict=line.verdict, trend=line.trend, variation=line.variation, assurance=line.assurance)


def _merged(first: Judged, second: Judged) -> Judged:
    words = {name: (getattr(first, name), getattr(second, name)) for name in Judged.model_fields}
    return Judged.model_validate({name: _told(*both) for name, both in words.items()})


def _told(first: str | None, second: str | None) -> str | None:
    """Return the first word that tells something, else the first that is there."""
    words = [word for word in (first, second) if word is not None]
    return next((word for word in words if word not in UNTOLD), words[0] if words else None)
