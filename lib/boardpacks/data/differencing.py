"""Tells which hidden counts could be found by adding and subtracting the counts that stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from boardpacks.params.policies import Policy

AreaSum = tuple[str, tuple[str, ...]]
"""An area, and areas that lie in it and apart from each other."""


@dataclass(frozen=True, order=True)
class CountCell:
    """A count: of an area, a sex and a period."""

    area: str
    sex: str
    period: str


Counts = Mapping[CountCell, float | None]
"""Counts as they are shown; None where they are hidden."""


@dataclass(frozen=True)
class Sum:
    """A count and counts that are parts of it; ``is_whole`` where it may be taken that there are no other parts."""

    total: CountCell
    parts: tuple[CountCell, ...]
    is_whole: bool = True

    @property
    def cells(self) -> tuple[CountCell, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True)
class ShownCounts:
    """What a reader has to reckon with: counts of one indicator as shown, and what he knows of them.

    Parameters
    ----------
    countries
        Areas whose counts are neither hidden nor rounded.
    """

    policy: Policy
    counts: Counts
    countries: Collection[str]

    def limits(self, cell: CountCell, most: float = inf) -> tuple[float, float]:
        """Return the least and the most that a count can be; `most` is the most for one that is hidden."""
        count = self.counts.get(cell)
        if count is None:
            return 0.0, most
        if cell.area in self.countries or count == 0:
            return count, count
        slack = self.policy.slack
        return max(count - slack, self.policy.largest_hidden + 1), count + slack


def find_sums(shown: ShownCounts, areas: Iterable[AreaSum]) -> tuple[Sum, ...]:
    """Return every sum that the counts are in: of the sexes, of areas within areas, of periods within periods.

    A sex that is not published beside persons and the other one is the part that is left; it has a cell of its own.
    Areas within a larger one are taken for all of it where what is left of the larger one could be the hidden ones.
    """
    return (*_of_sexes(shown.counts), *_of_areas(shown, areas))


def find_exposed(
    shown: ShownCounts, sums: Sequence[Sum], small: Collection[CountCell]
) -> Iterator[CountCell]:
    """Yield the small counts that a reader could narrow down, those that nobody published among them.

    A hidden count is safe when, as far as all sums together tell, it can be 1 and can be the largest that is hidden.
    What is left of persons and one sex is safe when it can be larger than that.
    """
    hidden = {cell for cell in small if shown.counts.get(cell, 0.0) is None}
    left = {cell for one in sums for cell in one.parts if cell not in shown.counts}
    for group in connected(sums):
        cells = sorted({cell for one in group for cell in one.cells})
        if asked := [cell for cell in cells if cell in hidden or cell in left]:
            yield from _narrowed(shown, group, cells, asked)


def _narrowed(
    shown: ShownCounts, sums: Sequence[Sum], cells: Sequence[CountCell], asked: Sequence[CountCell]
) -> Iterator[CountCell]:
    at = {cell: number for number, cell in enumerate(cells)}
    # A hidden count has no upper limit. One that no sum can reach serves as well, and keeps the sums solvable.
    most = 2 * sum(shown.counts.get(cell) or 0.0 for cell in cells) + 100
    limits = [shown.limits(cell, most) for cell in cells]
    matrix = np.zeros((len(sums), len(cells)))
    for row, one in enumerate(sums):
        matrix[row, at[one.total]] = 1
        matrix[row, [at[part] for part in one.parts]] = -1
    rest = [0 if one.is_whole else inf for one in sums]
    rules = LinearConstraint(matrix, np.zeros(len(sums)), np.array(rest))
    bounds = Bounds(np.array([low for low, _ in limits]), np.array([high for _, high in limits]))

    def extreme(cell: CountCell, sign: int) -> float | None:
        aim = np.zeros(len(cells))
        aim[at[cell]] = sign
        found = milp(aim, constraints=rules, bounds=bounds, integrality=np.ones(len(cells)))
        return None if found.x is None else float(round(found.x[at[cell]]))

    largest = shown.policy.largest_hidden
    for cell in asked:
        high = extreme(cell, -1)
        if high is None:  # sums that do not hold tell a reader nothing for sure; what could be, is feared
            yield cell
        elif cell in shown.counts:
            low = extreme(cell, 1)
            if low is None or low > 1 or high < largest:
                yield cell
        elif 0 < high <= largest:
            yield cell


def _of_sexes(counts: Counts) -> Iterator[Sum]:
    for cell in sorted(counts):
        if cell.sex == "Persons":
            parts = tuple(CountCell(cell.area, sex, cell.period) for sex in ("Female", "Male"))
            if any(part in counts for part in parts):
                yield Sum(cell, parts)


def _of_areas(shown: ShownCounts, areas: Iterable[AreaSum]) -> Iterator[Sum]:
    spans = sorted({(cell.sex, cell.period) for cell in shown.counts})
    for area, inner in areas:
        for sex, period in spans:
            total = CountCell(area, sex, period)
            parts = tuple(cell for code in inner if (cell := CountCell(code, sex, period)) in shown.counts)
            if total not in shown.counts or not parts:
                continue
            limits = [shown.limits(part, shown.policy.largest_hidden) for part in parts]
            low, high = shown.limits(total)
            least, most = (sum(limit) for limit in zip(*limits, strict=True))
            if least <= high:  # else they are no parts of it
                yield Sum(total, parts, is_whole=len(parts) == len(inner) and low <= most)


def connected(sums: Sequence[Sum]) -> list[list[Sum]]:
    """Return the sums in groups that have no cell in common."""
    groups: list[tuple[set[CountCell], list[Sum]]] = []
    for one in sums:
        cells, members = set(one.cells), [one]
        apart = []
        for group in groups:
            if group[0] & cells:
                cells |= group[0]
                members = [*group[1], *members]
            else:
                apart.append(group)
        groups = [*apart, (cells, members)]
    return [members for _, members in groups]
