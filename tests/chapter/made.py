"""Measures made up at random, as a chapter would read them: for tests that hold words against statistics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import strategies as st

from boardpacks.chapter.cash_gap import cash_gap
from boardpacks.chapter.measure import AgainstComparator, Measure, Reading
from boardpacks.chapter.trends import change_since, earlier_value, series_break, series_trend
from boardpacks.data.observations import AreaSeries, Observation, Valued
from boardpacks.params.indicator import Break, Indicator
from boardpacks.params.system import Borough, Place
from boardpacks.stats.among_peers import spread
from boardpacks.stats.comparison import compare

AREAS = {"E09000016": "Havering", "E92000001": "England", "E12000007": "London"}
LAST_YEAR = 2023
UNITS = ("%", "\u00a3", "per 100,000", "years", "score 0-10", "people")


@st.composite
def indicators(draw: st.DrawFn, units: Sequence[str] = UNITS) -> Indicator:
    """Indicators of these units, of every polarity and number of decimals, with and without a break."""
    broken = draw(st.sampled_from([None, None, 2016, 2019, 2023]))
    reason = "Earlier figures cannot be compared, because the survey was changed."
    return Indicator(
        id="made_up",
        name="Adults who whistle",
        measures="Share of adults who whistle.",
        unit=draw(st.sampled_from(units)),
        decimals=draw(st.integers(0, 2)),
        polarity=draw(st.sampled_from(["high", "low", "none"])),
        frequency=draw(st.sampled_from(["annual", "annual", "annual", "monthly"])),
        interval="published",
        source="A survey",
        publisher="An office",
        licence="OGL v3.0",
        breaks=() if broken is None else (Break(since=dt.date(broken, 1, 1), reason=reason),),
    )


@st.composite
def area_series(draw: st.DrawFn, area: str, years: int) -> AreaSeries:
    """Yearly figures that drift, with gaps and missing intervals here and there."""
    value = draw(st.floats(1, 90))
    drift = draw(st.sampled_from([0.0, 0.1, 1.0, 3.0, -0.1, -1.0, -3.0]))
    width = draw(st.sampled_from([None, 0.0, 0.05, 0.5, 5.0]))
    made = []
    for step in range(years):
        own = max(0.1, value + drift * step + draw(st.floats(-0.5, 0.5)))
        missing = draw(st.integers(0, 24)) == 0 and step < years - 1
        year = LAST_YEAR - years + 1 + step
        half = width if draw(st.integers(0, 24)) else None
        kind: type[Observation] = Observation if missing else Valued
        made.append(
            kind(
                "made_up",
                area,
                AREAS[area],
                "Persons",
                str(year),
                dt.date(year, 1, 1),
                12,
                None if missing else own,
                None if missing or half is None else max(0.0, own - half),
                None if missing or half is None else own + half,
            )
        )
    return AreaSeries(area, AREAS[area], tuple(made))


@st.composite
def measures(draw: st.DrawFn, units: Sequence[str] = UNITS) -> Measure:
    """A measure of one borough with its comparators, read as a chapter reads it."""
    indicator = draw(indicators(units))
    years = draw(st.integers(1, 9))
    own = draw(area_series("E09000016", years))
    others = [draw(area_series(area, years)) for area in ("E92000001", "E12000007")]
    latest = own.latest
    assert latest is not None
    comparisons = tuple(
        AgainstComparator(
            other.name,
            other.at(latest.period),
            compare(
                latest.value,
                latest.lower,
                latest.upper,
                None if (same := other.at(latest.period)) is None else same.value,
                indicator.polarity,
            ),
        )
        for other in others
    )
    peers = draw(st.lists(st.floats(0.1, 99), min_size=20, max_size=33)) if draw(st.booleans()) else None
    earlier = earlier_value(own, latest, indicator)
    reading = Reading(
        own,
        latest,
        comparisons,
        None if peers is None else spread(latest.value or 0.0, [latest.value or 0.0, *peers]),
        (),
        trend=series_trend(own, indicator),
        earlier=None if indicator.is_cash else earlier,
        change=None if indicator.is_cash else change_since(earlier, latest, indicator),
        broken=series_break(own, latest, indicator),
        cash=cash_gap(latest, earlier, others[0]) if indicator.is_cash else None,
    )
    place = Place(
        id="havering",
        name="Havering",
        boroughs=(Borough(code="E09000016", name="Havering"),),
        trust="RF4",
        group="Havering",
    )
    return Measure(indicator, place, (own,), tuple(others), (reading,), str(LAST_YEAR), "London boroughs")
