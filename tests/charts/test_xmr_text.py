"""Descriptions of XmR charts: level, variation, limits, target and gaps, and nothing that the chart did not find."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from boardpacks.charts.alt_text import About
from boardpacks.charts.xmr_text import RULES, describe_spc
from boardpacks.stats.comparison import Polarity
from boardpacks.stats.spc.chart import Chart, unjudged, with_left_out
from boardpacks.stats.spc.signals import RULES as RULE_NAMES
from boardpacks.stats.spc.signals import Side
from tests.charts.drawn import directions
from tests.charts.monthly import BETTER, STEADY, chart, months, say

ABOUT = About("A&E attendances completed within four hours", "Barts Health", "April 2021 to May 2023")


def describe(made: Chart) -> str:
    return describe_spc(made, ABOUT, say)


def test_level_variation_and_target_are_said():
    text = describe(chart(BETTER, target=60.0))
    assert text.startswith(
        "Control (XmR) chart of A&E attendances completed within four hours, Barts Health, April 2021 to May 2023."
    )
    assert (
        "Latest, December 2022: 82.0%. Special cause: improvement (high): it is above the upper limit."
        in text
    )
    assert "Target 60.0%: the process will consistently meet the target." in text


def test_mean_and_limits_are_those_of_the_latest_stretch():
    made = chart([*STEADY, *(value + 20 for value in STEADY)], rebase=(months(26)[13],))
    limits = made.stretches[1].limits
    assert limits
    assert (
        f"Mean of the latest 13 months: {say(limits.mean)}; limits {say(limits.lower)} to {say(limits.upper)}."
        in describe(made)
    )
    assert "Limits are made anew from May 2022." in describe(made)


def test_missing_months_are_named_or_counted():
    assert "No figure for September 2021." in describe(chart([*STEADY[:5], None, *STEADY[5:]]))
    text = describe(chart([*STEADY, *[None] * 8, *STEADY]))
    assert "No figure for 8 months between May 2022 and December 2022." in text


def test_why_there_are_no_limits_is_said():
    few = describe(chart(STEADY[:12]))
    assert "There are no limits: 12 points since April 2021, and limits need 13." in few
    scattered = describe(chart([value for steady in STEADY for value in (steady, None)]))
    assert "There are no limits: too few of the points follow one another without a gap." in scattered


def test_every_rule_has_words_for_both_sides():
    assert set(RULES) == {(rule, side) for rule in RULE_NAMES for side in get_args(Side)}


values = st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=40)


@given(values.filter(lambda v: any(x is not None for x in v)), st.sampled_from(get_args(Polarity)))
def test_descriptions_claim_only_what_the_chart_found(values: list[float | None], polarity: Polarity):
    made = chart(values, polarity)
    text = describe(made)
    assert "Barts Health, April 2021 to May 2023." in text
    found = {point.variation for point in made.points}
    said = directions(text)
    assert ("improvement" in said) == any(kind.startswith("improvement") for kind in found)
    assert ("concern" in said) == any(kind.startswith("concern") for kind in found)
    if made.latest.signal is None:
        assert not said & {"rise", "fall", "above", "below", "better", "worse"}


def test_values_left_out_are_named_and_not_called_missing():
    made = chart([*BETTER[:5], None, *BETTER[6:]])
    assert "No figure for September 2021." in describe(made)
    told = describe(with_left_out(made, [(months(6)[5], 40.0)]))
    assert "Shown but left out as doubtful: September 2021." in told
    assert "No figure" not in told


def test_a_chart_that_is_not_judged_gives_its_reason_and_no_direction():
    told = describe(unjudged(chart(BETTER, target=78.0), "6 of the 20 months have no figure"))
    assert "There are no limits: 6 of the 20 months have no figure." in told
    assert "Target 78.0%: not judged." in told
    assert "special cause" not in told.lower()
