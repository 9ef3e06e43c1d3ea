"""Rules by which figures stand out, on made-up values of peers."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.comparison import Polarity, is_behind
from boardpacks.stats.stands_out import is_last, is_sharp, is_wide

VALUES = st.lists(st.integers(0, 1000).map(float), min_size=1, max_size=40, unique=True)
SHARES = st.floats(0.01, 0.5)
SIDES: st.SearchStrategy[Polarity] = st.sampled_from(["high", "low"])


@given(VALUES, SHARES, SIDES)
def test_as_many_are_last_as_the_share_says_and_they_are_the_worst(
    values: list[float], share: float, polarity: Polarity
):
    last = [value for value in values if is_last(value, values, polarity, share)]
    worst = sorted(values, reverse=polarity == "low")[: ceil(len(values) * share)]
    assert sorted(last) == sorted(worst)


@given(VALUES, SHARES)
def test_none_is_last_where_neither_side_is_better(values: list[float], share: float):
    assert not any(is_last(value, values, "none", share) for value in values)


@given(st.floats(-100, 100), VALUES, st.floats(1.1, 10))
def test_a_change_for_the_better_is_never_sharp(change: float, usual: list[float], times: float):
    assert not is_sharp(abs(change), usual, "high", times)
    assert not is_sharp(-abs(change), usual, "low", times)
    assert not is_sharp(change, usual, "none", times)


def test_a_change_is_sharp_beyond_so_many_times_the_usual_one():
    usual = [1.0, -2.0, 3.0]
    assert not is_sharp(-6.0, usual, "high", 3)
    assert is_sharp(-6.1, usual, "high", 3)


@pytest.mark.parametrize(
    ("value", "polarity", "missed"),
    [
        (94.9, "high", True),
        (95.0, "high", False),
        (95.1, "low", True),
        (95.0, "low", False),
        (1.0, "none", False),
    ],
)
def test_a_standard_is_missed_on_its_wrong_side(value: float, polarity: Polarity, missed: bool):
    assert is_behind(value, 95.0, polarity) is missed


GAPS = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=40, unique=True)


@given(GAPS, SHARES)
def test_a_gap_is_wide_among_the_widest_and_only_to_a_groups_disadvantage(gaps: list[float], share: float):
    widest = sorted(gaps, reverse=True)[: ceil(len(gaps) * share)]
    assert [gap for gap in gaps if is_wide(gap, gaps, share)] == [
        gap for gap in gaps if gap in widest and gap > 0
    ]


@given(GAPS, SHARES, SHARES)
def test_what_is_wide_by_a_small_share_is_wide_by_a_larger_one(gaps: list[float], one: float, other: float):
    small, large = sorted((one, other))
    assert all(is_wide(gap, gaps, large) for gap in gaps if is_wide(gap, gaps, small))
