"""A number said is its fact: a changed fact, another area's, or a stale sentence is caught where it is read."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.data.observations import TARGET
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.project.errors import BoardpacksError

TITLE = "# Long-term conditions"
SMOKING = "havering.smoking.E09000016.persons.2023"
ENGLAND = "havering.smoking.E92000001.persons.2023"
NEWHAM = "havering.smoking.E09000025.persons.2023"


def span(words: str, fact: str = SMOKING) -> str:
    return f'[{words}]{{fact="{fact}"}}'


def facts(make: Any, **changes: Any) -> list[dict[str, Any]]:
    """Havering's fact, changed, and those of England and Newham."""
    england = {"id": ENGLAND, "area": "E92000001", "area_name": "England", "lower": None, "upper": None}
    newham = {"id": NEWHAM, "area": "E09000025", "area_name": "Newham"}
    return [
        make.fact(**changes),
        make.fact(**england, value=10.4, display="10.4%"),
        make.fact(**newham, value=12.0, lower=11.0, upper=13.0, display="12.0%"),
    ]


def told(make: Any, folder: Any, record: Any, *others: Any) -> str:
    """Return what reading a chapter with a record in its second cell says; nothing when all is well."""
    path = make.notebook(folder / "long_term_conditions.ipynb", [TITLE, [record], *others])
    try:
        read_chapter(path)
    except BoardpacksError as error:
        return str(error)
    return ""


def sentence(value: str = "10.9%", limits: str = "9.8% to 12.1%", england: str = "10.4%") -> str:
    return (
        f"Havering: **{span(value)}** in 2023 (95% confidence interval {span(limits)}). "
        f"That is [similar]{{.verdict-similar}} to England ({span(england, ENGLAND)})."
    )


def statement(make: Any, markdown: str | None = None, **changes: Any) -> Any:
    return make.statement(markdown=markdown or sentence(), facts=facts(make, **changes))


def table(
    make: Any, *rows: list[str], title: str = "Smoking", labels: tuple[str, ...] = ("Area", "Value")
) -> Any:
    columns = [{"label": label} for label in labels]
    return make.table(title=title, columns=columns, rows=list(rows), facts=facts(make))


def test_words_that_are_their_facts_pass(make, tmp_path):
    assert told(make, tmp_path, statement(make)) == ""
    assert told(make, tmp_path, table(make, ["**Havering**", f"**{span('10.9%')} (2023)**"])) == ""


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        (
            sentence(value="11.9%"),
            "says '11.9%', but the fact havering.smoking.E09000016.persons.2023 is 10.9%",
        ),
        (sentence(value="10.9"), "says '10.9', but the fact"),
        (sentence(limits="9.8% to 12.2%"), "says '9.8% to 12.2%', but the fact"),
        (sentence(england="10.9%"), f"says '10.9%', but the fact {ENGLAND} is 10.4%"),
        (sentence(value="10.9% or so"), "Words and fact no longer agree: run the notebook again"),
    ],
)
def test_a_stale_sentence_is_caught(make, tmp_path, markdown, said):
    found = told(make, tmp_path, statement(make, markdown))

    assert found.startswith("long_term_conditions, cell 2: statement 'smoking': says ")
    assert said in found


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": 11.9}, "is 11.9, which is not printed as '10.9%' but as '11.9%'"),
        ({"display": "11.9%"}, "is 10.9, which is not printed as '11.9%'"),
        (
            {"value": 11.9, "display": "11.9%"},
            "says '10.9%', but the fact havering.smoking.E09000016.persons.2023 is 11.9%",
        ),
        ({"lower": 9.9}, "says '9.8% to 12.1%', but the fact"),
        ({"upper": None}, "says '9.8% to 12.1%', but the fact"),
        ({"value": -10.9}, "not printed as '10.9%' but as '-10.9%'"),
    ],
)
def test_a_changed_fact_is_caught(make, tmp_path, changes, said):
    assert said in told(make, tmp_path, statement(make, **changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"area": "E09000025"}, "is of the area E09000025 (Havering), which its id does not name"),
        ({"area_name": "Newham"}, "which is of Newham (E09000016), but the paragraph does not name it"),
    ],
)
def test_a_swapped_area_of_a_fact_is_caught(make, tmp_path, changes, said):
    assert said in told(make, tmp_path, statement(make, **changes))


