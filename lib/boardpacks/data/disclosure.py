"""Hides small counts before a snapshot is written, and with them what would show them; rounds the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Any

import pandas as pd

from boardpacks.data.checks.against_counts import scale_of
from boardpacks.data.differencing import (
    AreaSum,
    CountCell,
    ShownCounts,
    Sum,
    connected,
    find_exposed,
    find_sums,
)
from boardpacks.data.schema import HIDDEN, TableFault
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.policies import Policy
from boardpacks.project.errors import InputError, Problem
from boardpacks.stats.intervals import byars, wilson

_COUNTS = ("count", "denominator")
_NUMBERS = ("value", "lower_95", "upper_95", *_COUNTS)
_Row = dict[Hashable, Any]


@dataclass(frozen=True)
class Protected:
    """A table of observations that is fit to be shown, and what was done to it, an indicator a line."""

    table: pd.DataFrame
    told: tuple[str, ...]


def disclosure_faults(
    table: pd.DataFrame, params: Params, areas: Mapping[str, SnapshotArea]
) -> list[TableFault]:
    """Return the figures that no policy can judge: those of an indicator under one that have no whole count."""
    policies, countries = params.policies(), _countries(areas)
    under = table[table["indicator"].isin(list(policies)) & ~table["area"].isin(list(countries))]
    return [
        TableFault(
            row,
            f"count of {figure['indicator']}",
            "nothing" if isnan(figure["count"]) else f"{figure['count']:.10g}",
            f"a whole number, as {policies[figure['indicator']].name} hides small counts",
            "give the count that the figure is made from, or leave the row out",
        )
        for row, figure in zip(under.index, under.to_dict("records"), strict=True)
        if figure["note"] != HIDDEN
        and (
            (isnan(figure["count"]) and not isnan(figure["value"]))
            or any(not isnan(figure[column]) and figure[column] % 1 for column in _COUNTS)
        )
    ]


def protect(table: pd.DataFrame, params: Params, areas: Mapping[str, SnapshotArea]) -> Protected:
    """Return a sound table of observations as the policies of its indicators let it be shown.

    Figures of countries stay. Of other areas, a row whose count or denominator is small loses all of its numbers, and
    so do as few others as it takes that no sum gives a small one away. Counts of all that is left are rounded, and
    values and intervals are made from the rounded counts, where they were made from counts.

    Parameters
    ----------
    table
        Observations in which :func:`disclosure_faults` finds nothing.
    areas
        What each area is.

    Raises
    ------
    InputError
        When only the figure of a country could be hidden to keep a small one.
    """
    told: list[str] = []
    sums = area_sums(params, areas)
    kept = table.copy()
    for name, policy in params.policies().items():
        rows = table.index[table["indicator"] == name]
        if not len(rows):
            continue
        made = _protected(table.loc[rows].to_dict("records"), params.indicators[name], policy, areas, sums)
        kept.loc[rows] = pd.DataFrame(made.rows, index=rows).astype(table.dtypes)
        told.append(
            f"{name}: {policy.name} hides {made.small} small and {made.beside} other of {len(rows)} figures, and "
            f"rounds counts to {policy.round_to}."
        )
    return Protected(kept, tuple(told))


def area_sums(params: Params, areas: Mapping[str, SnapshotArea]) -> tuple[AreaSum, ...]:
    """Return which areas may be made of which: combined ones, and larger ones of boroughs, trusts or regions.

    Whether a larger area is made of them, and of nothing else, its counts tell.
    """
    combined = [area for area in params.system.combined_areas if area.code in areas]
    regions, trusts, boroughs = (
        tuple(code for code, area in areas.items() if area.kind == kind)
        for kind in ("region", "trust", "borough")
    )
    own = tuple(borough.code for borough in params.boroughs())
    instead = {code: area.code for area in combined for code in area.boroughs}
    groups = [
        group for one in (own, boroughs) for group in (one, tuple(instead.get(code, code) for code in one))
    ]
    inner = {tuple(sorted(set(group))) for group in (*groups, trusts) if group}
    larger = [code for code, area in areas.items() if area.kind not in ("borough", "trust", "combined")]
    return (
        *((area.code, area.boroughs) for area in combined),
        *((whole, parts) for whole in larger for parts in sorted(inner)),
        *((whole, regions) for whole in _countries(areas) if regions),
    )


@dataclass(frozen=True)
class _Made:
    rows: list[_Row]
    small: int
    beside: int


@dataclass(frozen=True)
class _Column:
    """The counts of one column as rounded, which of them are small, and the sums that they are in."""

    shown: ShownCounts
    small: Collection[CountCell]
    sums: Sequence[Sum]

    def exposed(self, hidden: Collection[CountCell]) -> CountCell | None:
        return next(find_exposed(self._without(hidden), self.sums, self.small), None)

    def beside(
        self, exposed: CountCell, hidden: Collection[CountCell]
    ) -> list[tuple[bool, bool, float, CountCell]]:
        """Return what can be hidden beside a count: the smallest part first, then totals, then what is further off."""
        return [
            (exposed not in one.cells, cell == one.total, count, cell)
            for one in self.sums
            for cell in one.cells
            if cell != exposed and cell.area not in self.shown.countries
            if (count := self._without(hidden).counts.get(cell))
        ]

    def _without(self, hidden: Collection[CountCell]) -> ShownCounts:
        counts = {cell: None if cell in hidden else count for cell, count in self.shown.counts.items()}
        return replace(self.shown, counts=counts)


def _protected(
    rows: Sequence[_Row],
    indicator: Indicator,
    policy: Policy,
    areas: Mapping[str, SnapshotArea],
    area_sums: Sequence[AreaSum],
) -> _Made:
    countries = _countries(areas)
    cells = {CountCell(row["area"], row["sex"], row["period"]): row for row in rows}
    own = {cell: row for cell, row in cells.items() if cell.area not in countries}
    were_hidden = {cell for cell, row in own.items() if row["note"] == HIDDEN}
    by_column = [{cell for cell, row in own.items() if policy.is_small(row[column])} for column in _COUNTS]
    small = were_hidden.union(*by_column)
    columns = []
    for column, found in zip(_COUNTS, by_column, strict=True):
        counts = {
            cell: None if cell in small else policy.rounded(row[column]) if cell in own else row[column]
            for cell, row in cells.items()
            if cell in small or not isnan(row[column])
        }
        shown = ShownCounts(policy, counts, countries)
        # Which sums a reader may take for complete is settled before larger counts are hidden too.
        sums = find_sums(shown, area_sums)
        columns.append(_Column(shown, found | (were_hidden if column == "count" else set()), sums))
    hidden = _hide_beside(columns, small, indicator)
    return _Made(
        [
            row
            if cell not in own
            else row | dict.fromkeys(_NUMBERS, nan) | {"note": HIDDEN}
            if cell in hidden
            else _rounded(row, indicator, policy)
            for cell, row in cells.items()
        ],
        small=len(small),
        beside=len(hidden - small),
    )


def _hide_beside(
    columns: Sequence[_Column], small: Collection[CountCell], indicator: Indicator
) -> set[CountCell]:
    """Return all that has to be hidden: the small counts, and others until no small one can be found."""
    hidden = set(small)
    groups = [replace(column, sums=sums) for column in columns for sums in connected(column.sums)]
    for group in (*groups, *groups):  # what is hidden for one column might tell of the other
        while exposed := group.exposed(hidden):
            choices = group.beside(exposed, hidden)
            if not choices:
                where = f"{exposed.area}, {exposed.sex}, {exposed.period}"
                found = f"{where}: a small count that figures of a country give away"
                hint = "leave out its row, or the country's"
                problem = Problem("the figures", indicator.id, found, "a count that no sum gives away", hint)
                raise InputError([problem])
            hidden.add(min(choices)[-1])
    return hidden


def _rounded(row: _Row, indicator: Indicator, policy: Policy) -> _Row:
    """Return a row with rounded counts, and value and interval made from them where they were before."""
    count, denominator, value = row["count"], row["denominator"], row["value"]
    if isnan(count):
        return row | {"denominator": policy.rounded(denominator) if not isnan(denominator) else nan}
    of = policy.rounded(denominator) if not isnan(denominator) else nan
    made = row | {"count": policy.rounded(count), "denominator": of, "lower_95": nan, "upper_95": nan}
    if isnan(value):
        return made
    step, scale = 10.0**-indicator.decimals, scale_of(indicator.unit)
    if value == count:
        return made | {"value": made["count"]}
    if scale is None or isnan(of) or abs(value - scale * count / denominator) > step:
        return made | {"value": round(value, indicator.decimals)}
    made |= {"value": round(scale * made["count"] / of, indicator.decimals)}
    if isnan(row["lower_95"]) or not made["count"] or made["count"] > of:
        return made
    interval: Callable[[float, float], tuple[float, float]] = wilson if indicator.unit == "%" else _byars
    lower, upper = (round(scale * limit, indicator.decimals) for limit in interval(made["count"], of))
    return made | {"lower_95": min(lower, made["value"]), "upper_95": max(upper, made["value"])}


def _byars(count: float, denominator: float) -> tuple[float, float]:
    lower, upper = byars(count)
    return lower / denominator, upper / denominator


def _countries(areas: Mapping[str, SnapshotArea]) -> set[str]:
    return {code for code, area in areas.items() if area.kind == "country"}
