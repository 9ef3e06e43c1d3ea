"""Judges the change between two points of a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from boardpacks.stats.comparison import Polarity
from boardpacks.stats.differences import SQUARE_AND_ADD, Contrast, published_difference
from boardpacks.stats.estimate import Estimate

Direction = Literal["higher", "lower", "no-significant-change", "not-tested"]
Meaning = Literal["better", "worse", "none"]


@dataclass(frozen=True)
class Change:
    """The later of two figures set against the earlier.

    ``difference`` is later less earlier with its 95% interval, None where not tested. The two figures' own intervals
    may touch or overlap: that may still leave a difference beyond chance. ``reason`` says why nothing was tested, else
    it is empty.
    """

    direction: Direction
    meaning: Meaning
    difference: Contrast | None
    rule: str
    reason: str = ""


def change(earlier: Estimate, later: Estimate, polarity: Polarity) -> Change:
    """Return whether the later figure differs from the earlier beyond chance.

    Parameters
    ----------
    earlier, later
        Figures of two periods that share no people or events: not of overlapping periods.
    polarity
        Whether a high or a low value is better, or neither ("none").

    Notes
    -----
    The rule is that the 95% interval of the difference leaves 0 out, see
    `boardpacks.stats.differences.published_difference`.

    Examples
    --------
    >>> from boardpacks.stats.change import change
    >>> from boardpacks.stats.estimate import Estimate
    >>> found = change(Estimate(20.2, 16.5, 23.9), Estimate(10.9, 6.7, 15.1), "low")
    >>> found.direction, found.meaning, round(found.difference.value, 1)
    ('lower', 'better', -9.3)
    """
    if earlier.value is None or later.value is None:
        return _untested(
            "no figure for " + ("the earlier" if earlier.value is None else "the later") + " period"
        )
    if earlier.limits is None or later.limits is None:
        which = "the earlier" if earlier.limits is None else "the later"
        return _untested(f"no 95% interval for {which} figure")
    found = published_difference((later.value, *later.limits), (earlier.value, *earlier.limits))
    if found.direction == "no-significant-difference":
        return Change("no-significant-change", "none", found, SQUARE_AND_ADD)
    return Change(found.direction, meaning(found.direction == "higher", polarity), found, SQUARE_AND_ADD)


def meaning(upwards: bool, polarity: Polarity) -> Meaning:
    """Return whether going up (or down) is better or worse, by polarity.

    Examples
    --------
    >>> from boardpacks.stats.change import meaning
    >>> meaning(True, "low"), meaning(True, "high")
    ('worse', 'better')
    """
    if polarity == "none":
        return "none"
    return "better" if upwards == (polarity == "high") else "worse"


def _untested(reason: str) -> Change:
    return Change("not-tested", "none", None, SQUARE_AND_ADD, reason)
