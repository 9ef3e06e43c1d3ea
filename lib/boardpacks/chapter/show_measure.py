"""Draws a measure and hands the chart over with its title, note, description and facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boardpacks.chapter import narrative
from boardpacks.chapter.hand_over import show_figure
from boardpacks.chapter.make_facts import facts_of, peer_facts
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.side_by_side import (
    Compared,
    absence,
    dated_names,
    dealt,
    newest_period,
    of_newest,
    reading_of,
    row_names,
)
from boardpacks.chapter.trend_facts import time_facts
from boardpacks.charts.places import Panel, PlaceMark, draw_places, fits_twice, most_rows
from boardpacks.charts.spread import MEDIAN, Marked, draw_spread
from boardpacks.charts.svg import to_svg
from boardpacks.charts.theme import COMPARATOR_ROLES, PLACE_ROLES, Role
from boardpacks.charts.trend import Point, TrendLine, draw_trend, has_band
from boardpacks.data.observations import AreaSeries, Observation
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import capital, listed, number, period, short_period, span, unit_words
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.stats.comparison import UNJUDGED, Verdict

SHAPES: Sequence[tuple[frozenset[Verdict], str]] = (
    (frozenset({"better"}), "filled circle: better"),
    (frozenset({"worse"}), "diamond: worse"),
    (frozenset({"similar"}), "open circle: similar"),
    (frozenset({"higher", "lower"}), "triangle: higher or lower where neither is better"),
    (UNJUDGED, "square: not tested, not compared or too old"),
)
"""What the marks of a chart of places mean; only those that are drawn are named."""


def show_trend(measure: Measure, snapshot: Snapshot) -> None:
    """Hand over the measure's trend: the place with its interval band, and its comparators."""
    lines = [
        _line(measure.indicator, reading.series, role)
        for reading, role in zip(measure.readings, _roles(measure), strict=True)
    ]
    others = {} if measure.indicator.additive else _comparators(measure)
    lines += [_line(measure.indicator, series, role) for role, series in others.items()]
    drawn = [*(reading.series for reading in measure.readings), *others.values()]
    facts = facts_of(_all(drawn), measure.indicator, measure.place.id, snapshot)
    for reading in measure.readings:
        facts += time_facts(reading, measure.indicator, measure.place.id, snapshot)
        facts += _standing(reading, measure, snapshot)
    show_figure(
        f"{_slug(measure.indicator.id)}-trend",
        to_svg(draw_trend(lines)),
        title=narrative.title(measure),
        note=_trend_note(measure),
        alt=narrative.alt_text(measure, "Line chart"),
        facts=facts,
    )


def show_spread(measure: Measure, snapshot: Snapshot, params: Params) -> None:
    """Hand over where the place's latest value stands among all boroughs."""
    first = measure.newest
    if first is None or first.among_peers is None:
        raise ValueError(f"{measure.indicator.id}: too few boroughs are published to show a spread")
    told = [reading for reading in measure.readings if reading.latest.period == first.latest.period]
    marked = [
        _marked(measure.indicator, reading, role)
        for reading, role in zip(told, _roles(measure), strict=False)
    ]
    peers = [peer.value for peer in first.peers]
    drawing = draw_spread(
        marked,
        peers,
        (first.among_peers.lower_quartile, first.among_peers.upper_quartile),
        first.among_peers.median,
        params.system.peers,
    )
    facts = facts_of(first.peers, measure.indicator, measure.place.id, snapshot)
    for reading in told:
        others = [one.other for one in reading.comparisons]
        facts += facts_of(others, measure.indicator, measure.place.id, snapshot)
        facts += _standing(reading, measure, snapshot)
    show_figure(
        f"{_slug(measure.indicator.id)}-spread",
        to_svg(drawing),
        title=narrative.title(measure),
        note=(
            f"{capital(unit_words(measure.indicator))}, {period(first.latest.period)}, among {len(peers)} "
            f"{params.system.peers}. {sources([measure.indicator])}"
        ),
        alt=narrative.alt_text(measure, "Dot plot"),
        facts=facts,
        derived={MEDIAN: ""},  # how to read a pack says what the line is
    )


