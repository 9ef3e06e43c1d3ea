"""Population pyramids: shares of all people, both sides on one scale, the comparator as an outline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, StepPatch

from boardpacks.charts.alt_text import About
from boardpacks.charts.pyramid import AgeBand, Population, describe_pyramid, draw_pyramid
from boardpacks.charts.svg import to_svg
from tests.charts.drawn import directions, outside, overlapping, words

pytestmark = pytest.mark.usefixtures("look")
ABOUT = About("residents by age and sex", "Newham", "mid-2024")
NEWHAM = Population(
    "Newham", (AgeBand("0 to 15", 20, 10), AgeBand("16 to 64", 30, 30), AgeBand("65 and over", 5, 5))
)
ENGLAND = Population(
    "England", (AgeBand("0 to 15", 10, 10), AgeBand("16 to 64", 30, 30), AgeBand("65 and over", 10, 10))
)


def count(value: float) -> str:
    return f"{value:,.0f}"


def share(value: float) -> str:
    return f"{value:.1f}%"


def sides(figure: Figure) -> list[list[float]]:
    """Return the lengths of the bars of males and of females, the youngest first."""
    return [
        [patch.get_width() for patch in axes.patches if isinstance(patch, Rectangle)]
        for axes in figure.axes[1:]
    ]


def test_bars_are_shares_of_all_people():
    males, females = sides(draw_pyramid(NEWHAM))
    assert males == [20, 30, 5]
    assert females == [10, 30, 5]
    assert sum(males) + sum(females) == 100


def test_males_go_to_the_left_and_both_sides_have_one_scale():
    left, right = draw_pyramid(NEWHAM).axes[1:]
    assert left.get_xlim() == (40, 0)
    assert right.get_xlim() == (0, 40)
    assert left.get_position().x1 < right.get_position().x0


def test_the_comparator_is_an_outline_of_its_own_shares():
    left, right = draw_pyramid(NEWHAM, ENGLAND).axes[1:]
    for axes in (left, right):
        outlines = [patch.get_data()[0] for patch in axes.patches if isinstance(patch, StepPatch)]
        assert [list(values) for values in outlines] == [[10, 30, 10]] * 2  # dark over a white rim
    assert not any(isinstance(patch, StepPatch) for patch in draw_pyramid(NEWHAM).axes[1].patches)


def test_bands_run_upwards_and_everything_is_named():
    figure = draw_pyramid(NEWHAM, ENGLAND)
    at = {text.get_text(): text.get_position()[1] for text in figure.axes[0].texts}
    assert at["65 and over"] < at["16 to 64"] < at["0 to 15"]  # counted from above
    assert {"Males", "Females", "Age", "Newham (bars)", "England (outline)", "40%"} <= set(words(figure))


def test_other_age_bands_are_refused():
    other = replace(ENGLAND, bands=ENGLAND.bands[:2])
    with pytest.raises(ValueError, match="same age bands"):
        draw_pyramid(NEWHAM, other)
    with pytest.raises(ValueError, match="same age bands"):
        describe_pyramid(NEWHAM, other, ABOUT, count, share)


@pytest.mark.parametrize("bands", [(), (AgeBand("0 to 15", 0, 0),), (AgeBand("0 to 15", -1, 3),)])
def test_a_population_needs_people(bands: tuple[AgeBand, ...]):
    with pytest.raises(ValueError, match="needs people"):
        Population("Newham", bands)


@pytest.mark.parametrize(
    "bands",
    [
        (AgeBand("All ages", 1, 0),),
        tuple(AgeBand(f"{5 * n} to {5 * n + 4}", 1000 - 40 * n, 990 - 38 * n) for n in range(19)),
        tuple(AgeBand(str(n), 1, 1) for n in range(91)),
        (AgeBand("Of working age in the sense of 2011", 1e9, 1), AgeBand("Older", 0, 1)),
    ],
    ids=["one band", "19 bands", "single years", "long name"],
)
def test_words_stay_inside_and_apart(bands: tuple[AgeBand, ...]):
    population = Population("Newham", bands)
    figure = draw_pyramid(population, replace(population, area="England"))
    assert outside(figure) == []
    assert overlapping(figure) == []


def test_the_same_pyramid_gives_the_same_svg():
    assert to_svg(draw_pyramid(NEWHAM, ENGLAND)) == to_svg(draw_pyramid(NEWHAM, ENGLAND))


def test_the_description_says_how_many_and_the_largest_band():
    assert describe_pyramid(NEWHAM, ENGLAND, ABOUT, count, share) == (
        "Population pyramid of residents by age and sex, Newham, mid-2024. Newham has 100 people, 45.0% of "
        "them female. The largest age band is 16 to 64, 60.0% of all people (England 60.0%); the smallest is "
        "65 and over, 10.0%."
    )


def test_bands_that_are_equal_as_printed_have_no_largest():
    equal = Population("Newham", (AgeBand("Under 40", 10, 10), AgeBand("40 and over", 10, 10.001)))
    assert "Each age band has 50.0% of all people." in describe_pyramid(equal, None, ABOUT, count, share)


people = st.floats(0, 1e6)


@given(st.lists(st.tuples(people, people), min_size=1, max_size=8).filter(lambda b: sum(map(sum, b)) > 1))
def test_descriptions_name_place_and_period_and_judge_nothing(bands: list[tuple[float, float]]):
    population = Population("Newham", tuple(AgeBand(f"Band {n}", *pair) for n, pair in enumerate(bands)))
    text = describe_pyramid(population, None, ABOUT, count, share)
    assert "Newham, mid-2024." in text
    assert directions(text) == set()
    assert sum(map(sum, population.shares)) == pytest.approx(100)
