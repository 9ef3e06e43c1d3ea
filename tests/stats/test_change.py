"""Changes between two points: by table and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.change import change
from boardpacks.stats.comparison import Polarity
from boardpacks.stats.differences import SQUARE_AND_ADD
from boardpacks.stats.estimate import Estimate

FIGURES = (
    st.lists(st.integers(-1000, 1000).map(lambda eighths: eighths / 8), min_size=3, max_size=3)
    .map(sorted)
    .filter(lambda found: found[0] < found[2])
    .map(lambda found: Estimate(found[1], found[0], found[2]))
)


@pytest.mark.parametrize(
    ("later", "polarity", "direction", "meaning"),
    [
        (Estimate(14.0, 13.0, 15.0), "low", "higher", "worse"),
        (Estimate(14.0, 13.0, 15.0), "high", "higher", "better"),
        (Estimate(14.0, 13.0, 15.0), "none", "higher", "none"),
        (Estimate(6.0, 5.0, 7.0), "low", "lower", "better"),
        (Estimate(6.0, 5.0, 7.0), "high", "lower", "worse"),
        # The intervals overlap, the difference of 1.6 with limits 0.19 and 3.01 does not reach 0.
        (Estimate(11.6, 10.6, 12.6), "low", "higher", "worse"),
        # The difference of 1.4 with limits -0.01 and 2.81 does.
        (Estimate(11.4, 10.4, 12.4), "low", "no-significant-change", "none"),
        (Estimate(10.0, 9.0, 11.0), "low", "no-significant-change", "none"),
        # Intervals that touch overlap.
        (Estimate(12.0, 11.0, 13.0), "low", "higher", "worse"),
    ],
)
def test_change_from_10(later: Estimate, polarity: Polarity, direction: str, meaning: str):
    found = change(Estimate(10.0, 9.0, 11.0), later, polarity)
    assert (found.direction, found.meaning) == (direction, meaning)
    assert (found.rule, found.reason) == (SQUARE_AND_ADD, "")


@pytest.mark.parametrize(
    ("earlier", "later", "reason"),
    [
        (Estimate(None), Estimate(1.0, 0.5, 1.5), "no figure for the earlier period"),
        (Estimate(1.0, 0.5, 1.5), Estimate(None), "no figure for the later period"),
        (Estimate(1.0), Estimate(1.0, 0.5, 1.5), "no 95% interval for the earlier figure"),
        (Estimate(1.0, 0.5, 1.5), Estimate(1.0, 1.0, 1.0), "no 95% interval for the later figure"),
    ],
)
def test_what_cannot_be_tested_says_why(earlier: Estimate, later: Estimate, reason: str):
    found = change(earlier, later, "low")
    assert (found.direction, found.meaning, found.reason) == ("not-tested", "none", reason)
    assert found.difference is None


@given(FIGURES, FIGURES)
def test_intervals_apart_always_differ(earlier: Estimate, later: Estimate):
    assert earlier.limits is not None
    assert later.limits is not None
    if later.limits[0] > earlier.limits[1] or earlier.limits[0] > later.limits[1]:
        found = change(earlier, later, "none")
        assert found.direction == ("higher" if (later.value or 0) > (earlier.value or 0) else "lower")


@given(FIGURES, FIGURES)
def test_back_again_is_the_other_way(earlier: Estimate, later: Estimate):
    opposite = {"higher": "lower", "lower": "higher", "no-significant-change": "no-significant-change"}
    assert change(later, earlier, "none").direction == opposite[change(earlier, later, "none").direction]
