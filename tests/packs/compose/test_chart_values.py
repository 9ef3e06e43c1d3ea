"""What stands beside a drawing for the web page: its figures, and its values where they are drawn."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from boardpacks.charts.drawn import Drawn, ValueMark
from boardpacks.facts.artefacts import Fact, Figure
from boardpacks.packs.compose.chart_values import beside_drawing, chart_values
from tests.packs.conftest import a_fact


def fact(value: float | None, area: str = "Havering", period: str = "2023", **changes: object) -> Fact:
    told = {"value": value, "area_name": area, "period": period, "display": f"{value}%"}
    return Fact(**a_fact(id=f"{area}.{period}.{value}", **told) | changes)


def figure(marks: list[ValueMark], *facts: Fact) -> Figure:
    return Figure(
        kind="figure",
        name="chart",
        facts=facts,
        title="A chart",
        note="",
        alt="A chart.",
        drawn=Drawn((), (), tuple(marks)),
    )


def test_each_value_is_said_where_it_stands_from_left_to_right():
    shown = figure(
        [
            ValueMark(90, 10, (2023.5, 10.9)),
            ValueMark(10, 20, (2019.5, 9.5)),
            ValueMark(90, 5, (2023.5, 11.6)),
        ],
        fact(10.9),
        fact(9.5, period="2019"),
        fact(11.6, "England"),
    )

    assert list(chart_values(shown)) == [
        (10, 20, "Havering, 2019: 9.5%"),
        (90, 5, "England, 2023: 11.6%"),
        (90, 10, "Havering, 2023: 10.9%"),
    ]


def test_of_two_areas_with_one_value_the_label_of_the_line_decides():
    marks = [ValueMark(5, 1, (2023.5, 7.0), "England"), ValueMark(5, 2, (2023.5, 7.0), "Havering")]
    shown = figure(marks, fact(7.0), fact(7.0, "England"))

    assert [words for _, _, words in chart_values(shown)] == ["England, 2023: 7.0%", "Havering, 2023: 7.0%"]


def test_a_value_is_said_once_and_one_that_is_no_fact_never():
    marks = [ValueMark(1, 1, (0.0, 7.0)), ValueMark(1, 1, (0.0, 7.0)), ValueMark(2, 2, (0.0, 8.25))]

    assert len(list(chart_values(figure(marks, fact(7.0), fact(None, "England"))))) == 1


def test_several_measures_and_sexes_are_named():
    shown = figure(
        [ValueMark(1, 1, (0.0, 7.0)), ValueMark(2, 2, (0.0, 8.0))],
        fact(7.0, sex="male"),
        fact(8.0, sex="female", indicator="other", indicator_name="Other"),
    )

    assert [words for _, _, words in chart_values(shown)] == [
        "Adults who smoke, Havering, male, 2023: 7.0%",
        "Other, Havering, female, 2023: 8.0%",
    ]


@given(st.lists(st.sampled_from([1.0, 2.0, 3.0]), max_size=8))
def test_no_fact_is_said_twice_and_none_is_made_up(values):
    facts = [fact(value, period=str(2000 + at)) for at, value in enumerate(values)]
    marks = [ValueMark(float(at), 0.0, (float(at), value)) for at, value in enumerate(values)]

    said = list(chart_values(figure([*marks, *marks], *facts)))

    assert [words for _, _, words in said] == [
        f"Havering, {2000 + at}: {value}%" for at, value in enumerate(values)
    ]


def test_a_drawing_has_its_figures_and_values_beside_it_and_one_without_figures_nothing():
    shown = figure([ValueMark(1, 1, (0.0, 7.0))], fact(7.0, '=cmd "x"'), fact(None))

    beside = beside_drawing("figures/a/chart.svg", shown)

    rows = list(csv.DictReader(beside["figures/a/chart.csv"].splitlines()))
    assert [(row["Area"], row["Period"], row["Value"]) for row in rows] == [('\'=cmd "x"', "2023", "7")]
    assert json.loads(beside["figures/a/chart.json"]) == [[1, 1, '=cmd "x", 2023: 7.0%']]
    assert beside_drawing("a.svg", figure([])) == {}
    assert list(beside_drawing("a.svg", replace_marks(shown))) == ["a.csv"]


def replace_marks(shown: Figure) -> Figure:
    assert shown.drawn is not None
    return shown.model_copy(update={"drawn": replace(shown.drawn, marks=())})
