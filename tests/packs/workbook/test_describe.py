"""The workbook of a pack: every fact once, nothing empty, and words for what each sheet has."""

from __future__ import annotations

import csv
import io

import pytest

from boardpacks.facts.artefacts import merge_facts
from boardpacks.packs.compose.data_file import data_file
from boardpacks.packs.compose.gather_facts import gather_facts
from boardpacks.packs.compose.section import Labels, compose_section
from boardpacks.packs.compose.summary_lines import gather_lines
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.packs.workbook.chapter_sheets import COLUMNS
from boardpacks.packs.workbook.describe import describe_workbook
from boardpacks.packs.workbook.model import CellLink, CellNumber

from .conftest import WRITERS, read_cells

METHOD = """Every figure is a published one.

## How places are compared {.unnumbered .unlisted}

A place's interval is held against [England]{.verdict-none}, as **Fingertips** does.
"""


@pytest.fixture
def describe(make, params, tmp_path):
    def run(notebooks, **meeting):
        """Return the workbook of a pack of these notebooks, each with the cells below its title, and its chapters."""
        paths = [
            make.notebook(tmp_path / f"{name}.ipynb", [f"# {title}", *cells])
            for name, (title, *cells) in notebooks.items()
        ]
        chapters = [read_chapter(path) for path in paths]
        labels = Labels()
        sections = [compose_section(chapter, labels) for chapter in chapters]
        facts = merge_facts([chapter.facts for chapter in chapters])
        plan = make.plan(tmp_path, notebooks=tuple(notebooks), **meeting)
        workbook = describe_workbook(
            PackContent(plan, params, chapters, make.snapshot),
            sections,
            gather_lines(sections, params, facts),
            gather_facts("havering", chapters, params, make.snapshot),
            METHOD,
        )
        return workbook, chapters

    return run


@pytest.fixture
def two(make, describe):
    """Two chapters that share a fact."""
    older = make.fact(
        id="havering.smoking.E09000016.persons.2018",
        period="2018",
        value=0.1 + 0.2,
        lower=None,
        upper=None,
        display="0.3%",
    )
    rank = make.fact(
        id="havering.smoking.E09000016.persons.2023.rank",
        value=2.0,
        lower=None,
        upper=None,
        unit="rank",
        display="2",
        method="rank among the peers",
    )
    stated = make.fact(
        id="havering.baseline.x",
        indicator="x",
        indicator_name="=cmd",
        value=None,
        display="many",
        source="",
        publisher="",
        licence="",
        method="counted",
    )
    line = make.line("worse", 1, facts=["havering.smoking.E09000016.persons.2023"])
    return describe(
        {
            "long_term_conditions": (
                "Long-term conditions",
                [make.statement(facts=[make.fact(), older], summary=[line])],
            ),
            "mental_health": ("Mental health", [make.figure(facts=[make.fact(), rank, stated])]),
        }
    )


def sheet(workbook, name):
    return next(one for one in workbook.sheets if one.name == name)


def rows(workbook, name):
    table = sheet(workbook, name).table
    return [dict(zip([column.label for column in table.columns], row, strict=True)) for row in table.rows]


def test_the_sheets_in_order_and_a_link_to_each(two):
    workbook, _ = two

    assert [one.name for one in workbook.sheets] == [
        *("Cover", "Contents", "Notes", "Summary", "Verdict counts"),
        *("Long-term conditions", "Mental health", "Measures", "Sources"),
    ]
    linked = [row["Sheet"] for row in rows(workbook, "Contents")]
    assert linked == [CellLink(one.name, one.name) for one in workbook.sheets[2:]]
    assert all(CellLink("Back to the contents", "Contents") in one.lines for one in workbook.sheets[2:])


@pytest.mark.parametrize("kind", WRITERS)
def test_every_fact_of_the_data_file_stands_once_with_its_exact_value(two, make, kind):
    workbook, chapters = two
    data = csv.DictReader(io.StringIO(data_file(chapters, make.snapshot).decode()))
    expected = {row["fact_id"]: row for row in data}
    labels = [column.label for column in COLUMNS]

    read = [
        dict(zip(labels, row, strict=True))
        for cells in read_cells(WRITERS[kind](workbook)).values()
        for header, *body in [
            cells[next((n for n, row in enumerate(cells) if row == labels), len(cells)) :] or [[]]
        ]
        for row in body
    ]

    assert sorted(row["Number's id"] for row in read) == sorted(expected)
    for row in read:
        fact = expected[row["Number's id"]]
        for label, key in (("Value", "value"), ("Lower 95% limit", "lower"), ("Upper 95% limit", "upper")):
            assert row[label] == float(fact[key]) if fact[key] else row[label] in ("[x]", "[z]")
        for label, key in (
            ("Area", "area_name"),
            ("Period", "period"),
            ("Publisher", "publisher"),
            ("Unit", "unit"),
        ):
            assert row[label] == (fact[key] or "[z]")
        assert row["Measure"] == fact["indicator_name"].removeprefix("'")


