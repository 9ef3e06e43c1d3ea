"""Lines measures of several places up, so that a table and a chart have the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from boardpacks.chapter.absent_figures import absent_cell
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.facts.wording import period
from boardpacks.params.indicator import Indicator
from boardpacks.stats.comparison import UNJUDGED

Compared = Sequence[tuple[Indicator, Sequence[Measure]]]
"""Indicators, each with its measure for every place, in one order of places."""


Row = TypeVar("Row")


def dealt(rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """Deal rows into as few parts of `most` as hold them, of nearly equal size."""
    count = -(-len(rows) // most)
    size = -(-len(rows) // count) if count else 1
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def row_names(indicators: Compared) -> list[tuple[str, str]]:
    """Return place id and name of every row.

    A place of several boroughs has a row of its own, a row a borough, or both: whatever its figures are published for.
    """
    rows: list[tuple[str, str]] = []
    for index, one in enumerate(indicators[0][1]):
        names = [name for _, measures in indicators for name in _names(measures[index])]
        own_first = sorted(dict.fromkeys(names), key=lambda name: name != one.place.name)
        rows += [(one.place.id, name) for name in own_first]
    return rows


def reading_of(measures: Sequence[Measure], place: str, name: str) -> Reading | None:
    """Return the reading of the row's series, if it has a value."""
    one = next(measure for measure in measures if measure.place.id == place)
    return next((reading for reading in one.readings if reading.series.name == name), None)


def absence(measures: Sequence[Measure], place: str, name: str) -> str:
    """Say why a row has no value: none is published, it is hidden, or it is published for the place's other rows."""
    one = next(measure for measure in measures if measure.place.id == place)
    if not one.readings or any(series.name == name for series in one.series):
        return absent_cell(next((series for series in one.series if series.name == name), None))
    return "by borough" if name == one.place.name else f"in {one.place.name}"


def is_judged(measures: Sequence[Measure]) -> bool:
    """Whether any of the places can be told to be better, similar, worse, higher or lower."""
    verdicts = {reading.verdict for measure in measures for reading in measure.readings}
    return bool(verdicts - UNJUDGED)


def newest_period(measures: Sequence[Measure]) -> str:
    """Return the newest period that any of the places has a value for."""
    latest = [reading.latest for measure in measures for reading in measure.readings]
    return max(latest, key=lambda o: o.start).period if latest else measures[0].newest_period


def of_newest(measures: Sequence[Measure], period: str) -> list[Reading]:
    """Return the readings of one period, the newest of all places: only these may be ranked and counted together.

    Those of areas that are too small for that are left out.
    """
    return [
        reading
        for measure in measures
        for reading in measure.readings
        if reading.latest.period == period and not reading.is_small
    ]


def dated_names(measures: Sequence[Measure]) -> list[tuple[str, Reading]]:
    """Return every reading with what it is called: its area, and its period where that is not the newest."""
    newest = newest_period(measures)
    return [
        (reading.series.name if same else f"{reading.series.name} ({period(reading.latest.period)})", reading)
        for measure in measures
        for reading in measure.readings
        for same in [reading.latest.period == newest]
    ]


def _names(measure: Measure) -> list[str]:
    published = [reading.series.name for reading in measure.readings]
    return published or [series.name for series in measure.series]
