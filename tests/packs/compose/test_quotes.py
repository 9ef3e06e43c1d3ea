"""Facts quoted by name in an analyst's prose: filled for each place, and wrong names refused."""

from __future__ import annotations

import pytest

from boardpacks.facts.artefacts import Statement
from boardpacks.packs.compose.quotes import fill_quotes
from boardpacks.packs.read.read_notebook import Markdown
from boardpacks.project.errors import InputError
from tests.packs.said import a_chapter, a_rank, a_said, a_silent, a_value, own_params

SMOKING = a_value("smoking_prevalence", 10.94, lower=6.7, upper=15.1)
ENGLAND = a_value("smoking_prevalence", 11.6, "England")
LONDON = a_value("smoking_prevalence", 11.7, "London")
SAID = a_said(
    SMOKING,
    england=ENGLAND,
    london=LONDON,
    verdict="similar",
    more=(*a_rank(SMOKING, 31), a_value("smoking_prevalence", 16.0, "Newham", "2022")),
    trend="getting-better",
    direction="decreasing",
)


def filled(prose: str, *said: Statement, place: str = "havering") -> str:
    chapter = a_chapter(prose, *(said or (SAID,)))
    (made,) = fill_quotes([chapter], own_params(), place)
    item = made.items[1]
    assert isinstance(item, Markdown)
    return item.text


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("{fact smoking_prevalence}", "10.9%"),
        ("{fact  smoking_prevalence  value }", "10.9%"),
        ("{fact smoking_prevalence interval}", "6.7% to 15.1%"),
        ("{fact smoking_prevalence period}", "2023"),
        ("{fact smoking_prevalence benchmark}", "11.6%"),
        ("{fact smoking_prevalence verdict}", "similar to England"),
        ("{fact smoking_prevalence rank}", "3rd lowest"),
        ("{fact smoking_prevalence trend}", "getting better"),
        ("{fact smoking_prevalence of London}", "11.7%"),
        ("{fact smoking_prevalence period of newham}", "2022"),
        ("{fact smoking_prevalence interval of England}", "not held here"),
        ("{fact smoking_prevalence of Havering}", "10.9%"),
        ("{place}", "Havering"),
    ],
)
def test_every_part_is_filled(quote: str, words: str):
    assert filled(f"In it, {quote} and more.") == f"In it, {words} and more."


def test_everything_else_stays_as_it_is():
    prose = (
        "## A heading {#own}\n\nA line,\nanother with `{fact smoking_prevalence}`.\n\n"
        "```\n{fact nothing}\n```\n\n- one {factory}\n- two {{< meta title >}}\n"
    )
    assert filled(prose) == prose


def test_the_place_may_stand_in_a_heading_but_no_fact():
    assert filled("## Smoking in {place}") == "## Smoking in Havering"
    with pytest.raises(InputError, match="no quoted fact in a heading"):
        filled("## Smoking: {fact smoking_prevalence}")


def test_series_that_are_not_the_whole_place_are_named():
    def one(value: float, area: str, verdict: str) -> Statement:
        return a_said(
            a_value("smoking_prevalence", value, area, pack="city-and-hackney"),
            england=a_value("smoking_prevalence", 11.6, "England", pack="city-and-hackney"),
            verdict=verdict,
            place="city-and-hackney",
        )

    both = one(5.0, "City of London", "better"), one(12.0, "Hackney", "similar")
    prose = (
        "In {fact smoking_prevalence period}: {fact smoking_prevalence}, {fact smoking_prevalence verdict}."
    )
    assert filled(prose, *both, place="city-and-hackney") == (
        "In 2023: 5.0% (City of London) and 12.0% (Hackney), better than England (City of London) and similar to "
        "England (Hackney)."
    )
    assert filled("It is {fact smoking_prevalence}.", both[1], place="city-and-hackney") == (
        "It is 12.0% (Hackney)."
    )


def test_a_sentence_about_a_figure_that_the_place_lacks_says_so_once():
    prose = (
        "First. In {place}, {fact obesity_reception} live with obesity. "
        "That is {fact obesity_reception verdict}. Last."
    )
    said = "No figure for children aged 4 to 5 living with obesity in Havering is held here."
    told = filled(prose, a_silent("obesity_reception"))
    assert " ".join(told.split()) == f"First. {said} Last."


@pytest.mark.parametrize(
    ("quote", "allowed", "hint"),
    [
        ("{fact smoking_prevalense}", "the name of an indicator", "smoking_prevalence"),
        ("{fact adult_obesity}", "a chapter of this pack shows", ""),
        ("{fact smoking_prevalence vedict}", "one of value, interval", "verdict"),
        ("{fact smoking_prevalence of Newhan}", "England, Havering, London, Newham", "Newham"),
        ("{fact smoking_prevalence verdict of Newham}", "one of value, interval, period", ""),
        ("{fact}", "such as {fact smoking_prevalence}", ""),
        ("{fact Smoking}", "such as {fact smoking_prevalence}", ""),
    ],
)
def test_a_wrong_name_is_refused_with_notebook_cell_sentence_and_near_names(
    quote: str, allowed: str, hint: str
):
    with pytest.raises(InputError) as caught:
        filled(f"A good start. In {{place}} it is {quote} now. The end.")
    (problem,) = caught.value.problems
    assert problem.where == "notebooks/long_term_conditions.ipynb, cell 4"
    assert problem.key == quote
    assert problem.found == f"In {{place}} it is {quote} now."
    assert allowed in problem.allowed
    assert hint in problem.hint


def test_every_wrong_quote_is_told_at_once():
    with pytest.raises(InputError) as caught:
        filled("One {fact a}. Two {fact b}.\n\n- Three {fact c}")
    assert [problem.key for problem in caught.value.problems] == ["{fact a}", "{fact b}", "{fact c}"]


def test_the_systems_prose_has_to_name_the_area():
    newham = a_said(
        a_value("smoking_prevalence", 16.0, "Newham", pack="system"),
        england=a_value("smoking_prevalence", 11.6, "England", pack="system"),
        verdict="worse",
        place="newham",
    )
    assert (
        filled("{fact smoking_prevalence verdict of Newham}", newham, place="system") == "worse than England"
    )
    assert filled("{place}", newham, place="system") == "north east London"
    with pytest.raises(InputError, match="the area too, in the system's pack"):
        filled("{fact smoking_prevalence}", newham, place="system")


def test_a_quote_follows_the_fact():
    """The same prose, with another snapshot's figures."""
    prose = "It is {fact smoking_prevalence}, {fact smoking_prevalence verdict}."
    newer = a_said(
        a_value("smoking_prevalence", 9.0, period="2024"),
        england=a_value("smoking_prevalence", 11.0, "England", "2024"),
        verdict="better",
    )
    assert filled(prose) == "It is 10.9%, similar to England."
    assert filled(prose, newer) == "It is 9.0%, better than England."


@pytest.mark.parametrize("quote", ["{facts smoking_prevalence}", "{Place}", "{{fact smoking_prevalence}}"])
def test_a_quote_that_is_nearly_right_is_refused_in_any_text_that_quotes(quote):
    with pytest.raises(InputError, match="did you mean"):
        filled(f"In Havering {quote} of adults smoke.")


@pytest.mark.parametrize("words", ["`{fact x}`", "``a ` {place}``", "\\{place}", "{a set}"])
def test_code_escaped_and_other_braces_are_left_alone(words):
    assert filled(f"Words {words} here.") == f"Words {words} here."
