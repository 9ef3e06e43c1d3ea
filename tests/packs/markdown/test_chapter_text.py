"""A notebook's Markdown as a whole: title, order of headings, labels, statements."""

from __future__ import annotations

import pytest

from boardpacks.facts.artefacts import Statement
from boardpacks.packs.compose.section import Labels, compose_section
from boardpacks.packs.compose_pack import _check_references
from boardpacks.packs.markdown.text_faults import TextError
from boardpacks.packs.read.read_notebook import Markdown, read_chapter
from boardpacks.project.errors import BoardpacksError


@pytest.fixture
def read(make, tmp_path):
    def written(*cells, name="mental_health"):
        return read_chapter(make.notebook(tmp_path / f"{name}.ipynb", list(cells)))

    return written


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["# A", "## B", "#### C"], ("cell 3, line 1", "#### C", "### here, below a heading of level 2")),
        (["# A\n\n### B"], ("cell 1, line 3", "### B", "## here")),
        (["# A", "## B", "words\n\n#### C\n\n## D"], ("cell 3, line 3", "#### C")),
        (["# A", "B\n===="], ("cell 2, line 1", "# B", "one level-1 heading")),
        (
            ["# A", "## B {#sec-b}", "## C {#sec-b}"],
            ("cell 3, line 1", "sec-b", "cell 2, line 1 has this one"),
        ),
        (["\nWords first\n\n# A"], ("cell 1, line 2", "Words first", "the title first")),
        (["<!-- only a comment -->", "## B"], ("cell 2, line 1", "## B", "the title first")),
    ],
)
def test_headings_are_held_against_those_before_with_cell_and_line(read, cells, expected):
    with pytest.raises(TextError) as error:
        read(*cells)

    for words in ("notebooks/mental_health.ipynb", *expected):
        assert words in str(error.value)


def test_headings_may_go_back_and_be_underlined(read):
    assert read("A\n=", "## B", "### C", "## D\n\n### E").title == "A"


def test_the_title_is_in_plain_words_and_may_come_after_a_comment(read):
    assert read("<!-- to do -->", "# The *best* \\$5 {#sec-x}").title == "The best $5"


def test_a_cell_of_comments_is_no_item(read):
    chapter = read("# A", "<!-- ask -->", "words")

    assert [(item.text, item.cell) for item in chapter.items if isinstance(item, Markdown)] == [
        ("# A", 1),
        ("words", 3),
    ]


def test_the_faults_of_all_cells_are_told_at_once_on_one_screen(read):
    with pytest.raises(TextError) as error:
        read("# A", *["<b>x</b> $y$"] * 9)

    told = str(error.value)
    assert told.startswith("18 problems found:\nnotebooks/mental_health.ipynb, cell 2, line 1\n")
    assert told.endswith("... and 12 more.")


def test_a_statement_is_read_like_a_cell(read, make):
    chapter = read("# A", [make.statement(markdown="One<br>two -- $5.\n* three")])

    (statement,) = (item for item in chapter.items if isinstance(item, Statement))
    assert statement.markdown == "One\\\ntwo \\-\\- \\$5.\n\n- three"


@pytest.mark.parametrize("markdown", ["<b>x</b>", "{Place}", "#### Deep", "![A](a.png)", "[x](javascript:y)"])
def test_a_fault_of_a_statement_names_its_cell(read, make, markdown):
    with pytest.raises(TextError, match=r"mental_health\.ipynb, cell 2: statement 'smoking', line 1"):
        read("# A", [make.statement(markdown=markdown)])


def test_footnotes_of_two_chapters_and_cells_do_not_meet(read):
    text = "Words.[^1] See [it][ons].\n\n[^1]: A note.\n\n[ons]: https://x.org"
    one, two = read("# A", text, text, name="one"), read("# A", text, name="two")

    made = "".join(compose_section(chapter, Labels()).text for chapter in (one, two))
    assert [made.count(f"[^{name}]: A note.") for name in ("one-2-1", "one-3-1", "two-2-1")] == [1, 1, 1]


def test_a_label_that_another_chapter_has_names_cell_and_line(read):
    labels = Labels()
    compose_section(read("# A", "## B {#sec-b}", name="one"), labels)

    with pytest.raises(BoardpacksError, match=r"two\.ipynb, cell 2, line 3: the label 'sec-b'"):
        compose_section(read("# A", "words\n\n## B {#sec-b}", name="two"), labels)


@pytest.mark.parametrize("words", ["@fig-gone", "@tbl-gone", "@sec-gone", "[x](#fig-gone)", "[x](#gone)"])
def test_a_reference_to_nothing_names_cell_and_line(read, tmp_path, words):
    labels = Labels()
    section = compose_section(read("# A", f"words\n\nSee {words}."), labels)

    with pytest.raises(BoardpacksError, match=r"mental_health\.ipynb, cell 2, line 3: refers to \S*gone"):
        _check_references([section], labels, tmp_path)


def test_references_to_headings_charts_and_standing_texts_are_known(read, make, tmp_path):
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "method.qmd").write_text("## Ranks {#sec-ranks}")
    labels = Labels()
    chapter = read("# A {#sec-a}", [make.figure("trend")], "@fig-trend [x](#sec-a) @sec-ranks `@fig-gone`")

    _check_references([compose_section(chapter, labels)], labels, tmp_path)
