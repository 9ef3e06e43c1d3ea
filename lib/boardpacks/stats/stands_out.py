"""Rules by which a figure stands out that no interval can be tested by: silence is not good news."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from statistics import median
from typing import Literal, get_args

from boardpacks.stats.comparison import Polarity

StandingOut = Literal["last-of-peers", "sharp-change"]
RULES: tuple[StandingOut, ...] = get_args(StandingOut)

LAST_SHARE = 0.1
"""Share of the peers, rounded up, that are the last of them."""

SHARP = 3.0
"""How many times the usual change of its peers a sharp change is."""


def is_last(value: float, peers: Sequence[float], polarity: Polarity) -> bool:
    """Return whether a value is among the last tenth of its peers, itself included.

    Parameters
    ----------
    value
        The area's value; one of `peers`.
    peers
        Values of all peers in one period, in any order.
    polarity
        Whether a high or a low value is better; with "none" no value is last.

    Examples
    --------
    >>> from boardpacks.stats.stands_out import is_last
    >>> is_last(29.4, [29.4, 46.0, 51.2, 66.9, 70.1, 72.0, 80.3, 88.8, 91.0, 94.3], "high")
    True
    """
    if polarity == "none":
        return False
    ahead = sum(peer > value if polarity == "high" else peer < value for peer in peers)
    return ahead >= len(peers) - ceil(len(peers) * LAST_SHARE)


def is_sharp(change: float, usual: Sequence[float], polarity: Polarity) -> bool:
    """Return whether a change for the worse is more than three times the usual one of its peers.

    Parameters
    ----------
    change
        The area's change since the period before, in the measure's unit.
    usual
        The peers' changes between the same two periods.
    polarity
        Whether a high or a low value is better; with "none" no change is for the worse.

    Notes
    -----
    The usual change is the median of the peers' changes without their signs.

    Examples
    --------
    >>> from boardpacks.stats.stands_out import is_sharp
    >>> is_sharp(-64.9, [-64.9, 3.1, -12.0, 8.8, 20.0], "high")
    True
    >>> is_sharp(64.9, [64.9, 3.1, -12.0, 8.8, 20.0], "high")
    False
    """
    for_the_worse = -change if polarity == "high" else change
    return polarity != "none" and for_the_worse > SHARP * median(abs(one) for one in usual)
