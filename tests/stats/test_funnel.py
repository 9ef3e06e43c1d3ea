"""Funnel limits against OHID's program and by property."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PHStatsMethods import assign_funnel_significance
from PHStatsMethods.utils_funnel import poisson_funnel, sigma_adjustment

from boardpacks.stats.funnel import THREE_SIGMA, TWO_SIGMA, Kind, funnel, proportion_limits, rate_limits
from boardpacks.stats.intervals import exact_poisson, wilson

TAILS = {TWO_SIGMA: 0.975, THREE_SIGMA: 0.999}
THEIRS = {
    "within": "Not significant",
    "above 95% limit": "High (0.025)",
    "below 95% limit": "Low (0.025)",
    "above 99.8% limit": "High (0.001)",
    "below 99.8% limit": "Low (0.001)",
}
AREAS = st.lists(
    st.integers(1, 10**5).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=10
)


def test_limits_of_proportions_agree_with_ohid_s_program():
    """1,000 random denominators and averages, both limits; to 1e-9, cut off at nobody and everybody."""
    random = np.random.default_rng(20260410)
    for _ in range(500):
        average, people = float(random.uniform(0.001, 0.999)), int(10 ** random.uniform(0.5, 6))
        for level, tail in TAILS.items():
            theirs = [sigma_adjustment(tail, people, average, side, 1) for side in ("low", "high")]
            expected = max(0.0, theirs[0]), min(1.0, theirs[1])
            assert proportion_limits(average, people, level) == pytest.approx(expected, abs=1e-9)


def test_limits_of_rates_agree_with_ohid_s_program():
    """1 to 60 events and some hundreds, both limits; to 5e-5, as far as their search for the limit goes."""
    for events in (*range(1, 61), 75, 100, 250, 600):
        for level, tail in TAILS.items():
            theirs = [events / poisson_funnel(events, 1 - tail, side) for side in ("high", "low")]
            assert rate_limits(1.0, events, level) == pytest.approx(theirs, rel=5e-5)


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_positions_agree_with_ohid_s_program(kind: Kind):
    """1,000 random areas of each kind; every position is met."""
    random = np.random.default_rng(20260411)
    people = random.integers(200, 50_000, 1000)
    counts = random.binomial(people, np.clip(0.02 * np.exp(random.normal(0, 0.25, 1000)), 0, 1))
    people, counts = people[counts > 0], counts[counts > 0]
    frame = pd.DataFrame({"count": counts, "people": people, "rate": 1000 * counts / people})
    more = () if kind == "proportion" else ("rate", "crude", 1000)
    theirs = assign_funnel_significance(frame, "count", kind, "people", *more)["significance"].astype(str)
    ours = [area.position for area in funnel(counts.tolist(), people.tolist(), kind).areas]
    assert [THEIRS[position] for position in ours] == theirs.tolist()
    assert len(Counter(ours)) == 5


@given(st.floats(0.001, 0.999), st.integers(1, 10**6), st.sampled_from([TWO_SIGMA, THREE_SIGMA]))
def test_limits_hold_the_average_and_the_outer_hold_the_inner(average: float, people: int, level: float):
    lower, upper = proportion_limits(average, people, level)
    assert 0 <= lower < average < upper <= 1
    wider = proportion_limits(average, people, THREE_SIGMA)
    assert wider[0] <= lower
    assert upper <= wider[1]
    narrower = proportion_limits(average, 10 * people, level)
    assert narrower[1] - narrower[0] <= upper - lower


@given(st.integers(2, 10**5), st.data())
def test_a_proportion_on_a_limit_has_an_interval_that_just_reaches_the_average(
    people: int, data: st.DataObject
):
    count = data.draw(st.integers(1, people - 1))
    for average in wilson(count, people):
        lower, upper = proportion_limits(average, people, TWO_SIGMA)
        assert min(abs(lower - count / people), abs(upper - count / people)) < 1e-9


@given(st.integers(1, 10**4), st.floats(1e-6, 1.0))
def test_a_rate_on_a_limit_has_an_interval_that_just_reaches_the_average(events: int, average: float):
    low, high = rate_limits(average, events, TWO_SIGMA)
    lower, upper = exact_poisson(events)
    assert low * upper / events == pytest.approx(average)
    assert high * lower / events == pytest.approx(average)


@given(AREAS, st.sampled_from(["proportion", "rate"]))
def test_the_order_and_the_average_are_kept(areas: list[tuple[int, int]], kind: Kind):
    counts, people = map(list, zip(*areas, strict=True))
    found = funnel(counts, people, kind)
    assert [(area.count, area.denominator) for area in found.areas] == areas
    assert found.average == pytest.approx(sum(counts) / sum(people))


def test_one_area_lies_within():
    assert funnel([5], [10], "proportion").areas[0].position == "within"
    assert funnel([0], [10], "rate").areas[0].position == "within"


@pytest.mark.parametrize(
    ("counts", "people"),
    [([], []), ([1], []), ([1], [0]), ([-1, 3], [10, 10]), ([11], [10]), ([1, 11], [100, 10])],
)
def test_impossible_areas_are_refused(counts: list[float], people: list[float]):
    with pytest.raises(ValueError, match="count"):
        funnel(counts, people, "proportion")


def test_impossible_limits_are_refused():
    with pytest.raises(ValueError, match="average from 0 to 1"):
        proportion_limits(1.5, 10, TWO_SIGMA)
    with pytest.raises(ValueError, match="1 event or more"):
        rate_limits(0.1, 0, TWO_SIGMA)
