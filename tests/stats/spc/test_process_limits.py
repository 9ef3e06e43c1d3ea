"""Means and limits: against published charts, by hand at the edges, and by property."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.spc.process_limits import ProcessLimits, process_limits
from boardpacks.stats.spc.rules import MAKING_DATA_COUNT, RuleSet

OUTLIER = [1.0, 2.0, 1.0, 2.0, 10.0, 1.0, *[2.0, 1.0] * 6]
NORMAL = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621),
    *(-1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272),
    *(-0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141),
]
UNSCREENED = replace(MAKING_DATA_COUNT, screening=1e9)
"""As the Excel tools of Making Data Count apply the rules."""

VALUES = st.lists(st.integers(-500, 500).map(lambda fifths: fifths / 5), min_size=13, max_size=40)


def _limits(*runs: list[float], rules: RuleSet = MAKING_DATA_COUNT) -> ProcessLimits:
    found = process_limits(runs, rules)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "rules", "mean", "lower", "upper", "within"),
    [
        (OUTLIER, MAKING_DATA_COUNT, 1.94, -0.72, 4.6, 0.005),
        (OUTLIER, UNSCREENED, 1.94, -3.06, 6.95, 0.005),
        (NORMAL, MAKING_DATA_COUNT, 0.1416238, -3.01138, 3.294627, 5e-6),
        ([*NORMAL[:14], 10.0, *NORMAL[15:]], MAKING_DATA_COUNT, 0.6694159, -2.383666, 3.722497, 5e-6),
        (
            [*NORMAL[:14], 10.0, *NORMAL[15:]],
            UNSCREENED,
            0.6694159,
            -4.596625,
            5.935457,
            5e-6,
        ),
    ],
)
def test_limits_are_as_nhsrplotthedots_publishes_them(
    values: list[float], rules: RuleSet, mean: float, lower: float, upper: float, within: float
):
    """The charts of its page on deviations from Excel, and what its own tests expect, as printed."""
    found = _limits(values, rules=rules)
    assert (found.mean, found.lower, found.upper) == pytest.approx((mean, lower, upper), abs=within)


def test_limits_by_hand():
    """0 and 2 in turn: mean of 14 values 1, all moving ranges 2."""
    found = _limits([0.0, 2.0] * 7)
    assert (found.mean, found.moving_range) == (1.0, 2.0)
    assert (found.lower, found.upper) == pytest.approx((1 - 5.32, 1 + 5.32))
    assert (found.near_lower, found.near_upper) == pytest.approx((1 - 5.32 * 2 / 3, 1 + 5.32 * 2 / 3))


def test_13_points_have_limits_and_12_have_none():
    assert process_limits([[0.0, 2.0] * 6 + [0.0]], MAKING_DATA_COUNT) is not None
    assert process_limits([[0.0, 2.0] * 6], MAKING_DATA_COUNT) is None
    assert process_limits([], MAKING_DATA_COUNT) is None


@pytest.mark.parametrize("value", [0.0, 0.1, 78.4, -3.3])
@pytest.mark.parametrize("rules", [MAKING_DATA_COUNT, UNSCREENED])
def test_a_constant_series_has_limits_at_its_mean(value: float, rules: RuleSet):
    assert _limits([value] * 13, rules=rules) == ProcessLimits(value, value, value, value, value, 0.0)


def test_moving_ranges_do_not_reach_over_a_gap():
    """Seven values about 0, a month missing, seven about 100: no moving range of 100."""
    found = _limits([0.0, 1.0] * 3 + [0.0], [100.0, 101.0] * 3 + [100.0])
    assert found.moving_range == 1.0
    assert found.mean == pytest.approx((3 + 703) / 14)


def test_points_that_hardly_ever_follow_one_another_have_no_limits():
    apart = [[float(value)] for value in range(13)]
    assert process_limits(apart, MAKING_DATA_COUNT) is None
    # 14 points in 8 runs have 6 moving ranges, in 7 runs 7.
    assert process_limits([[0.0, 1.0]] * 6 + [[1.0], [0.0]], MAKING_DATA_COUNT) is None
    assert process_limits([[0.0, 1.0]] * 7, MAKING_DATA_COUNT) is not None


def test_a_moving_range_as_large_as_the_screen_is_left_out():
    """Moving ranges 1, 1, 1 and 3 have the mean 1.5; the screen at twice that is 3 itself."""
    values = [0.0, 1.0, 0.0, 1.0, 4.0]
    rules = replace(MAKING_DATA_COUNT, fewest=5, screening=2.0)
    assert _limits(values, rules=rules).moving_range == 1.0
    just_above = replace(rules, screening=2.001)
    assert _limits(values, rules=just_above).moving_range == 1.5


def test_screening_is_done_once():
    """After the range of 100 is gone the range of 10 would be screened too, if it were done again."""
    values = [0.0, 1.0] * 8 + [0.0, 10.0, 110.0]
    found = _limits(values)
    assert found.moving_range == pytest.approx((16 + 10) / 17)


@given(VALUES)
def test_screening_never_widens(values: list[float]):
    plain, screened = _limits(values, rules=UNSCREENED), _limits(values)
    assert screened.mean == plain.mean
    assert screened.moving_range <= plain.moving_range
    assert plain.lower <= plain.near_lower <= plain.mean <= plain.near_upper <= plain.upper


@given(VALUES, st.integers(-100, 100), st.sampled_from([2, 4, 0.5]))
def test_limits_move_and_stretch_with_the_values(values: list[float], by: int, times: float):
    plain, moved = _limits(values), _limits([times * value + by for value in values])
    expected = [times * limit + by for limit in (plain.lower, plain.mean, plain.upper)]
    assert [moved.lower, moved.mean, moved.upper] == pytest.approx(expected, abs=1e-6)


@given(VALUES)
def test_unscreened_limits_are_the_textbook_s(values: list[float]):
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    found = _limits(values, rules=UNSCREENED)
    assert found.upper - found.mean == pytest.approx(2.66 * sum(ranges) / len(ranges))
