"""The widest gap: by hand, against another calculation, and how often it is wrong when nothing differs."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.estimate import Estimate
from boardpacks.stats.intervals import Z95
from boardpacks.stats.widest_gap import gap_change, widest_gap

VALUE = st.floats(-1e6, 1e6, allow_nan=False)
ARM = st.floats(0.01, 1e3)
FIGURES = st.lists(
    st.builds(lambda value, down, up: Estimate(value, value - down, value + up), VALUE, ARM, ARM),
    min_size=2,
    max_size=9,
)


def _even(*values: float, half: float = 1.0) -> list[Estimate]:
    return [Estimate(value, value - half, value + half) for value in values]


def test_two_areas_are_one_pair_at_95_percent():
    """Intervals of 1 either side: the difference reaches the square root of 2 either side."""
    gap = widest_gap(_even(10, 12))
    assert (gap.lowest, gap.highest, gap.value) == (0, 1, 2.0)
    assert gap.contrast is not None
    assert (gap.contrast.lower, gap.contrast.upper) == pytest.approx((2 - 2**0.5, 2 + 2**0.5))
    assert gap.is_clear


def test_the_more_areas_the_wider_the_interval():
    """The same two extremes are a clear gap among two areas and none among eight."""
    assert widest_gap(_even(10, 11.6)).is_clear
    assert not widest_gap(_even(10, 11.6, *[11.0] * 6)).is_clear


def test_the_widened_interval_against_the_normal_distribution():
    values = [3.0, 5.0, 9.0, 4.0]
    gap = widest_gap(_even(*values, half=Z95))  # a standard error of 1 each
    reach = NormalDist().inv_cdf(1 - 0.05 / 6 / 2) * 2**0.5
    assert gap.contrast is not None
    assert (gap.contrast.lower, gap.contrast.upper) == pytest.approx((6 - reach, 6 + reach))
    assert gap.contrast.level == pytest.approx(1 - 0.05 / 6)
    assert gap.whole.limits == pytest.approx((6 - reach, 6 + reach))


def test_the_limits_of_the_whole_gap_mind_areas_that_may_be_the_true_extremes():
    """A third area with a wide interval may truly lie lowest, so the whole gap may be wider than the contrast's."""
    gap = widest_gap([Estimate(10, 9.9, 10.1), Estimate(12, 11.9, 12.1), Estimate(11, 1, 21)])
    assert gap.contrast is not None
    assert gap.whole.limits is not None
    assert gap.whole.limits[1] > 10 > gap.contrast.upper


@pytest.mark.parametrize(
    "without", [Estimate(5), Estimate(5, 5, 5), Estimate(5, 4, None)], ids=["none", "no-width", "half"]
)
def test_nothing_is_tested_where_a_figure_has_no_usable_interval(without: Estimate):
    gap = widest_gap([*_even(1, 9), without])
    assert (gap.value, gap.contrast, gap.is_clear, gap.whole.limits) == (8, None, False, None)
    assert gap_change(gap, widest_gap(_even(1, 9, 5))).direction == "not-tested"


def test_equal_figures_have_no_gap():
    gap = widest_gap(_even(5, 5, 5))
    assert (gap.value, gap.is_clear) == (0, False)
    assert gap.lowest != gap.highest


@pytest.mark.parametrize("figures", [[], _even(1), [Estimate(1), Estimate(None)]])
def test_a_gap_needs_two_values(figures: list[Estimate]):
    with pytest.raises(ValueError, match="two or more figures"):
        widest_gap(figures)


@pytest.mark.parametrize(
    ("earlier", "later", "direction"),
    [
        ((10, 40), (10, 12), "lower"),
        ((10, 12), (10, 40), "higher"),
        ((10, 40), (10, 41), "no-significant-change"),
    ],
)
def test_a_change_of_the_gap(earlier: tuple[float, float], later: tuple[float, float], direction: str):
    assert gap_change(widest_gap(_even(*earlier)), widest_gap(_even(*later))).direction == direction


def test_areas_that_are_all_alike_rarely_have_a_clear_gap_or_a_change():
    """Of 2,000 draws from equal areas at most about 5% may be called clear; without care for pairs it is over 30%."""
    draw = np.random.default_rng(7).normal(50, 1, (2000, 2, 8))
    gaps = [[widest_gap(_even(*period, half=Z95)) for period in case] for case in draw]
    clear = np.mean([gap.is_clear for case in gaps for gap in case])
    assert 0.02 < clear < 0.06
    careless = np.mean([np.ptp(period) > Z95 * 2**0.5 for case in draw for period in case])
    assert careless > 0.3
    changed = [gap_change(*case).direction for case in gaps]
    assert np.mean([direction != "no-significant-change" for direction in changed]) < 0.05


def test_a_gap_that_stays_as_wide_is_rarely_called_wider_or_narrower():
    centres = np.array([50, 52, 53, 53, 54, 54, 55, 60])
    draw = np.random.default_rng(11).normal(centres, 1, (2000, 2, 8))
    gaps = [[widest_gap(_even(*period, half=Z95)) for period in case] for case in draw]
    assert np.mean([gap.is_clear for case in gaps for gap in case]) > 0.95
    assert np.mean([gap_change(*case).direction != "no-significant-change" for case in gaps]) < 0.05


@given(FIGURES)
def test_the_gap_is_the_range_and_its_limits_hold_those_of_every_pair(figures: list[Estimate]):
    gap = widest_gap(figures)
    values = [figure.value or 0.0 for figure in figures]
    assert gap.value == max(values) - min(values)
    assert gap.whole.limits is None or gap.whole.limits[0] <= gap.value <= gap.whole.limits[1]
    assert gap.contrast is not None
    if gap.is_clear:
        low, high = figures[gap.lowest], figures[gap.highest]
        assert low.upper is not None
        assert high.lower is not None
        assert low.upper < (high.value or 0.0)
        assert (low.value or 0.0) < high.lower


@given(FIGURES, FIGURES)
def test_a_change_says_what_the_values_say(earlier: list[Estimate], later: list[Estimate]):
    before, after = widest_gap(earlier), widest_gap(later)
    change, back = gap_change(before, after), gap_change(after, before)
    if change.direction == "higher":
        assert (after.value > before.value, back.direction) == (True, "lower")
    if change.direction == "lower":
        assert (after.value < before.value, back.direction) == (True, "higher")
