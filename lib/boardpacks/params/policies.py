"""Policies of disclosure control: which counts are too small to be shown, and how the others are rounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

PolicyName = Literal["none", "nhs-secondary-care"]

NO_POLICY: PolicyName = "none"
"""For published open data: its publishers have hidden already what has to be."""


@dataclass(frozen=True)
class Policy:
    """What is done with figures of any area but a country.

    Parameters
    ----------
    largest_hidden
        Counts from 1 to this one are hidden; 0 is shown.
    round_to
        Other counts are rounded to the nearest multiple of this odd number.
    """

    name: PolicyName
    largest_hidden: int
    round_to: int

    @property
    def slack(self) -> int:
        """By how much a rounded count can differ from the true one."""
        return self.round_to // 2

    def is_small(self, count: float) -> bool:
        """Whether a count has to be hidden."""
        return 0 < count <= self.largest_hidden

    def rounded(self, count: float) -> float:
        """Return a whole count as it is shown."""
        return float((count + self.slack) // self.round_to * self.round_to)


POLICIES: Mapping[str, Policy] = {
    policy.name: policy for policy in (Policy("nhs-secondary-care", largest_hidden=7, round_to=5),)
}
"""Every policy but `NO_POLICY`, by its name."""

assert {NO_POLICY, *POLICIES} == set(get_args(PolicyName))
