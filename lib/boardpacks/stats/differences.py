"""Differences and ratios of two proportions, two rates or two published figures, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, hypot, log, sqrt
from typing import Literal

from boardpacks.stats.intervals import exact_poisson, normal_point, wilson

NEWCOMBE = "difference of two proportions, Newcombe's method 10"
SQUARE_AND_ADD_RATES = "difference of two rates, square-and-add of exact Poisson limits"
SQUARE_AND_ADD = "difference of two figures, square-and-add of their intervals"
LOG_PROPORTIONS = "ratio of two proportions, log method"
LOG_RATES = "ratio of two rates, log method"


@dataclass(frozen=True)
class Contrast:
    """The first figure set against the second: their difference or ratio, with its interval and method."""

    kind: Literal["difference", "ratio"]
    value: float
    lower: float
    upper: float
    level: float
    method: str

    @property
    def direction(self) -> Literal["higher", "lower", "no-significant-difference"]:
        """Whether the first figure is higher or lower than the second beyond chance, at this level."""
        none = 0.0 if self.kind == "difference" else 1.0
        if self.lower > none:
            return "higher"
        return "lower" if self.upper < none else "no-significant-difference"


def proportion_difference(
    count: float, denominator: float, other_count: float, other_denominator: float, level: float = 0.95
) -> Contrast:
    """Return the first proportion less the second, from -1 to 1.

    Parameters
    ----------
    count, denominator, other_count, other_denominator
        People with the property and people in all, of two separate groups.
    level
        Confidence level.

    Notes
    -----
    Source: Newcombe RG (1998), Statistics in Medicine 17:873-890, method 10 (without continuity correction): Wilson's
    limits of each proportion, squared and added.
    """
    limits, other = wilson(count, denominator, level), wilson(other_count, other_denominator, level)
    first, second = count / denominator, other_count / other_denominator
    return _square_and_add((first, *limits), (second, *other), level, NEWCOMBE)


def rate_difference(
    count: float, denominator: float, other_count: float, other_denominator: float, level: float = 0.95
) -> Contrast:
    """Return the first rate less the second, per one unit of the denominators.

    Parameters
    ----------
    count, denominator, other_count, other_denominator
        Events and person-time (or people) of two separate groups; counts of 0 are allowed.
    level
        Confidence level.

    Notes
    -----
    Source: Zou GY, Donner A (2008), Statistics in Medicine 27:1693-1702; Li HQ, Tang ML, Wong WK (2014),
    Computational Statistics 29:869-889: the exact Poisson limits of each rate, squared and added.
    """
    _check_rates(denominator, other_denominator)
    first = (count / denominator, *(limit / denominator for limit in exact_poisson(count, level)))
    second = (
        other_count / other_denominator,
        *(limit / other_denominator for limit in exact_poisson(other_count, level)),
    )
    return _square_and_add(first, second, level, SQUARE_AND_ADD_RATES)


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
    """
    for value, lower, upper in (figure, other):
        if not lower <= value <= upper:
            raise ValueError(f"the value {value:g} lies outside its own interval, {lower:g} to {upper:g}")
    return _square_and_add(figure, other, level, SQUARE_AND_ADD)


def proportion_ratio(
    count: float, denominator: float, other_count: float, other_denominator: float, level: float = 0.95
) -> Contrast:
    """Return the first proportion over the second.

    Parameters
    ----------
    count, denominator, other_count, other_denominator
        People with the property (1 or more) and people in all, of two separate groups.
    level
        Confidence level.

    Notes
    -----
    Source: Katz D and others (1978), Biometrics 34:469-474.
    """
    wilson(count, denominator), wilson(other_count, other_denominator)
    _check_events(count, other_count)
    variance = 1 / count - 1 / denominator + 1 / other_count - 1 / other_denominator
    ratio = (count / denominator) / (other_count / other_denominator)
    # Everybody in both groups leaves no variance, which rounding may take below 0.
    return _log_interval(ratio, max(0.0, variance), level, LOG_PROPORTIONS)


def rate_ratio(
    count: float, denominator: float, other_count: float, other_denominator: float, level: float = 0.95
) -> Contrast:
    """Return the first rate over the second.

    Parameters
    ----------
    count, denominator, other_count, other_denominator
        Events (1 or more) and person-time (or people) of two separate groups.
    level
        Confidence level.

    Notes
    -----
    Source: Rothman KJ, Greenland S, Lash TL (2008), Modern Epidemiology, third edition, chapter 14.
    """
    _check_rates(denominator, other_denominator)
    _check_events(count, other_count)
    ratio = (count / denominator) / (other_count / other_denominator)
    return _log_interval(ratio, 1 / count + 1 / other_count, level, LOG_RATES)


def _square_and_add(
    figure: tuple[float, ...], other: tuple[float, ...], level: float, method: str
) -> Contrast:
    (value, lower, upper), (second, second_lower, second_upper) = figure, other
    return Contrast(
        "difference",
        value - second,
        value - second - hypot(value - lower, second_upper - second),
        value - second + hypot(upper - value, second - second_lower),
        level,
        method,
    )


def _log_interval(ratio: float, variance: float, level: float, method: str) -> Contrast:
    reach = normal_point(level) * sqrt(variance)
    return Contrast("ratio", ratio, exp(log(ratio) - reach), exp(log(ratio) + reach), level, method)


def _check_rates(*denominators: float) -> None:
    if not all(denominator > 0 for denominator in denominators):
        raise ValueError("a rate's denominator must be above 0")


def _check_events(*counts: float) -> None:
    if not all(count > 0 for count in counts):
        raise ValueError("a ratio's log interval needs at least one event in each group")
