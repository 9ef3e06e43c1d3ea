from __future__ import annotations

from typing import Any

import pytest

from boardpacks.facts.artefacts import MIME, Figure, Prose, Statement, Table, merge_facts, to_record
from boardpacks.packs.markdown.text_faults import TextError
from boardpacks.packs.read.read_notebook import Markdown, prose_lines, read_chapter
from boardpacks.project.errors import BoardpacksError

TITLE = "# Mental health"


def test_takes_markdown_and_records_in_the_notebooks_order(chapter):
    content = read_chapter(chapter())

    kinds = [type(item) for item in content.items]
    assert kinds == [Markdown, Markdown, Markdown, Statement, Figure, Table, Markdown]
    assert (content.notebook, content.title) == ("long_term_conditions", "Long-term conditions")


def test_records_come_back_as_they_were_handed_over(tmp_path, make):
    line = make.line("better", 3)
    path = make.notebook(
        tmp_path / "n.ipynb", [TITLE, [make.figure(note="N"), make.table(), make.statement(summary=[line])]]
    )

    figure, table, statement = read_chapter(path).artefacts

    assert isinstance(figure, Figure)
    assert (figure.title, figure.note, figure.svg) == ("Smoking is similar to England", "N", make.svg)
    assert isinstance(table, Table)
    assert table.rows == (("Havering", "10.9%", "[Similar]{.verdict-similar}"),)
    assert [column.align for column in table.columns] == ["left", "right", "centre"]
    assert isinstance(statement, Statement)
    (summary,) = statement.summary
    assert summary.model_dump() == line | {
        "count": 1,
        "trend": "not-calculated",
        "variation": None,
        "assurance": None,
        "stands_out": (),
        "facts": (),
    }
    assert figure.facts[0].model_dump() == make.fact()


def test_says_each_fact_once(chapter):
    assert len(read_chapter(chapter()).facts) == 1


def test_code_without_a_record_leaves_no_trace(tmp_path, make):
    stream = {"output_type": "stream", "name": "stdout", "text": "loading"}
    path = make.notebook(tmp_path / "n.ipynb", [TITLE, [stream, {"text/html": "<b>x</b>"}], []])

    assert [type(item) for item in read_chapter(path).items] == [Markdown]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("# A {#sec-mine .x}", "A"), ("#  B #", "B"), ("# C\n\nText", "C"), ("# 5% of {x} y", "5% of {x} y")],
)
def test_title_is_the_heading_without_its_attributes(tmp_path, make, title, expected):
    assert read_chapter(make.notebook(tmp_path / "n.ipynb", [title])).title == expected


def faulty(make: Any) -> dict[str, tuple[list[Any], tuple[str, ...]]]:
    error = {"output_type": "error", "ename": "ValueError", "evalue": "no rows", "traceback": []}
    broken = {**make.figure(), "image/svg+xml": "<svg"}
    script = {**make.figure(), "image/svg+xml": "<svg><script>x</script></svg>"}
    no_svg = {key: value for key, value in make.figure().items() if key != "image/svg+xml"}
    not_a_record = {next(key for key in make.table()): [1]}
    return {
        "schema": ([TITLE, [make.table(schema=2)]], ("cell 2", "schema 2")),
        "no schema": ([TITLE, [make.table(schema=None)]], ("cell 2", "schema None")),
        "not a record": ([TITLE, [not_a_record]], ("cell 2", "list")),
        "kind": ([TITLE, [make.table(kind="chart")]], ("cell 2", "chart")),
        "name used twice": ([TITLE, [make.table("a")], [make.figure("a")]], ("cell 3", "'a'", "cell 2")),
        "bad name": ([TITLE, [make.table("A b")]], ("cell 2", "name", "A b")),
        "no alt": ([TITLE, [make.figure(alt=" ")]], ("cell 2", "alt", "smoking-trend")),
        "no title": ([TITLE, [make.figure(title="")]], ("cell 2", "title")),
        "no svg": ([TITLE, [no_svg]], ("cell 2", "SVG", "smoking-trend")),
        "broken svg": ([TITLE, [broken]], ("cell 2", "SVG", "broken")),
        "script in svg": ([TITLE, [script]], ("cell 2", "plain drawing")),
        "failed cell": ([TITLE, [error]], ("cell 2", "ValueError", "no rows")),
        "no title cell": ([[make.table()]], ("cell 1", "title")),
        "text first": (["Some words"], ("cell 1", "level-1", "Some words")),
        "level 2 first": (["## Outcome"], ("cell 1", "level-1")),
        "two titles": ([TITLE, "# Another"], ("cell 2", "# Another")),
        "two titles in a cell": (["# One\n\n# Two"], ("cell 1", "# Two")),
        "empty": ([], ("no Markdown cell",)),
        "short row": ([TITLE, [make.table(rows=[["a"]])]], ("cell 2", "row 1", "1 cells for 3")),
        "no rows": ([TITLE, [make.table(rows=[])]], ("cell 2", "rows")),
        "unknown key": ([TITLE, [make.table(colour="red")]], ("cell 2", "colour")),
        "not a number": ([TITLE, [make.statement(facts=[make.fact(value="x")])]], ("cell 2", "value", "x")),
        "nan": ([TITLE, [make.statement(facts=[make.fact(value=float("nan"))])]], ("cell 2", "value")),
        "fact key": ([TITLE, [make.statement(facts=[{"id": "x"}])]], ("cell 2", "facts.0.indicator")),
        "verdict": ([TITLE, [make.statement(summary=[make.line("good")])]], ("cell 2", "verdict", "good")),
        "empty statement": ([TITLE, [make.statement(markdown="")]], ("cell 2", "markdown")),
    }


