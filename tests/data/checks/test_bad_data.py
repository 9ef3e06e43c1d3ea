"""Kinds of bad data, each from a small file, and the check that speaks of it by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.data.check_joined import check_joined, told
from boardpacks.data.checks.all_checks import CHECKS
from boardpacks.data.join import join
from boardpacks.data.read_figures import COLUMNS, read_figures
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.indicator import Indicator
from boardpacks.project.errors import InputError
from tests.data.checks.made import NAN, TODAY, areas_of, indicator, table, weighed

PLAIN = (31.2, 30.9, 31.4, 30.7, 31.1, 30.8, 31.6, 31.3)
MONTHLY = {"frequency": "monthly", "areas": "trusts"}


@dataclass(frozen=True)
class Bad:
    """Made rows, what their indicator is, and what is said of them."""

    check: str
    rows: pd.DataFrame
    said: str
    of: Indicator = indicator()  # noqa: RUF009 - frozen
    names: tuple[tuple[str, str], ...] = ()


def boroughs(count: int = 33, years: int = 8, **columns: Any) -> pd.DataFrame:
    """Boroughs with figures of two decimals that keep their order and move a little, the same each time."""
    chance = np.random.default_rng(1)
    level = chance.permutation(np.linspace(20, 60, count))
    return pd.concat(
        [
            table(*np.round(own + chance.normal(0, 0.4, years), 2), area=f"E090000{n:02}", **columns)
            for n, own in enumerate(level, 1)
        ],
        ignore_index=True,
    )


def changed(
    rows: pd.DataFrame, period: str, change: Callable[[pd.Series], object], column: str = "value"
) -> pd.DataFrame:
    """Rows with one column of one period changed."""
    at = rows["period"] == period
    return rows.assign(**{column: rows[column].where(~at, change(rows[column][at]).reindex(rows.index))})  # type: ignore[attr-defined]


def with_row(rows: pd.DataFrame, at: int, **cells: Any) -> pd.DataFrame:
    rows = rows.reset_index(drop=True).copy()
    for column, cell in cells.items():
        rows.loc[at, column] = pd.Timestamp(cell) if column == "period_start" else cell
    return rows


def monthly(*values: float, area: str = "RF4", **columns: Any) -> pd.DataFrame:
    days = pd.date_range("2023-01-01", periods=len(values), freq="MS")
    return table(
        *values, area=area, period=days.strftime("%Y-%m"), period_start=days, period_months=1, **columns
    )


def counted(values: tuple[float, ...], of: float, **columns: Any) -> pd.DataFrame:
    """A series whose counts and denominators give its values."""
    counts = [round(value * of / 100) for value in values]
    return table(*(100 * c / of for c in counts), count=[float(c) for c in counts], denominator=of, **columns)


def shifted(values: pd.Series) -> pd.Series:
    return pd.Series(np.roll(values.to_numpy(), 11), values.index)


def sexes(persons: tuple[float, ...], female: tuple[float, ...], male: tuple[float, ...], **columns: Any):
    parts = (("Persons", persons), ("Female", female), ("Male", male))
    return pd.concat([table(*values, sex=sex, **columns) for sex, values in parts], ignore_index=True)


def and_whole(rows: pd.DataFrame, code: str, *values: float) -> pd.DataFrame:
    return pd.concat([rows, table(*values, area=code)], ignore_index=True)


RATE = indicator("per 1,000", polarity="low")
THINGS = indicator("people", decimals=0, additive=True)
TOTALS = (1210.0, 1250.0, 1230.0, 1260.0, 1240.0, 1275.0)
MONTHS = (76.31, 77.42, 75.13, 78.24, 76.85, 77.96, 75.27, 76.18, 77.39, 78.41, 75.52, 76.63)
STEADY = boroughs()
ALL_SAME = STEADY.assign(value=STEADY["value"].where(STEADY["period"] != "2007", 33.3))

BAD: dict[str, Bad] = {
    "a share of 367%": Bad("out-of-range", table(*PLAIN[:4], 367.0), "367"),
    "an upper limit above 100": Bad("out-of-range", table(99.0, lower_95=98.0, upper_95=100.4), "100.4"),
    "a score of 11 out of 10": Bad("out-of-range", table(7.1, 11.0), "11", indicator("score 0-10")),
    "a negative share": Bad("negative-number", table(31.0, -0.1), "-0.1"),
    "a negative rate": Bad("negative-number", table(4.0, -4.0), "-4", RATE),
    "a negative lower limit": Bad("negative-number", table(4.0, lower_95=-1.0, upper_95=9.0), "-1", RATE),
    "999 for a missing rate": Bad("stand-in", table(4.1, 4.2, 999.0), "999", RATE),
    "9999 for missing people": Bad("stand-in", table(410.0, 420.0, 9999.0), "9999", THINGS),
    "0 for a missing share": Bad("zero-for-missing", table(*PLAIN, 0.0), "0, in a series"),
    "more than all of them": Bad(
        "count-above-denominator", table(99.0, count=1001.0, denominator=1000.0), "1001 of 1000"
    ),
    "a value against its counts": Bad(
        "value-against-counts", table(38.2, count=123.0, denominator=1000.0), "is 12.3"
    ),
    "a rate against its counts": Bad(
        "value-against-counts", table(32.0, count=16.0, denominator=5001.0), "16 of 5001", RATE
    ),
    "a fraction beside its counts": Bad(
        "value-against-counts", table(0.123, count=123.0, denominator=1000.0), "value 0.123"
    ),
    "digits of a value exchanged": Bad(
        "value-against-counts", table(32.1, count=123.0, denominator=1000.0), "value 32.1"
    ),
    "things that are not their count": Bad(
        "value-is-not-count", table(500.0, 700.0, count=[500.0, 710.0]), "count 710", THINGS
    ),
    "value and count exchanged": Bad(
        "value-in-count", table(16.0, count=3.2, denominator=5000.0), "value 16 and count 3.2", RATE
    ),
    "a count column that repeats the value": Bad(
        "value-repeated-as-count", table(*PLAIN, count=list(PLAIN)), "the value again in all 8 rows"
    ),
    "a denominator that repeats the value": Bad(
        "value-repeated-as-count", table(*PLAIN, denominator=list(PLAIN)), "31.2"
    ),
    "half a person": Bad("things-in-parts", table(12.0, 12.5), "12.5", THINGS),
    "counts in fives that nothing tells of": Bad(
        "rounded-counts", table(*[float(n) for n in range(12)], count=[5.0 * n for n in range(1, 13)]), "of 5"
    ),
    "counts in tens that nothing tells of": Bad(
        "rounded-counts",
        table(*[float(n) for n in range(12)], count=[10.0 * n for n in range(1, 13)]),
        "of 10",
    ),
    "counts rounded in one period": Bad(
        "rounding-changes",
        boroughs(years=2).assign(count=[float(c) for n in range(33) for c in (103 + n, 105 + 5 * n)]),
        "counts of 2001 are multiples of 5",
    ),
    "values rounded in one period": Bad(
        "rounded-values", changed(STEADY, "2003", np.round), "of 2003 are whole"
    ),
    "a fraction among percentages": Bad("off-scale", table(36.0, 0.36, 38.0), "0.36"),
    "a percentage among fractions": Bad("off-scale", table(0.12, 0.11, 10.9), "10.9"),
    "a rate per person among rates per 1,000": Bad("off-scale", table(12.0, 13.0, 0.013), "0.013", RATE),
    "an area in fractions": Bad(
        "off-scale", pd.concat([STEADY, table(0.31, 0.36, area="E06000001")]), "0.31"
    ),
    "years by the hundred": Bad("off-scale", table(81.0, 0.81, 82.0), "0.81", indicator("years")),
    "all percentages as fractions": Bad("all-below-one", table(0.31, 0.36, 0.33), "all 3 figures"),
    "per 100 after per 1,000": Bad(
        "unit-changes",
        changed(STEADY, "2007", lambda v: v / 10),
        "one tenth of what they were, from 2007",
        RATE,
    ),
    "per 10,000 after per 1,000": Bad(
        "unit-changes", changed(STEADY, "2007", lambda v: v * 10), "10 times what they were", RATE
    ),
    "thousands after hundreds of people": Bad(
        "unit-changes",
        changed(
            boroughs(5).assign(value=lambda rows: (rows["value"] * 100).round()), "2007", lambda v: v / 1000
        ),
        "one thousandth",
        THINGS,
    ),
    "a shifted decimal point": Bad(
        "unit-changes-in-series", table(12.1, 12.4, 1.22, 12.6, 12.2), "one tenth of", RATE
    ),
    "those who do not": Bad(
        "reversed-scale",
        changed(boroughs(5).assign(value=lambda r: r["value"] / 2), "2007", lambda v: 100 - v),
        "100 less",
    ),
    "limits that are the value": Bad(
        "zero-width-interval", table(31.2, lower_95=31.2, upper_95=31.2), "lower 31.2, value 31.2, upper 31.2"
    ),
    "an interval far too wide": Bad(
        "interval-too-wide",
        counted((31.0, 32.0), 10_000.0, lower_95=10.0, upper_95=60.0),
        "by its counts",
    ),
    "an interval far too narrow": Bad(
        "interval-too-narrow", counted((31.0,), 200.0, lower_95=30.95, upper_95=31.05), "by its counts"
    ),
    "an interval of another sample": Bad(
        "interval-unlike-others",
        table(
            *PLAIN, lower_95=[15.0, *(v - 1 for v in PLAIN[1:])], upper_95=[47.0, *(v + 1 for v in PLAIN[1:])]
        ),
        "lower 15",
    ),
    "a value next to its upper limit": Bad(
        "lopsided-interval", table(31.2, lower_95=27.0, upper_95=31.3), "upper 31.3"
    ),
    "one interval for several areas": Bad(
        "copied-limits",
        boroughs(5, 1, lower_95=15.23, upper_95=70.41),
        "as other areas have them",
    ),
    "a year that has not begun": Bad("future-period", table(31.2, 31.4, first=2026), "2027"),
    "a month for a year": Bad("odd-length", with_row(table(*PLAIN), 3, period_months=1), "1 months in 2003"),
    "a label of another year": Bad(
        "label-against-dates", table(31.2, period="2022/23", period_start="2023-04-01"), "2022/23"
    ),
    "a label of years that do not follow": Bad(
        "label-against-dates", table(31.2, period="2022/24", period_start="2022-04-01"), "2022/24"
    ),
    "a label of three years for one": Bad(
        "label-against-dates", table(31.2, period="2020 - 22", period_start="2020-01-01"), "2020 - 22"
    ),
    "a month's label with another month": Bad(
        "label-against-dates",
        with_row(monthly(*MONTHS), 3, period="2023-05", period_start="2023-04-01").drop(4),
        "2023-05",
        indicator(**MONTHLY),
    ),
    "a quarter's label with another quarter": Bad(
        "label-against-dates",
        table(31.2, period="2024/25 Q3", period_start="2024-07-01", period_months=3),
        "2024/25 Q3",
    ),
    "named months with others": Bad(
        "label-against-dates",
        table(31.2, period="Feb to Apr 2024", period_start="2024-03-01", period_months=3),
        "Feb to Apr 2024",
    ),
    "a year's figure among months": Bad(
        "too-long-for-frequency",
        monthly(*MONTHS[:2]).assign(period_months=12, period=["a", "b"]),
        "12 months",
        indicator(**MONTHLY),
    ),
    "a year that begins in the one before": Bad(
        "overlapping-periods",
        with_row(table(*PLAIN), 4, period_start="2003-07-01", period="2003 to 4"),
        "2003 to 4 begins before 2003 has ended",
    ),
    "a period from the 15th on": Bad(
        "odd-first-day", with_row(table(*PLAIN), 3, period_start="2003-01-15"), "2003-01-15"
    ),
    "one label of another form": Bad("mixed-labels", with_row(table(*PLAIN), 3, period="year 3"), "year 3"),
    "a year left out": Bad("period-gap", table(*PLAIN).drop(3), "nothing between 2002 and 2004"),
    "a trust among places": Bad(
        "trusts-among-places", pd.concat([table(31.2), table(31.3, area="RF4")]), "RF4"
    ),
    "a borough among trusts": Bad(
        "places-among-trusts",
        pd.concat([table(31.2, area="RF4"), table(31.3)]),
        "E09000016",
        indicator(areas="trusts"),
    ),
    "one area under two codes": Bad(
        "name-twice",
        pd.concat([table(31.2, area="E07000004"), table(31.4, area="E06000060")]),
        "Bucks as",
        names=(("E07000004", "Bucks"), ("E06000060", "Bucks")),
    ),
    "an area of old and of new boundaries": Bad(
        "renewed-code",
        pd.concat([table(31.2, 31.4, area="E07000004"), table(31.4, area="E06000060", first=2002)]),
        "which was E07000004 before",
        names=(("E07000004", "Bucks"), ("E06000060", "Bucks")),
    ),
    "counties beside their districts": Bad(
        "two-tiers",
        pd.concat([table(900.0, area="E10000012"), table(310.0, area="E07000066")]),
        "E10000012",
        THINGS,
    ),
    "a code that nobody knows": Bad("unknown-area", table(31.2, area="X12345678"), "X12345678"),
    "boroughs that vanish": Bad(
        "missing-areas",
        STEADY[(STEADY["period"] != "2006") | (~STEADY["area"].isin(["E09000003", "E09000004"]))],
        "no row for E09000003, E09000004 in 2006",
    ),
    "no England in the latest year": Bad(
        "missing-comparator",
        pd.concat([table(*PLAIN), table(*PLAIN[:7], area="E92000001")]),
        "no row for E92000001",
    ),
    "women left out of a year": Bad(
        "missing-sex",
        sexes(PLAIN, tuple(v + 1 for v in PLAIN), tuple(v - 1 for v in PLAIN)).drop(index=11),
        "no row for Female for E09000016, 2003",
    ),
    "a latest year without one value": Bad(
        "empty-period",
        STEADY.assign(value=STEADY["value"].where(STEADY["period"] != "2007")),
        "33 rows of 2007",
    ),
    "counts without their value": Bad(
        "counts-without-value",
        with_row(counted(PLAIN, 1000.0), 2, value=NAN),
        "an empty cell beside 314 of 1000",
    ),
    "two months copied from the year before": Bad(
        "copied-run",
        monthly(*(98_765.0 + 37 * n * n for n in range(13)), 98_802.0, 98_913.0),
        "to the last digit that of 2023-02",
        indicator("attendances", decimals=0, additive=True, **MONTHLY),
    ),
    "five months of few digits copied": Bad(
        "copied-run", monthly(*MONTHS, *MONTHS[:5]), "that of 2023-01", indicator(**MONTHLY)
    ),
    "a year copied for all areas": Bad(
        "copied-period",
        changed(STEADY, "2007", lambda v: STEADY["value"][STEADY["period"] == "2005"].set_axis(v.index)),
        "values of 2007 are those of 2005",
    ),
    "an area with another's figures": Bad(
        "copied-area", pd.concat([table(*PLAIN), table(*PLAIN, area="E09000017")]), "those of E09000016"
    ),
    "women with men's figures": Bad(
        "copied-sex", sexes(PLAIN, tuple(v + 1 for v in PLAIN), tuple(v + 1 for v in PLAIN)), "for Female"
    ),
    "one value for all areas": Bad("same-everywhere", ALL_SAME, "33.3 in all 33 areas in 2007"),
    "a column sorted by itself": Bad(
        "sorted-column", changed(STEADY, "2007", lambda v: pd.Series(sorted(v), v.index)), "in order of size"
    ),
    "rows shifted against their areas": Bad(
        "areas-out-of-order", changed(STEADY, "2007", shifted), "areas stand in 2007 nowhere near"
    ),
    "a total counted twice": Bad(
        "doubled-total", with_row(table(*TOTALS), 3, value=2480.0), "twice the 1,235", THINGS
    ),
    "a total among its parts": Bad(
        "total-among-parts",
        pd.concat([table(n * 100.0, area=f"E0900000{n}") for n in range(1, 5)] + [table(1000.0)]),
        "1000, the sum of all other areas",
        THINGS,
    ),
    "a region with fewer than a borough": Bad(
        "whole-below-part",
        and_whole(table(*TOTALS), "E12000007", *(t - 900 for t in TOTALS)),
        "less than",
        THINGS,
    ),
    "a region with its boroughs twice": Bad(
        "whole-twice-its-parts",
        and_whole(
            pd.concat([table(n * 100.0 + 7, area=f"E0900000{n}") for n in range(1, 6)]), "E12000007", 3070.0
        ),
        "twice the 1535",
        THINGS,
    ),
    "a region that no borough reaches": Bad(
        "region-outside-boroughs", and_whole(STEADY, "E12000007", *[75.5] * 7, 75.6), "its parts have"
    ),
    "a country far from all": Bad(
        "country-outside-boroughs",
        and_whole(STEADY.assign(value=STEADY["value"] / 10), "E92000001", 30.1, 31.0),
        "its parts have",
    ),
    "persons above women and men": Bad(
        "persons-outside-sexes", sexes((40.0,), (31.0,), (33.0,)), "Persons 40, Female 31, Male 33"
    ),
    "women and men who are more than all": Bad(
        "sexes-do-not-add-up", sexes((500.0,), (310.0,), (330.0,)), "500 persons, 640 women and men", THINGS
    ),
    "one year out and back": Bad("spike", table(*PLAIN[:4], 55.5, *PLAIN[4:]), "55.5 between"),
    "a latest year nobody would expect": Bad("jump", table(*PLAIN, 55.5), "55.5 after 31.3"),
    "a denominator of another population": Bad(
        "denominator-jump",
        counted(PLAIN, 40_000.0).assign(
            denominator=lambda rows: rows["denominator"].where(rows.index != 4, 160_000.0), count=NAN
        ),
        "160000, but 40,000 is usual",
    ),
    "a new method in all areas at once": Bad(
        "undeclared-break",
        STEADY.assign(value=(STEADY["value"] * np.where(STEADY["period"] >= "2005", 0.5, 1.0)).round(2)),
        "all 33 series go from",
    ),
    "a break that only the note tells of": Bad(
        "break-in-note", table(31.2, note="Not comparable with earlier years"), "Not comparable"
    ),
    "a figure carried forward": Bad(
        "constant-series", table(*PLAIN[:3], *[31.7] * 5), "31.7 in 5 periods in a row"
    ),
    "a combined figure under a borough too": Bad(
        "combined-beside-part",
        pd.concat([table(31.2, area=code, denominator=5000.0) for code in ("E09000012", "E67000001")]),
        "as the combined area has it",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_data_of_a_file_is_told_by_line_and_the_name_of_the_check(kind: str, tmp_path: Path):
    bad = BAD[kind]
    names = [dict(bad.names).get(code, code) for code in bad.rows["area"]]
    cells = bad.rows.assign(area_name=names).rename(
        columns={"indicator": "indicator_id", "area": "area_code"}
    )
    path = tmp_path / "mine.csv"
    cells[list(COLUMNS)].to_csv(path, index=False)

    figures = read_figures(path, {"mood": bad.of})
    assert figures.faults == ()
    joined = join([figures], ())
    try:
        found = told(
            check_joined(joined, {"mood": bad.of}, areas_of(joined.area_names), CheckSettings(today=TODAY)),
            joined,
        )
    except InputError as error:
        found = list(map(str, error.problems))
    words = "\n".join(words for words in found if f"check {bad.check}" in words)
    assert "mine.csv, line" in words
    assert bad.said in words


def test_each_check_has_a_kind_of_bad_data_that_it_stops_or_tells():
    assert {check.name for check in CHECKS} == {bad.check for bad in BAD.values()}
    assert len(BAD) >= 60


def test_of_several_regions_none_is_held_against_boroughs_that_may_be_of_another():
    of_another = table(*[5.0 + year / 10 for year in range(8)], area="E12000001")
    regions = [table(*[40.0 + year / 10 for year in range(8)], area="E12000007"), of_another]
    assert not weighed(pd.concat([STEADY, *regions]), indicator()).stops
    assert weighed(pd.concat([STEADY, of_another]), indicator()).stops


@pytest.mark.parametrize(
    "rows",
    [STEADY, table(*PLAIN), counted(PLAIN, 5000.0), table(31.2)],
    ids=["boroughs", "borough", "counts", "year"],
)
def test_sound_figures_are_told_by_no_check(rows: pd.DataFrame):
    found = weighed(rows, indicator())
    assert [*found.stops, *found.warnings] == []


NUMBER = st.one_of(st.just(NAN), st.sampled_from([0.0, 0.5, 99.9, 100.0, 5e-324, 1e15]), st.floats(0, 1e9))
ROW = st.tuples(
    st.sampled_from(["E09000016", "E09000017", "E12000007", "RF4"]), st.integers(1995, 2030), NUMBER, NUMBER
)


@given(
    rows=st.lists(ROW, min_size=1, max_size=40, unique_by=lambda row: row[:2]),
    unit=st.sampled_from(["%", "per 1,000", "score 0-10", "years", "people"]),
    additive=st.booleans(),
)
def test_no_figures_make_a_check_fail(rows: list[tuple[str, int, float, float]], unit: str, additive: bool):
    parts = [
        table(value, area=area, first=year, count=count, denominator=1000.0)
        for area, year, value, count in rows
    ]
    weighed(pd.concat(parts), indicator(unit, additive=additive))
