from __future__ import annotations

import pytest

from boardpacks.packs.compose.section import Labels, compose_section
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.project.errors import BoardpacksError

TALL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 250"/>'


def composed(make, tmp_path, cells, labels=None, name="mental_health"):
    return compose_section(read_chapter(make.notebook(tmp_path / f"{name}.ipynb", cells)), labels or Labels())


def test_a_chapter_as_a_pack_shows_it(chapter, snapshot):
    section = compose_section(read_chapter(chapter()), Labels())

    assert section.text == snapshot
    assert list(section.figures) == ["figures/long-term-conditions/smoking-trend.svg"]
    assert [line.anchor for line in section.lines] == ["sec-long-term-conditions-adults-who-smoke"]


def test_labels_differ_between_chapters_that_use_the_same_names(make, tmp_path):
    labels = Labels()
    cells = [
        "# A",
        "## Same",
        [make.figure("trend"), make.table("by-borough")],
        "See @fig-trend and [it](#tbl-by-borough).",
    ]

    first = composed(make, tmp_path, cells, labels, "one")
    second = composed(make, tmp_path, cells, labels, "two")

    assert "{#fig-one-trend " in first.text
    assert "See @fig-one-trend and [it](#tbl-one-by-borough)." in first.text
    assert "See @fig-two-trend and [it](#tbl-two-by-borough)." in second.text
    assert [one.label for one in first.references] == ["fig-one-trend", "tbl-one-by-borough"]
    assert first.references[0].where == "notebooks/one.ipynb, cell 4, line 1"
    assert "## Same {#sec-two-same}" in second.text


def test_labels_stay_unique_when_names_run_together(make, tmp_path):
    labels = Labels()
    first = composed(make, tmp_path, ["# A", [make.figure("b-c")]], labels, "a")
    second = composed(make, tmp_path, ["# A", [make.figure("c")], "@fig-c"], labels, "a_b")

    assert "{#fig-a-b-c " in first.text
    assert "{#fig-a-b-c-2 " in second.text
    assert "@fig-a-b-c-2" in second.text


def test_the_same_notebook_twice_has_two_sets_of_files(make, tmp_path):
    labels = Labels()
    cells = ["# A", [make.figure("trend")]]
    sections = [composed(make, tmp_path, cells, labels) for _ in range(2)]

    assert [section.anchor for section in sections] == ["sec-mental-health", "sec-mental-health-2"]
    assert len({path for section in sections for path in section.figures}) == 2


def test_code_and_addresses_are_no_references(make, tmp_path):
    cells = ["# A", [make.figure("trend")], "```\n@fig-trend\n```\n\nmail me@fig-trend"]

    section = composed(make, tmp_path, cells)

    assert "\n@fig-trend\n" in section.text
    assert "me\\@fig-trend" in section.text
    assert section.references == ()


def test_an_authors_own_label_is_kept_and_may_be_used_once(make, tmp_path):
    cells = ["# A {#sec-mine .wide}", "## B {.unlisted}"]
    labels = Labels()

    section = composed(make, tmp_path, cells, labels)

    assert section.anchor == "sec-mine"
    assert section.text.startswith("# A {#sec-mine .wide}\n\n## B {#sec-mental-health-b .unlisted}")
    with pytest.raises(BoardpacksError, match=r"'sec-mine'.*used twice"):
        composed(make, tmp_path, cells, labels)


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (["### M", ["statement", "figure"]], True),
        (["### M", "Words of the author.", ["statement", "figure"]], True),
        (["### M", ["figure"]], True),
        (["### M", ["statement"]], False),
        (["### M", ["table"]], True),
        (["### M", "Words of the author.", ["table"]], True),
        (["### M", ["long-table"]], False),
        (["## M", ["statement", "figure"]], False),
        (["### M", ["long", "figure"]], False),
        (["### M", ["statement", "tall"]], False),
    ],
)
def test_a_measure_stays_on_one_page_when_it_fits(make, tmp_path, cells, kept):
    outputs = {
        "statement": make.statement(markdown="Few words."),
        "long": make.statement(markdown="Many words. " * 300),
        "figure": make.figure("trend"),
        "tall": make.figure("trend") | {"image/svg+xml": TALL},
        "table": make.table(),
        "long-table": make.table(rows=[["Havering", "10.9%", "Similar"]] * 60),
    }
    built = [cell if isinstance(cell, str) else [outputs[name] for name in cell] for cell in cells]

    text = composed(make, tmp_path, ["# A", "## O", *built, "After."]).text

    assert ("::: {.keep-together}\n\n### M {#" in text) == kept
    assert ("\n\n:::\n\nAfter." in text) == kept


