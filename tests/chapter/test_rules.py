"""No sentence made by rule contradicts its statistic, whatever the figures are."""

from __future__ import annotations

import re

from hypothesis import given

from boardpacks.chapter import narrative
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.trend_words import trend_cell, trend_word
from boardpacks.facts.spans import without_spans
from boardpacks.facts.wording import number, period
from tests.chapter.made import measures

RELATION = re.compile(
    r"\b(?:better|worse|higher|lower|similar) (?:than|to)\b|\babove\b|\bbelow\b|\bthe same as\b"
)


def sentences(measure: Measure, reading: Reading) -> list[str]:
    text = without_spans(narrative.statement(measure, reading)).replace("**", "")
    return re.split(r"(?<=\.) (?=[A-Z])", text)


def plain(text: str) -> float:
    return float(re.sub(r"[^0-9.-]", "", text))


@given(measures())
def test_a_comparison_says_its_verdict_and_only_that(measure: Measure):
    (reading,) = measure.readings
    told = sentences(measure, reading)[0]
    for comparison in reading.comparisons:
        value = comparison.other.value if comparison.other else None
        if value is None:
            assert f"{comparison.name} (" not in told
            continue
        words = f"{comparison.name} ({number(value, measure.indicator)})"
        assert told.count(words) == 1
        before = RELATION.findall(told.partition(words)[0])[-1]
        if comparison.verdict != "not-tested":
            assert before.split()[0] == comparison.verdict
        else:
            own, other = (
                number(reading.latest.value or 0.0, measure.indicator),
                number(value, measure.indicator),
            )
            expected = "the same as" if own == other else "above" if plain(own) > plain(other) else "below"
            assert before == expected


@given(measures())
def test_a_change_is_said_only_where_it_is_beyond_chance_and_the_way_it_goes(measure: Measure):
    (reading,) = measure.readings
    told = [text for text in sentences(measure, reading) if re.match("It is (higher|lower) ", text)]
    change, earlier = reading.change, reading.earlier
    if change is None or change.direction not in ("higher", "lower"):
        assert not told
        return
    assert earlier is not None
    own, was = (number(o.value or 0.0, measure.indicator) for o in (reading.latest, earlier))
    if own == was:
        assert not told
        return
    (said,) = told
    direction = re.match(r"It is (higher|lower) than in (\d+) \(([^)]*)\)", said)
    assert direction is not None
    assert (direction[1], direction[2], direction[3]) == (change.direction, earlier.period, was)
    assert (plain(own) > plain(was)) == (direction[1] == "higher")
    better = re.search(r"which is (better|worse)", said)
    polarity = measure.indicator.polarity
    assert (better is None) == (polarity == "none")
    if better:
        assert (better[1] == "better") == ((direction[1] == "higher") == (polarity == "high"))


@given(measures())
def test_a_trend_is_said_as_the_test_finds_it(measure: Measure):
    (reading,) = measure.readings
    trend = reading.trend
    told = [text for text in sentences(measure, reading) if re.search(r"ecent trend \(", text)]
    if trend is None or trend.direction == "not-calculated":
        assert not told
        assert trend_word(trend) == "not-calculated"
        return
    (said,) = told
    assert f"({trend.first} to {trend.last})" in said
    moves = {"increasing": "rising", "decreasing": "falling"}
    for direction, words in moves.items():
        assert (f"is {words}" in said) == (trend.direction == direction)
    still = "shows no significant change" in said
    assert still == (trend.direction == "no-significant-change")
    for meaning in ("better", "worse"):
        clause = said[said.index("ecent trend (") :]
        assert (f"which is {meaning}" in clause) == (trend.meaning == meaning)
        assert (f"getting {meaning}" in trend_cell(trend).lower()) == (trend.meaning == meaning)
        assert (trend_word(trend) == f"getting-{meaning}") == (trend.meaning == meaning)
    if trend.direction != "no-significant-change" and measure.indicator.polarity != "none":
        upwards = trend.direction == "increasing"
        assert (trend.meaning == "better") == (upwards == (measure.indicator.polarity == "high"))


@given(measures())
def test_nothing_is_told_across_a_break(measure: Measure):
    (reading,) = measure.readings
    for one in measure.indicator.breaks:
        if reading.earlier is not None:
            assert not reading.earlier.start < one.since <= reading.latest.start
        if reading.trend is not None and reading.trend.first and one.since <= reading.latest.start:
            assert int(reading.trend.first) >= one.since.year
        crossed = any(
            o.start < one.since <= reading.latest.start and o.value is not None
            for o in reading.series.observations
        )
        assert (one.reason in narrative.statement(measure, reading)) == crossed


@given(measures())
def test_titles_say_verdict_and_trend_and_no_more(measure: Measure):
    (reading,) = measure.readings
    title = narrative.title(measure)
    for word in ("better", "worse", "similar", "higher", "lower"):
        assert (f"is {word} " in title) == (reading.verdict == word)
    word = trend_word(reading.trend)
    for meaning in ("better", "worse"):
        assert (f"getting {meaning}" in title) == (word == f"getting-{meaning}")
    assert title.endswith(" rising") == (word == "increasing")
    assert title.endswith(" falling") == (word == "decreasing")


@given(measures())
def test_descriptions_are_whole(measure: Measure):
    (reading,) = measure.readings
    alt = narrative.alt_text(measure, "Line chart")
    assert alt.startswith("Line chart of adults who whistle, Havering, ")
    assert alt != narrative.title(measure)
    assert period(reading.latest.period) in alt
    assert number(reading.latest.value or 0.0, measure.indicator) in alt
    for comparison in reading.comparisons:
        assert (f"{comparison.name} at " in alt) == (comparison.other is not None)
        if comparison.verdict in ("better", "worse", "similar", "higher", "lower"):
            assert re.search(rf"{comparison.verdict} (?:than|to) {comparison.name} at ", alt)
    tested = reading.trend is not None and reading.trend.direction != "not-calculated"
    assert ("Recent trend (" in alt) == tested
    assert "  " not in alt
    assert alt.endswith(".")