def test_another_areas_number_is_caught_in_a_sentence(make, tmp_path):
    swapped = sentence().replace(f"**{span('10.9%')}**", f"**{span('10.4%', ENGLAND)}**")
    assert f"says '10.4%' of Havering, but the fact {ENGLAND} is of England (E92000001)" in told(
        make, tmp_path, statement(make, swapped)
    )
    unnamed = f"Havering stands at {span('12.0%', NEWHAM)}."
    assert "which is of Newham (E09000025), but the paragraph does not name it" in told(
        make, tmp_path, statement(make, unnamed)
    )
    elsewhere = f"Newham is next door.\n\nHavering stands at {span('12.0%', NEWHAM)}."
    assert "the paragraph does not name it" in told(make, tmp_path, statement(make, elsewhere))


@pytest.mark.parametrize(
    ("row", "settings", "why"),
    [
        (["Havering", span("12.0%", NEWHAM)], {}, "it stands under Havering"),
        (["Smoking", span("10.9%")], {"labels": ("Measure", "England")}, "it stands under England"),
        (
            ["Smoking", span("12.0%", NEWHAM)],
            {"title": "Havering: latest"},
            "neither column, row nor title names it",
        ),
    ],
)
def test_another_areas_number_is_caught_in_a_table(make, tmp_path, row, settings, why):
    found = told(make, tmp_path, table(make, row, **settings))

    assert found.startswith("long_term_conditions, cell 2: table 'boroughs': says ")
    assert why in found


@pytest.mark.parametrize(
    ("row", "settings"),
    [
        (["Havering", span("12.0%", NEWHAM)], {"labels": ("Area", "Newham")}),
        (["Adults, London Living Wage", span("10.9%")], {"title": "Havering: latest"}),
    ],
)
def test_the_column_goes_before_the_row_and_the_row_before_the_title(make, tmp_path, row, settings):
    assert told(make, tmp_path, table(make, row, **settings)) == ""


def test_an_area_whose_name_ends_with_a_star_is_told_from_one_without(make, tmp_path):
    own = facts(make, area_name="Newham*")
    right = rf"Newham\*: **{span('10.9%')}**, Newham {span('12.0%', NEWHAM)}"
    assert told(make, tmp_path, make.statement(markdown=right, facts=own)) == ""
    wrong = rf"Newham\*: **{span('12.0%', NEWHAM)}**, as in Newham"
    assert "says '12.0%' of Newham*" in told(make, tmp_path, make.statement(markdown=wrong, facts=own))


def test_a_name_beside_a_number_in_a_table_is_whose_it_is(make, tmp_path):
    title, labels = "Boroughs of Havering", ("Measure", "Havering")

    def said(cell: str) -> str:
        return told(make, tmp_path, table(make, ["Smoking", cell], title=title, labels=labels))

    assert said(f"{span('12.0%', NEWHAM)} Newham") == said(f"Newham {span('12.0%', NEWHAM)}, first") == ""
    assert said(f"{span('10.9%')} in 2023") == ""
    assert "it stands beside Newham" in said(f"{span('10.9%')} Newham")
    assert "it stands beside Newham" in said(f"Newham: **{span('10.9%')}**")
    assert "it stands under Havering" in said(f"{span('12.0%', NEWHAM)} in 2023")


def test_a_cell_of_lower_case_names_and_a_column_that_holds_a_name_are_read(make, tmp_path):
    east = make.fact(area_name="the east")
    columns = [{"label": "Area"}, {"label": "Value"}]
    row = ["**The east**", span("10.9%")]
    assert told(make, tmp_path, make.table(columns=columns, rows=[row], facts=[east])) == ""
    row, labels = ["Smoking", span("12.0%", NEWHAM)], ("Measure", "Starting figure for Newham")
    assert told(make, tmp_path, table(make, row, labels=labels)) == ""


