"""Slopes in words: only what the interval allows, and how to read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.chapter import slope_table
from boardpacks.chapter.slope_table import Slope, slope_of, statement
from boardpacks.facts.spans import without_spans
from tests.chapter.test_gap_words import borough_gap, even, indicator

CODES = [f"E0900000{n}" for n in range(1, 9)]
PEOPLE = dict.fromkeys(CODES, 1000.0)
SCORES = {code: 50.0 - n for n, code in enumerate(CODES)}  # Borough A is the most deprived


@given(
    st.lists(st.tuples(st.floats(10, 90), st.floats(0.5, 8), st.floats(0.5, 8)), min_size=5, max_size=8),
    st.sampled_from(["high", "low", "none"]),
)
def test_a_slope_is_called_clear_only_when_its_interval_leaves_nought_out(
    figures: list[tuple[float, float, float]], polarity: str
):
    limits = [(value, value - down, value + up) for value, down, up in figures]
    found = slope_of(borough_gap(None, limits, polarity=polarity), PEOPLE, SCORES)
    assert found is not None
    low, high = found.index.slope_lower, found.index.slope_upper
    said = statement([found], [], "havering", "north east London")
    assert ("No clear slope" in said) == (low <= 0 <= high)
    falling = high < 0  # lower at the least deprived end, so higher where more deprived
    words = {"low": ("Worse", "Better"), "high": ("Better", "Worse"), "none": ("Higher", "Lower")}[polarity]
    if not low <= 0 <= high:
        assert f"**{words[0 if falling else 1]} where more deprived:**" in said
        assert f"**{words[1 if falling else 0]} where more deprived:**" not in said


def slope(*values: float, polarity: str = "low") -> Slope | None:
    return slope_of(borough_gap(None, even(*values), polarity=polarity), PEOPLE, SCORES)


def test_a_falling_line_is_worse_where_more_deprived():
    found = slope(50, 40, 30, 20, 10)
    assert found is not None
    assert found.reading == "worse"
    assert [one.name for one in found.figures] == [f"Borough {letter}" for letter in "ABCDE"]
    assert without_spans(statement([found], [], "havering", "north east London")).endswith(
        "**Worse where more deprived:** low mood (slope index -50.3 percentage points, 95% interval -61.4 to -37.6)."
    )
    better = slope(50, 40, 30, 20, 10, polarity="high")
    assert better is not None
    assert better.reading == "better"


def test_boroughs_far_from_their_line_have_no_clear_slope_however_well_each_is_measured():
    found = slope(50, 20, 45, 15, 30)
    assert found is not None
    assert found.reading == "none"
    assert statement([found], [], "havering", "north east London").endswith("**No clear slope:** low mood.")


def test_boroughs_go_in_order_of_deprivation_whatever_order_they_come_in():
    found = slope_of(borough_gap(None, even(10, 20, 30, 40, 50)), PEOPLE, {c: -s for c, s in SCORES.items()})
    assert found is not None
    assert found.reading == "worse"
    assert found.figures[0].name == "Borough E"


def test_too_few_boroughs_have_no_index():
    assert slope(10, 20, 30, 40) is None
    assert slope_of(borough_gap(None, even(1, 2, 3, 4, 5), tested=False), PEOPLE, SCORES) is None


@pytest.mark.parametrize("missing", ["residents", "score", "limit"])
def test_a_borough_without_what_the_index_needs_is_left_out(missing: str):
    values = even(50, 40, 30, 20, 10, 5)
    if missing == "limit":
        values[0] = (0.5, 0.0, 1.5)  # log odds of nothing are no number
    people = {**PEOPLE, CODES[0]: 0.0} if missing == "residents" else PEOPLE
    scores = {code: s for code, s in SCORES.items() if missing != "score" or code != CODES[0]}
    found = slope_of(borough_gap(None, values), people, scores)
    assert found is not None
    assert CODES[0] not in {one.observation.area for one in found.figures}


def test_the_statement_says_that_it_compares_boroughs_and_what_is_not_calculated():
    said = statement([], ["Infant mortality", "Low pay"], "havering", "north east London")
    assert "compares whole boroughs, not people" in said
    assert (
        "- **Not calculated**, because too few boroughs have an interval: infant mortality and low pay."
        in said
    )


@pytest.mark.parametrize(
    ("unit", "scale"), [("%", ("logit", 100.0)), ("per 100,000", ("log", 1.0)), ("years", ("none", 1.0))]
)
def test_each_unit_has_its_scale(unit: str, scale: tuple[str, float]):
    assert slope_table._scale(indicator().model_copy(update={"unit": unit})) == scale
