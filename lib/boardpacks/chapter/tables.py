"""Tables of measures: a place beside its comparators, and the places side by side."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.absent_figures import absent_cell
from boardpacks.chapter.cautions import caution_note
from boardpacks.chapter.hand_over import show_table
from boardpacks.chapter.judgements import judgements_of
from boardpacks.chapter.make_facts import each_once, facts_of, said
from boardpacks.chapter.measure import AgainstComparator, Measure
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.side_by_side import Compared, absence, newest_period, reading_of, row_names
from boardpacks.chapter.trend_facts import time_facts
from boardpacks.chapter.trend_words import NO_TREND, trend_cell
from boardpacks.data.observations import AreaSeries, Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.wording import (
    NOT_HELD,
    NOT_PUBLISHED,
    interval,
    number,
    period,
    unit_words,
    verdict_span,
)
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params

NOT_COMPARABLE = "not comparable"
NO_INTERVAL = "none"
AREA_COLUMN, VALUE_COLUMN = 1, 3
"""Numbers of two columns in a table of latest figures, from 0."""


def show_latest(
    name: str, title: str, measures: Sequence[Measure], params: Params, snapshot: Snapshot, *, about: str
) -> None:
    """Hand over one row a measure: period, value, interval, comparators, judgement and recent trend.

    Parameters
    ----------
    name, title
        As `boardpacks.chapter.hand_over.show_table`.
    measures
        The place's measures.
    params, snapshot
        The system's params and the figures.
    about
        The area that the title names: where every row is of it, there is no column of areas.
    """
    place = measures[0].place
    comparators = params.system.comparators
    columns = [
        Column("Measure", width=27),
        Column("Area", width=14),
        Column("Period", width=10.5),
        Column("Value", "right", 10),
        Column("95% interval", "right", 26),
        *(Column(area.name, "right", 11) for area in reversed(comparators)),
        Column(f"Against {params.system.spoken_benchmark}", width=13),
        Column("Recent trend", width=14),
    ]
    rows, facts = [], []
    for measure in measures:
        rows += _latest_rows(measure, len(comparators))
        told = [
            o
            for reading in measure.readings
            for o in (reading.latest, *(c.other for c in reading.comparisons))
        ]
        facts += facts_of(told, measure.indicator, place.id, snapshot)
        for reading in measure.readings:
            facts += time_facts(reading, measure.indicator, place.id, snapshot)
    columns, rows = _without_silent(columns, rows, about)
    show_table(
        name,
        columns,
        rows,
        title=title,
        note=_sources(measures),
        facts=each_once(facts),
        judgements=judgements_of(measures, place.id),
    )


def _without_silent(
    columns: list[Column], rows: list[list[str]], about: str
) -> tuple[list[Column], list[list[str]]]:
    """Leave out the columns that say nothing in any row, and the areas where the title names the only one."""
    silent = {
        "",
        NOT_HELD,
        NOT_PUBLISHED,
        NO_INTERVAL,
        NOT_COMPARABLE,
        NO_TREND,
        verdict_span("not-compared"),
    }
    kept = [n for n in range(len(columns)) if n <= VALUE_COLUMN or any(row[n] not in silent for row in rows)]
    if all(row[AREA_COLUMN] == about for row in rows):
        kept.remove(AREA_COLUMN)
    return [columns[n] for n in kept], [[row[n] for n in kept] for row in rows]


def show_places_table(
    name: str,
    title: str,
    indicators: Compared,
    params: Params,
    snapshot: Snapshot,
    *,
    own: str,
) -> None:
    """Hand over one row a place and one column an indicator, with the comparators last.

    Parameters
    ----------
    name, title
        As `boardpacks.chapter.hand_over.show_table`.
    indicators
        Each indicator with its measures for every place, in one order of places.
    params, snapshot
        The system's params and the figures.
    own
        Id of the place whose row is set in bold, or of the system.
    """
    names = row_names(indicators)
    columns = [
        Column("Place", width=24),
        *(
            Column(
                f"{indicator.name} ({unit_words(indicator)}), {period(newest_period(measures))}",
                "right",
                76 / len(indicators),
            )
            for indicator, measures in indicators
        ),
    ]
    rows = [
        [
            _bold(name, place == own),
            *(
                _bold(_place_cell(indicator, measures, (place, name), own), place == own)
                for indicator, measures in indicators
            ),
        ]
        for place, name in names
    ]
    for area in params.system.comparators:
        rows.append(
            [
                area.name,
                *(
                    _comparator_cell(indicator, measures, area.name, own)
                    for indicator, measures in indicators
                ),
            ]
        )
    facts: list[Fact] = []
    for indicator, measures in indicators:
        shown = [reading.latest for measure in measures for reading in measure.readings]
        newest = newest_period(measures)
        others = [_newest(_comparator(measures, area.name), newest) for area in params.system.comparators]
        facts += facts_of([*shown, *others], indicator, own, snapshot)
    flat = [measure for _, measures in indicators for measure in measures]
    show_table(name, columns, rows, title=title, note=_sources(flat), facts=facts)


def _latest_rows(measure: Measure, comparators: int) -> list[list[str]]:
    label = measure_label(measure.indicator)
    nothing = ["", *[""] * comparators, verdict_span("not-compared"), ""]
    rows = [
        [
            label,
            reading.series.name,
            period(reading.latest.period),
            _number(reading.latest, measure.indicator, measure.place.id),
            _interval(reading.latest, measure.indicator, measure.place.id),
            *(
                _other(reading.latest.period, *pair, measure)
                for pair in reversed(list(zip(reading.comparisons, measure.comparators, strict=True)))
            ),
            verdict_span(reading.verdict),
            trend_cell(reading.trend),
        ]
        for reading in measure.readings
    ]
    if not rows:
        return [[label, measure.subject, "", absent_cell(_hidden(measure)), *nothing]]
    return [
        *rows,
        *([label, series.name, "", absent_cell(series), *nothing] for series in measure.unpublished),
    ]


def _hidden(measure: Measure) -> AreaSeries | None:
    return next((series for series in measure.series if series.is_hidden), None)


def measure_label(indicator: Indicator) -> str:
    """Return the indicator's name with its unit, unless its numbers carry the unit themselves."""
    return indicator.name if indicator.unit in ("%", "£") else f"{indicator.name} ({unit_words(indicator)})"


