"""Directly standardised rates against OHID's program and by property."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PHStatsMethods import ph_dsr

from boardpacks.stats.intervals import byars
from boardpacks.stats.standard_populations import EUROPEAN_2013, StandardPopulation
from boardpacks.stats.standardise import TooFewEventsError, directly_standardised

BANDS = len(EUROPEAN_2013.weights)
EVENTS = st.lists(st.integers(0, 500), min_size=BANDS, max_size=BANDS)
PEOPLE = st.lists(st.integers(500, 10**6), min_size=BANDS, max_size=BANDS)


def test_rates_agree_with_ohid_s_program():
    """2,000 random areas of 19 age bands, from a handful of events to thousands; to 1e-9 of the rate."""
    random = np.random.default_rng(20260403)
    areas = 2000
    people = random.integers(50, 200_000, (areas, BANDS))
    risk = 10 ** random.uniform(-6, -2, (areas, 1)) * np.exp(np.linspace(-3, 3, BANDS))
    events = random.poisson(people * np.minimum(risk, 0.3))
    frame = pd.DataFrame(
        {
            "area": np.repeat(np.arange(areas), BANDS),
            "events": events.ravel(),
            "people": people.ravel(),
            "weight": np.tile(EUROPEAN_2013.weights, areas),
        }
    )
    theirs = ph_dsr(frame, "events", "people", "weight", "area", euro_standard_pops=False).set_index("area")
    columns = [theirs.columns.get_loc(name) for name in ("Value", "lower_95_ci", "upper_95_ci")]
    refused = 0
    for area in range(areas):
        value = theirs.iloc[area, columns].to_numpy(dtype=float)
        try:
            ours = directly_standardised(events[area].tolist(), people[area].tolist())
        except TooFewEventsError:
            refused += 1
            assert np.isnan(value).all()
        else:
            assert (ours.value, ours.lower, ours.upper) == pytest.approx(tuple(value), rel=1e-9)
    assert 20 < refused < 400


def test_a_rate_by_hand():
    """Two bands: 10 of 1,000 and 30 of 2,000, weights 3 to 1: 0.75 x 1% + 0.25 x 1.5% = 1.125%."""
    standard = StandardPopulation("two bands", "made up", (0, 50), (3, 1))
    found = directly_standardised([10, 30], [1000, 2000], standard, per=100)
    lower, upper = byars(40)
    step = (10 * 0.00075**2 + 30 * 0.000125**2) ** 0.5 / 40**0.5
    assert found.value == pytest.approx(1.125)
    assert found.lower == pytest.approx(1.125 + 100 * step * (lower - 40))
    assert found.upper == pytest.approx(1.125 + 100 * step * (upper - 40))
    assert (found.events, found.population, found.standard) == (40, 3000, "two bands")
    assert found.method == "directly standardised rate with Dobson's interval"


@given(EVENTS.filter(lambda events: sum(events) >= 10), PEOPLE)
def test_an_interval_holds_its_rate(events: list[int], people: list[int]):
    found = directly_standardised(events, people)
    assert 0 <= found.lower < found.value < found.upper


@given(st.floats(0.001, 0.1), PEOPLE)
def test_equal_risk_in_every_band_is_that_risk_whatever_the_ages(risk: float, people: list[int]):
    events = [risk * n for n in people]
    if sum(events) >= 10:
        assert directly_standardised(events, people, per=1).value == pytest.approx(risk)


@given(st.lists(st.integers(0, BANDS - 1), max_size=9))
def test_under_10_events_there_is_no_rate(bands: list[int]):
    events = [bands.count(band) for band in range(BANDS)]
    with pytest.raises(TooFewEventsError, match=f"at least 10 events in all, not {sum(events)}"):
        directly_standardised(events, [1000] * BANDS)


def test_10_events_are_enough_and_9_are_not():
    people = [1000] * BANDS
    assert directly_standardised([10, *[0] * 18], people).events == 10
    with pytest.raises(TooFewEventsError):
        directly_standardised([9, *[0] * 18], people)


@pytest.mark.parametrize(
    ("events", "people"), [([20] * 18, [1000] * 18), ([20] * 19, [1000] * 18), ([20] * 18, [1000] * 19)]
)
def test_a_missing_band_is_refused(events: list[int], people: list[int]):
    with pytest.raises(ValueError, match="has 19 age bands, but"):
        directly_standardised(events, people)


@pytest.mark.parametrize(("event", "person"), [(-1, 1000), (20, 0), (float("nan"), 1000), (20, float("nan"))])
def test_impossible_bands_are_refused(event: float, person: float):
    with pytest.raises(ValueError, match="count of 0 or more and a population above 0"):
        directly_standardised([event] * BANDS, [person] * BANDS)
