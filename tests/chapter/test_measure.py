"""A measure as a chapter sees it: latest values, comparators of the same period, standing among peers."""

from __future__ import annotations

import pytest

from boardpacks.chapter.measure import Measure, measure
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.models import Params
from boardpacks.stats.among_peers import FEWEST_PEERS
from boardpacks.stats.comparison import compare


@pytest.fixture(scope="module")
def measures(snapshot: Snapshot, params: Params) -> list[Measure]:
    """Every indicator for every place."""
    return [
        measure(snapshot, params, indicator, place)
        for place in params.places.values()
        for indicator in params.indicators.values()
    ]


def test_comparators_are_of_the_same_period_and_judged_by_the_rule(
    measures: list[Measure], snapshot: Snapshot
):
    table = snapshot.observations.set_index(["indicator", "area", "period"])["value"].dropna().to_dict()
    codes = {"England": "E92000001", "London": "E12000007"}
    judged = 0
    for one in measures:
        for reading in one.readings:
            latest = reading.latest
            assert [comparison.name for comparison in reading.comparisons] == ["England", "London"]
            for comparison in reading.comparisons:
                published = table.get((one.indicator.id, codes[comparison.name], latest.period))
                if one.indicator.additive:
                    assert (comparison.other, comparison.verdict) == (None, "not-compared")
                    continue
                expected = compare(
                    latest.value, latest.lower, latest.upper, published, one.indicator.polarity
                )
                if expected == "not-tested" and comparison.name == "England" and latest.verdict is not None:
                    expected = latest.verdict
                if reading.is_small:
                    expected = "not-compared"
                assert comparison.verdict == expected
                assert (comparison.other.value if comparison.other else None) == published
                judged += expected not in ("not-compared", "not-tested")
    assert judged > 150


def test_latest_is_the_newest_value_of_its_area(measures: list[Measure], snapshot: Snapshot):
    published = snapshot.observations.dropna(subset="value")
    in_time = published.sort_values(["period_start", "period_months"])
    newest = in_time.groupby(["indicator", "area"]).last()["period"].to_dict()
    for one in measures:
        for reading in one.readings:
            if "+" not in reading.latest.area:
                assert reading.latest.period == newest[one.indicator.id, reading.latest.area]


def test_standing_is_told_where_enough_peers_are_published(measures: list[Measure]):
    told = 0
    for one in measures:
        for reading in one.readings:
            assert (reading.among_peers is not None) == (
                len(reading.peers) >= FEWEST_PEERS and not reading.is_small
            )
            if reading.among_peers is not None:
                values = [peer.value for peer in reading.peers if peer.value is not None]
                higher = sum(value > (reading.latest.value or 0.0) for value in values)
                assert (reading.among_peers.rank, reading.among_peers.count) == (higher + 1, len(values))
                told += 1
    assert told > 60


def test_a_cumulative_indicator_has_no_trend_and_its_longest_period_is_the_newest(measures: list[Measure]):
    found = [one for one in measures if one.indicator.cumulative]
    assert found
    for one in found:
        assert not one.is_trend
        for reading in one.readings:
            assert reading.trend is None
            assert reading.earlier is None
            assert reading.latest.months == max(o.months for o in reading.series.observations)


def test_a_place_without_figures_has_no_readings(snapshot: Snapshot, params: Params):
    found = measure(
        snapshot, params, params.indicators["obesity_reception"], params.places["city-and-hackney"]
    )
    assert found.readings == ()
    assert [series.name for series in found.unpublished] == ["City of London", "Hackney"]
    assert not found.is_trend


@pytest.mark.parametrize(
    ("indicator", "trend", "comparators"),
    [
        ("smoking_prevalence", True, ["England", "London"]),
        ("children_relative_poverty", True, ["London"]),
        ("mmr_two_doses", False, []),
        ("ae_four_hour", True, ["England"]),
        ("diagnostics_six_weeks", True, []),
    ],
)
def test_comparators_without_a_value_are_empty(
    snapshot: Snapshot, params: Params, indicator: str, trend: bool, comparators: list[str]
):
    found = measure(snapshot, params, params.indicators[indicator], params.places["havering"])
    assert found.is_trend is trend
    assert [series.name for series in found.comparators] == ["England", "London"]
    assert [series.name for series in found.comparators if not series.is_empty] == comparators
    assert found.unpublished == ()


def test_a_polarity_of_none_gives_higher_or_lower(snapshot: Snapshot, params: Params):
    place = params.places["barking-and-dagenham"]
    neither = params.indicators["adult_obesity"].model_copy(update={"polarity": "none"})
    assert measure(snapshot, params, neither, place).readings[0].verdict == "higher"
    judged = measure(snapshot, params, params.indicators["adult_obesity"], place).readings[0]
    assert judged.verdict == "worse"
    assert judged.benchmark is judged.comparisons[0]
