"""Rules by which a figure stands out that no interval can be tested by: silence is not good news."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from statistics import median
from typing import Literal, get_args

from boardpacks.stats.comparison import Polarity

StandingOut = Literal["last-of-peers", "behind-peers", "sharp-change", "standard-missed", "wide-gap"]
RULES: tuple[StandingOut, ...] = get_args(StandingOut)


def is_last(value: float, peers: Sequence[float], polarity: Polarity, share: float) -> bool:
    """Return whether a value is among the last of its peers, itself included.

    Parameters
    ----------
    value
        The area's value; one of `peers`.
    peers
        Values of all peers in one period, in any order.
    polarity
        Whether a high or a low value is better; with "none" no value is last.
    share
        Which part of the peers is the last of them; their number is rounded up.

    Examples
    --------
    >>> from boardpacks.stats.stands_out import is_last
    >>> is_last(29.4, [29.4, 46.0, 51.2, 66.9, 70.1, 72.0, 80.3, 88.8, 91.0, 94.3], "high", 0.1)
    True
    """
    if polarity == "none":
        return False
    ahead = sum(peer > value if polarity == "high" else peer < value for peer in peers)
    return ahead >= len(peers) - ceil(len(peers) * share)


def is_sharp(change: float, usual: Sequence[float], polarity: Polarity, times: float) -> bool:
    """Return whether a change for the worse is more than so many times the usual one of its peers.

    Parameters
    ----------
    change
        The area's change since the period before, in the measure's unit.
    usual
        The peers' changes between the same two periods.
    polarity
        Whether a high or a low value is better; with "none" no change is for the worse.
    times
        How many times the usual change it has to be.

    Notes
    -----
    The usual change is the median of the peers' changes without their signs.

    Examples
    --------
    >>> from boardpacks.stats.stands_out import is_sharp
    >>> is_sharp(-64.9, [-64.9, 3.1, -12.0, 8.8, 20.0], "high", 3)
    True
    >>> is_sharp(64.9, [64.9, 3.1, -12.0, 8.8, 20.0], "high", 3)
    False
    """
    for_the_worse = -change if polarity == "high" else change
    return polarity != "none" and for_the_worse > times * median(abs(one) for one in usual)


def is_wide(gap: float, gaps: Sequence[float], share: float) -> bool:
    """Return whether a gap to a group's disadvantage is among the widest of its peers, itself included.

    Parameters
    ----------
    gap
        How much worse the group's figure is than that of everyone; one of `gaps`.
    gaps
        The same of all peers in one period, in any order; below 0 where the group is better off.
    share
        Which part of the peers has the widest gaps; their number is rounded up.

    Examples
    --------
    >>> from boardpacks.stats.stands_out import is_wide
    >>> is_wide(15.4, [15.4, 12.0, 11.9, 9.5, 9.1, 8.8, 8.0, 7.2], 0.25)
    True
    """
    return gap > 0 and is_last(gap, gaps, "low", share)
