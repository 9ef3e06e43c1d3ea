"""Two groups of people: the right period, and words that the test allows."""

from __future__ import annotations

import datetime as dt
from math import hypot
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.chapter.groups import MOST_NAMED, Both, words
from boardpacks.data.observations import Valued
from boardpacks.facts.artefacts import MIME
from boardpacks.params.models import GroupPair, PairedGroup
from boardpacks.project.errors import BoardpacksError
from tests.chapter.numbers import printed

PAIR = GroupPair(
    id="women-and-men",
    name="Good mood",
    first=PairedGroup(name="Men", indicator="mood_male"),
    second=PairedGroup(name="Women", indicator="mood_female"),
)


def observed(value: float, down: float | None, up: float | None) -> Valued:
    return Valued(
        "mood",
        "E09000001",
        "A",
        "Persons",
        "2024",
        dt.date(2024, 1, 1),
        12,
        value,
        None if down is None else value - down,
        None if up is None else value + up,
    )


def both(first: tuple[float, float | None], second: tuple[float, float | None], name: str = "A") -> Both:
    return Both(
        name.lower(), name, observed(first[0], first[1], first[1]), observed(second[0], second[1], second[1])
    )


VALUE, ARM = st.floats(0, 100), st.floats(0.1, 30)


@given(VALUE, ARM, VALUE, ARM)
def test_higher_and_lower_are_said_only_beyond_chance(first: float, arm: float, second: float, other: float):
    said = words([both((first, arm), (second, other))], PAIR)
    reach = hypot(arm, other)
    assert ("is higher than" in said) == (second - first - reach > 0)
    assert ("is lower than" in said) == (second - first + reach < 0)
    assert ("no clear difference" in said) == (abs(second - first) <= reach)


@given(VALUE, VALUE)
def test_nothing_is_said_without_intervals(first: float, second: float):
    said = words([both((first, None), (second, None))], PAIR)
    assert said == "**Good mood.** The difference is not tested in A."


def test_words_by_hand():
    found = [
        both((10, 1), (20, 1), "A"),
        both((20, 1), (10, 1), "B"),
        both((10, 1), (10.5, 1), "C"),
        both((10, 1), (30, 1), "D"),
    ]
    assert words(found, PAIR) == (
        "**Good mood.** The figure for women is higher than that for men in A and D; the figure for women is lower "
        "than that for men in B; there is no clear difference in C."
    )
    assert words([found[0], found[3]], PAIR).endswith("in every area with figures.")
    assert words([found[2], found[2]], PAIR).endswith("here is no clear difference in any area with figures.")
    many = [found[0], *[found[2]] * (MOST_NAMED + 1)]
    assert words(many, PAIR).endswith("in A; there is no clear difference in any of the others.")
    assert words([*many, both((1, None), (2, None), "D")], PAIR).count("C") == MOST_NAMED + 1


@pytest.mark.usefixtures("no_drawing")
def test_the_newest_period_with_both_groups_is_shown(open_place: Any, shown: list[dict[str, Any]]):
    open_place("havering").group_gap("reception-and-year-6")
    statement, figure = (output[MIME] for output in shown)
    assert printed(statement["markdown"]).startswith("Havering, 2024/25: **10.3%** for age 4 to 5")
    assert figure["alt"].startswith(
        "Dumbbell chart, age 4 to 5 and age 10 to 11, of children living with obesity, boroughs of north east London, "
        "2024/25. Havering: age 4 to 5 10.3%, age 10 to 11 23.6%, gap 13.3 percentage points, age 10 to 11 higher "
        "beyond chance."
    )
    assert "No figure for Hackney." in figure["note"]


@pytest.mark.usefixtures("no_drawing")
def test_a_places_pack_has_no_chart_without_a_clear_difference(open_place: Any, shown: list[dict[str, Any]]):
    open_place("havering").group_gap("women-and-men")
    assert [output[MIME]["kind"] for output in shown] == ["statement"]
    open_place(None).group_gap("women-and-men")
    assert [output[MIME]["kind"] for output in shown[1:]] == ["statement", "figure"]


def test_unknown_groups_are_answered_with_what_is_allowed(open_place: Any):
    with pytest.raises(BoardpacksError, match="did you mean 'women-and-men'"):
        open_place("havering").group_gap("women-men")


@pytest.mark.parametrize("ask", ["borough_gaps", "inequality_slopes", "unmeasured_groups"])
def test_without_its_params_the_section_says_so_in_a_sentence(
    open_place: Any, shown: list[dict[str, Any]], ask: str
):
    chapter = open_place("havering")
    bare = type(chapter)(
        chapter.params.model_copy(update={"inequalities": None}), chapter.snapshot, chapter.place, None
    )
    getattr(bare, ask)()
    (said,) = [output[MIME]["markdown"] for output in shown]
    assert said.startswith("No ")
    assert said.endswith(" are followed here yet.")
    assert bare.group_pairs == ()
