"""Differences of two published figures, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Literal

SQUARE_AND_ADD = "difference of two figures, square-and-add of their intervals"


@dataclass(frozen=True)
class Contrast:
    """The first figure less the second, with the interval of the difference and its method."""

    value: float
    lower: float
    upper: float
    level: float
    method: str

    @property
    def direction(self) -> Literal["higher", "lower", "no-significant-difference"]:
        """Whether the first figure is higher or lower than the second beyond chance, at this level."""
        if self.lower > 0:
            return "higher"
        return "lower" if self.upper < 0 else "no-significant-difference"


def published_difference(
    figure: tuple[float, float, float], other: tuple[float, float, float], level: float = 0.95
) -> Contrast:
    """Return the first figure less the second, from their published intervals alone.

    Parameters
    ----------
    figure, other
        Value, lower and upper limit of two independent figures in one unit.
    level
        Confidence level of both intervals, and so of the difference's.

    Notes
    -----
    Source: Zou GY, Donner A (2008), Statistics in Medicine 27:1693-1702 (the method of variance estimates recovery).
    It needs no counts and keeps each interval's lopsidedness. The figures must not share people or events.

    Examples
    --------
    >>> from boardpacks.stats.differences import published_difference
    >>> found = published_difference((20.2, 16.5, 23.9), (10.9, 6.7, 15.1))
    >>> round(found.value, 1), round(found.lower, 1), round(found.upper, 1)
    (9.3, 3.7, 14.9)
    """
    for value, lower, upper in (figure, other):
        if not lower <= value <= upper:
            raise ValueError(f"the value {value:g} lies outside its own interval, {lower:g} to {upper:g}")
    (value, lower, upper), (second, second_lower, second_upper) = figure, other
    return Contrast(
        value - second,
        value - second - hypot(value - lower, second_upper - second),
        value - second + hypot(upper - value, second - second_lower),
        level,
        SQUARE_AND_ADD,
    )
