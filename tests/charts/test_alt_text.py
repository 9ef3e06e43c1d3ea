"""Sentences of descriptions: place and period are always named, ties and lists read well."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.charts.alt_text import (
    RELATIONS,
    About,
    extremes,
    inside,
    listed,
    opening,
    paragraph,
    verdicts,
    without,
)
from boardpacks.stats.comparison import Verdict


def say(value: float) -> str:
    return f"{value:.1f}%"


@pytest.mark.parametrize(
    "parts", [("", "Havering", "2023"), ("Smoking", " ", "2023"), ("Smoking", "Havering", "")]
)
def test_measure_place_and_period_are_needed(parts: tuple[str, str, str]):
    with pytest.raises(ValueError, match="the measure, the place and the period"):
        About(*parts)


def test_the_first_sentence_says_what_where_and_when():
    about = About("Adults who smoke", "Havering", "2011 to 2023")
    assert opening("Line chart", about) == "Line chart of adults who smoke, Havering, 2011 to 2023."


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Adults who smoke", "adults who smoke"),
        ("A&E attendances", "A&E attendances"),
        ("16 to 17 year olds", "16 to 17 year olds"),
    ],
)
def test_abbreviations_keep_their_capitals_inside_a_sentence(name: str, shown: str):
    assert inside(name) == shown


def test_ends_are_named_with_all_that_share_them_as_printed():
    values = [("Havering", 10.94), ("Newham", 12.0), ("Redbridge", 10.86), ("Hackney", 11.0)]
    assert (
        extremes(values, say)
        == "The lowest value is 10.9% (Havering and Redbridge), the highest 12.0% (Newham)."
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([], "No figure is held here."),
        ([("Havering", 1.0)], "Havering: 1.0%."),
        ([("Havering", 1.01), ("Newham", 1.04)], "All 2 have the same value, 1.0%."),
    ],
)
def test_few_or_equal_values_have_no_ends(values: list[tuple[str, float]], told: str):
    assert extremes(values, say) == told


def test_each_verdict_is_said_once_what_needs_attention_first():
    told: list[tuple[str, Verdict]] = [
        ("A", "better"),
        ("B", "worse"),
        ("C", "better"),
        ("D", "not-compared"),
    ]
    assert (
        verdicts(told, "England")
        == "Worse than England: B. Better than England: A and C. Not compared with England: D."
    )
    assert set(RELATIONS) == set(get_args(Verdict))


def test_names_with_an_and_of_their_own_are_kept_apart():
    assert listed(["Hackney", "Barking and Dagenham", "Newham"]) == "Hackney; Barking and Dagenham; Newham"
    assert listed(["Hackney"]) == "Hackney"
    assert listed(["Hackney", "Havering", "Newham"]) == "Hackney, Havering and Newham"


def test_empty_sentences_leave_no_gap():
    assert paragraph("One.", without([]), without(["A"])) == "One. No figure: A."


@given(st.lists(st.floats(-1e6, 1e6), max_size=8))
def test_ends_are_values_that_are_there(values: list[float]):
    text = extremes([(f"Area {number}", value) for number, value in enumerate(values)], say)
    if len(values) > 1 and say(min(values)) != say(max(values)):
        assert f"lowest value is {say(min(values))} (" in text
        assert f"highest {say(max(values))} (" in text
    else:
        assert "lowest" not in text
