"""A figure with its interval: what comparisons, changes and trends are made from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """A value and its 95% interval, in one unit; None where not published.

    Raises
    ------
    ValueError
        Where the lower limit is above the upper.
    """

    value: float | None
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"the lower limit {self.lower:g} is above the upper limit {self.upper:g}")

    @property
    def limits(self) -> tuple[float, float] | None:
        """The interval, or None where there is none or it has no width, which says nothing of chance."""
        if self.lower is None or self.upper is None or self.lower == self.upper:
            return None
        return self.lower, self.upper
