"""Writes the lines that the system's chapters put on the summary: for each measure, what is true of which places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpacks.chapter.cautions import with_caution
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.narrative import BETTER_SIDE, SAME, is_level
from boardpacks.chapter.side_by_side import dated_names
from boardpacks.chapter.summary_facts import ids_by_verdict
from boardpacks.chapter.weigh import beside, held_against, with_weight
from boardpacks.charts.alt_text import by_verdict
from boardpacks.data.observations import Valued
from boardpacks.facts.artefacts import Summary
from boardpacks.facts.wording import LABELS, RELATIONS, listed, number, period, phrase
from boardpacks.params.articles import with_article
from boardpacks.params.indicator import Indicator
from boardpacks.stats.comparison import Beside, Verdict

SIDES: tuple[Beside, ...] = ("behind", "unknown", "ahead")
Named = Sequence[tuple[str, Reading]]
"""Readings, each with what it is called."""


def places_lines(
    indicator: Indicator, measures: Sequence[Measure], priority: str, benchmark: str, own: str
) -> list[Summary]:
    """Return a line for each verdict that places have, and for each reason why some stand out.

    What is to be read with caution has lines of its own.

    Parameters
    ----------
    indicator, measures
        The indicator, and its measures for every place.
    priority
        Id of the priority that it stands under.
    benchmark
        Name of the benchmark.
    own
        Id of the place whose pack it is, or of the system.
    """
    named = dated_names(measures)
    lines = []
    for rests in sorted({reading.care.rests_on_it for _, reading in named}):
        told = [one for one in named if one[1].care.rests_on_it is rests]
        found = _lines(indicator, told, priority, benchmark, own)
        lines += with_caution(found, told[0][1].care)
    return lines


def _lines(indicator: Indicator, named: Named, priority: str, benchmark: str, own: str) -> Iterator[Summary]:
    plain = [(name, reading) for name, reading in named if not reading.notable.rules]
    for verdict, told in _by_verdict(plain):
        yield from _line(
            indicator, verdict, _judged(verdict, told, indicator, benchmark), told, priority, own
        )
    notable = [(name, reading) for name, reading in named if reading.notable.rules]
    for verdict, told in _by_verdict(notable):
        for side in SIDES:
            here = [(name, reading) for name, reading in told if beside(reading, indicator) == side]
            if here:
                yield from _line(indicator, verdict, _standing(here, indicator), here, priority, own)


def _line(
    indicator: Indicator, verdict: Verdict, words: str, told: Named, priority: str, own: str
) -> list[Summary]:
    readings = [reading for _, reading in told]
    line = Summary(
        verdict=verdict,
        line=f"{indicator.name}: {words}",
        indicator=indicator.id,
        priority=priority,
        count=len(told),
        stands_out=tuple(dict.fromkeys(rule for reading in readings for rule in reading.notable.rules)),
        facts=tuple(ids_by_verdict(readings, own)[verdict]),
    )
    return with_weight([line], readings, indicator)


def _by_verdict(named: Named) -> list[tuple[Verdict, Named]]:
    names = by_verdict((name, reading.verdict) for name, reading in named)
    return [(verdict, [one for one in named if one[1].verdict == verdict]) for verdict in names]


def _judged(verdict: Verdict, told: Named, indicator: Indicator, benchmark: str) -> str:
    """Return the places that a verdict is true of; the summary says the verdict itself before it."""
    figures, level = _figures(told, indicator), _level(told)
    if verdict not in RELATIONS:
        return f"{LABELS[verdict].lower()} {_in(figures)}"
    if level is not None:
        return f"{figures}; {level.area_name} {phrase(level.value, indicator)}"
    return f"{RELATIONS[verdict]} {with_article(benchmark)} {_in(figures)}"


def _standing(told: Named, indicator: Indicator) -> str:
    """Return the places that stand out on one side of what they are held against."""
    figures, level, against = _figures(told, indicator), _level(told), held_against(told[0][1])
    if against is not None and beside(told[0][1], indicator) == "ahead":
        value = "" if level is None else f" ({number(level.value, indicator)})"
        name = with_article(against.name)
        if any(is_level(reading, indicator) for _, reading in told):
            return f"{figures}; {SAME} {name}{value} or on its better side"
        return f"{figures}; {BETTER_SIDE} {name}{value}"
    return figures if level is None else f"{figures}; {level.area_name} {phrase(level.value, indicator)}"


def _level(told: Named) -> Valued | None:
    """Return the figure that all are held against, if it is one."""
    others = {None if one is None else one.other for one in (held_against(reading) for _, reading in told)}
    return others.pop() if len(others) == 1 else None


def _figures(told: Named, indicator: Indicator) -> str:
    """Return the places, each with its figure; those of older periods after the others, with the period."""
    newest = [reading for name, reading in told if name == reading.series.name]
    parts = [_listed(newest, indicator)] if newest else []
    older: dict[str, list[Reading]] = {}
    for name, reading in told:
        if name != reading.series.name:
            older.setdefault(period(reading.latest.period), []).append(reading)
    parts += [f"in {when}: {_listed(readings, indicator)}" for when, readings in older.items()]
    return "; ".join(parts)


def _in(places: str) -> str:
    return places if places.startswith("in ") else f"in {places}"


def _listed(readings: Sequence[Reading], indicator: Indicator) -> str:
    return listed([f"{one.series.name} ({number(one.latest.value, indicator)})" for one in readings])
