"""Weighs a figure for the board: on which side of the comparator it lies, how far, and whether it misses a standard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boardpacks.chapter.measure import AgainstComparator, Reading
from boardpacks.chapter.standards import missed_standard
from boardpacks.facts.artefacts import Summary
from boardpacks.params.indicator import Indicator
from boardpacks.stats.comparison import Beside, is_behind

DECIMALS = 3
"""Of a distance, so that it is the same on every machine."""


def held_against(reading: Reading) -> AgainstComparator | None:
    """Return the first comparison that has a figure: the benchmark's, else the next one's."""
    return next((one for one in reading.comparisons if one.other is not None), None)


def beside(reading: Reading, indicator: Indicator) -> Beside:
    """Return on which side of the first comparator held a figure lies; what equals it does not lie behind.

    Examples
    --------
    >>> from boardpacks.chapter.weigh import beside
    >>> smoking = chapter.measure("smoking_prevalence")
    >>> beside(smoking.readings[0], smoking.indicator)
    'ahead'
    """
    against = held_against(reading)
    if against is None or against.other is None or reading.is_history or indicator.polarity == "none":
        return "unknown"
    is_worse = is_behind(reading.latest.value, against.other.value, indicator.polarity)
    return "behind" if is_worse else "ahead"


def distance(reading: Reading, indicator: Indicator) -> float | None:
    """Return how far a figure lies behind the first comparator held, in widths of the peers' middle half.

    It is below 0 on the better side. Where no comparator is held, it is that from the middle peer. None where there are
    too few peers, half of them are alike, or neither side is the better one.
    """
    peers = reading.among_peers
    if peers is None or reading.is_history or indicator.polarity == "none":
        return None
    wide = peers.upper_quartile - peers.lower_quartile
    if wide <= 0:
        return None
    against = held_against(reading)
    level = peers.median if against is None or against.other is None else against.other.value
    apart = level - reading.latest.value if indicator.polarity == "high" else reading.latest.value - level
    return round(apart / wide, DECIMALS)


def with_weight(lines: Iterable[Summary], readings: Sequence[Reading], indicator: Indicator) -> list[Summary]:
    """Return lines of the summary that say how much their readings weigh: of several, the furthest behind decides."""
    sides = {beside(reading, indicator) for reading in readings}
    apart = [far for reading in readings if (far := distance(reading, indicator)) is not None]
    told = {
        "beside": sides.pop() if len(sides) == 1 else "unknown",
        "distance": max(apart, default=None),
        "misses_standard": any(missed_standard(reading, indicator) for reading in readings),
    }
    return [line.model_copy(update=told) for line in lines]
