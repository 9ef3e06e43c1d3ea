"""Faults that a build refuses, each planted in a copy of the project at a place of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from boardpacks.project.folder import Project

NOTEBOOK = "planted"
"""A notebook of faulty cells, which a chapter of places and of the system is made of."""


@dataclass(frozen=True)
class Cell:
    """A cell that fails: its source, its kind, and what is told of it."""

    source: str
    told: tuple[str, ...]
    kind: str = "code"


@dataclass(frozen=True)
class Edit:
    """A file with something that is wrong: what is replaced by what, once, and what is told of it."""

    file: str
    old: str
    new: str
    told: tuple[str, ...]


CODE: Mapping[str, Cell] = {
    "an indicator that there is none of": Cell(
        'if chapter.place:\n    chapter.show("smokng_prevalence")',
        ("'smokng_prevalence'", "params/ do not have", "did you mean 'smoking_prevalence'?"),
    ),
    "an indicator of a frame": Cell(
        'chapter.frame(["population", "depresion_prevalence"])',
        ("'depresion_prevalence'", "did you mean 'depression_prevalence'?"),
    ),
    "an indicator by a variable": Cell(
        'names = ("population", "adult_obesty")\nfor name in names:\n    chapter.frame(name)',
        ("'adult_obesty'", "did you mean 'adult_obesity'?"),
    ),
    "an indicator looked up in params": Cell(
        'unit = chapter.params.indicators["suicide_rat"].unit',
        ("'suicide_rat'", "did you mean 'suicide_rate'?"),
    ),
    "a pair of groups": Cell(
        'chapter.group_gap("women-and-mne")', ("'women-and-mne'", "did you mean 'women-and-men'?")
    ),
    "an outcome": Cell(
        'chapter.outcome("less-smoking")', ("'less-smoking'", "no file of params/priorities has")
    ),
    "a gap that params do not give": Cell('chapter.gap("less-obesity-smokefree")', ("gives no gap",)),
    "what only a place has": Cell("chapter.emphasis()", ("chapter.emphasis", "scope: all", "scope: place")),
    "what needs a priority": Cell("chapter.rug()", ("chapter.rug", "add priority:")),
    "a method that there is none of": Cell("chapter.trust_tabel()", ("did you mean 'trust_table'?",)),
    "a control chart of boroughs": Cell(
        'if True:\n    pass\nchapter.control_chart("smoking_prevalence")',
        ("'smoking_prevalence'", "monthly figures of trusts"),
    ),
    "other areas": Cell(
        'chapter.frame("population", "neigbours")', ("'neigbours'", "none, peers, neighbours")
    ),
    "too many columns": Cell(
        f'chapter.compare_places("People", {["population"] * 5})', ("5 indicators", "1 to 4 in one table")
    ),
    "the level of a heading": Cell('chapter.heading("Part", level=4)', ("level", "4", "1, 2, 3")),
    "a file": Cell('import pandas as pd\npd.read_csv("own.csv")', ("own.csv, which does not exist",)),
    "code that is none": Cell("figures = (1,", ("figures = (1,", "Python:")),
    "a chart without a description": Cell(
        "from boardpacks.chapter.hand_over import show_figure\n"
        'show_figure("a", "<svg/>", title="A", note="", alt="", facts=[])',
        ("a chart without alternative text",),
    ),
}
TEXTS: Mapping[str, Cell] = {
    "a quoted indicator": Cell(
        "In {place}, {fact smokng_prevalence} smoke.", ("'smokng_prevalence'",), "markdown"
    ),
    "a part of a fact": Cell(
        "{fact population valeu of Havering} people.",
        ("{fact population valeu of Havering}", "value, interval"),
        "markdown",
    ),
    "a quote without an area in the system's pack": Cell(
        "Here, {fact population} live.", ("the area too, in the system's pack",), "markdown"
    ),
    "a quote in a heading": Cell("## Of {fact population}", ("no quoted fact in a heading",), "markdown"),
    "a picture that is not there": Cell("![A map](map.png)", ("map.png: no such file",), "markdown"),
    "HTML": Cell("<table><tr><td>a</td></tr></table>", ("<table>",), "markdown"),
    "a shortcode": Cell("{{< include own.md >}}", ("{{< include own.md >}}",), "markdown"),
}
FILES: Mapping[str, Edit] = {
    "an unknown key": Edit(
        "params/places/newham.yml", "group:", "gruop:", ("newham.yml, line", "gruop", "did you mean 'group'?")
    ),
    "a choice": Edit(
        "params/indicators/employment-workforce.yml",
        "polarity: low",
        "polarity: lo",
        ("polarity", "'lo'", "high, low"),
    ),
    "an outcome's indicator": Edit(
        "params/priorities/long-term-conditions.yml",
        "- carer_quality_of_life",
        "- carer_quality",
        ("'carer_quality'", "indicators[0]"),
    ),
    "a board without meetings": Edit(
        "params/meetings/redbridge.yml",
        "meetings:",
        "meetings: []\nmeeting:",
        ("redbridge.yml", "at least 1 item"),
    ),
    "a check of figures": Edit(
        "params/checks.yml", "check: spike", "check: spkie", ("spkie", "did you mean 'spike'?")
    ),
    "a borough without figures": Edit(
        "params/places/tower-hamlets.yml",
        "E09000030",
        "E09000099",
        ("tower-hamlets.yml", "E09000099", "nothing in the snapshot"),
    ),
    "a neighbour without figures": Edit(
        "params/places/waltham-forest.yml",
        "trust:",
        "neighbours: [E09000098]\ntrust:",
        ("waltham-forest.yml", "E09000098"),
    ),
    "a comparator without figures": Edit(
        "params/system.yml", "code: E12000007", "code: E12000077", ("params/system.yml", "E12000077")
    ),
    "an indicator without figures": Edit(
        "params/indicators/context.yml",
        "population:",
        "new_measure:\n  name: New\n  measures: New things.\n"
        "  unit: people\n"
        "  decimals: 0\n  polarity: none\n  frequency: annual\n  interval: none\n"
        "  source: S\n  publisher: P\n  licence: L\npopulation:",
        ("new_measure", "nothing in the snapshot"),
    ),
    "a chapter's priority": Edit(
        "params/chapters.yml",
        "priority: mental-health\n  collaboratives",
        "priority: mental-helth\n  collaboratives",
        ("chapters.yml, line", "'mental-helth'", "did you mean 'mental-health'?"),
    ),
    "an indicator that a chapter is given": Edit(
        "params/chapters.yml",
        "obesity_year6",
        "obesity_year7",
        (
            "params/chapters.yml, chapter 'closer_look_babies_children_young_people', parameters: measure",
            "'obesity_year7'",
            "did you mean",
        ),
    ),
    "a collaborative that a chapter is given": Edit(
        "params/chapters.yml",
        "collaborative: acute",
        "collaborative: acuet",
        ("collaborative", "'acuet'", "did you mean 'acute'?"),
    ),
    "a parameter of another type": Edit(
        "params/chapters.yml",
        "{measure: preventable_cvd_mortality}",
        '{measure: preventable_cvd_mortality, fewest: "20"}',
        ("fewest", "'20'", "a value of type int"),
    ),
    "a parameter that there is none of": Edit(
        "params/chapters.yml",
        'before: "2019"}',
        'before: "2019", after: "2020"}',
        ("after", "no such parameter"),
    ),
    "a notebook that is not there": Edit(
        "params/chapters.yml",
        "- notebook: themes_foundations",
        "- notebook: theme_foundations",
        ("theme_foundations", "did you mean 'themes_foundations'?"),
    ),
    "pack.qmd without chapters": Edit(
        "reports/pack.qmd", "<!-- chapters -->", "", ("reports/pack.qmd", "<!-- chapters -->", "none")
    ),
    "an include": Edit(
        "reports/board.qmd",
        "trust.qmd",
        "trusts.qmd",
        ("reports/board.qmd, line", "sections/trusts.qmd", "sections/trust.qmd"),
    ),
    "metadata": Edit(
        "reports/sections/method.qmd",
        "{{< meta pack.benchmark >}}",
        "{{< meta pack.bench >}}",
        ("reports/sections/method.qmd, line", "pack.bench"),
    ),
    "an engine that is not there": Edit(
        "params/system.yml", "engine: auto", "engine: quarto", ("Quarto", "is not on the path")
    ),
    "a front sheet's quote": Edit(
        "params/meetings/barking-and-dagenham.yml",
        "  - date: 2026-12-09",
        '  - date: 2026-12-09\n    front_sheet:\n      recommendation: "Note {fact population valeu}."',
        ("recommendation of 2026-12-09", "{fact population valeu}", "value, interval"),
    ),
    "a paper": Edit(
        "params/meetings/waltham-forest.yml",
        "  - date: 2026-12-",
        '  - agenda:\n      - {item: "1", title: Pack, pack: true}\n'
        '      - {item: "2", title: Money, file: money.pdf}\n    date: 2026-12-',
        ("money.pdf", "no such file", "file of agenda item 2"),
    ),
}


def plant_all(project: Project) -> None:
    """Plant every fault in a project."""
    cells = [_cell("markdown", "# Planted"), _cell("code", 'place: str = ""', tags=["parameters"])]
    cells.append(_cell("code", "from boardpacks import open_chapter\nchapter = open_chapter(place)"))
    cells += [_cell(one.kind, one.source) for one in (*CODE.values(), *TEXTS.values())]
    _write(project, NOTEBOOK, cells)
    _write(project, "untagged", [_cell("markdown", "# Untagged"), _cell("code", 'place: str = ""')])
    _write(project, "untitled", [_cell("code", 'place: str = ""', tags=["parameters"])])
    for edit in FILES.values():
        path = project.root / edit.file
        text = path.read_text("utf-8")
        assert edit.old in text, f"{edit.file} has no {edit.old}"
        path.write_text(text.replace(edit.old, edit.new, 1), "utf-8")
    chapters = project.params / "chapters.yml"
    more = [f"- notebook: {name}\n  scope: all\n" for name in (NOTEBOOK, "untagged", "untitled")]
    chapters.write_text(chapters.read_text("utf-8").rstrip() + "\n" + "".join(more), "utf-8")
    day = re.search(r"2026-12-\d\d", (project.params / "meetings/waltham-forest.yml").read_text("utf-8"))
    assert day
    (project.papers / day[0] / "waltham-forest").mkdir(parents=True)


def _cell(kind: str, source: str, tags: list[str] | None = None) -> dict[str, object]:
    own: dict[str, object] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {"tags": tags} if tags else {}, "source": source, **own}


def _write(project: Project, name: str, cells: list[dict[str, object]]) -> Path:
    path = project.notebooks / f"{name}.ipynb"
    cells = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), "utf-8")
    return path
