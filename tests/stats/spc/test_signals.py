"""Special causes: each rule by hand at its edges, and all of them against a second reading of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.spc.process_limits import ProcessLimits
from boardpacks.stats.spc.rules import MAKING_DATA_COUNT, RuleSet
from boardpacks.stats.spc.signals import RULES, find_signals

LIMITS = ProcessLimits(0.0, -3.0, 3.0, -2.0, 2.0, 1.0)
"""Mean 0, near a limit beyond 2, outside beyond 3."""

LETTERS = {
    "high": {"outside-limits": "O", "trend": "T", "two-of-three": "N", "shift": "S"},
    "low": {"outside-limits": "o", "trend": "t", "two-of-three": "n", "shift": "s"},
}


def _read(values: Sequence[float], rules: RuleSet = MAKING_DATA_COUNT) -> str:
    """Return one mark a point: "." for common cause, else the deciding rule's letter, small on the low side."""
    return "".join(
        "." if signal is None else LETTERS[signal.side][signal.rules[0]]
        for signal in find_signals(values, LIMITS, rules)
    )


UP = [-1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 1.9]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        # Outside: a point on a limit is inside it.
        ([3.0, -1.0, -3.0], "..."),
        ([3.01, -1.0, -3.01], "O.o"),
        # Shift: seven on one side, all of them marked; six are none.
        ([1.0] * 6, "......"),
        ([1.0] * 7, "SSSSSSS"),
        ([-1.0] * 9, "sssssssss"),
        ([-1.0, *[1.0] * 7, -1.0], ".SSSSSSS."),
        ([*[1.0] * 7, *[-1.0] * 7], "SSSSSSSsssssss"),
        # A point on the mean is on neither side.
        ([1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0], "......."),
        ([*[1.0] * 7, 0.0, *[1.0] * 6], "SSSSSSS......."),
        ([0.0] * 13, "............."),
        # Trend: seven that each rise, whatever side of the mean they are on; six are none.
        (UP, "TTTTTTT"),
        (UP[::-1], "ttttttt"),
        (UP[:6], "......"),
        ([0.0, *UP, 0.0], ".TTTTTTT."),
        # Two equal points in a row end a trend.
        ([-1.5, -1.0, -0.5, -0.5, 1.0, 1.5, 1.9], "......."),
        ([-1.9, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 1.5], "TTTTTTT."),
        # The turning point belongs to what comes next.
        ([*UP, 1.5, 1.0, 0.5, -0.5, -1.0, -1.5], "TTTTTTttttttt"),
        # Two of three near one limit, the third on the same side: only those near it are marked.
        ([2.5, 1.0, 2.5], "N.N"),
        ([2.5, 2.5, 1.0], "NN."),
        ([1.0, -2.5, -2.5], "..."),
        ([-1.0, -2.5, -2.5], ".nn"),
        ([2.5, 1.0, 1.0, 2.5], "...."),
        ([2.5, 1.0, 2.5, 1.0, 2.5], "N.N.N"),
        # The third on the other side or on the mean.
        ([2.5, -1.0, 2.5], "..."),
        ([2.5, 0.0, 2.5], "..."),
        ([2.5, -2.5, -1.0], "..."),
        # Two points alone are not two of three.
        ([2.5, 2.5], ".."),
        # Near begins beyond 2; a point on the limit of 3 is near, one outside is not.
        ([2.0, 1.0, 2.5], "..."),
        ([2.01, 1.0, 3.0], "N.N"),
        ([2.5, 1.0, 3.5], "..O"),
        ([2.5, 2.5, 3.5], "NNO"),
        # Which rule decides: outside, then trend, then two of three, then shift.
        ([1.0, 1.0, 1.0, 3.5, 1.0, 1.0, 1.0], "SSSOSSS"),
        ([1.0, 2.5, 1.0, 2.5, 1.0, 1.0, 1.0], "SNSNSSS"),
        ([0.5, 1.0, 1.5, 1.9, 2.2, 2.4, 3.5], "TTTTTTO"),
        ([], ""),
        ([5.0], "O"),
    ],
)
def test_marks_by_hand(values: list[float], marks: str):
    assert _read(values) == marks


