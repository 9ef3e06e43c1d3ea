"""Control limits of funnel plots for proportions and rates, and which areas lie outside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from boardpacks.stats.intervals import exact_poisson, normal_point, poisson

TWO_SIGMA = 0.95
"""Level of the inner limits: 2.5% of areas lie above and 2.5% below by chance."""

THREE_SIGMA = 0.998
"""Level of the outer limits: 0.1% of areas lie above and 0.1% below by chance."""

Kind = Literal["proportion", "rate"]
Position = Literal["within", "above 95% limit", "below 95% limit", "above 99.8% limit", "below 99.8% limit"]

METHODS: dict[Kind, str] = {
    "proportion": "funnel plot, score limits of a proportion",
    "rate": "funnel plot, exact Poisson limits of a rate",
}


@dataclass(frozen=True)
class FunnelArea:
    """One area: its value per one unit of the denominator, and where it lies."""

    count: float
    denominator: float
    value: float
    position: Position


@dataclass(frozen=True)
class Funnel:
    """A funnel plot: the areas' average, per one unit of the denominator, and each area in the order given."""

    kind: Kind
    average: float
    areas: tuple[FunnelArea, ...]
    method: str


def funnel(counts: Sequence[float], denominators: Sequence[float], kind: Kind) -> Funnel:
    """Return which areas differ from the average of all by more than chance.

    Parameters
    ----------
    counts, denominators
        Each area's count and denominator.
    kind
        A proportion is held against the score limits at its denominator; a rate lies outside when its own interval
        (exact under 10 events, else Byar's) leaves the average out.

    Notes
    -----
    Source: Spiegelhalter DJ (2005), Statistics in Medicine 24:1185-1202; Public Health England (2017), Technical guide:
    Funnel plots.

    Examples
    --------
    >>> from boardpacks.stats.funnel import funnel
    >>> found = funnel([40, 52, 90], [400, 500, 500], "proportion")
    >>> [area.position for area in found.areas]
    ['within', 'within', 'above 99.8% limit']
    """
    if not counts or len(counts) != len(denominators) or not all(people > 0 for people in denominators):
        raise ValueError("a funnel plot needs a count and a denominator above 0 for each area")
    most = max(count / people for count, people in zip(counts, denominators, strict=True))
    if min(counts) < 0 or (kind == "proportion" and most > 1):
        raise ValueError("counts are 0 or more, and those of proportions not above their denominators")
    average = sum(counts) / sum(denominators)
    position = _of_proportion if kind == "proportion" else _of_rate
    areas = tuple(
        FunnelArea(count, people, count / people, position(count, people, average))
        for count, people in zip(counts, denominators, strict=True)
    )
    return Funnel(kind, average, areas, METHODS[kind])


def proportion_limits(average: float, denominator: float, level: float) -> tuple[float, float]:
    """Return the funnel's lower and upper limit at a denominator, as proportions from 0 to 1.

    Parameters
    ----------
    average
        The average of all areas, from 0 to 1.
    denominator
        People in the area, above 0.
    level
        ``TWO_SIGMA`` or ``THREE_SIGMA``.

    Notes
    -----
    These are the proportions whose Wilson interval just reaches the average.

    Examples
    --------
    >>> from boardpacks.stats.funnel import proportion_limits
    >>> [round(limit, 3) for limit in proportion_limits(0.12, 400, 0.95)]
    [0.088, 0.152]
    """
    if not 0 <= average <= 1 or not denominator > 0:
        raise ValueError(
            f"a funnel needs an average from 0 to 1 and a denominator above 0, not {average:g}, {denominator:g}"
        )
    reach = normal_point(level) * sqrt(average * (1 - average) / denominator)
    return max(0.0, average - reach), min(1.0, average + reach)


def rate_limits(average: float, events: float, level: float) -> tuple[float, float]:
    """Return the funnel's lower and upper limit for an area with that many events, per one unit of the denominator.

    Parameters
    ----------
    average
        The average of all areas, per one unit of the denominator.
    events
        Events in the area, 1 or more; a funnel of rates is drawn over events.
    level
        ``TWO_SIGMA`` or ``THREE_SIGMA``.

    Notes
    -----
    These are the rates whose exact Poisson interval just reaches the average.

    Examples
    --------
    >>> from boardpacks.stats.funnel import rate_limits
    >>> [round(limit, 4) for limit in rate_limits(0.002, 25, 0.95)]
    [0.0014, 0.0031]
    """
    if not average > 0 or not events >= 1:
        raise ValueError(
            f"a funnel of rates needs an average above 0 and 1 event or more, not {average:g}, {events:g}"
        )
    lower, upper = exact_poisson(events, level)
    return average * events / upper, average * events / lower


def _of_proportion(count: float, denominator: float, average: float) -> Position:
    outer = proportion_limits(average, denominator, THREE_SIGMA)
    inner = proportion_limits(average, denominator, TWO_SIGMA)
    return _position(count / denominator, inner, outer)


def _of_rate(count: float, denominator: float, average: float) -> Position:
    # The average's place in the area's interval is the area's place in the funnel, turned round.
    inner, outer = poisson(count, TWO_SIGMA), poisson(count, THREE_SIGMA)
    return _position(-average * denominator, (-inner[1], -inner[0]), (-outer[1], -outer[0]))


def _position(value: float, inner: tuple[float, float], outer: tuple[float, float]) -> Position:
    if value > outer[1]:
        return "above 99.8% limit"
    if value < outer[0]:
        return "below 99.8% limit"
    if value > inner[1]:
        return "above 95% limit"
    return "below 95% limit" if value < inner[0] else "within"
