"""Records: as the contract says, shown once, and faulty ones refused."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import matplotlib.pyplot as plt
import pytest

from boardpacks.chapter.hand_over import Column, show_figure, show_prose, show_statement, show_table
from boardpacks.chapter.known_names import know
from boardpacks.facts.artefacts import MIME, Fact, Summary

SVG = "<svg/>"
FACT = Fact(
    id="havering.smoking.E09000016.persons.2023",
    indicator="smoking",
    indicator_name="Adults who smoke",
    area="E09000016",
    area_name="Havering",
    sex="Persons",
    period="2023",
    value=10.9,
    lower=None,
    upper=None,
    unit="%",
    display="10.9%",
    source="",
    publisher="",
    licence="",
    series="x",
    method="published",
)
RECORD = FACT.model_dump()
Outputs = list[dict[str, Any]]


def figure(name: str = "smoking-trend", **changes: str) -> None:
    words = {"title": "Adults who smoke", "note": "%, 2023", "alt": "A line."} | changes
    show_figure(name, SVG, title=words["title"], note=words["note"], alt=words["alt"], facts=[FACT])


def table(name: str = "latest", title: str = "Latest", rows: list[list[str]] | None = None) -> None:
    columns = [Column("Area", width=30), Column("Value", "right")]
    cells = [["Havering", "**10.9%**"], ["A & B", "[Better]{.verdict-better}"]] if rows is None else rows
    show_table(name, columns, cells, title=title, note="", facts=[FACT])


def test_the_record_of_a_figure(shown: Outputs):
    figure()
    (output,) = shown
    assert output == {
        "text/plain": "Adults who smoke\nA line.",
        "image/svg+xml": SVG,
        MIME: {
            "schema": 1,
            "kind": "figure",
            "name": "smoking-trend",
            "title": "Adults who smoke",
            "note": "%, 2023",
            "alt": "A line.",
            "facts": [RECORD],
        },
    }


def test_the_record_of_a_table(shown: Outputs):
    table()
    (output,) = shown
    assert output[MIME] == {
        "schema": 1,
        "kind": "table",
        "name": "latest",
        "title": "Latest",
        "note": "",
        "columns": [
            {"label": "Area", "align": "left", "width": 30},
            {"label": "Value", "align": "right", "width": 10},
        ],
        "rows": [["Havering", "**10.9%**"], ["A & B", "[Better]{.verdict-better}"]],
        "facts": [RECORD],
    }
    assert "<td>10.9%</td>" in output["text/html"]
    assert "<td>A &amp; B</td><td>Better</td>" in output["text/html"]


def test_jupyter_shows_numbers_plainly_and_names_their_facts_in_tables(shown: Outputs):
    number = f'[10.9%]{{fact="{FACT.id}"}}'
    table(rows=[["Havering", f"**{number} (2018)**"], ["A", "<b>"]])
    show_statement("words", f"Havering: **{number}**, [better]{{.verdict-better}} than <b>.", facts=[FACT])
    told, said = shown
    assert f'<td><span title="{FACT.id}">10.9%</span> (2018)</td>' in told["text/html"]
    assert "<td>&lt;b&gt;</td>" in told["text/html"]
    assert said["text/markdown"] == said["text/plain"] == "Havering: **10.9%**, better than <b>."


@pytest.mark.parametrize(
    "summary", [[], [{"verdict": "better", "line": "x", "indicator": "i", "priority": "p", "count": 1}]]
)
def test_the_record_of_a_statement(shown: Outputs, summary: list[dict[str, Any]]):
    show_statement("gap", "**Not measured.**", facts=[], summary=[Summary(**line) for line in summary])
    (output,) = shown
    assert output[MIME] == {
        "schema": 1,
        "kind": "statement",
        "name": "gap",
        "markdown": "**Not measured.**",
        "facts": [],
        "summary": summary,
    }
    assert output["text/markdown"] == output["text/plain"] == "**Not measured.**"


@pytest.mark.parametrize(
    "name", ["", "Smoking", "smoking_trend", "-trend", "trend-", "a--b", "a b", "é", "trend\n", "../x"]
)
def test_bad_names_are_refused(shown: Outputs, name: str):
    for show in (lambda: figure(name), lambda: table(name), lambda: show_statement(name, "x", facts=[])):
        with pytest.raises(ValueError, match="use lower-case letters, digits and single hyphens"):
            show()
    assert shown == []


@pytest.mark.parametrize("alt", ["", " \n"])
def test_a_figure_without_description_is_refused(shown: Outputs, alt: str):
    with pytest.raises(ValueError, match="'smoking-trend' needs a description"):
        figure(alt=alt)
    assert shown == []


def test_a_figure_or_table_without_title_is_refused(shown: Outputs):
    with pytest.raises(ValueError, match="figure 'smoking-trend' needs a title"):
        figure(title=" ")
    with pytest.raises(ValueError, match="table 'latest' needs a title"):
        table(title="")
    assert shown == []


def test_a_statement_without_words_is_refused(shown: Outputs):
    with pytest.raises(ValueError, match="statement 'gap' needs words"):
        show_statement("gap", " \n", facts=[])
    assert shown == []


@pytest.fixture
def starred() -> Iterator[None]:
    know(["Grade A* pupils", "Adults (<19)"])
    yield
    know(())


@pytest.mark.usefixtures("starred")
def test_names_of_the_system_are_words_whatever_signs_they_hold(shown: Outputs):
    show_statement("about", "**Grade A* pupils** are no adults (<19), *really*.", facts=[])
    show_prose("# Grade A* pupils")
    statement, prose = shown
    assert statement["text/plain"] == "**Grade A* pupils** are no adults (<19), *really*."
    assert statement[MIME]["markdown"] == r"**Grade A\* pupils** are no adults (\<19), *really*."
    assert statement["text/markdown"] == statement[MIME]["markdown"]
    assert (prose["text/plain"], prose[MIME]["markdown"]) == ("# Grade A* pupils", r"# Grade A\* pupils")


@pytest.mark.parametrize("rows", [[], [["one"]], [["one", "two"], ["one", "two", "three"]], [[]]])
def test_empty_and_ragged_tables_are_refused(shown: Outputs, rows: list[list[str]]):
    with pytest.raises(ValueError, match="needs rows of 2 cells each"):
        table(rows=rows)
    assert shown == []


def drawn(drawing: Any, **how: Any) -> None:
    show_figure("own", drawing, title="A", note="Bars.", alt="Bars.", facts=[FACT], **how)


@pytest.mark.parametrize("part", ["figure", "axes"])
def test_a_figure_or_its_axes_is_handed_over_as_svg_with_what_it_plots(shown: Outputs, part: str):
    figure, axes = plt.subplots(layout="constrained")
    axes.bar(["Havering", "England"], [10.9, 11.6])
    drawn(figure if part == "figure" else axes)
    (output,) = shown
    assert output["image/svg+xml"].startswith("<svg")
    handed = output[MIME]["drawn"]
    assert (handed["plotted"], handed["cut_off"]) == ([{"what": "bars", "values": [10.9, 11.6]}], [])
    assert [mark["at"][1] for mark in handed["marks"]] == [10.9, 11.6]


@pytest.mark.parametrize("style", ["default", "dark_background", "ggplot"])
def test_whatever_the_style_values_are_read(shown: Outputs, style: str):
    with plt.style.context(style):
        figure, axes = plt.subplots(layout="constrained")
        axes.plot([2022, 2023], [12.3, 109.0], label="smoking")
        figure.savefig(io.BytesIO(), bbox_inches="tight")
        drawn(figure)
    values = [value for one in shown[0][MIME]["drawn"]["plotted"] for value in one["values"]]
    assert values == [2022.0, 2023.0, 12.3, 109.0]


def test_words_over_the_edge_are_told(shown: Outputs):
    figure, axes = plt.subplots(figsize=(2, 2))
    axes.barh(["Barking and Dagenham, Havering and Redbridge"], [10.9])
    drawn(figure)
    assert "Barking and Dagenham, Havering and Redbridge" in shown[0][MIME]["drawn"]["cut_off"]


def test_what_is_worked_out_is_said_in_the_note_and_given_values_are_kept(shown: Outputs):
    drawn(SVG, derived={"fitted line": "Least squares.", "mean": ""}, values=[10.9, 11])
    record = shown[0][MIME]
    assert record["note"] == "Bars. fitted line: Least squares."
    assert record["derived"] == ["fitted line", "mean"]
    assert record["drawn"]["plotted"] == [{"what": "values", "values": [10.9, 11.0]}]


@pytest.mark.parametrize("drawing", [None, 3, {"data": []}])
def test_what_is_no_drawing_is_refused(shown: Outputs, drawing: object):
    with pytest.raises(ValueError, match="Hand over a figure of matplotlib or seaborn, or SVG"):
        drawn(drawing)
    assert shown == []


def test_what_a_pack_would_not_take_is_said_at_the_cell(shown: Outputs):
    with pytest.raises(ValueError, match="the record of table 'latest' is not as agreed") as found:
        table(rows=[["Havering", 10.9]])  # type: ignore[list-item]
    assert "  rows.0.1: Input should be a valid string, found 10.9" in str(found.value).splitlines()
    assert shown == []


def test_records_of_the_packs_are_plain_json(all_records: dict[tuple[str, str], list[dict[str, Any]]]):
    for records in all_records.values():
        for record in records:
            assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_names_are_unique_in_a_notebook(all_records: dict[tuple[str, str], list[dict[str, Any]]]):
    for where, records in all_records.items():
        names = [record["name"] for record in records]
        assert len(names) == len(set(names)), where
