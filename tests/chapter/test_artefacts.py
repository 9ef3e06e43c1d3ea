"""Records: as the contract says, shown once, and faulty ones refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boardpacks.chapter.artefacts import MIME, Column, show_figure, show_statement, show_table

SVG = "<svg/>"
FACT = {"id": "havering.smoking.E09000016.persons.2023", "value": 10.9}
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
            "facts": [FACT],
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
        "facts": [FACT],
    }
    assert "<td>10.9%</td>" in output["text/html"]
    assert "<td>A &amp; B</td><td>Better</td>" in output["text/html"]


def test_jupyter_shows_numbers_plainly_and_names_their_facts_in_tables(shown: Outputs):
    number = f'[10.9%]{{fact="{FACT["id"]}"}}'
    table(rows=[["Havering", f"**{number} (2018)**"], ["A", "<b>"]])
    show_statement("words", f"Havering: **{number}**, [better]{{.verdict-better}} than <b>.", facts=[FACT])
    told, said = shown
    assert f'<td><span title="{FACT["id"]}">10.9%</span> (2018)</td>' in told["text/html"]
    assert "<td>&lt;b&gt;</td>" in told["text/html"]
    assert said["text/markdown"] == said["text/plain"] == "Havering: **10.9%**, better than <b>."


@pytest.mark.parametrize(
    "summary", [[], [{"verdict": "better", "line": "x", "indicator": "i", "priority": "p", "count": 1}]]
)
def test_the_record_of_a_statement(shown: Outputs, summary: list[dict[str, object]]):
    show_statement("gap", "**Not measured.**", facts=[], summary=summary)
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


@pytest.mark.parametrize("rows", [[], [["one"]], [["one", "two"], ["one", "two", "three"]], [[]]])
def test_empty_and_ragged_tables_are_refused(shown: Outputs, rows: list[list[str]]):
    with pytest.raises(ValueError, match="needs rows of 2 cells each"):
        table(rows=rows)
    assert shown == []


def test_records_of_the_packs_are_plain_json(all_records: dict[tuple[str, str], list[dict[str, Any]]]):
    for records in all_records.values():
        for record in records:
            assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_names_are_unique_in_a_notebook(all_records: dict[tuple[str, str], list[dict[str, Any]]]):
    for where, records in all_records.items():
        names = [record["name"] for record in records]
        assert len(names) == len(set(names)), where
