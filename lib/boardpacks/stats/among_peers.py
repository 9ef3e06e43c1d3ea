"""Where one value stands among its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

FEWEST_PEERS = 20
"""With fewer published values than this, standing among peers is not told."""


@dataclass(frozen=True)
class Spread:
    """Place of one value among the published values of its peers, itself included.

    ``rank`` counts from the highest value (1 is the highest) and ``rank_from_lowest`` from the lowest; equal values
    share the better rank from either end; ``count`` is the number of peers; ``lower_quartile``, ``median`` and
    ``upper_quartile`` are in the values' unit.
    """

    rank: int
    rank_from_lowest: int
    count: int
    lower_quartile: float
    median: float
    upper_quartile: float

    @property
    def nearest_end(self) -> Literal["highest", "lowest"]:
        """The end that the value is nearer to: the one that its rank is said from, wherever it is said."""
        return "highest" if self.rank <= self.rank_from_lowest else "lowest"

    def from_end(self, end: str) -> int:
        """Return the rank from the highest or the lowest end."""
        return self.rank if end == "highest" else self.rank_from_lowest


def spread(value: float, peers: Sequence[float]) -> Spread:
    """Return where `value` stands among `peers`.

    Parameters
    ----------
    value
        The area's value; one of `peers`.
    peers
        Published values of all peers, in any order; at least one.

    Notes
    -----
    Quartiles are interpolated linearly between the ordered values (Hyndman and Fan, 1996, definition 7).

    Examples
    --------
    >>> from boardpacks.stats.among_peers import spread
    >>> place = spread(12.0, [8.0, 10.0, 12.0, 15.0])
    >>> place.rank, place.count, place.median
    (2, 4, 11.0)
    """
    lower, median, upper = np.quantile(np.asarray(peers, dtype=float), [0.25, 0.5, 0.75])
    return Spread(
        1 + sum(peer > value for peer in peers),
        1 + sum(peer < value for peer in peers),
        len(peers),
        float(lower),
        float(median),
        float(upper),
    )
