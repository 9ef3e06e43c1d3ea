"""Wrong tables, one fault at a time: each says row, column, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import pytest

from boardpacks.data.schema import check_deprivation, check_observations
from boardpacks.project.errors import InputError

Change = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Case:
    """A change to a sound table, and what the error must say; ``row`` counts from 1, 0 is the table as a whole."""

    name: str
    change: Change
    row: int
    key: str
    found: str
    allowed: str
    hint: str = ""


def put(column: str, value: object, row: int = 1) -> Change:
    """Return a change of one cell; rows count from 1."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        cells = list(frame[column])
        cells[row - 1] = value
        return frame.assign(**{column: pd.Series(cells, dtype=frame[column].dtype)})

    return change


def cast(column: str, kind: Literal["float64"]) -> Change:
    return lambda frame: frame.assign(**{column: frame[column].astype(kind)})


def repeat_last(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame, frame.tail(1)], ignore_index=True)


def reverse(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[::-1].reset_index(drop=True)


NAN = float("nan")
INDICATORS, AREAS = ["jobs", "mood"], ["E09000001", "E09000002", "E09000012"]
BOTH = "lower <= value <= upper, or neither limit"
ONE_LABEL = "one label for each start, and one start for each label"

OBSERVATION_CASES = [
    Case("missing column", lambda f: f.drop(columns="sex"), 0, "sex", "no such column", "the columns indicator"),
    Case("misspelt column", lambda f: f.assign(valeu=1.0), 0, "valeu", "an unknown column", "no other columns",
         "did you mean 'value'?"),
    Case("text for numbers", lambda f: f.assign(value=f["value"].astype(str)), 0, "value", "str", "float64"),
    Case("whole numbers for text", lambda f: f.assign(note=7), 1, "note", "7", "type str"),
    Case("months as decimals", cast("period_months", "float64"), 0, "period_months", "float64", "int64"),
    Case("dates as text", lambda f: f.assign(period_start="2021-01-01"), 0, "period_start", "str", "datetime64"),
    Case("unknown indicator", put("indicator", "moood", 4), 4, "indicator", "moood", "an indicator of the manifest",
         "did you mean 'mood'?"),
    Case("unknown area", put("area", "E0900001", 1), 1, "area", "E0900001", "an area of the manifest",
         "did you mean 'E090000"),
    Case("wrong sex", put("sex", "female", 2), 2, "sex", "female", "one of Persons, Female, Male"),
    Case("empty period", put("period", "", 3), 3, "period", "", "a period label"),
    Case("no start", put("period_start", pd.NaT, 3), 3, "period_start", "an empty cell", "a value"),
    Case("no note", put("note", None, 3), 3, "note", "an empty cell", "a value"),
    Case("infinite value", put("value", float("inf"), 1), 1, "value", "inf", "a finite number"),
    Case("infinite limit", put("lower_95", -float("inf"), 2), 2, "lower_95", "-inf", "a finite number"),
    Case("negative count", put("count", -1.0, 2), 2, "count", "-1.0", "0 or more"),
    Case("infinite count", put("count", float("inf"), 2), 2, "count", "inf", "a finite number"),
    Case("zero denominator", put("denominator", 0.0, 4), 4, "denominator", "0.0", "more than 0"),
    Case("infinite denominator", put("denominator", float("inf"), 2), 2, "denominator", "inf", "a finite number"),
    Case("no months", put("period_months", 0, 4), 4, "period_months", "0", "1 to 120 months"),
    Case("too many months", put("period_months", 121, 4), 4, "period_months", "121", "1 to 120 months"),
    Case("same key twice", repeat_last, 5, "key", "mood / E09000001 / Persons / 2023", "each indicator, area, sex"),
    Case("value under its interval", put("value", 3.9, 2), 2, "interval of mood",
         "lower 4.0, value 3.9, upper 6.0 for E09000001, 2021", BOTH),
    Case("value over its interval", put("value", 6.1, 2), 2, "interval of mood", "value 6.1", BOTH),
    Case("limits swapped", lambda f: f.rename(columns={"lower_95": "upper_95", "upper_95": "lower_95"}), 2,
         "interval of mood", "lower 6.0, value 5.0, upper 4.0", BOTH),
    Case("half an interval", put("upper_95", NAN, 4), 4, "interval of mood", "lower 5.0, value 6.0, upper nan", BOTH),
    Case("interval without a value", put("value", NAN, 4), 4, "interval of mood", "value nan", BOTH),
    Case("upper limit without a value", lambda f: put("lower_95", NAN, 4)(put("value", NAN, 4)(f)), 4,
         "interval of mood", "upper 7.0", BOTH),
    Case("two labels for one start", put("period_start", pd.Timestamp("2021-01-01"), 3), 3, "period of mood",
         "2022 starting 2021-01-01", ONE_LABEL),
    Case("two starts for one label", lambda f: put("period", "2022", 4)(put("sex", "Male", 4)(f)), 4,
         "period of mood", "2022 starting 2023-01-01", ONE_LABEL),
    Case("unsorted rows", reverse, 2, "order of rows", "mood for E09000001 starting 2022-01-01 after 2023-01-01",
         "rows sorted by indicator, area, sex, period_start"),
    Case("a longer period before a shorter one of the same start",
         lambda f: f.assign(period_start=pd.Timestamp("2021-01-01"), period_months=[12, 36, 24, 48][: len(f)]), 3,
         "order of rows", "mood", "rows sorted by indicator, area, sex, period_start, period_months"),
]  # fmt: skip

DEPRIVATION_CASES = [
    Case("missing column", lambda f: f.drop(columns="rank"), 0, "rank", "", "the columns small_area, area"),
    Case("unknown column", lambda f: f.assign(name="x"), 0, "name", "an unknown column", "no other columns"),
    Case("small area twice", put("small_area", "E01000001", 2), 1, "small_area", "E01000001", "each code once"),
    Case("unknown area", put("area", "E09000003", 1), 1, "area", "E09000003", "an area of the manifest",
         "did you mean"),
    Case("eleventh tenth", put("decile", 11, 2), 2, "decile", "11", "a whole number from 1 to 10"),
    Case("tenths as decimals", cast("decile", "float64"), 0, "decile", "float64", "int64"),
    Case("rank 0", put("rank", 0, 1), 1, "rank", "0", "1 or more"),
    Case("negative score", put("score", -0.5, 1), 1, "score", "-0.5", "0 or more"),
    Case("infinite score", put("score", float("inf"), 1), 1, "score", "inf", "a finite number"),
    Case("empty score", put("score", NAN, 2), 2, "score", "an empty cell", "a value"),
]  # fmt: skip


def test_sound_tables_pass(table: pd.DataFrame, small_areas: pd.DataFrame):
    assert check_observations(table, "t.parquet", INDICATORS, AREAS) is table
    assert check_deprivation(small_areas, "d.parquet", AREAS) is small_areas


def test_an_empty_table_passes(table: pd.DataFrame):
    assert check_observations(table.head(0), "t.parquet", INDICATORS, AREAS).empty


@pytest.mark.parametrize("case", OBSERVATION_CASES, ids=lambda case: case.name)
def test_wrong_observations(table: pd.DataFrame, case: Case):
    with pytest.raises(InputError) as error:
        check_observations(case.change(table), "t.parquet", INDICATORS, AREAS)
    _assert_says(error.value, "t.parquet", case)


@pytest.mark.parametrize("case", DEPRIVATION_CASES, ids=lambda case: case.name)
def test_wrong_deprivation(small_areas: pd.DataFrame, case: Case):
    with pytest.raises(InputError) as error:
        check_deprivation(case.change(small_areas), "d.parquet", AREAS)
    _assert_says(error.value, "d.parquet", case)


def test_every_fault_is_reported_at_once(table: pd.DataFrame):
    wrong = put("sex", "Both", 4)(put("area", "X", 1)(put("count", -2.0, 2)(table)))
    with pytest.raises(InputError) as error:
        check_observations(wrong, "t.parquet", INDICATORS, AREAS)
    assert {problem.key for problem in error.value.problems} == {"sex", "area", "count"}


def _assert_says(error: InputError, file: str, case: Case) -> None:
    first = error.problems[0]
    assert first.where == (f"{file}, row {case.row}" if case.row else file)
    assert first.key.startswith(case.key)
    assert case.found in first.found
    assert case.allowed in first.allowed
    assert case.hint in first.hint
    assert "Traceback" not in str(error)
    assert "Check" not in str(error)
