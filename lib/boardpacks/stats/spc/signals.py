"""Finds the special causes among the points of an XmR chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isclose
from typing import Literal

from boardpacks.stats.spc.process_limits import ProcessLimits
from boardpacks.stats.spc.rules import RuleSet

Rule = Literal["outside-limits", "trend", "two-of-three", "shift"]
Side = Literal["high", "low"]

RULES: tuple[Rule, ...] = ("outside-limits", "trend", "two-of-three", "shift")
"""In the order in which they decide, where a point meets several."""


@dataclass(frozen=True)
class Signal:
    """A special cause: the rules that the point meets, the deciding one first, and the side that one points to.

    ``side`` is "high" above the mean or in a rising trend, "low" below the mean or in a falling trend.
    """

    rules: tuple[Rule, ...]
    side: Side


def find_signals(run: Sequence[float], limits: ProcessLimits, rules: RuleSet) -> tuple[Signal | None, ...]:
    """Return each point's special cause, None for common cause.

    Parameters
    ----------
    run
        Values of months that follow one another without a gap, under one set of limits.
    limits
        Mean and limits.
    rules
        The rule set.

    Notes
    -----
    A point on the mean is on neither side and so ends a shift; two equal points in a row end a trend; a point on a
    limit is inside it. Points outside the limits are not "near" them. Two of three needs all three points on one side
    of the mean, and marks only the points near the limit. A point that ends one trend and begins the next belongs to
    the next.

    Examples
    --------
    >>> from boardpacks.stats.spc.process_limits import process_limits
    >>> from boardpacks.stats.spc.rules import MAKING_DATA_COUNT
    >>> from boardpacks.stats.spc.signals import find_signals
    >>> run = [70, 72, 69, 71, 70, 73, 70, 71, 69, 72, 70, 71, 70]
    >>> limits = process_limits([run], MAKING_DATA_COUNT)
    >>> find_signals([70, 80], limits, MAKING_DATA_COUNT)
    (None, Signal(rules=('outside-limits',), side='high'))
    """
    sides = [side_of(value, limits.mean) for value in run]
    outside = [_outside(value, limits.lower, limits.upper) for value in run]
    near = [
        None if outside[at] else _outside(value, limits.near_lower, limits.near_upper)
        for at, value in enumerate(run)
    ]
    found: dict[Rule, list[Side | None]] = {
        "outside-limits": outside,
        "trend": _trends(run, rules.trend),
        "two-of-three": _two_of_three(near, sides),
        "shift": _runs(sides, rules.shift),
    }
    return tuple(_signal({rule: found[rule][at] for rule in RULES}) for at in range(len(run)))


def _signal(found: dict[Rule, Side | None]) -> Signal | None:
    met = [(rule, side) for rule, side in found.items() if side is not None]
    return Signal(tuple(rule for rule, _ in met), met[0][1]) if met else None


def side_of(value: float, mean: float) -> Side | None:
    """Return on which side of the mean a value lies, None where on neither.

    Examples
    --------
    >>> from boardpacks.stats.spc.signals import side_of
    >>> side_of(2.0, 1.0), side_of(0.0, 1.0), side_of(1.0, 1.0)
    ('high', 'low', None)
    """
    if isclose(value, mean, rel_tol=1e-12):
        return None
    return "high" if value > mean else "low"


def _outside(value: float, lower: float, upper: float) -> Side | None:
    if value > upper and not isclose(value, upper, rel_tol=1e-12):
        return "high"
    return "low" if value < lower and not isclose(value, lower, rel_tol=1e-12) else None


def _trends(run: Sequence[float], length: int) -> list[Side | None]:
    steps: list[Side | None] = [
        None if later == earlier else ("high" if later > earlier else "low")
        for earlier, later in pairwise(run)
    ]
    return _windows(
        len(run), length, lambda start: _all_one(steps[start : start + length - 1]), lambda _: True
    )


def _runs(sides: Sequence[Side | None], length: int) -> list[Side | None]:
    return _windows(len(sides), length, lambda start: _all_one(sides[start : start + length]), lambda _: True)


def _two_of_three(near: Sequence[Side | None], sides: Sequence[Side | None]) -> list[Side | None]:
    def of_three(start: int) -> Side | None:
        side = _all_one(sides[start : start + 3])
        return side if side and sum(mark == side for mark in near[start : start + 3]) >= 2 else None

    return _windows(len(sides), 3, of_three, lambda at: near[at] is not None)


def _all_one(marks: Sequence[Side | None]) -> Side | None:
    return marks[0] if len(set(marks)) == 1 else None


def _windows(
    count: int, length: int, judged: Callable[[int], Side | None], marks: Callable[[int], bool]
) -> list[Side | None]:
    """Mark the points of every stretch of `length` that `judged` finds; a later stretch decides over an earlier."""
    found: list[Side | None] = [None] * count
    for start in range(count - length + 1):
        side = judged(start)
        for at in range(start, start + length):
            if side is not None and marks(at):
                found[at] = side
    return found
