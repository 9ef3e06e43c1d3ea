"""Compares two packs by their files of facts alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from boardpacks.data.observations import STATED, TARGET
from boardpacks.facts.check_words import ends_of
from boardpacks.packs.changes.fact_series import Side, is_figure
from boardpacks.packs.changes.judged_changes import judged_areas, turn_of
from boardpacks.packs.changes.method_changes import method_changes, method_of
from boardpacks.packs.changes.period_order import period_order
from boardpacks.packs.files.changes_file import (
    FigureChange,
    JudgementChange,
    LatestFigure,
    MeasureChange,
    PackComparison,
    Reason,
    Revision,
    SaidNumber,
)
from boardpacks.packs.files.facts_file import FactRecord, FactsFile

SAME = 1e-9
"""Share of a value up to which two are the same number."""


@dataclass(frozen=True)
class _Pair:
    then: Side
    now: Side

    @cached_property
    def own(self) -> frozenset[str]:
        """Codes of the areas that the packs are about."""
        return self.then.own | self.now.own

    def name(self, indicator: str) -> str:
        return self.now.names.get(indicator) or self.then.names[indicator]


def compare_facts(then: FactsFile, now: FactsFile) -> PackComparison:
    """Return how a pack differs from an earlier one, each difference once.

    Parameters
    ----------
    then, now
        The files of facts of the earlier pack and of the later one, of one place.

    Returns
    -------
    Comparison
        Judgements for the worse first, then those for the better, then the others. Everything else is in the order of
        the later pack: figures of the pack's own areas before those of others, published ones before those made of
        them.
    """
    pair = _Pair(Side(then), Side(now))
    methods = tuple(method_changes(pair.then, pair.now, pair.name))
    figures = tuple(sorted(_figures(pair), key=lambda one: not one.own))
    revisions = tuple(sorted(_revisions(pair), key=lambda one: (not one.own, one.made)))
    judgements = sorted(
        _judgements(pair, PackComparison(figures=figures, revisions=revisions, methods=methods)),
        key=lambda one: ("worse", "better", "other").index(one.turn),
    )
    return PackComparison(
        judgements=tuple(judgements),
        figures=figures,
        revisions=revisions,
        methods=methods,
        measures=tuple(_measures(pair)),
    )


def _figures(pair: _Pair) -> Iterator[FigureChange]:
    for key, now in pair.now.latest.items():
        then = pair.then.latest.get(key)
        if then is None or then.observation.period == now.observation.period:
            continue
        newer = period_order(now.observation.period) > period_order(then.observation.period)
        yield FigureChange(
            indicator=now.observation.indicator,
            name=pair.name(now.observation.indicator),
            area=now.observation.area,
            area_name=now.area_name,
            sex=now.observation.sex,
            own=now.observation.area in pair.own,
            kind="newer" if newer else "withdrawn",
            was=_figure(then),
            now=_figure(now),
        )


def _revisions(pair: _Pair) -> Iterator[Revision]:
    for id_, now in pair.now.facts.items():
        then = pair.then.facts.get(id_)
        if then is None or now.method == TARGET or not _is_revised(then, now):
            continue
        yield Revision(
            indicator=now.observation.indicator,
            name=now.name,
            area=now.observation.area,
            area_name=now.area_name,
            period=now.observation.period,
            own=now.observation.area in pair.own,
            made=not (is_figure(now, pair.now.file.place) or now.method == STATED),
            was=_number(then),
            now=_number(now),
        )


def _is_revised(then: FactRecord, now: FactRecord) -> bool:
    """Whether a number differs as printed; in another unit or by another method it is another number."""
    if then.unit != now.unit or method_of(then) != method_of(now):
        return False
    if then.display != now.display and _differ(then, now, then.value, now.value):
        return True
    return _differ(then, now, then.lower, now.lower) or _differ(then, now, then.upper, now.upper)


def _differ(then: FactRecord, now: FactRecord, before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is not after
    if math.isclose(before, after, rel_tol=SAME, abs_tol=SAME):
        return False
    return all(_printed(before, like) != _printed(after, like) for like in (then, now))


def _printed(value: float, like: FactRecord) -> str:
    """Return a value as a fact prints its own."""
    ends = ends_of(like.model_copy(update={"lower": value, "upper": value}))
    return ends[0] if ends else repr(value)


def _measures(pair: _Pair) -> Iterator[MeasureChange]:
    there: dict[str, tuple[Side, Side]] = {"new": (pair.now, pair.then), "gone": (pair.then, pair.now)}
    for kind, (one, other) in there.items():
        for indicator in one.names:
            if indicator not in other.names:
                yield MeasureChange(
                    indicator=indicator,
                    name=pair.name(indicator),
                    area_name=None,
                    kind=kind,  # type: ignore[arg-type]  # new or gone
                )
        for key, fact in one.latest.items():
            indicator, area, _ = key
            if key not in other.latest and area in pair.own and indicator in other.names:
                yield MeasureChange(
                    indicator=indicator,
                    name=pair.name(indicator),
                    area_name=fact.area_name,
                    kind=kind,  # type: ignore[arg-type]  # new or gone
                )


def _judgements(pair: _Pair, found: PackComparison) -> Iterator[JudgementChange]:
    if pair.then.without_judgements or pair.now.without_judgements:
        return
    then, now = judged_areas(pair.then.file), judged_areas(pair.now.file)
    for key in {**now, **then}:
        indicator, area = key
        was, before = then.get(key, (None, ""))
        is_, after = now.get(key, (None, ""))
        area_name = after or before
        if was == is_ or ((was is None or is_ is None) and not _in_both(pair, indicator, area, area_name)):
            continue
        yield JudgementChange(
            indicator=indicator,
            name=pair.name(indicator) if area_name else area,
            area=area if area_name else "",
            area_name=area_name,
            was=was,
            now=is_,
            turn=turn_of(was, is_),
            because=tuple(_reasons(indicator, area if area_name else "", found)),
        )


def _in_both(pair: _Pair, indicator: str, area: str, area_name: str) -> bool:
    """Whether both packs have figures of an indicator and area, so that it is the judgement alone that is gone."""
    sides = (pair.then, pair.now)
    if area_name:
        return all((indicator, area) in side.by_area for side in sides)
    return all(indicator in side.names for side in sides)


def _reasons(indicator: str, area: str, found: PackComparison) -> Iterator[Reason]:
    """Yield what else changed that a judgement may rest on; other areas' figures only where nothing else did."""
    figures = [one for one in found.figures if one.indicator == indicator]
    revised = [one for one in found.revisions if one.indicator == indicator and not one.made]
    reasons: dict[Reason, bool] = {
        "new-figure": any(one.own and area in ("", one.area) for one in figures),
        "revised-history": any(one.own and area in ("", one.area) for one in revised),
        "changed-method": any(one.indicator == indicator for one in found.methods),
    }
    reasons["other-areas"] = not any(reasons.values()) and bool(figures or revised)
    yield from (reason for reason, is_so in reasons.items() if is_so)


def _figure(fact: FactRecord) -> LatestFigure:
    return LatestFigure(period=fact.observation.period, **_number(fact).model_dump())


def _number(fact: FactRecord) -> SaidNumber:
    return SaidNumber(
        fact=fact.id, value=fact.value, lower=fact.lower, upper=fact.upper, display=fact.display
    )
