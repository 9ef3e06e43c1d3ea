"""Ranks a value among its peers and says which quarter of them it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from boardpacks.stats.comparison import Polarity

QUARTERS = 4


@dataclass(frozen=True)
class RankAmongPeers:
    """Rank and quarter of one value among its peers, itself included.

    ``rank`` 1 is the best value, or the highest where neither direction is better (``first`` says which); equal values
    share the better rank and ``tied`` counts the others that share it. ``quarter`` runs from 1 (with rank 1) to 4; it
    is None under four peers. Ranks say nothing of chance.
    """

    rank: int
    tied: int
    count: int
    quarter: int | None
    first: Literal["best", "highest"]


def rank_among(value: float, peers: Sequence[float], polarity: Polarity) -> RankAmongPeers:
    """Return where `value` stands among `peers`.

    Parameters
    ----------
    value
        The area's value; one of `peers`.
    peers
        Published values of all peers, in any order.
    polarity
        Whether a high or a low value is better, or neither ("none").

    Notes
    -----
    Quarters are those of the Office for Health Improvement and Disparities' technical guide "Assigning deprivation
    categories": by rank, equal values always in one quarter; where the peers don't divide by four, the extra ones go to
    quarters 1 and so on (of 33, quarters 1 to 4 hold 9, 8, 8 and 8).

    Examples
    --------
    >>> from boardpacks.stats.rank import rank_among
    >>> found = rank_among(12.0, [8.0, 10.0, 12.0, 15.0], "low")
    >>> found.rank, found.count, found.first
    (3, 4, 'best')
    """
    if value not in peers:
        raise ValueError(f"the value {value:g} is not among its peers")
    ahead = sum(peer < value if polarity == "low" else peer > value for peer in peers)
    return RankAmongPeers(
        rank=ahead + 1,
        tied=sum(peer == value for peer in peers) - 1,
        count=len(peers),
        quarter=ahead * QUARTERS // len(peers) + 1 if len(peers) >= QUARTERS else None,
        first="highest" if polarity == "none" else "best",
    )
