"""A text is filled in for JupyterLab as its pack says it, and what is wrong is said below it."""

from __future__ import annotations

from boardpacks.chapter.chapter import Chapter
from boardpacks.lab.fill_in import fill_in


def test_facts_and_the_place_are_filled_in(chapter: Chapter):
    told = fill_in(
        "In {place}, {fact smoking_prevalence} smoke ({fact smoking_prevalence interval}), "
        "{fact smoking_prevalence verdict}; in Newham {fact smoking_prevalence of Newham}.",
        chapter,
    )
    newham = chapter.measure("smoking_prevalence", chapter.params.places["newham"]).newest
    assert newham is not None
    assert told == (
        f"In Havering, 10.9% smoke (6.7% to 15.1%), similar to England; in Newham {newham.latest.value}%."
    )


def test_a_text_without_quotes_stays_as_it_is(chapter: Chapter):
    text = "**Bold** words\n\n- a list"
    assert fill_in(text, chapter) == text


def test_a_wrong_quote_is_told_with_the_nearest_name_and_nothing_is_lost(chapter: Chapter):
    told = fill_in("Here {fact smoking_prevalance} smoke in {Place}.", chapter)
    assert told.startswith("Here {fact smoking_prevalance} smoke in {Place}.")
    assert "did you mean 'smoking_prevalence'?" in told
    assert "Not filled in" in told


def test_in_the_systems_chapter_a_quote_needs_an_area(of_system: Chapter):
    assert "of AREA" in fill_in("Here {fact smoking_prevalence} smoke.", of_system)
    assert "{" not in fill_in("In Newham {fact smoking_prevalence of Newham} smoke in {place}.", of_system)