def _number(observation: Valued, indicator: Indicator, pack: str) -> str:
    return said(number(observation.value, indicator), observation, pack)


def _interval(latest: Valued, indicator: Indicator, pack: str) -> str:
    if latest.lower is None or latest.upper is None or latest.lower == latest.upper:
        return NO_INTERVAL
    return said(interval(latest.lower, latest.upper, indicator), latest, pack)


def _other(when: str, comparison: AgainstComparator, series: AreaSeries, measure: Measure) -> str:
    if comparison.other is None:
        return NOT_COMPARABLE if measure.indicator.additive else absent_cell(series, when)
    return _number(comparison.other, measure.indicator, measure.place.id)


def _place_cell(indicator: Indicator, measures: Sequence[Measure], row: tuple[str, str], pack: str) -> str:
    place, name = row
    reading = reading_of(measures, place, name)
    if reading is not None:
        cell = _number(reading.latest, indicator, pack)
        same = reading.latest.period == newest_period(measures)
        return cell if same else f"{cell} ({period(reading.latest.period)})"
    return absence(measures, place, name)


def _comparator(measures: Sequence[Measure], name: str) -> AreaSeries | None:
    return next((series for one in measures for series in one.comparators if series.name == name), None)


def _newest(series: AreaSeries | None, newest: str) -> Valued | None:
    return None if series is None else series.at(newest) or series.latest


def _comparator_cell(indicator: Indicator, measures: Sequence[Measure], name: str, pack: str) -> str:
    series, newest = _comparator(measures, name), newest_period(measures)
    found = _newest(series, newest)
    if found is None:
        return absent_cell(series)
    cell = _number(found, indicator, pack)
    return cell if found.period == newest else f"{cell} ({period(found.period)})"


def _sources(measures: Sequence[Measure]) -> str:
    cares = [
        (measure.indicator, reading.series.name, reading.care)
        for measure in measures
        for reading in measure.readings
    ]
    return f"{caution_note(cares)}{sources(measure.indicator for measure in measures)}"


def _bold(text: str, wanted: bool) -> str:
    return f"**{text}**" if wanted else text
