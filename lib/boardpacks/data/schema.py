"""What the tables of a snapshot hold, and the checks that every snapshot passes when it is loaded."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import pairwise

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from boardpacks.params.errors import InputError, Problem, near

KEY = ["indicator", "area", "sex", "period"]
"""Columns that name one observation."""

ORDER = ["indicator", "area", "sex", "period_start"]
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

_FINITE = pa.Check(lambda column: column.abs() < float("inf"), error="a finite number")


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
    _check_columns(frame, where, OBSERVATION_COLUMNS)
    problems = _schema_problems(frame, where, indicators, areas)
    if not problems:
        problems = _whole_table_problems(frame, where)
    if problems:
        raise InputError(problems)
    return frame


def check_deprivation(frame: pd.DataFrame, where: str, areas: Collection[str]) -> pd.DataFrame:
    """Return `frame` if it is a sound table of small-area deprivation.

    Columns: ``small_area`` (LSOA code), ``area`` (borough code), ``decile`` (1 is the most deprived tenth of
    England), ``rank`` (1 is the most deprived) and ``score``.

    Raises
    ------
    InputError
        With every fault found.
    """
    _check_columns(frame, where, DEPRIVATION_COLUMNS)
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
    problems = _problems(schema, frame, where, {"area": areas})
    if problems:
        raise InputError(problems)
    return frame


def _check_columns(frame: pd.DataFrame, where: str, wanted: Sequence[str]) -> None:
    found = list(frame.columns)
    problems = [
        Problem(where, column, "no such column", f"the columns {', '.join(wanted)}")
        for column in wanted
        if column not in found
    ]
    problems += [
        Problem(
            where,
            str(column),
            "an unknown column",
            "no other columns",
            near(str(column), wanted),
        )
        for column in found
        if column not in wanted
    ]
    if problems:
        raise InputError(problems)


def _schema_problems(
    frame: pd.DataFrame, where: str, indicators: Collection[str], areas: Collection[str]
) -> list[Problem]:
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
    return _problems(schema, frame, where, {"indicator": indicators, "area": areas})


def _known(names: Collection[str], words: str) -> pa.Check:
    return pa.Check.isin(sorted(names), error=words)


def _problems(
    schema: pa.DataFrameSchema, frame: pd.DataFrame, where: str, known: Mapping[str, Collection[str]]
) -> list[Problem]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return [_problem(case, where, known) for case in errors.failure_cases.to_dict("records")]
    return []


def _problem(case: Mapping[Hashable, object], where: str, known: Mapping[str, Collection[str]]) -> Problem:
    row, column, found = case["index"], str(case["column"] or case["failure_case"]), str(case["failure_case"])
    place = where if not isinstance(row, int) else f"{where}, row {row + 1}"
    check = str(case["check"])
    if check.startswith("dtype"):
        check = "values of the type " + check.removeprefix("dtype('").removesuffix("')")
    elif check == "not_nullable":
        found, check = "an empty cell", "a value"
    elif check == "field_uniqueness":
        check = "each code once"
    return Problem(place, column, found, check, near(found, list(known.get(column, ()))))


def _whole_table_problems(frame: pd.DataFrame, where: str) -> list[Problem]:
    return [
        *_duplicates(frame, where),
        *_intervals(frame, where),
        *_period_labels(frame, where),
        *_order(frame, where),
    ]


def _duplicates(frame: pd.DataFrame, where: str) -> list[Problem]:
    twice = frame[frame.duplicated(KEY)]
    return [
        Problem(
            f"{where}, row {row + 1}",
            "key",
            " / ".join(map(str, key)),
            "each indicator, area, sex and period once",
        )
        for row, key in zip(twice.index, twice[KEY].itertuples(index=False), strict=True)
    ]


def _intervals(frame: pd.DataFrame, where: str) -> list[Problem]:
    lower, value, upper = frame["lower_95"], frame["value"], frame["upper_95"]
    half = (lower.isna() != upper.isna()) | (lower.notna() & value.isna())
    outside = (lower > value) | (value > upper)
    return [
        Problem(
            f"{where}, row {row + 1}",
            f"interval of {item.indicator} for {item.area}, {item.period}",
            f"lower {item.lower_95}, value {item.value}, upper {item.upper_95}",
            "lower <= value <= upper, or neither limit",
        )
        for row, item in zip(frame.index[half | outside], frame[half | outside].itertuples(), strict=True)
    ]


def _period_labels(frame: pd.DataFrame, where: str) -> list[Problem]:
    spans = frame[["indicator", "period", "period_start", "period_months"]].drop_duplicates()
    clashes = spans[
        spans.duplicated(["indicator", "period"])
        | spans.duplicated(["indicator", "period_start", "period_months"])
    ]
    return [
        Problem(
            f"{where}, row {row + 1}",
            f"period of {item.indicator}",
            f"{item.period} starting {item.period_start:%Y-%m-%d}",
            "one label for each start, and one start for each label",
        )
        for row, item in zip(clashes.index, clashes.itertuples(), strict=True)
    ]


def _order(frame: pd.DataFrame, where: str) -> list[Problem]:
    keys = list(frame[ORDER].itertuples(index=False, name=None))
    return [
        Problem(
            f"{where}, row {row + 2}",
            "order of rows",
            f"{later[0]} for {later[1]} starting {later[3]:%Y-%m-%d} after {earlier[3]:%Y-%m-%d}",
            f"rows sorted by {', '.join(ORDER)}",
        )
        for row, (earlier, later) in enumerate(pairwise(keys))
        if later < earlier
    ][:1]