def test_every_rule_that_a_point_meets_is_told():
    found = find_signals([0.5, 1.0, 1.5, 1.9, 2.2, 2.4, 3.5], LIMITS, MAKING_DATA_COUNT)
    assert [signal.rules if signal else () for signal in found[-3:]] == [
        ("trend", "two-of-three", "shift"),
        ("trend", "two-of-three", "shift"),
        ("outside-limits", "trend", "shift"),
    ]


def test_the_side_is_the_deciding_rule_s():
    """A falling trend above the mean points downwards; its point above the upper limit points upwards."""
    found = find_signals([3.5, 1.9, 1.6, 1.3, 1.0, 0.7, 0.4], LIMITS, MAKING_DATA_COUNT)
    assert [signal.side if signal else None for signal in found] == ["high", *["low"] * 6]
    assert all(signal and "shift" in signal.rules for signal in found)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _long(keys: Sequence[int], length: int) -> list[tuple[int, int, int]]:
    """Return start, end and key of each run of equal keys other than 0 that is `length` long or more."""
    found = []
    for key, run in groupby(range(len(keys)), key=lambda at: keys[at]):
        places = list(run)
        if key and len(places) >= length:
            found.append((places[0], places[-1], key))
    return found


def _second_reading(values: Sequence[float], rules: RuleSet) -> list[tuple[str, int] | None]:
    """Read the rules by runs instead of windows."""
    sides = [_sign(value) for value in values]
    found: list[tuple[str, int] | None] = [None] * len(values)
    for first, last, side in _long(sides, rules.shift):
        found[first : last + 1] = [("shift", side)] * (last + 1 - first)
    near = [sides[at] if 2 < abs(value) <= 3 else 0 for at, value in enumerate(values)]
    for at in (at for at, side in enumerate(near) if side):
        threes = [range(start, start + 3) for start in range(max(0, at - 2), min(at, len(values) - 3) + 1)]
        if any(
            all(sides[i] == near[at] for i in three) and sum(near[i] != 0 for i in three) > 1
            for three in threes
        ):
            found[at] = ("two-of-three", near[at])
    for first, last, way in _long([_sign(b - a) for a, b in pairwise(values)], rules.trend - 1):
        found[first : last + 2] = [("trend", way)] * (last + 2 - first)
    return [
        ("outside-limits", side) if abs(v) > 3 else f for v, side, f in zip(values, sides, found, strict=True)
    ]


COARSE = st.lists(st.integers(-8, 8).map(lambda halves: halves / 2), max_size=30)
WALKS = st.lists(st.sampled_from([-0.5, 0.5, 0.5, 0.5, 0.0]), max_size=30).map(
    lambda steps: [sum(steps[: at + 1]) - 2 for at in range(len(steps))]
)


@given(COARSE | WALKS, st.sampled_from([MAKING_DATA_COUNT, replace(MAKING_DATA_COUNT, shift=6, trend=5)]))
def test_a_second_reading_of_the_rules_finds_the_same(values: list[float], rules: RuleSet):
    ours = [
        (signal.rules[0], 1 if signal.side == "high" else -1) if signal else None
        for signal in find_signals(values, LIMITS, rules)
    ]
    assert ours == _second_reading(values, rules)


@given(COARSE)
def test_a_chart_turned_upside_down_has_the_opposite_sides(values: list[float]):
    there = find_signals(values, LIMITS, MAKING_DATA_COUNT)
    back = find_signals([-value for value in values], LIMITS, MAKING_DATA_COUNT)
    opposite = {"high": "low", "low": "high"}
    for one, other in zip(there, back, strict=True):
        assert (one is None) == (other is None)
        if one and other:
            assert (one.rules, opposite[one.side]) == (other.rules, other.side)
            assert list(one.rules) == [rule for rule in RULES if rule in one.rules]