def show_places(
    name: str, title: str, indicators: Compared, place: str, snapshot: Snapshot, params: Params
) -> None:
    """Hand over one panel an indicator with every place's latest value beside the comparators, page by page."""
    charts = [part for group in dealt(indicators, MOST_PANELS) for part in _pages(group)]
    for number_, (group, rows) in enumerate(charts, start=1):
        places = {one for one, _ in rows}
        shown = [
            (indicator, [one for one in measures if one.place.id in places]) for indicator, measures in group
        ]
        panels = [_panel(indicator, measures, rows, params) for indicator, measures in shown]
        facts: list[Fact] = []
        for indicator, measures in shown:
            readings = [reading for measure in measures for reading in measure.readings]
            others = [one.other for reading in readings for one in reading.comparisons]
            facts += facts_of(
                [*(reading.latest for reading in readings), *others], indicator, place, snapshot
            )
        several = len(charts) > 1
        show_figure(
            f"{name}{number_ if several else ''}",
            to_svg(draw_places(panels)),
            title=f"{title}, part {number_} of {len(charts)}" if several else title,
            note=_places_note(shown, panels, params),
            alt=_places_alt(shown),
            facts=facts,
        )


MOST_PANELS = 4
"""Panels of one chart of places."""


def _pages(group: Compared) -> list[tuple[Compared, Sequence[tuple[str, str]]]]:
    """Return the charts of a group of indicators, each as high as a page at most: which of them, and which rows."""
    rows = row_names(group)
    names = [name for _, name in rows]
    across = MOST_PANELS if fits_twice(names) else 2
    return [(part, some) for part in dealt(group, across) for some in dealt(rows, most_rows(names))]


def sources(indicators: Iterable[Indicator]) -> str:
    """Return the source line of a figure or table, each publisher named once."""
    named = []
    for indicator in indicators:
        via = "" if indicator.source.startswith(indicator.publisher) else f" ({indicator.source})"
        named.append(f"{indicator.publisher}{via}")
    each = list(dict.fromkeys(named))
    return f"Source{'s' if len(each) > 1 else ''}: {'; '.join(each)}."


def _standing(reading: Reading, measure: Measure, snapshot: Snapshot) -> list[Fact]:
    """Return where a reading stands among its peers, as facts."""
    if reading.among_peers is None:
        return []
    return peer_facts(reading.latest, reading.among_peers, measure.indicator, measure.place.id, snapshot)


def _comparators(measure: Measure) -> dict[Role, AreaSeries]:
    """Return the comparators that have a value: each keeps its own style where another one is missing."""
    return {
        role: series
        for role, series in zip(COMPARATOR_ROLES, measure.comparators, strict=False)
        if not series.is_empty
    }


def _line(indicator: Indicator, series: AreaSeries, role: Role) -> TrendLine:
    latest = series.latest
    words = "" if latest is None else number(latest.value, indicator)
    return TrendLine(series.name, words, role, _points(series))


def _points(series: AreaSeries) -> tuple[Point, ...]:
    return tuple(
        Point(short_period(o.period), o.start, o.months, o.value, o.lower, o.upper)
        for o in series.observations
    )


def _roles(measure: Measure) -> list[Role]:
    return [PLACE_ROLES[number % len(PLACE_ROLES)] for number in range(len(measure.readings))]


def _marked(indicator: Indicator, reading: Reading, role: Role) -> Marked:
    value = reading.latest.value
    return Marked(
        reading.series.name, number(value, indicator), role, value, reading.latest.lower, reading.latest.upper
    )


