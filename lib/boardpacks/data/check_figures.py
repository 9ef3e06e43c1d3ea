"""Checks that figures can be what their indicator says they are: in range, as their counts say, on one scale."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import median
from typing import Any

import pandas as pd

from boardpacks.data.schema import TableFault
from boardpacks.params.models import Indicator

_GAP = 30
"""How many times as large as the next smaller one a figure on the same scale can be; the most that was ever published
is 11 times, from one year of an area to another."""
_GAP_OF_AREAS = 20
"""How many times as high as the next lower area an area's middle figure can be; the most ever published is 5 times."""
_GAP_OF_COUNTS = 300
"""The same for things counted, of which a small area may have next to none in one year."""
_ENOUGH = 8
"""Counts that show by their ends that a publisher rounds them."""
_STANDARDISED = 10
"""How many times a rate can be what it was before it was standardised."""
_FRACTION, _PERCENT = 1, 10
"""A percentage of at most 1, where all others are at least 10, is a fraction."""

_Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class _Figure:
    """A figure of the file that is checked, or, with ``row`` None, one that is held already."""

    row: int | None
    area: str
    period: str
    value: float


def figure_faults(
    table: pd.DataFrame, indicators: Mapping[str, Indicator], held: pd.DataFrame | None = None
) -> list[TableFault]:
    """Return every figure of a sound table of observations that its indicator, counts or other figures rule out.

    Parameters
    ----------
    table
        Observations that pass :func:`boardpacks.data.schema.check_observations`.
    indicators
        Say what each figure's unit is.
    held
        Observations that packs are made from already: figures of the same indicator have their scale.
    """
    others = {str(name): own for name, own in held.groupby("indicator")} if held is not None else {}
    faults: list[TableFault] = []
    for name, rows in table.groupby("indicator", sort=False):
        indicator = indicators[str(name)]
        found = _out_of_range(rows, indicator)
        counted = rows[rows["count"].notna()]
        by_area: dict[str, list[tuple[int, _Row]]] = {}
        for row, figure in zip(counted.index, counted.to_dict("records"), strict=True):
            by_area.setdefault(figure["area"], []).append((row, figure))
        for area in by_area.values():
            half = _half_step([own[c] for _, own in area for c in ("count", "denominator")], indicator)
            found += [fault for row, own in area for fault in _against_counts(row, own, indicator, half)]
        settled = {*counted.index[counted["denominator"].notna()], *(fault.row for fault in found)}
        faults += [*found, *_off_scale(indicator, rows, others.get(str(name)), settled)]
    return faults


def all_below_one(table: pd.DataFrame, indicators: Mapping[str, Indicator]) -> list[str]:
    """Return what to look at: percentages of an indicator that are all below 1, which a few rare things are."""
    return [
        f"{name}: all {len(values)} figures lie between 0 and 1. Its unit is %: 0.36 is read as 0.36%."
        for name, own in table.groupby("indicator")
        for values in [own["value"][own["value"] > 0]]
        if indicators[str(name)].unit == "%" and len(values) and values.max() <= _FRACTION
    ]


def scale_of(unit: str) -> float | None:
    """Return what a share is multiplied by to be in `unit`: 100 for %, 1,000 for "per 1,000 births"."""
    if unit == "%":
        return 100.0
    found = re.match(r"per ([0-9,]+)\b", unit)
    return float(found[1].replace(",", "")) if found else None


def _out_of_range(own: pd.DataFrame, indicator: Indicator) -> list[TableFault]:
    lowest, highest = _range(indicator)
    allowed = f"{lowest:g} to {highest:g}" if highest < float("inf") else f"{lowest:g} or more"
    return [
        TableFault(
            row, column, f"{found:.10g}", f"{allowed}, as the unit of {indicator.id} is {indicator.unit}"
        )
        for column in ("value", "lower_95", "upper_95")
        for row, found in own[column][(own[column] < lowest) | (own[column] > highest)].items()
        if isinstance(row, int)
    ]


def _range(indicator: Indicator) -> tuple[float, float]:
    """Return the smallest and largest figure that an indicator's unit has; a difference can be negative."""
    if score := re.search(r"\b([0-9]+)-([0-9]+)$", indicator.unit):
        return float(score[1]), float(score[2])
    highest = 100.0 if indicator.unit == "%" else float("inf")
    said = f"{indicator.id} {indicator.name} {indicator.unit} {indicator.measures}".lower()
    is_difference = re.search(r"gap|difference|change|inequalit|points", said)
    return (-highest if is_difference else 0.0), highest


def _half_step(counts: Sequence[float], indicator: Indicator) -> float:
    """Return by how much an area's counts may differ from the true ones: half of what all are rounded to."""
    known = [count for count in counts if not isnan(count)]
    is_telling = len(known) >= _ENOUGH
    if is_telling and all(count % 10 == 0 for count in known):
        return 5.0
    return 2.5 if indicator.counts_rounded or (is_telling and all(count % 5 == 0 for count in known)) else 0.0