@pytest.mark.parametrize("case", range(26))
def test_names_notebook_cell_and_fault(tmp_path, make, case):
    cells, expected = list(faulty(make).values())[case]
    path = make.notebook(tmp_path / "mental_health.ipynb", cells)

    with pytest.raises(BoardpacksError) as caught:
        read_chapter(path)

    for words in ("mental_health", *expected):
        assert words in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3}', "\x00"])
def test_refuses_what_is_no_notebook(tmp_path, content):
    path = tmp_path / "n.ipynb"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(BoardpacksError, match=r"n\.ipynb: not a Jupyter notebook"):
        read_chapter(path)


def test_says_that_a_notebook_is_missing(tmp_path):
    with pytest.raises(BoardpacksError, match="missing"):
        read_chapter(tmp_path / "n.ipynb")


def test_a_comment_in_a_code_block_is_no_title(tmp_path, make):
    path = make.notebook(tmp_path / "n.ipynb", [TITLE, "```python\n# a comment\n```"])

    assert read_chapter(path).title == "Mental health"


def test_a_fence_ends_only_with_its_own_marks():
    text = "a\n~~~~\n```\n# x\n~~~\n~~~~\nb"

    assert [line for line, prose in prose_lines(text) if prose] == ["a", "b"]


def test_one_fact_has_one_value(tmp_path, make):
    changed = make.statement("other", facts=[make.fact(value=11.0, display="11.0%")])
    content = read_chapter(make.notebook(tmp_path / "n.ipynb", [TITLE, [make.statement(), changed]]))

    with pytest.raises(BoardpacksError, match=r"10\.9%.*11\.0%"):
        merge_facts([artefact.facts for artefact in content.artefacts])


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ("## Smoking 😀", "1 problem found:\nnotebooks/n.ipynb, cell 2, line 1\n"),
        ({"title": "Smoking 😀"}, "n, cell 2: figure 'smoking-chart': packs"),
        ({"alt": "Smoking 😀"}, "n, cell 2: figure 'smoking-chart': packs"),
        ({"svg": "<text>&#128512;</text>"}, "n, cell 2: figure 'smoking-chart': packs"),
    ],
    ids=["markdown", "title", "alt", "drawing"],
)
def test_a_sign_that_no_font_has_is_named_with_its_cell(tmp_path, make, cell, where):
    if isinstance(cell, dict):
        drawing = {"image/svg+xml": make.svg.replace("</svg>", cell.get("svg", "") + "</svg>")}
        words = {key: value for key, value in cell.items() if key != "svg"}
        cell = [make.figure(name="smoking-chart", **words) | drawing]
    with pytest.raises(BoardpacksError) as error:
        read_chapter(make.notebook(tmp_path / "n.ipynb", [TITLE, cell]))
    assert str(error.value).startswith(where)
    assert "😀 (U+1F600, grinning face)" in str(error.value)


def prose(markdown: str, origin: str = "") -> dict[str, Any]:
    return {MIME: to_record(Prose(kind="prose", markdown=markdown, origin=origin))}


def test_markdown_that_code_hands_over_reads_as_a_markdown_cell(tmp_path, make):
    outputs = [prose("# A title\n\nIn {place}."), make.statement(), prose("## A part", "params/x.yml, aim")]
    content = read_chapter(make.notebook(tmp_path / "n.ipynb", [outputs]))
    assert content.title == "A title"
    first, part = (item for item in content.items if isinstance(item, Markdown))
    assert (first.text, first.cell, first.is_made) == ("# A title\n\nIn {place}.", 1, True)
    assert first.where("n", "In {place}") == "notebooks/n.ipynb, cell 1"
    assert part.where("n", "A part") == "params/x.yml, aim"


def test_headings_that_code_hands_over_are_held_to_the_same_rules(tmp_path, make):
    path = make.notebook(tmp_path / "n.ipynb", [TITLE, [prose("#### Too deep"), prose("# Second")]])
    with pytest.raises(TextError) as caught:
        read_chapter(path)
    first, second = caught.value.problems
    assert "no skipped level" in first.allowed
    assert "one level-1 heading" in second.allowed
    assert first.where.startswith("notebooks/n.ipynb, cell 2: prose made by code")


def test_a_chapter_of_a_shared_notebook_keeps_its_own_id(tmp_path, make):
    path = make.notebook(tmp_path / "mental_health.ipynb", [TITLE, [make.statement()]])
    content = read_chapter(path, "priority")
    assert (content.id, content.notebook) == ("mental_health", "priority")
    assert content.where(content.artefacts[0]).startswith("priority, cell 2: ")
    assert read_chapter(path).chapter is None
