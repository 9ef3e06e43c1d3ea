"""Names in params: each stands for one thing, reads in a sentence, and has none of the signs that packs mark with."""

from __future__ import annotations

import pytest

from boardpacks.params.articles import with_article
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError, Problem
from tests.params.conftest import FILES, WriteParams

ALSTON, BROUGH = "places/alston.yml", "places/brough.yml"


def problems(write_params: WriteParams, file: str, *changes: tuple[str, str]) -> list[Problem]:
    text = FILES[file]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    try:
        load_params(write_params({file: text}))
    except InputError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("United Kingdom", "the United Kingdom"),
        ("North West", "the North West"),
        ("East of England", "the East of England"),
        ("West Midlands", "the West Midlands"),
        ("Isle of Wight", "the Isle of Wight"),
        ("Greater South East", "the Greater South East"),
        ("English average", "the English average"),
        ("The Fells", "the Fells"),
        ("England", "England"),
        ("Wales", "Wales"),
        ("London", "London"),
        ("Northumberland", "Northumberland"),
        ("West Yorkshire", "West Yorkshire"),
        ("Greater Manchester", "Greater Manchester"),
    ],
)
def test_a_name_gets_the_article_that_it_takes_in_a_sentence(name: str, inside: str):
    assert with_article(name) == inside


@pytest.mark.parametrize("name", ["Al**ston", "Alston [town]", "Al`ston", "Alston | Fells", "{place}"])
def test_signs_that_packs_mark_words_with_are_no_part_of_a_name(write_params: WriteParams, name: str):
    problem, *_ = problems(write_params, ALSTON, ("name: Alston", f"name: '{name}'"))
    assert "the signs that packs mark words with" in problem.allowed
    assert name in problem.found


@pytest.mark.parametrize(
    "name",
    [
        *("Ynys Môn", "Bath & Wells", "St Mary’s", "Alston (town)", "A–B", "Alston, north", "‹Alston›"),
        *("Al*ston*", "<b>Alston</b>", "_Alston_", "Alston ~ $5^2", "Alston (<19)"),
    ],
)
def test_other_signs_are(write_params: WriteParams, name: str):
    assert problems(write_params, ALSTON, ("name: Alston", f'name: "{name}"')) == []


def test_a_place_renamed_without_its_borough_is_one_fault_with_the_way_out(write_params: WriteParams):
    (problem,) = problems(write_params, ALSTON, ("name: Alston\nboroughs", "name: Alston Moor\nboroughs"))
    assert (problem.where, problem.key, problem.found) == (
        "params/places/alston.yml, line 2",
        "name",
        "'Alston Moor'",
    )
    assert problem.allowed == "'Alston', as the place's one local authority is called"
    assert problem.hint == "to rename the place, give its local authority (under boroughs) the new name too"


def test_a_place_of_several_boroughs_may_be_called_after_them_but_not_as_one_of_them(
    write_params: WriteParams,
):
    both = "boroughs:\n  - code: E06000001\n    name: Alston\n  - code: E06000003\n    name: Appleby\n"
    one = "boroughs:\n  - code: E06000001\n    name: Alston\n"
    assert (
        problems(write_params, ALSTON, ("name: Alston\nb", "name: Alston and Appleby\nb"), (one, both)) == []
    )
    (problem,) = problems(write_params, ALSTON, (one, both))
    assert problem.found == "'Alston', which params/places/alston.yml, line 2 calls another area"


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("England", "system.yml, line 7"),
        ("North East", "system.yml, line 9"),
        ("Alston", "alston.yml, line 5"),
    ],
)
def test_no_two_areas_share_a_name(write_params: WriteParams, name: str, owner: str):
    told = problems(write_params, BROUGH, ("name: Brough", f"name: {name}"))
    assert any(f"{owner} calls another area" in problem.found for problem in told)


@pytest.mark.parametrize(
    ("peers", "among", "fine"),
    [
        ("northern boroughs", "England", True),
        ("northern boroughs", "northern boroughs", True),
        ("northern boroughs", "North East", False),
        ("North East boroughs", "North East", True),
        ("northern boroughs", "north country", False),
        ("northern boroughs", "Cumbria", False),
        ("northern boroughs", "north", False),
    ],
)
def test_a_rank_is_stated_among_areas_that_packs_rank(
    write_params: WriteParams, peers: str, among: str, fine: bool
):
    claim = (
        "emphasis:\n  - text: It is happy.\n    indicators: [happiness]\n"
        f"    claim:\n      end: highest\n      among: {among}\n"
    )
    text = FILES[ALSTON].replace("emphasis:\n  - Many residents are older.\n", claim)
    folder = write_params(
        {ALSTON: text, "system.yml": FILES["system.yml"].replace("northern boroughs", peers)}
    )
    if fine:
        assert load_params(folder)
        return
    with pytest.raises(InputError) as caught:
        load_params(folder)
    (problem,) = caught.value.problems
    assert problem.where == "params/places/alston.yml, line 13"
    assert problem.found == repr(among)
    assert "packs rank no other areas" in problem.allowed


def test_no_two_outcomes_share_a_title(write_params: WriteParams):
    work = FILES["priorities/work.yml"].replace("title: Jobs are kinder", "title: More people are happy")
    with pytest.raises(InputError) as caught:
        load_params(write_params({"priorities/work.yml": work}))
    (problem,) = caught.value.problems
    assert problem.allowed == "a title of its own for each outcome"


def test_a_priority_without_outcomes_is_refused(write_params: WriteParams):
    work = FILES["priorities/work.yml"].partition("outcomes:")[0] + "outcomes: []\n"
    with pytest.raises(InputError) as caught:
        load_params(write_params({"priorities/work.yml": work}))
    assert "at least 1 item" in str(caught.value)
