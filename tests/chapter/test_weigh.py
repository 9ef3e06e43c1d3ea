"""How much a figure weighs for a board: its side, its distance in the spread of its peers, a missed standard."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from boardpacks.chapter.measure import Measure
from boardpacks.chapter.weigh import beside, distance, held_against, with_weight
from boardpacks.facts.artefacts import Summary
from boardpacks.params.indicator import Target
from boardpacks.stats.comparison import is_behind
from tests.chapter.made import measures

LINE = Summary(verdict="not-tested", line="A: 1", indicator="made_up")


@given(measures())
def test_a_distance_is_over_nought_just_where_the_figure_lies_behind(one: Measure):
    (reading,) = one.readings
    against, far = held_against(reading), distance(reading, one.indicator)
    assert against is None or against.other is not None
    if far and against is not None:
        assert (far > 0) == (beside(reading, one.indicator) == "behind")
    if reading.among_peers is None or one.indicator.polarity == "none":
        assert far is None


@given(measures())
def test_a_higher_is_better_measure_mirrors_a_lower_is_better_one(one: Measure):
    (reading,) = one.readings
    high, low = (one.indicator.model_copy(update={"polarity": side}) for side in ("high", "low"))
    far = distance(reading, high)
    assert (far is None) == (distance(reading, low) is None)
    if far is not None:
        assert distance(reading, low) == -far


@given(measures())
def test_history_and_what_is_held_against_nothing_lie_on_no_side(one: Measure):
    (reading,) = one.readings
    assert beside(replace(reading, is_history=True), one.indicator) == "unknown"
    alone = replace(reading, comparisons=tuple(replace(c, other=None) for c in reading.comparisons))
    assert beside(alone, one.indicator) == "unknown"
    assert distance(replace(reading, is_history=True), one.indicator) is None


@given(measures(), measures())
def test_of_several_readings_the_furthest_behind_decides_and_a_side_is_that_of_all(
    one: Measure, two: Measure
):
    readings = [*one.readings, *two.readings]
    (line,) = with_weight([LINE], readings, one.indicator)
    apart = [far for reading in readings if (far := distance(reading, one.indicator)) is not None]
    sides = {beside(reading, one.indicator) for reading in readings}
    assert line.distance == max(apart, default=None)
    assert line.beside == (sides.pop() if len(sides) == 1 else "unknown")


@given(measures())
def test_a_line_says_whether_a_standard_is_missed(one: Measure):
    (reading,) = one.readings
    held = one.indicator.model_copy(update={"targets": (Target(label="national standard", value=50.0),)})
    (line,) = with_weight([LINE], [reading], held)
    assert line.misses_standard == is_behind(reading.latest.value, 50.0, held.polarity)
    assert not with_weight([LINE], [reading], one.indicator)[0].misses_standard
