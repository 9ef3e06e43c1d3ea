"""Checks for what vanishes: areas, kinds of area, sexes and figures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, IndicatorGrid
from boardpacks.data.schema import TableFault

_OTHERS = 0.8
"""How many of the areas of a kind are there where the others are missed."""
_FEWEST = 6
_BEFORE = 3
"""Periods in which an area was there before it is missed."""
_SMALL = 100
"""People of whom none may be concerned in a period."""
_COMPARED = ("country", "region")


def missing_areas(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield periods without a row for areas that were there in all before, and that nearly all others have."""
    there = grid.row >= 0
    for kind in sorted(set(grid.kinds)):
        lines = np.flatnonzero((grid.kinds == kind) & (np.array(grid.sexes) == grid.sexes[0]))
        if len(lines) < _FEWEST or kind == "combined":
            continue
        for column in range(_BEFORE, there.shape[1]):
            always = there[lines, column - _BEFORE : column].all(axis=1)
            gone = lines[always & ~there[lines, column] & ~np.isnan(grid.value[lines, column - 1])]
            has = int((always & there[lines, column]).sum())
            if len(gone) == 1 and np.nan_to_num(grid.denominator[gone, column - 1], nan=_SMALL)[0] < _SMALL:
                continue  # nobody may have been there to be counted
            if not len(gone) or has < _OTHERS * always.sum():
                continue
            only: Flags = np.zeros_like(there)
            only[lines, column] = there[lines, column]
            names = ", ".join(grid.areas[line].name for line in gone[:6])
            more = f" and {len(gone) - 6} more" if len(gone) > 6 else ""
            yield TableFault(
                grid.first_row(only),
                f"areas of {grid.indicator.id}",
                f"no row for {names}{more} in {grid.periods[column]}, but for {has} others",
                "a row for each area that was there before, with an empty value and a note where none is published",
            )


def missing_comparator(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the latest period without a country's or region's row where each one before has it."""
    there = grid.row >= 0
    if there.shape[1] <= _BEFORE:
        return
    for line, area in enumerate(grid.areas):
        if area.kind in _COMPARED and there[line, -1 - _BEFORE : -1].all() and not there[line, -1]:
            only: Flags = np.zeros_like(there)
            only[:, -1] = there[:, -1]
            yield TableFault(
                grid.first_row(only),
                f"areas of {grid.indicator.id}",
                f"no row for {area.name} in {grid.periods[-1]}, the latest period",
                "a row for each area that was there before, with an empty value and a note where none is published",
            )


def missing_sex(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield periods of an area that lack a sex which all its other periods have."""
    there = grid.row >= 0
    of_area = grid.area_numbers
    sexes = np.zeros((of_area.max() + 1, there.shape[1]), dtype=np.int64)
    np.add.at(sexes, of_area, there)
    any_other = sexes[of_area] - there > 0
    lacks = any_other & ~there
    few = lacks.sum(axis=1) <= 0.25 * any_other.sum(axis=1)
    for line, column in np.argwhere(lacks & few[:, None]):
        only: Flags = np.zeros_like(there)
        only[of_area == of_area[line], column] = there[of_area == of_area[line], column]
        yield TableFault(
            grid.first_row(only),
            f"sexes of {grid.indicator.id}",
            f"no row for {grid.sexes[line]} for {grid.areas[line].code}, {grid.periods[column]}",
            "the same sexes in all periods",
        )


def empty_period(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of the latest period where it has rows for many areas and a value for none."""
    there = grid.row >= 0
    empty = (there.sum(axis=0) >= _FEWEST) & np.isnan(grid.value).all(axis=0)
    for column in np.flatnonzero(empty & (np.arange(len(empty)) == len(empty) - 1)):
        only: Flags = np.zeros_like(there)
        only[:, column] = there[:, column]
        noted = grid.notes.loc[grid.row[only].tolist()]
        if (noted == "").all():
            yield TableFault(
                grid.first_row(only),
                f"values of {grid.indicator.id}",
                f"{only.sum()} rows of {grid.periods[column]}, none with a value or a note",
                "values, or the publisher's reason in note",
            )


def counts_without_value(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield counts over denominators that have no value, where others of the same period have one."""
    bare = np.isnan(grid.value) & ~np.isnan(grid.count) & ~np.isnan(grid.denominator)
    bare[bare] = (grid.notes.loc[grid.row[bare].tolist()] == "").to_numpy()
    yield from grid.faults(
        bare,
        "value",
        lambda s, p: f"an empty cell beside {grid.count[s, p]:.10g} of {grid.denominator[s, p]:.10g},",
        "the value, or the reason why there is none in note",
    )