def test_a_list_belongs_to_the_line_before_it(make, tmp_path):
    items = f"- Adults: {span('10.9%')}\n- Others: {span('12.0%', NEWHAM)}"
    assert told(make, tmp_path, statement(make, f"In Havering and Newham:\n\n{items}")) == ""
    apart = told(make, tmp_path, statement(make, f"In Havering and Newham.\n\n{items}"))
    assert "which is of Havering (E09000016), but the paragraph does not name it" in apart


def test_a_target_is_every_areas(make, tmp_path):
    aim = make.fact(id=f"{SMOKING}.target-standard", value=5.0, display="5%", lower=None, upper=None)
    markdown = f"The standard is at most {span('5%', aim['id'])}."
    assert told(make, tmp_path, make.statement(markdown=markdown, facts=[aim | {"method": TARGET}])) == ""
    assert "the paragraph does not name it" in told(
        make, tmp_path, make.statement(markdown=markdown, facts=[aim])
    )


def test_a_number_without_its_fact_is_caught(make, tmp_path):
    unknown = f"Havering: {span('10.9%', 'havering.smoking.E09000016.persons.2022')}"
    assert "as the fact havering.smoking.E09000016.persons.2022, which is not among its facts" in told(
        make, tmp_path, statement(make, unknown)
    )


def test_ranks_are_said_as_ordinals_from_their_own_end(make, tmp_path):
    rank = {
        "unit": "rank",
        "value": 2.0,
        "display": "2",
        "lower": None,
        "upper": None,
        "method": "rank among the peers",
    }
    top, bottom = f"{SMOKING}.rank", f"{SMOKING}.rank-from-lowest"
    both = [make.fact(id=top, **rank), make.fact(id=bottom, **rank | {"value": 1.0, "display": "1"})]

    def said(words: str, fact: str) -> str:
        markdown = f"Havering has the {span(words, fact)} of all."
        return told(make, tmp_path, make.statement(markdown=markdown, facts=both))

    assert said("2nd highest", top) == said("lowest", bottom) == ""
    for words, fact in (("2nd lowest", top), ("highest", top), ("3rd highest", top), ("highest", bottom)):
        assert "no longer agree" in said(words, fact)


def test_prose_of_the_notebook_may_quote_a_fact_of_the_chapter(make, tmp_path):
    assert told(make, tmp_path, statement(make), f"In Havering {span('10.9%')} smoke.") == ""
    found = told(make, tmp_path, statement(make), f"In Havering {span('11.9%')} smoke.")
    assert found.startswith("long_term_conditions, cell 3: says '11.9%', but the fact")
    found = told(make, tmp_path, statement(make), f"In Havering {span('1%', 'havering.x')} smoke.")
    assert "cell 3: says '1%' as the fact havering.x, which is not among its facts" in found


@pytest.mark.parametrize("display", ["£4.1 billion", "2 million", "about a fifth", "\u221210.9%", "+10.9%"])
def test_words_for_large_numbers_signs_and_no_number_are_taken_as_they_are(make, tmp_path, display):
    value = {"£": 4.1e9, "2": 2e6, "\u2212": -10.9}.get(display[0], 10.9)
    record = make.statement(
        markdown=f"Havering: {span(display)}", facts=[make.fact(value=value, display=display)]
    )
    assert told(make, tmp_path, record) == ""


def test_numbers_that_would_be_markup_are_compared_as_plain_text(make, tmp_path):
    words = span("10.9 per 1,000 \\[all\\]")
    record = make.statement(
        markdown=f"Havering: {words}",
        facts=[make.fact(unit="per 1,000 [all]", display="10.9 per 1,000 [all]")],
    )
    assert told(make, tmp_path, record) == ""