def test_a_number_stands_with_the_chapter_that_says_it_first(two):
    workbook, _ = two
    first, second = rows(workbook, "Long-term conditions"), rows(workbook, "Mental health")

    assert [(row["Period"], row["Also in chapter"]) for row in first] == [
        ("2018", "[z]"),
        ("2023", "Mental health"),
    ]
    assert [row["Measure"] for row in second] == ["Adults who smoke", "=cmd"]
    assert any("earlier chapter" in str(line) for line in sheet(workbook, "Mental health").lines)
    assert not any("earlier chapter" in str(line) for line in sheet(workbook, "Long-term conditions").lines)


def test_what_is_missing_is_told_apart(two):
    workbook, _ = two
    older, newest = rows(workbook, "Long-term conditions")
    rank, stated = rows(workbook, "Mental health")

    assert (older["Lower 95% limit"], newest["Lower 95% limit"]) == ("[x]", CellNumber(9.8, 1))
    assert (rank["Value"], rank["Upper 95% limit"]) == (CellNumber(2.0, 0), "[z]")
    assert (stated["Value"], stated["Publisher"]) == ("[z]", "[z]")


def test_findings_have_their_verdict_in_words(two):
    workbook, _ = two
    (finding,) = rows(workbook, "Summary")

    assert (finding["Measure"], finding["Compared with England"]) == ("Adults who smoke", "Worse")
    assert (finding["Recent trend"], finding["Monthly chart"]) == ("Not tested", "[z]")
    assert finding["Ids of the numbers behind it"] == "havering.smoking.E09000016.persons.2023"
    assert [row["Worse"] for row in rows(workbook, "Verdict counts")] == [CellNumber(1)]


def test_measures_and_sources_say_how_many_numbers_they_have(two):
    workbook, _ = two

    assert [(row["Measure"], row["Numbers in this workbook"]) for row in rows(workbook, "Measures")] == [
        ("Adults who smoke", CellNumber(3))
    ]
    assert [
        (row["Publisher"], row["Licence"], row["Numbers in this workbook"])
        for row in rows(workbook, "Sources")
    ] == [
        ("ONS", "OGL v3.0", CellNumber(3)),
        ("[z]", "[z]", CellNumber(1)),
    ]


def test_notes_explain_the_shorthand_and_the_method(two):
    notes = {row["Subject"]: row["What it means"] for row in rows(two[0], "Notes")}

    assert {"Shorthand [x]", "Shorthand [z]", "Not tested"} <= set(notes)
    assert notes["Method"] == "Every figure is a published one."
    assert notes["How places are compared"] == (
        "A place's interval is held against England, as Fingertips does."
    )


def test_the_cover_says_what_the_workbook_is_for(two):
    workbook, _ = two
    cover = workbook.sheets[0]
    said = " ".join(line for line in cover.lines if isinstance(line, str))

    assert cover.title == "Havering board pack: the numbers"
    assert "9 December 2026 (example date, to be confirmed). Version 0.1, draft." in said
    assert "4 in all" in said
    assert "Author: to follow." in said


def test_a_pack_without_figures_has_a_workbook_all_the_same(describe):
    workbook, _ = describe({"a": ("A", "Words.")})

    assert [one.name for one in workbook.sheets] == ["Cover", "Contents", "Notes"]
    for write in WRITERS.values():
        assert list(read_cells(write(workbook))) == ["Cover", "Contents", "Notes"]


def test_hostile_titles_and_names_do_no_harm(describe, make):
    name = "N" * 300
    title = "=cmd]:*?/\\' " + name
    workbook, _ = describe(
        {"a": (title, [make.statement(facts=[make.fact(area_name=name, indicator_name="@SUM(A1)")])])}
    )
    read = {kind: read_cells(write(workbook)) for kind, write in WRITERS.items()}

    assert read["xlsx"] == read["ods"]
    (sheet_name,) = [name for name in read["ods"] if name.startswith("=cmd")]
    assert len(sheet_name) <= 31
    assert read["ods"][sheet_name][-1][:2] == ["@SUM(A1)", name]
