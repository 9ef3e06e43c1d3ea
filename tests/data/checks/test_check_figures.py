"""Figures that cannot be: out of range, against their counts, on another scale; and none of the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from boardpacks.data.checks.check_figures import check_figures
from boardpacks.data.schema import TableFault
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.project.folder import Project
from tests.data.checks.made import NAN, TODAY, indicator, table, weighed


def faults(own: pd.DataFrame, of: Indicator, held: pd.DataFrame | None = None) -> Sequence[TableFault]:
    return [finding.fault for finding in weighed(own, of, held).stops]


def warned(own: pd.DataFrame) -> list[str]:
    return [
        f"{f.check}: {f.fault.found}"
        for f in weighed(own, indicator()).warnings
        if f.check == "all-below-one"
    ]


@pytest.mark.parametrize(
    ("unit", "values"),
    [
        ("%", (0.0, 100.0, 50.0)),
        ("per 100,000", (0.0, 99_000.0, 4000.0)),
        ("score 0-10", (0.0, 10.0)),
        ("years", (57.0, 83.0)),
        ("people", (30.0, 700.0)),
        ("percentage points", (-5.0, 3.0)),
    ],
)
def test_figures_in_range_pass(unit: str, values: tuple[float, ...]):
    assert not faults(table(*values), indicator(unit))


def test_a_gap_can_be_negative():
    assert not faults(table(-2.0, 3.0), indicator("years", name="Gap in life expectancy"))
    assert not faults(table(-2.0, 3.0), indicator("%", measures="Change since a year before."))


@pytest.mark.parametrize(
    ("unit", "column", "value", "allowed"),
    [
        ("%", "value", 367.0, "0 to 100"),
        ("%", "value", -0.1, "0 to 100"),
        ("%", "upper_95", 100.4, "0 to 100"),
        ("%", "lower_95", -1.0, "0 to 100"),
        ("per 1,000", "value", -4.0, "0 or more"),
        ("people", "value", -1.0, "0 or more"),
        ("score 0-10", "value", 10.1, "0 to 10"),
        ("score 0-1", "value", 39.0, "0 to 1"),
    ],
)
def test_figures_out_of_range_are_faults(unit: str, column: str, value: float, allowed: str):
    own = table(0.5, 0.5, 0.5)
    own.loc[1, column] = value
    found = faults(own, indicator(unit))[0]
    assert (found.row, found.key) == (1, f"{column} of mood")
    assert found.allowed == f"{allowed}, as the unit is {unit}"


@pytest.mark.parametrize(
    ("unit", "value", "count", "denominator"),
    [
        ("%", 70.95, 15810, 22282),  # 70.954
        ("%", 70.96, 15810, 22282),  # rounded up
        ("%", 12.0, 123, 1000),
        ("%", 43.3678, 20647, 47609),  # 43.36785, cut off
        ("per 1,000", 3.2, 16, 5001),
        ("per 100,000 births", 320.0, 16, 5001),
        ("per 10,000", 0.0, 0, 8000),
    ],
)
def test_a_value_that_is_its_count_over_its_denominator_passes(
    unit: str, value: float, count: float, denominator: float
):
    assert not faults(table(value, count=float(count), denominator=float(denominator)), indicator(unit))


@pytest.mark.parametrize(
    ("unit", "value", "count", "denominator", "key"),
    [
        ("%", 38.2, 123, 1000, "value of mood"),
        ("%", 0.123, 123, 1000, "value of mood"),
        ("%", 12.5, 123, 1000, "value of mood"),
        ("per 1,000", 32.0, 16, 5001, "value of mood"),
        ("per 100,000", 340.0, 16, 5001, "value of mood"),
        ("%", 100.0, 1001, 1000, "count of mood"),
    ],
)
def test_a_value_against_its_counts_is_a_fault(
    unit: str, value: float, count: float, denominator: float, key: str
):
    (found,) = faults(table(value, count=float(count), denominator=float(denominator)), indicator(unit))
    assert found.key == key
    assert f"{count} of {denominator}" in found.found


def test_a_count_that_stands_for_itself_is_the_value():
    own = table(500.0, 700.0, count=[500.0, 710.0])
    (found,) = faults(own, indicator("people", additive=True))
    assert (found.row, found.allowed) == (1, "the count")


def test_counts_that_are_all_rounded_allow_for_it():
    counts, bases = [75.0, 50.0, 120.0, 35.0], [1580.0, 1315.0, 2005.0, 710.0]
    own = table(5.0, 3.95, 6.1, 4.7, count=counts, denominator=bases)
    assert not faults(own, indicator())
    exact = own.assign(count=[75.0, 51.0, 121.0, 34.0])
    assert [fault.row for fault in faults(exact, indicator())] == [1]
    (found,) = faults(own.assign(value=[5.0, 3.95, 6.1, 7.4]), indicator())
    assert found.row == 3


def test_a_standardised_rate_only_has_the_scale_of_its_counts():
    own = table(41.2, count=700.0, denominator=1_500_000.0)  # 46.7 crude
    said = {"measures": "Deaths, directly age-standardised."}
    assert faults(own, indicator("per 100,000"))[0].hint.startswith("if the rate is standardised")
    assert not faults(own, indicator("per 100,000", **said))
    assert faults(own.assign(value=0.412), indicator("per 100,000", **said))


@pytest.mark.parametrize(
    ("unit", "values", "wrong"),
    [
        ("%", (36.0, 0.36, 38.0), [1]),
        ("%", (0.12, 0.11, 10.9), [2]),
        ("%", (0.5, 3.0, 40.0), []),
        ("%", (0.4, 0.9, 0.2), []),
        ("per 1,000", (12.0, 13.0, 0.013), [2]),
        ("per 100,000", (4.0, 3900.0, 4000.0), [0]),
        ("per 1,000", (0.0, 0.5, 9.0), []),
        ("years", (81.0, 0.81, 82.0), [1]),
    ],
)
def test_a_figure_of_another_scale_than_the_others_of_its_area_is_a_fault(
    unit: str, values: tuple[float, ...], wrong: list[int]
):
    assert [fault.row for fault in faults(table(*values), indicator(unit))] == wrong


def test_things_counted_may_be_next_to_none_in_one_year():
    people = indicator("people", decimals=0)
    assert not faults(table(2.0, 80.0, 90.0), people)
    assert [fault.row for fault in faults(table(243_000.0, 243.0, 245_000.0), people)] == [1]


def test_a_series_of_another_scale_than_those_of_other_areas_is_a_fault():
    others = [table(30.0, 35.0, area=area) for area in ("E09000001", "E09000002", "E09000003")]
    own = pd.concat([*others, table(0.31, 0.36)])
    found = faults(own, indicator())
    assert [fault.row for fault in found] == [6, 7]
    assert "30 to 35" in found[0].allowed


def test_a_file_of_another_scale_than_what_is_held_is_a_fault():
    own = pd.concat([table(0.31, 0.36, 0.33), table(0.4, 0.5, 0.6, area="E09000002")])
    held = table(31.0, 35.0)
    assert [fault.row for fault in faults(own, indicator(), held)] == [0, 1, 2, 3, 4, 5]
    assert not faults(own, indicator())
    assert warned(own) == ["all-below-one: all 6 figures lie between 0 and 1"]
    assert not warned(held)


def test_a_new_area_of_another_scale_than_those_that_are_held_is_a_fault():
    areas = [table(5.0, 9.0, 20.0, area=f"E0900000{n}") for n in range(1, 5)]
    held = pd.concat(areas)
    own = table(0.09, 0.12, 0.14, area="K02000001")
    assert [fault.row for fault in faults(own, indicator(), held)] == [0, 1, 2]
    assert not faults(own.assign(value=[0.9, 1.2, 1.4]), indicator(), held)


def test_counts_settle_that_a_small_figure_is_right():
    own = table(45.0, 0.5, 50.0, count=[NAN, 1.0, NAN], denominator=[NAN, 200.0, NAN])
    assert not faults(own, indicator())


def test_no_real_figure_is_a_fault_but_for_those_with_a_waiver(
    embedded: Snapshot, project: Project, params: Params
):
    settings = replace(load_figure_checks(project.params), today=TODAY)
    observations, areas = embedded.observations, embedded.manifest.areas
    found = check_figures(observations, params.indicators, areas, settings, observations)
    assert found.stops == ()
    assert [(f.check, f.indicator, f.area) for f in found.warnings] == []


NEAR: dict[str, tuple[Indicator, list[tuple[str, str, float, float, float]]]] = {
    "a hospital with next to no long waits among others with many": (
        indicator(decimals=3, areas="trusts"),
        [
            (area, month, value, NAN, NAN)
            for area, values in {
                "RP6": (0.029, 0.023, 0.038),
                "RPY": (0.264, 0.339, 0.255),
                "RQX": (0.798, 0.653, 0.535),
                "R1H": (4.231, 3.844, 3.349),
            }.items()
            for month, value in zip(("2024-08", "2024-09", "2024-10"), values, strict=True)
        ],
    ),
    "one year of a tiny borough on its own": (
        indicator(),
        [
            (area, str(year), value, NAN, NAN)
            for area, values in {"E09000001": (0.3, 4.4, 0.4, 0.2), "E09000002": (2.2, 2.4, 2.5, 2.7)}.items()
            for year, value in enumerate(values, start=2016)
        ],
    ),
    "a share that grows from quarter to quarter": (
        indicator(),
        [("E09000001", f"{n}", value, NAN, NAN) for n, value in enumerate([0.8, 1.6, 8.4, 9.4, 39.3])],
    ),
    "few people, counted in fives": (
        indicator(decimals=0, counts_rounded=True),
        [
            ("E54000030", "Feb to Apr 2024", 46.0, 35, 80),
            ("E54000030", "Jun to Aug 2024", 21.0, 5, 35),
            ("E54000030", "Jul to Sep 2024", 37.0, 10, 25),
        ],
    ),
    "counts in tens, of which nothing says so": (
        indicator(),
        [
            ("E12000007", str(2018 + n), value, count, of)
            for n, (value, count, of) in enumerate(
                [
                    (13.1, 470, 3540),
                    (29.4, 1030, 3510),
                    (20.1, 680, 3380),
                    (23.7, 800, 3370),
                    (22.7, 740, 3260),
                ]
            )
        ],
    ),
    "a score of nothing": (
        indicator("score 0-1", decimals=3),
        [("E09000001", str(2016 + n), value, NAN, NAN) for n, value in enumerate([0.332, 0.337, 0.0, 0.316])],
    ),
}


@pytest.mark.parametrize("why", NEAR)
def test_published_figures_that_look_odd_are_no_faults(why: str):
    """The figures nearest to what is refused among 32,102 that were published of other indicators and areas."""
    of, rows = NEAR[why]
    columns = ["area", "period", "value", "count", "denominator"]
    given = pd.DataFrame(rows, columns=columns)
    areas = [own for _, own in given.groupby("area", sort=False)]
    own = pd.concat(
        [
            table(
                *part["value"],
                area=part["area"].iloc[0],
                count=[*part["count"]],
                denominator=[*part["denominator"]],
            )
            for part in areas
        ]
    )
    assert faults(own, of) == []