def test_only_one_chart_is_kept_with_its_heading(make, tmp_path):
    cells = ["# A", "## O", "### M", [make.figure("one"), make.figure("two")]]

    text = composed(make, tmp_path, cells).text

    inside = text[text.index(":::") : text.rindex(":::")]
    assert "fig-mental-health-one" in inside
    assert "fig-mental-health-two" not in inside


def test_text_from_data_is_printed_and_not_obeyed(make, tmp_path):
    nasty = '$x$ @fig-y | {{< include z >}} <script>"q"</script> [a](b)'
    figure = make.figure(title=nasty, note=nasty, alt=nasty)
    table = make.table(title=nasty, rows=[[nasty, "", "**b**"]])

    text = composed(make, tmp_path, ["# A", [figure, table]]).text

    assert "{{<" not in text
    assert "<script>" not in text
    assert text.count("\\[a\\](b)") == 4
    assert composed(make, tmp_path, ["# A", [figure, table]]).references == ()


def test_names_of_three_hundred_letters_fit(make, tmp_path):
    name = "Measure " + "x" * 292

    text = composed(make, tmp_path, ["# A", "## O", f"### {name}", [make.figure(title=name)]]).text

    heading = next(line for line in text.splitlines() if line.startswith("### "))
    assert heading.startswith(f"### {name} {{#sec-mental-health-measure}}")
    assert len(heading) < 420


def test_headings_in_other_scripts_get_a_label(make, tmp_path):
    assert "## صحة {#sec-mental-health-part}" in composed(make, tmp_path, ["# A", "## صحة"]).text


def test_widths_of_columns_are_shares_of_the_line(make, tmp_path):
    columns = [{"label": "A"}, {"label": "B"}, {"label": "C", "width": 60}]
    table = make.table(columns=columns, rows=[["x", "y", "z"]])

    text = composed(make, tmp_path, ["# A", [table]]).text

    assert 'tbl-colwidths="[12,12,75]"' in text


NARROW = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 313 200"/>'


def test_a_narrow_chart_stands_beside_its_own_statement_and_other_words_above(make, tmp_path):
    def chart(name):
        return {**make.figure(f"{name}-chart"), "image/svg+xml": NARROW}

    cells = [
        "# A",
        "## Care",
        [
            make.statement("waits", markdown="### Waits\n\nWhat is counted."),
            make.statement("waits-one", markdown="One waits."),
            chart("waits-one"),
            make.statement("waits-two", markdown="Two waits."),
            chart("waits-two"),
            make.statement("other", markdown="Other words."),
            chart("waits-three"),
        ],
    ]

    text = composed(make, tmp_path, cells).text

    groups = text.split("::: {.keep-together}")
    assert len(groups) == 3
    first = groups[1]
    second, rest = groups[2].split("\n:::\n\nOther")
    assert first.index("### Waits") < first.index("What is counted.") < first.index(":::: {.beside}")
    assert first.index("::: {.words}") < first.index("One waits.") < first.index("waits-one-chart.svg")
    assert second.index("::: {.words}") < second.index("Two waits.") < second.index("waits-two-chart.svg")
    assert "What is counted" not in second
    assert rest.startswith(" words.")
    assert ".beside" not in rest


def test_a_chapter_says_under_its_title_which_collaboratives_it_concerns(make, tmp_path):
    content = read_chapter(make.notebook(tmp_path / "a.ipynb", ["# A\n\nWhat it shows.", "## B"]))

    text = compose_section(content, Labels(), ("acute", "mental health & autism")).text

    title, concerns, words, _ = text.split("\n\n", 3)
    assert title.startswith("# A ")
    assert concerns == "Provider collaboratives concerned: acute; mental health \\& autism."
    assert words == "What it shows."
    assert "concerned" not in compose_section(content, Labels()).text
