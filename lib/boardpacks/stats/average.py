"""Makes the average of a system from the counts of its areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from boardpacks.stats.estimate import Estimate
from boardpacks.stats.intervals import poisson, wilson

NAME = "the average of the system"


def pooled(
    counts: Sequence[float], denominators: Sequence[float], kind: Literal["proportion", "rate"], per: float
) -> Estimate:
    """Return all areas' counts over all their denominators, with the 95% interval.

    Areas weigh by their denominators; it is never a mean of their rates, which would let a small area count as much
    as a large one.

    Parameters
    ----------
    counts, denominators
        Unrounded counts and denominators of every area of the system.
    kind
        A proportion gets Wilson's interval, a rate the exact one under 10 events and Byar's else.
    per
        What the figure is expressed for: 100 for per cent, 100,000 for a rate per 100,000.

    Raises
    ------
    ValueError
        Where there are no areas, or a count has no denominator.
    """
    if not counts or len(counts) != len(denominators):
        raise ValueError(
            f"an average needs a denominator for each count, not {len(denominators)} for {len(counts)}"
        )
    if not all(denominator > 0 for denominator in denominators) or not all(count >= 0 for count in counts):
        raise ValueError("an average needs counts of 0 or more and denominators above 0")
    count, denominator = sum(counts), sum(denominators)
    if kind == "proportion":
        lower, upper = wilson(count, denominator)
    else:
        lower, upper = (limit / denominator for limit in poisson(count))
    return Estimate(per * count / denominator, per * lower, per * upper)
