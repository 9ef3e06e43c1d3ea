"""Checks for figures that stand where others belong: copied periods, areas, sexes, limits, and rows out of order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid, decimals
from boardpacks.data.schema import TableFault

_RUN = 2
"""Figures in a row that show a copy, when each has enough digits."""
_DIGITS = 5
_LONG_RUN = 5
"""The same where they have fewer digits."""
_SHARE = 0.8
"""Share of a period's figures that equal those of another one."""
_AREAS = 6


def copied_run(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures of a series that repeat a run of its earlier ones to the last digit."""
    said = np.where(np.isnan(grid.count), grid.value, grid.value + 1e-7 * grid.count)
    fine = _digits(grid.value) >= _DIGITS
    periods = said.shape[1]
    told = np.zeros(said.shape, dtype=bool)
    back = np.zeros(said.shape, dtype=np.int64)
    for lag in range(1, periods - 1):
        same = np.zeros(said.shape, dtype=bool)
        same[:, lag:] = (said[:, lag:] == said[:, :-lag]) & (said[:, lag:] != 0)
        # A series that stands still repeats itself at every distance; that is another check's.
        same[:, 1:] &= said[:, 1:] != said[:, :-1]
        if not (same[:, 1:] & same[:, :-1]).any():
            continue
        run, run_fine = np.zeros(len(said), dtype=np.int64), np.zeros(len(said), dtype=np.int64)
        for column in range(lag, periods):
            run = np.where(same[:, column], run + 1, 0)
            run_fine = np.where(same[:, column] & fine[:, column], run_fine + 1, 0)
            ends = (run >= _LONG_RUN) | (run_fine >= _RUN)
            for line in np.flatnonzero(ends):
                length = int(run[line])
                new = slice(column - length + 1, column + 1)
                told[line, new] = True
                back[line, new] = lag
    doubtful = np.isin(np.array(grid.periods), [m for doubt in grid.indicator.doubts for m in doubt.months])
    yield from grid.faults(
        told & ~doubtful[None, :],
        "value",
        lambda s, p: (
            f"{grid.value[s, p]:.10g}, to the last digit that of {grid.periods[p - back[s, p]]}, in a run,"
        ),
        "figures of its own period",
        "months that are known to be wrong can stand in `doubts` of the indicator",
    )


def copied_period(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period that repeats another one in nearly all areas."""
    known = ~np.isnan(grid.value)
    fine = known & (_digits(grid.value) >= 3) & (grid.value != 0)
    for column in range(1, grid.value.shape[1]):
        both = fine[:, :column] & fine[:, column : column + 1]
        same = both & (grid.value[:, :column] == grid.value[:, column : column + 1])
        sums = both.sum(axis=0)
        hit = np.flatnonzero((sums >= _AREAS) & (same.sum(axis=0) >= _SHARE * sums))
        if len(hit):
            only: Flags = np.zeros_like(known)
            only[:, column] = same[:, hit[0]]
            yield TableFault(
                grid.first_row(only),
                f"values of {grid.indicator.id}",
                f"{only.sum()} of {sums[hit[0]]} values of {grid.periods[column]} are those of {grid.periods[hit[0]]}",
                "figures of their own period",
            )


def copied_area(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield areas whose figures are those of another area of their kind, to the last digit."""
    fine = (_digits(grid.value) >= 3) & (grid.value != 0)
    enough = np.flatnonzero(fine.sum(axis=1) >= 4)
    seen: dict[tuple[str, str, bytes], int] = {}
    for line in enough:
        key = (grid.sexes[line], grid.areas[line].kind, np.nan_to_num(grid.value[line], nan=-1.0).tobytes())
        earlier = seen.setdefault(key, int(line))
        if earlier != line:
            only: Flags = np.zeros_like(fine)
            only[line] = fine[line]
            yield TableFault(
                grid.first_row(only),
                f"values of {grid.indicator.id}",
                f"all {fine[line].sum()} values of {grid.areas[line].code} are those of {grid.areas[earlier].code}",
                "figures of its own",
            )


def copied_limits(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield intervals that several areas have in one period, though their values differ."""
    if np.isnan(grid.lower).all():
        return
    fine = (decimals(grid.lower) >= 1) & (_digits(grid.lower) + _digits(grid.upper) >= 6)
    wrong = np.zeros_like(fine)
    for column in range(fine.shape[1]):
        lines = np.flatnonzero(fine[:, column])
        if len(lines) < 3:
            continue
        limits = np.stack([grid.lower[lines, column], grid.upper[lines, column]], axis=1)
        _, group, sizes = np.unique(limits, axis=0, return_inverse=True, return_counts=True)
        for number in np.flatnonzero(sizes >= 3):
            members = lines[group.ravel() == number]
            if len(np.unique(grid.value[members, column])) > 1:
                wrong[members, column] = True
    yield from grid.faults(
        wrong,
        "interval",
        lambda s, p: (
            f"lower {grid.lower[s, p]:.10g}, upper {grid.upper[s, p]:.10g}, as other areas have them,"
        ),
        "limits of its own",
    )


def same_everywhere(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period in which all areas have one value."""
    for column in range(grid.value.shape[1]):
        own = grid.value[:, column]
        known = ~np.isnan(own)
        if known.sum() >= _AREAS and (own[known] == own[known][0]).all() and own[known][0] not in (0, 100):
            only: Flags = np.zeros_like(grid.value, dtype=bool)
            only[known, column] = True
            yield TableFault(
                grid.first_row(only),
                f"values of {grid.indicator.id}",
                f"{own[known][0]:.10g} in all {known.sum()} areas in {grid.periods[column]}",
                "a figure of its own for each area",
            )


def copied_sex(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield areas whose figures of one sex are those of another, in all periods."""
    by_area: dict[str, list[int]] = {}
    for line, area in enumerate(grid.areas):
        by_area.setdefault(area.code, []).append(line)
    for lines in by_area.values():
        for at, line in enumerate(lines[1:], 1):
            for other in lines[:at]:
                both = ~np.isnan(grid.value[line]) & ~np.isnan(grid.value[other])
                if both.sum() >= 3 and (grid.value[line, both] == grid.value[other, both]).all():
                    only: Flags = np.zeros_like(grid.value, dtype=bool)
                    only[line] = both
                    yield TableFault(
                        grid.first_row(only),
                        f"values of {grid.indicator.id}",
                        f"all {both.sum()} values for {grid.sexes[line]} are those for {grid.sexes[other]}"
                        f" for {grid.areas[line].code}",
                        "figures of each sex",
                    )


def sorted_column(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period whose values rise or fall from area to area in order of their codes."""
    for column in range(grid.value.shape[1]):
        lines = np.flatnonzero(~np.isnan(grid.value[:, column]) & (grid.kinds == "borough"))
        own = grid.value[lines, column]
        if (
            len(own) >= 12
            and (np.diff(own) != 0).sum() >= 10
            and ((np.diff(own) >= 0).all() or (np.diff(own) <= 0).all())
        ):
            only: Flags = np.zeros_like(grid.value, dtype=bool)
            only[lines, column] = True
            yield TableFault(
                grid.first_row(only),
                f"values of {grid.indicator.id}",
                f"{len(own)} values of {grid.periods[column]} in order of size along the areas' codes",
                "each area's own figure: was one column sorted without the others?",
            )


def areas_out_of_order(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period in which areas stand nowhere near where they stand in all others."""
    lines = np.flatnonzero(grid.kinds == "borough")
    own = grid.value[lines]
    known = (~np.isnan(own)).sum(axis=0) >= 15
    if known.sum() < 4:
        return
    columns = np.flatnonzero(known)
    near = np.array([_alike(own[:, a], own[:, b]) for a, b in pairwise(columns)])
    if np.median(near) < 0.8:
        return
    for at, column in enumerate(columns):
        beside = [*near[max(at - 1, 0) : at], *near[at : at + 1]]
        if max(beside) < 0.2 and (len(beside) == 2 or at == len(columns) - 1):
            only: Flags = np.zeros_like(grid.value, dtype=bool)
            only[lines, column] = grid.row[lines, column] >= 0
            yield TableFault(
                grid.first_row(only),
                f"values of {grid.indicator.id}",
                f"areas stand in {grid.periods[column]} nowhere near where they stood in the periods beside it",
                "each area's own figure: were rows shifted, or joined to other areas?",
            )


def _alike(one: Floats, other: Floats) -> float:
    both = ~np.isnan(one) & ~np.isnan(other)
    if both.sum() < 10:
        return 1.0
    ranks = [np.argsort(np.argsort(side[both], kind="stable"), kind="stable") for side in (one, other)]
    return float(np.corrcoef(np.array(ranks, dtype=float))[0, 1])


def _digits(values: Floats) -> Floats:
    """Return how many digits each value is written with."""
    places = decimals(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        before = np.where(np.abs(values) >= 1, np.floor(np.log10(np.abs(values))) + 1, 0)
    # An end of noughts tells nothing: 12,000 has two digits.
    noughts = np.zeros(values.shape)
    for power in (1, 2, 3, 4):
        noughts += (places == 0) & (np.mod(values, 10.0**power) == 0)
    return np.asarray(np.nan_to_num(before) + places - noughts, dtype=float) * ~np.isnan(values)
