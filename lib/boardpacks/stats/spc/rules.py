"""A named, versioned set of rules for XmR charts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleSet:
    """What limits are made of and what counts as special cause.

    ``shift`` points in a row on one side of the mean, ``trend`` points in a row that each rise (or each fall), and two
    of three points near one limit are special causes, as is any point outside the limits. Limits lie ``reach`` mean
    moving ranges from the mean, and "near" is the outer third of that. Moving ranges of ``screening`` times
    their mean or more are left out, once, before limits are made. There are no limits and no judgements under
    ``fewest`` points.
    """

    name: str
    version: str
    shift: int = 7
    trend: int = 7
    fewest: int = 13
    reach: float = 2.66
    screening: float = 3.267

    def __post_init__(self) -> None:
        if min(self.shift, self.trend) < 3 or self.fewest < 2:
            raise ValueError("a shift and a trend need at least 3 points, and limits at least 2")

    @property
    def label(self) -> str:
        """Name and version, as packs state them."""
        return f"{self.name}, version {self.version}"

    @property
    def near(self) -> float:
        """How many mean moving ranges from the mean a point near a limit lies at least."""
        return self.reach * 2 / 3


MAKING_DATA_COUNT = RuleSet("Making Data Count, outliers screened", "2025-09")
"""As NHSRplotthedots 0.2.2 applies the rules by default."""
