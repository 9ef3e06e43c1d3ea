"""What the tables of a snapshot hold, and the checks that every snapshot passes when it is loaded."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from boardpacks.project.errors import InputError, Problem, near

KEY = ["indicator", "area", "sex", "period"]
"""Columns that name one observation."""

IN_TIME = ["period_start", "period_months"]
"""Columns that put periods in order: a cumulative one begins with all others and ends after them."""

ORDER = ["indicator", "area", "sex", *IN_TIME]
"""Columns that the rows are sorted by."""

OBSERVATION_COLUMNS = [
    *KEY,
    "period_start",
    "period_months",
    "value",
    "lower_95",
    "upper_95",
    "count",
    "denominator",
    "note",
]

DEPRIVATION_COLUMNS = ["small_area", "area", "decile", "rank", "score"]

SEXES = ("Persons", "Female", "Male")

HIDDEN = "hidden: small number"
"""The remark of a figure that is hidden: it is small, or would show another one that is. Nobody can tell which."""

_FINITE = pa.Check(lambda column: column.abs() < float("inf"), error="a finite number")


@dataclass(frozen=True)
class TableFault:
    """One fault in a table: ``row`` counts from 0 and is None where it is the table as a whole.

    ``clashes`` is another row that it does not go together with.
    """

    row: int | None
    key: str
    found: str
    allowed: str
    hint: str = ""
    clashes: int | None = None


def check_observations(
    frame: pd.DataFrame, where: str, indicators: Collection[str], areas: Collection[str]
) -> pd.DataFrame:
    """Return `frame` if it is a sound table of observations.

    Parameters
    ----------
    frame
        One row per published value, with the columns of ``OBSERVATION_COLUMNS``: ``indicator``, ``area``, ``sex``
        and ``period`` (the publisher's label) name it; ``period_start`` (a day) and ``period_months`` place it in
        time; ``value`` is in the indicator's unit and empty where not published; ``lower_95`` and ``upper_95`` are
        the published 95% interval; ``count`` and ``denominator`` are the published counts; ``note`` is the
        publisher's remark.
    where
        File name for messages.
    indicators, areas
        Known indicator ids and area codes.

    Raises
    ------
    InputError
        With every fault: column, row (counted from 1), what was found and what is allowed.
    """
    _raise(observation_faults(frame, indicators, areas), where)
    return frame


def observation_faults(
    frame: pd.DataFrame, indicators: Collection[str], areas: Collection[str]
) -> list[TableFault]:
    """Return everything that is wrong with a table of observations, see :func:`check_observations`."""
    return (
        _column_faults(frame, OBSERVATION_COLUMNS)
        or _schema_faults(frame, indicators, areas)
        or _whole_table_faults(frame)
    )


def check_deprivation(frame: pd.DataFrame, where: str, areas: Collection[str]) -> pd.DataFrame:
    """Return `frame` if it is a sound table of small-area deprivation.

    Columns: ``small_area`` (LSOA code), ``area`` (borough code), ``decile`` (1 is the most deprived tenth of
    England), ``rank`` (1 is the most deprived) and ``score``.

    Raises
    ------
    InputError
        With every fault found.
    """
    _raise(deprivation_faults(frame, areas), where)
    return frame


def deprivation_faults(frame: pd.DataFrame, areas: Collection[str]) -> list[TableFault]:
    """Return everything that is wrong with a table of small areas, see :func:`check_deprivation`."""
    schema = pa.DataFrameSchema(
        {
            "small_area": pa.Column(str, unique=True),
            "area": pa.Column(str, _known(areas, "an area of the manifest")),
            "decile": pa.Column("int64", pa.Check.in_range(1, 10, error="a whole number from 1 to 10")),
            "rank": pa.Column("int64", pa.Check.ge(1, error="1 or more")),
            "score": pa.Column(float, [_FINITE, pa.Check.ge(0, error="0 or more")]),
        },
        strict=True,
    )
    return _column_faults(frame, DEPRIVATION_COLUMNS) or _faults(schema, frame, {"area": areas})


def _raise(faults: Sequence[TableFault], where: str) -> None:
    if faults:
        raise InputError(
            [
                Problem(
                    where if fault.row is None else f"{where}, row {fault.row + 1}",
                    fault.key,
                    fault.found,
                    fault.allowed,
                    fault.hint,
                )
                for fault in faults
            ]
        )


def _column_faults(frame: pd.DataFrame, wanted: Sequence[str]) -> list[TableFault]:
    found = list(frame.columns)
    return [
        *(
            TableFault(None, column, "no such column", f"the columns {', '.join(wanted)}")
            for column in wanted
            if column not in found
        ),
        *(
            TableFault(None, str(column), "an unknown column", "no other columns", near(str(column), wanted))
            for column in found
            if column not in wanted
        ),
    ]


def _schema_faults(
    frame: pd.DataFrame, indicators: Collection[str], areas: Collection[str]
) -> list[TableFault]:
    schema = pa.DataFrameSchema(
        {
            "indicator": pa.Column(str, _known(indicators, "an indicator of the manifest")),
            "area": pa.Column(str, _known(areas, "an area of the manifest")),
            "sex": pa.Column(str, pa.Check.isin(SEXES, error=f"one of {', '.join(SEXES)}")),
            "period": pa.Column(str, pa.Check.str_length(min_value=1, error="a period label")),
            "period_start": pa.Column("datetime64[us]"),
            "period_months": pa.Column("int64", pa.Check.in_range(1, 120, error="1 to 120 months")),
            "value": pa.Column(float, _FINITE, nullable=True),
            "lower_95": pa.Column(float, _FINITE, nullable=True),
            "upper_95": pa.Column(float, _FINITE, nullable=True),
            "count": pa.Column(float, [_FINITE, pa.Check.ge(0, error="0 or more")], nullable=True),
            "denominator": pa.Column(float, [_FINITE, pa.Check.gt(0, error="more than 0")], nullable=True),
            "note": pa.Column(str),
        },
        strict=True,
    )
    return _faults(schema, frame, {"indicator": indicators, "area": areas})


def _known(names: Collection[str], words: str) -> pa.Check:
    return pa.Check.isin(sorted(names), error=words)


def _faults(
    schema: pa.DataFrameSchema, frame: pd.DataFrame, known: Mapping[str, Collection[str]]
) -> list[TableFault]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return [_fault(case, known) for case in errors.failure_cases.to_dict("records")]
    return []


def _fault(case: Mapping[Hashable, object], known: Mapping[str, Collection[str]]) -> TableFault:
    index, column, found = (
        case["index"],
        str(case["column"] or case["failure_case"]),
        str(case["failure_case"]),
    )
    check = str(case["check"])
    if check.startswith("dtype"):
        check = "values of the type " + check.removeprefix("dtype('").removesuffix("')")
    elif check == "not_nullable":
        found, check = "an empty cell", "a value"
    elif check == "field_uniqueness":
        check = "each code once"
    row = index if isinstance(index, int) else None
    return TableFault(row, column, found, check, near(found, list(known.get(column, ()))))


def _whole_table_faults(frame: pd.DataFrame) -> list[TableFault]:
    return [*_duplicates(frame), *_intervals(frame), *_period_labels(frame), *_order(frame)]


def _duplicates(frame: pd.DataFrame) -> list[TableFault]:
    first: dict[tuple[Hashable, ...], int] = {}
    several = frame.loc[frame.duplicated(KEY, keep=False), KEY]
    return [
        TableFault(row, "key", " / ".join(key), allowed, clashes=earlier)
        for allowed in ["each indicator, area, sex and period once"]
        for row, *key in several.itertuples(name=None)
        if (earlier := first.setdefault(tuple(key), row)) != row
    ]


def _intervals(frame: pd.DataFrame) -> list[TableFault]:
    lower, value, upper = frame["lower_95"], frame["value"], frame["upper_95"]
    half = (lower.isna() != upper.isna()) | (lower.notna() & value.isna())
    outside = (lower > value) | (value > upper)
    return [
        TableFault(
            row,
            f"interval of {item.indicator}",
            f"lower {item.lower_95}, value {item.value}, upper {item.upper_95} for {item.area}, {item.period}",
            "lower <= value <= upper, or neither limit",
        )
        for row, item in zip(frame.index[half | outside], frame[half | outside].itertuples(), strict=True)
    ]


def _period_labels(frame: pd.DataFrame) -> list[TableFault]:
    spans = frame[["indicator", "period", "period_start", "period_months"]].drop_duplicates()
    labels: dict[Hashable, int] = {}
    faults = []
    for row, indicator, label, start, months in spans.itertuples(name=None):
        by_label = labels.setdefault((indicator, label), row)
        by_start = labels.setdefault((indicator, start, months), row)
        if by_label != row or by_start != row:
            faults.append(
                TableFault(
                    row,
                    f"period of {indicator}",
                    f"{label} starting {start:%Y-%m-%d}, {months} months",
                    "one label for each start, and one start for each label",
                    clashes=by_label if by_label != row else by_start,
                )
            )
    return faults


def _order(frame: pd.DataFrame) -> list[TableFault]:
    same = np.ones(max(len(frame) - 1, 0), dtype=bool)
    back = ~same
    for column in ORDER:
        steps = np.diff(pd.factorize(frame[column], sort=True)[0])
        back |= same & (steps < 0)
        same &= steps == 0
    if not back.any():
        return []
    row = int(back.argmax()) + 1
    earlier, later = frame.iloc[row - 1], frame.iloc[row]
    found = (
        f"{later['indicator']} for {later['area']} starting {later['period_start']:%Y-%m-%d} "
        f"after {earlier['period_start']:%Y-%m-%d}"
    )
    return [TableFault(row, "order of rows", found, f"rows sorted by {', '.join(ORDER)}")]
