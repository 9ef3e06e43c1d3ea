"""Judgements against a benchmark: by table, by property, and against the publisher's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PHStatsMethods import assign_funnel_significance

from boardpacks.stats.comparison import (
    Polarity,
    Verdict,
    compare,
)
from boardpacks.stats.intervals import poisson
from tests.raw import rows_of

FLIPPED: dict[Verdict, Verdict] = {"better": "worse", "worse": "better"}
NUMBERS = st.floats(-1e9, 1e9)
POLARITIES = st.sampled_from(["high", "low", "none"])


@pytest.mark.parametrize(
    ("value", "lower", "upper", "benchmark", "polarity", "verdict"),
    [
        (10.0, 9.0, 11.0, 8.0, "low", "worse"),
        (10.0, 9.0, 11.0, 8.0, "high", "better"),
        (10.0, 9.0, 11.0, 8.0, "none", "higher"),
        (10.0, 9.0, 11.0, 12.0, "low", "better"),
        (10.0, 9.0, 11.0, 12.0, "high", "worse"),
        (10.0, 9.0, 11.0, 12.0, "none", "lower"),
        (10.0, 9.0, 11.0, 10.5, "low", "similar"),
        (10.0, 9.0, 11.0, 10.5, "none", "similar"),
        # A limit that equals the benchmark still contains it.
        (10.0, 9.0, 11.0, 9.0, "low", "similar"),
        (10.0, 9.0, 11.0, 11.0, "low", "similar"),
        (10.0, 9.0, 11.0, 8.999999, "low", "worse"),
        # Zero is a value like any other.
        (0.0, 0.0, 1.0, 0.5, "low", "similar"),
        (0.0, 0.0, 1.0, 1.5, "low", "better"),
        (0.5, 0.2, 0.8, 0.0, "low", "worse"),
        # No interval, half an interval, an interval without width.
        (10.0, None, None, 8.0, "low", "not-tested"),
        (10.0, 9.0, None, 8.0, "low", "not-tested"),
        (10.0, None, 11.0, 8.0, "low", "not-tested"),
        (0.0, 0.0, 0.0, 8.0, "low", "not-tested"),
        (8.0, 8.0, 8.0, 8.0, "low", "not-tested"),
        # Nothing to compare, or nothing to compare with.
        (None, 9.0, 11.0, 8.0, "low", "not-compared"),
        (10.0, 9.0, 11.0, None, "low", "not-compared"),
        (None, None, None, None, "none", "not-compared"),
    ],
)
def test_verdict(value, lower, upper, benchmark, polarity: Polarity, verdict: Verdict):
    assert compare(value, lower, upper, benchmark, polarity) == verdict


@given(st.lists(NUMBERS, min_size=3, max_size=3).map(sorted), NUMBERS)
def test_polarity_only_swaps_better_and_worse(limits: list[float], benchmark: float):
    lower, value, upper = limits
    high = compare(value, lower, upper, benchmark, "high")
    low = compare(value, lower, upper, benchmark, "low")
    neither = compare(value, lower, upper, benchmark, "none")
    assert low == FLIPPED.get(high, high)
    assert neither == {"better": "higher", "worse": "lower"}.get(high, high)


@given(st.lists(NUMBERS, min_size=3, max_size=3).map(sorted), NUMBERS, POLARITIES)
def test_similar_exactly_when_the_interval_contains_the_benchmark(
    limits: list[float], benchmark: float, polarity: Polarity
):
    lower, value, upper = limits
    assume(lower < upper)
    verdict = compare(value, lower, upper, benchmark, polarity)
    assert (verdict == "similar") == (lower <= benchmark <= upper)
    assert verdict not in ("not-tested", "not-compared")


@given(NUMBERS, NUMBERS, POLARITIES)
def test_an_interval_without_width_is_not_tested(value: float, benchmark: float, polarity: Polarity):
    assert compare(value, value, value, benchmark, polarity) == "not-tested"


def test_verdicts_agree_with_ohid_s_program():
    """1,000 random rates against their average: ours by interval, theirs by funnel, which is the same."""
    random = np.random.default_rng(20260406)
    people = random.integers(500, 100_000, 1000)
    events = random.poisson(people * 0.002 * np.exp(random.normal(0, 0.4, 1000)))
    people, events = people[events > 0], events[events > 0]
    frame = pd.DataFrame({"events": events, "people": people, "rate": 1000 * events / people})
    theirs = assign_funnel_significance(frame, "events", "rate", "people", "rate", "crude", 1000)[
        "significance"
    ]
    average = events.sum() / people.sum()
    found = Counter[str]()
    for count, n, significance in zip(events.tolist(), people.tolist(), theirs.astype(str), strict=True):
        lower, upper = (limit / n for limit in poisson(count))
        ours = compare(count / n, lower, upper, average, "none")
        assert ours == {"High": "higher", "Low": "lower"}.get(significance.split(" ")[0], "similar")
        found[ours] += 1
    assert min(found[verdict] for verdict in ("higher", "lower", "similar")) > 50


def test_verdicts_are_those_of_fingertips():
    """Every group but England itself is judged as the publisher did; see test_recorded_fingertips.py."""
    rows = rows_of(Path(__file__).with_name("injuries.csv"))
    england = {
        (row["period"], row["sex"]): float(row["value"]) for row in rows if row["group"] == "E92000001"
    }
    compared = Counter[tuple[str, str]]()
    for row in rows:
        if row["group"] == "E92000001":
            continue
        limits = _number(row["lower"]), _number(row["upper"])
        ours = compare(_number(row["value"]), *limits, england[row["period"], row["sex"]], "low")
        assert ours.replace("-", " ") == row["verdict"].lower(), row
        compared["borough" if row["group"].startswith("E09") else "tenth", ours] += 1
    assert compared == {
        ("borough", "better"): 68,
        ("borough", "similar"): 33,
        ("borough", "worse"): 4,
        ("borough", "not-compared"): 15,
        ("tenth", "better"): 25,
        ("tenth", "similar"): 11,
        ("tenth", "worse"): 14,
    }


def _number(cell: str) -> float | None:
    return float(cell) if cell else None
