"""Standardises rates directly, so that areas of different ages can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from boardpacks.stats.intervals import byars
from boardpacks.stats.standard_populations import EUROPEAN_2013, StandardPopulation

FEWEST_EVENTS = 10
"""Under this many events in all a directly standardised rate is not reliable and is not made."""

METHOD = "directly standardised rate with Dobson's interval"


class TooFewEventsError(ValueError):
    """Fewer than 10 events in all: no directly standardised rate is made."""


@dataclass(frozen=True)
class StandardisedRate:
    """A directly standardised rate with its interval, per ``per`` people.

    ``events`` and ``population`` are the totals over all bands; ``standard`` names the standard population and
    ``method`` the method.
    """

    value: float
    lower: float
    upper: float
    events: float
    population: float
    per: float
    level: float
    standard: str
    method: str = METHOD


def directly_standardised(
    events: Sequence[float],
    populations: Sequence[float],
    standard: StandardPopulation = EUROPEAN_2013,
    *,
    per: float = 100_000,
    level: float = 0.95,
) -> StandardisedRate:
    """Return the rate that the area would have if its people were of the standard population's ages.

    Parameters
    ----------
    events, populations
        Events and people of each age band, in the order of `standard`'s bands.
    standard
        The standard population; ``EUROPEAN_2013.between(0, 74)`` for deaths under 75.
    per
        People that the rate is expressed for.
    level
        Confidence level.

    Raises
    ------
    TooFewEventsError
        Under 10 events in all.
    ValueError
        Where bands are missing, a population is not above 0, or a count is below 0.

    Notes
    -----
    Sources: Dobson AJ and others (1991), Statistics in Medicine 10:457-462, with Byar's limits of the count; Office
    for Health Improvement and Disparities, public health technical guidance, directly standardised rates.

    Examples
    --------
    >>> from boardpacks.stats.standard_populations import EUROPEAN_2013
    >>> from boardpacks.stats.standardise import directly_standardised
    >>> groups = len(EUROPEAN_2013.weights)
    >>> found = directly_standardised([5] * groups, [2000] * groups)
    >>> round(found.value), round(found.lower), round(found.upper)
    (250, 200, 309)
    """
    if not len(events) == len(populations) == len(standard.weights):
        raise ValueError(
            f"{standard.name} has {len(standard.weights)} age bands, "
            f"but {len(events)} counts and {len(populations)} populations were given"
        )
    if not all(count >= 0 for count in events) or not all(people > 0 for people in populations):
        raise ValueError("each age band needs a count of 0 or more and a population above 0")
    total = sum(events)
    if total < FEWEST_EVENTS:
        raise TooFewEventsError(
            f"a directly standardised rate needs at least {FEWEST_EVENTS} events in all, not {total:g}"
        )
    shares = [
        weight / sum(standard.weights) / n for weight, n in zip(standard.weights, populations, strict=True)
    ]
    value = sum(share * count for share, count in zip(shares, events, strict=True))
    variance = sum(share**2 * count for share, count in zip(shares, events, strict=True))
    lower, upper = byars(total, level)
    step = sqrt(variance / total)
    return StandardisedRate(
        value=per * value,
        lower=per * (value + step * (lower - total)),
        upper=per * (value + step * (upper - total)),
        events=total,
        population=sum(populations),
        per=per,
        level=level,
        standard=standard.name,
    )