def _trend_note(measure: Measure) -> str:
    observations = [o for reading in measure.readings for o in reading.series.valued]
    first, last = min(observations, key=lambda o: o.start), max(observations, key=lambda o: o.start)
    banded = [reading.series.name for reading in measure.readings if has_band(_points(reading.series))]
    some = 0 < len(banded) < len(measure.readings)  # of all, how to read a pack says it once
    band = f" Shaded: 95% confidence interval of {listed(banded)}." if some else ""
    changed = next((f" {reading.broken.reason}" for reading in measure.readings if reading.broken), "")
    prices = ", in the prices of each year" if measure.indicator.is_cash else ""
    return (
        f"{capital(unit_words(measure.indicator))}, {span(first.period, last.period)}{prices}.{band}{changed} "
        f"{sources([measure.indicator])}"
    )


def _has_interval(drawn: Marked | PlaceMark) -> bool:
    return drawn.lower is not None and drawn.upper is not None and drawn.lower < drawn.upper


def _panel(
    indicator: Indicator, measures: Sequence[Measure], rows: Sequence[tuple[str, str]], params: Params
) -> Panel:
    newest = newest_period(measures)
    marks = []
    for place, name in rows:
        reading = reading_of(measures, place, name)
        if reading is None:
            marks.append(PlaceMark(name, None, None, None, "not-compared", absence(measures, place, name)))
        else:
            latest = reading.latest
            older = "" if latest.period == newest else short_period(latest.period)
            marks.append(PlaceMark(name, latest.value, latest.lower, latest.upper, reading.verdict, older))
    values = comparator_values(measures)
    lines = tuple(
        (role, values[area.name])
        for role, area in zip(COMPARATOR_ROLES, params.system.comparators, strict=False)
        if area.name in values
    )
    return Panel(
        indicator.name, f"{capital(unit_words(indicator))}, {short_period(newest)}", tuple(marks), lines
    )


def comparator_values(measures: Sequence[Measure]) -> dict[str, float]:
    """Return each comparator's value in the newest period that a place has."""
    found: dict[str, float] = {}
    for measure in measures:
        for reading in measure.readings:
            for comparison in reading.comparisons:
                other = comparison.other
                if other is not None and other.period == newest_period(measures):
                    found[comparison.name] = other.value
    return found


def _places_note(indicators: Compared, panels: Sequence[Panel], params: Params) -> str:
    known = {name for _, measures in indicators for name in comparator_values(measures)}
    lines = [
        f" {kind} line: {area.name}."
        for kind, area in zip(("Dotted", "Dashed"), params.system.comparators, strict=False)
        if area.name in known
    ]
    marks = [mark for panel in panels for mark in panel.marks if mark.value is not None]
    shapes = [words for verdicts, words in SHAPES if any(mark.verdict in verdicts for mark in marks)]
    told = [f"{capital('; '.join(shapes))}."] if shapes else []
    drawn = [_has_interval(mark) for mark in marks]
    if any(drawn):
        told.append(f"Bars: 95% confidence interval{'' if all(drawn) else ', where there is one'}.")
    return f"{' '.join(told)}{''.join(lines)} {sources(indicator for indicator, _ in indicators)}".strip()


def _places_alt(indicators: Compared) -> str:
    told = []
    for indicator, measures in indicators:
        newest = newest_period(measures)
        latest = sorted(
            (reading.latest.value, reading.series.name) for reading in of_newest(measures, newest)
        )
        if latest:
            lowest, highest = (
                f"{number(value, indicator)} in {name}" for value, name in (latest[0], latest[-1])
            )
            told.append(f"{indicator.name}, {period(newest)}: from {lowest} to {highest}.")
            told += [
                f"Older: {number(reading.latest.value, indicator)} in {name}."
                for name, reading in dated_names(measures)
                if reading.latest.period != newest
            ]
        else:
            told.append(f"{indicator.name}: no figure is held here.")
    return "Dot plots of the places side by side. " + " ".join(told)


def _all(series: Sequence[AreaSeries]) -> list[Observation]:
    return [observation for one in series for observation in one.observations]


def _slug(identifier: str) -> str:
    return identifier.replace("_", "-")