def _against_counts(row: int, figure: _Row, indicator: Indicator, half: float) -> list[TableFault]:
    """Return what is wrong between a value, its count and its denominator; `half` is how far counts are rounded."""
    value, count, denominator = figure["value"], figure["count"], figure["denominator"]
    counted, of = f"{count:.10g} of {denominator:.10g}", f"for {figure['area']}, {figure['period']}"
    if indicator.unit == "%" and count - denominator > 2 * half:
        allowed = "no more than the denominator, as the unit is %"
        return [TableFault(row, f"count of {indicator.id}", f"{counted}, {of}", allowed)]
    if indicator.additive and isnan(denominator) and abs(value - count) > half:
        found = f"value {value:.10g}, count {count:.10g}, {of}"
        return [TableFault(row, f"value of {indicator.id}", found, "the count")]
    scale = scale_of(indicator.unit)
    if scale is None or isnan(value) or isnan(denominator):
        return []
    allowance = 10.0 ** -_decimals(value) + 1e-9
    least = scale * max(count - half, 0) / (denominator + half) - allowance
    most = scale * (count + half) / max(denominator - half, 1e-9) + allowance
    is_crude = not _is_standardised(indicator)
    if least / (1 if is_crude else _STANDARDISED) <= value <= most * (1 if is_crude else _STANDARDISED):
        return []
    found = f"value {value:.10g}, but {counted} is {scale * count / denominator:.5g}, {of}"
    allowed = f"count over denominator, times {scale:,.0f}"
    hint = f"if the rate is standardised, by age say, write so in `measures` of {indicator.id}"
    return [
        TableFault(row, f"value of {indicator.id}", found, allowed, "" if indicator.unit == "%" else hint)
    ]


def _decimals(value: float) -> int:
    """Return how many decimals a published value has, at least; the last one may be rounded or cut off."""
    _, _, decimals = f"{value:.10f}".rstrip("0").partition(".")
    return len(decimals)


def _is_standardised(indicator: Indicator) -> bool:
    said = f"{indicator.name} {indicator.unit} {indicator.measures} {indicator.note or ''}".lower()
    return "standardis" in said or "standardiz" in said


def _off_scale(
    indicator: Indicator, own: pd.DataFrame, held: pd.DataFrame | None, settled: Collection[int | None]
) -> list[TableFault]:
    """Return figures that are far from all others of their area or, unless things are counted, of all areas.

    Figures that are `settled`, by their count and denominator, are right or told already.
    """
    figures = [*_figures(own), *([] if held is None else _figures(held, is_held=True))]
    by_area: dict[str, list[_Figure]] = {}
    for figure in figures:
        by_area.setdefault(figure.area, []).append(figure)
    pools = list(by_area.values())
    splits = [_split(pool, lambda low, high: _is_gap(low, high, indicator)) for pool in pools]
    if scale_of(indicator.unit) is not None:
        splits.append(_split(figures, lambda low, high: _is_gap(low, high, indicator)))
        wrong, right = _split(list(map(_middle, pools)), lambda low, high: high >= low * _GAP_OF_AREAS)
        splits.append(([figure for area in wrong for figure in by_area[area.area]], right))
    found: dict[int, TableFault] = {}
    for wrong, right in splits:
        for figure in wrong:
            if figure.row is not None and figure.row not in settled:
                found.setdefault(figure.row, _scale_fault(figure, right, indicator))
    return [found[row] for row in sorted(found)]


def _middle(pool: Sequence[_Figure]) -> _Figure:
    """Return the middle figure of an area; one that is held where any is."""
    row = None if any(figure.row is None for figure in pool) else pool[0].row
    return _Figure(row, pool[0].area, "", median(figure.value for figure in pool))


def _is_gap(low: float, high: float, indicator: Indicator) -> bool:
    """Whether no figure of an area is as far above the next smaller one as this."""
    if indicator.unit == "%":
        return low <= _FRACTION and high >= _PERCENT
    return high >= low * (_GAP_OF_COUNTS if indicator.additive or not indicator.decimals else _GAP)


def _figures(table: pd.DataFrame, *, is_held: bool = False) -> list[_Figure]:
    columns = table[["area", "period", "value"]]
    return [
        _Figure(None if is_held else row, area, period, value)
        for row, area, period, value in columns.itertuples(name=None)
        if value > 0
    ]


def _split(
    pool: Sequence[_Figure], is_gap: Callable[[float, float], bool]
) -> tuple[list[_Figure], list[_Figure]]:
    """Split figures where there is a gap between them that no scale has: those that are off, and the others."""
    ordered = sorted(pool, key=lambda figure: figure.value)
    for at in range(1, len(ordered)):
        low, high = ordered[at - 1].value, ordered[at].value
        if is_gap(low, high):
            below, above = ordered[:at], ordered[at:]
            weigh = [(sum(figure.row is None for figure in side), len(side)) for side in (below, above)]
            return (below, above) if weigh[0] <= weigh[1] else (above, below)
    return [], []


def _scale_fault(figure: _Figure, others: Sequence[_Figure], indicator: Indicator) -> TableFault:
    values = [other.value for other in others]
    where = "held and new" if any(other.row is None for other in others) else "in the same files"
    return TableFault(
        figure.row,
        f"value of {indicator.id}",
        f"{figure.value:.10g} for {figure.area}, {figure.period}",
        f"figures on the scale of the others, {where}: {min(values):.6g} to {max(values):.6g}",
        f"unit {indicator.unit}; a count and denominator that give the same value would settle it",
    )
