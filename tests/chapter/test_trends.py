"""Trend and change of a place's series: what is tested, on which figures, and what is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from boardpacks.chapter.measure import Reading, measure
from boardpacks.chapter.trend_facts import time_facts
from boardpacks.chapter.trend_words import time_sentences as marked_sentences
from boardpacks.chapter.trend_words import title_words, trend_cell, trend_sentence
from boardpacks.chapter.trends import earlier_value, series_break, series_trend, shock_of
from boardpacks.data.observations import AreaSeries, Observation, Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.spans import without_spans
from boardpacks.params.indicator import Break, Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import Shock
from boardpacks.stats.recent_trend import BY_COUNTS, BY_INTERVALS


@pytest.fixture
def smoking(params: Params) -> Indicator:
    return params.indicators["smoking_prevalence"]


def a_series(*values: float, half: float | None = 0.5, first: int = 2019, months: int = 12) -> AreaSeries:
    observations = tuple(
        (Observation if value is None else Valued)(
            "smoking_prevalence",
            "E09000016",
            "Havering",
            "Persons",
            str(first + step),
            dt.date(first + step, 1, 1),
            months,
            value,
            None if half is None else value - half,
            None if half is None else value + half,
        )
        for step, value in enumerate(values)
    )
    return AreaSeries("E09000016", "Havering", observations)


def with_counts(series: AreaSeries, denominator: float, factor: float = 1.0) -> AreaSeries:
    made = [
        replace(o, count=factor * (o.value or 0.0) * denominator / 100, denominator=denominator)
        for o in series.observations
    ]
    return AreaSeries(series.area, series.name, tuple(made))


FALLING = (20.0, 18.0, 16.0, 14.0, 12.0)


def test_counts_are_used_only_where_the_value_is_made_of_them(smoking: Indicator):
    crude = with_counts(a_series(*FALLING), 10_000)
    standardised = with_counts(a_series(*FALLING), 10_000, factor=0.8)
    rounded = smoking.model_copy(update={"counts_rounded": True})
    assert _method(crude, smoking) == BY_COUNTS
    assert _method(standardised, smoking) == BY_INTERVALS
    assert _method(crude, rounded) == BY_INTERVALS


def _method(series: AreaSeries, indicator: Indicator) -> str:
    trend = series_trend(series, indicator)
    assert trend is not None
    assert trend.words == "Decreasing and getting better"
    return trend.method


def test_monthly_series_have_no_recent_trend(smoking: Indicator):
    assert series_trend(a_series(*FALLING), smoking.model_copy(update={"frequency": "monthly"})) is None


def test_an_earlier_value_that_shares_time_is_not_compared(smoking: Indicator):
    apart, overlapping = (a_series(*range(10, 16), first=2018, months=months) for months in (60, 72))
    for series, expected in ((apart, "2018"), (overlapping, None)):
        latest = series.latest
        assert latest is not None
        earlier = earlier_value(series, latest, smoking)
        assert (earlier and earlier.period) == expected


PANDEMIC = (Shock(name="the pandemic", since=dt.date(2020, 1, 1), until=dt.date(2021, 12, 31)),)


@pytest.mark.parametrize(
    ("start", "months", "inside"),
    [
        (dt.date(2019, 1, 1), 12, False),
        (dt.date(2019, 4, 1), 12, True),  # January to March are a quarter of it
        (dt.date(2019, 3, 1), 12, False),
        (dt.date(2021, 9, 1), 12, True),
        (dt.date(2022, 1, 1), 12, False),
        (dt.date(2018, 1, 1), 36, True),
        (dt.date(2021, 1, 1), 36, True),
        (dt.date(2022, 1, 1), 36, False),
        (dt.date(2021, 12, 1), 1, True),
        (dt.date(2022, 1, 1), 1, False),
    ],
)
def test_a_period_lies_in_a_shock_when_a_quarter_of_it_does(start: dt.date, months: int, inside: bool):
    observation = replace(a_series(1.0).observations[0], start=start, months=months)
    assert shock_of(observation, PANDEMIC) == ("the pandemic" if inside else "")


@pytest.mark.parametrize(("first", "told"), [(2019, True), (2018, True), (2017, False), (2020, False)])
def test_no_trend_starts_or_ends_in_a_shock(smoking: Indicator, first: int, told: bool):
    trend = series_trend(a_series(*FALLING, first=first), smoking, PANDEMIC)
    assert trend is not None
    assert (trend.direction == "decreasing") == (told and first + 4 > 2021)
    if trend.direction == "not-calculated":
        assert trend.reason.startswith("the figures begin or end in the pandemic (202")


def test_a_value_is_held_against_the_last_one_before_a_shock(smoking: Indicator):
    peak = a_series(27.9, 34.4, 33.0, 31.0, 30.0, 28.3, first=2019)  # until 2024
    latest = peak.latest
    assert latest is not None
    for until, expected in ((2024, "2019"), (2025, "2019"), (2026, "2019"), (2027, "2022")):
        later = replace(latest, start=dt.date(until, 1, 1), period=str(until))
        earlier = earlier_value(peak, later, smoking, PANDEMIC)
        assert earlier is not None
        assert earlier.period == expected
    assert (
        earlier_value(
            a_series(*range(10), first=2015), replace(latest, start=dt.date(2021, 1, 1)), smoking, PANDEMIC
        )
        is None
    )
    only_since = a_series(34.4, 33.0, 31.0, 30.0, 28.3, first=2020)
    assert earlier_value(only_since, replace(latest, start=dt.date(2025, 1, 1)), smoking, PANDEMIC) is None


def test_a_break_parts_the_series(smoking: Indicator):
    series = a_series(*range(10, 20), first=2014)
    latest = series.latest
    assert latest is not None
    broken = Break(since=dt.date(2020, 1, 1), reason="The survey was changed.")
    indicator = smoking.model_copy(update={"breaks": (broken,)})
    assert earlier_value(series, latest, smoking) is not None
    assert earlier_value(series, latest, indicator) is None
    assert series_break(series, latest, indicator) == broken
    assert series_trend(series, indicator).reason == "fewer than five points since the series changed"  # type: ignore[union-attr]
    later = smoking.model_copy(update={"breaks": (replace_since(broken, 2030),)})
    assert series_break(series, latest, later) is None
    assert series_trend(series, later).direction == "increasing"  # type: ignore[union-attr]


def replace_since(broken: Break, year: int) -> Break:
    return broken.model_copy(update={"since": dt.date(year, 1, 1)})


def test_the_known_break_of_the_project_is_told(snapshot: Snapshot, params: Params):
    found = measure(snapshot, params, params.indicators["good_level_development"], params.places["havering"])
    told = time_sentences(found.readings[0], found.indicator)
    assert told.startswith("Figures from 2022 on cannot be compared with earlier ones, because")


def time_sentences(reading: Reading, indicator: Indicator) -> str:
    return without_spans(marked_sentences(reading, indicator, "alston"))


@pytest.mark.parametrize(
    ("values", "sentence", "cell", "title"),
    [
        (
            FALLING,
            "Recent trend (2019 to 2023): falling, which is better.",
            "Getting better\u00a0\u2198",
            " and getting better",
        ),
        (
            FALLING[::-1],
            "Recent trend (2019 to 2023): rising, which is worse.",
            "Getting worse\u00a0\u2197",
            " and getting worse",
        ),
        (
            (15.0, 15.1, 15.0, 15.1, 15.0),
            "Recent trend (2019 to 2023): no significant change.",
            "No change",
            "",
        ),
        (FALLING[1:], "", "Not tested", ""),
    ],
)
def test_the_trend_in_words(smoking: Indicator, values, sentence: str, cell: str, title: str):
    series = a_series(*values)
    reading = a_reading(series, smoking)
    assert trend_sentence(reading.trend) == sentence
    assert trend_cell(reading.trend) == cell
    assert title_words(reading) == title


def a_reading(series: AreaSeries, indicator: Indicator) -> Reading:
    from boardpacks.chapter.measure import AgainstComparator  # noqa: PLC0415
    from boardpacks.chapter.trends import change_since  # noqa: PLC0415

    latest = series.latest
    assert latest is not None
    earlier = earlier_value(series, latest, indicator)
    return Reading(
        series,
        latest,
        (AgainstComparator("England", None, "similar"),),
        None,
        (),
        trend=series_trend(series, indicator),
        earlier=earlier,
        change=change_since(earlier, latest, indicator),
        broken=series_break(series, latest, indicator),
    )


def test_a_change_and_a_trend_that_go_different_ways_do_not_seem_to_clash(smoking: Indicator):
    up_then_down = a_series(10.0, 20.0, 18.5, 17.0, 15.5, 14.0, first=2018)
    assert time_sentences(a_reading(up_then_down, smoking), smoking) == (
        "It is higher than in 2018 (10.0%), which is worse; the difference is more than chance, "
        "but the recent trend (2019 to 2023) is falling, which is better."
    )
    step = a_series(20.0, 14.0, 14.1, 14.0, 14.1, 14.0, first=2018)
    assert time_sentences(a_reading(step, smoking), smoking).endswith(
        ", but the recent trend (2019 to 2023) shows no significant change."
    )


def test_an_earlier_value_stays_neutral_without_intervals(smoking: Indicator):
    series = a_series(20.0, 14.0, 14.1, 14.0, 14.1, 14.0, first=2018, half=None)
    assert time_sentences(a_reading(series, smoking), smoking) == "In 2018 it was 20.0%."


def test_why_no_trend_is_tested_is_told_where_one_is_expected(smoking: Indicator):
    gap = a_series(20.0, 19.0, 18.0, 17.0, 16.0, 15.0, first=2018)
    observations = [replace(o, value=None) if o.period == "2020" else o for o in gap.observations]
    told = time_sentences(a_reading(replace(gap, observations=tuple(observations)), smoking), smoking)
    assert told.endswith("and no recent trend is tested: no figure for 2020.")
    few = a_series(16.0, 15.0, first=2022)
    assert time_sentences(a_reading(few, smoking), smoking) == ""


def test_trend_and_change_are_facts_with_rule_and_figures_used(snapshot: Snapshot, params: Params):
    calm = params.model_copy(update={"system": params.system.model_copy(update={"shocks": ()})})
    found = measure(snapshot, calm, params.indicators["injury_admissions_0_14"], params.places["havering"])
    trend, change = time_facts(found.readings[0], found.indicator, "havering", snapshot)
    assert trend.id == "havering.injury_admissions_0_14.E09000016.persons.2023-24.trend"
    assert trend.display == "Decreasing and getting better"
    assert (trend.value, trend.period) == (None, "2019/20 to 2023/24")
    assert "Fingertips recent trend" in trend.method
    assert "from 2019/20 to 2023/24" in trend.method
    assert change.id.endswith(".2023-24.change")
    assert change.value == pytest.approx(48.6 - 55.8, abs=0.05)
    low, value, high = change.lower, change.value, change.upper
    assert low is not None
    assert value is not None
    assert high is not None
    assert low < value < high
    assert change.display == "-7.2 per 10,000"
