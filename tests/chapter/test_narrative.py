"""Sentences about measures: every indicator for every place, and never more than the statistic allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from boardpacks.chapter import narrative
from boardpacks.chapter.absent_figures import absent_clause
from boardpacks.chapter.measure import Measure, Reading, measure
from boardpacks.chapter.trend_words import time_sentences, title_words, trend_sentence
from boardpacks.chapter.trends import shock_of
from boardpacks.chapter.weigh import beside
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.spans import without_spans
from boardpacks.facts.wording import RELATIONS, number, period
from boardpacks.params.models import Params
from boardpacks.stats.comparison import compare
from tests.chapter.conftest import Record

JUDGEMENT = re.compile(r"\b(better|similar|worse|higher|lower)\b", re.IGNORECASE)
FACT = re.compile(r"\[([^\[\]]+)\]\{fact=\"[^\"]+\"\}")
NOT_WORDS = re.compile(r"\b(nan|NaN|NaT|None|inf|null)\b")


@pytest.fixture(scope="module")
def measures(snapshot: Snapshot, params: Params) -> list[Measure]:
    """Every indicator for every place."""
    return [
        measure(snapshot, params, indicator, place)
        for place in params.places.values()
        for indicator in params.indicators.values()
    ]


def readings(measures: list[Measure]) -> Iterator[tuple[Measure, Reading]]:
    for one in measures:
        for reading in one.readings:
            yield one, reading


def statement(one: Measure, reading: Reading) -> str:
    """Return the statement without what ties its numbers to facts; verdicts keep their marks."""
    return FACT.sub(r"\1", narrative.statement(one, reading))


def texts(one: Measure) -> Iterator[str]:
    yield narrative.title(one)
    yield narrative.opening(one)
    yield narrative.alt_text(one, "Line chart") if one.readings else narrative.never_published(one)
    for reading in one.readings:
        yield statement(one, reading)
        yield narrative.summary_line(one, reading)


def test_nothing_is_empty_and_nothing_is_nan(measures: list[Measure]):
    for one in measures:
        for text in texts(one):
            assert text.strip()
            assert not NOT_WORDS.search(text), text
            assert "  " not in text, text
            assert ".." not in text, text


def test_words_of_judgement_stand_only_where_the_rule_gives_them(measures: list[Measure]):
    for one, reading in readings(measures):
        latest, polarity = reading.latest, one.indicator.polarity
        values = [c.other.value if c.other else None for c in reading.comparisons]
        verdicts = [compare(latest.value, latest.lower, latest.upper, value, polarity) for value in values]
        if latest.verdict is not None:  # the publisher's own, against the benchmark alone
            verdicts[0] = latest.verdict
        if reading.is_small:
            verdicts = ["not-compared"] * len(verdicts)
        told = statement(one, reading).replace(latest.note, "")
        told = told.replace(without_spans(time_sentences(reading, one.indicator, one.place.id)), "")
        line = narrative.summary_line(one, reading).replace(one.indicator.name, "")
        if narrative.BETTER_SIDE in told + line:  # a direction, of what stands out untested
            assert reading.notable.rules, told
            assert beside(reading, one.indicator) == "ahead", told
        told, line = (text.replace(narrative.BETTER_SIDE, "") for text in (told, line))
        assert {word.lower() for word in JUDGEMENT.findall(told)} <= set(verdicts), told
        assert {word.lower() for word in JUDGEMENT.findall(line)} <= {verdicts[0]}, line
        for verdict, comparison in zip(verdicts, reading.comparisons, strict=True):
            if verdict in RELATIONS and (latest.verdict is None or comparison.judge):
                assert f"[{verdict}]{{.verdict-{verdict}}} " in told
                assert f" {comparison.name} ({number(comparison.other.value, one.indicator)})" in told  # type: ignore[union-attr]


def test_titles_and_descriptions_judge_no_more_than_the_readings(measures: list[Measure]):
    for one in measures:
        allowed = {comparison.verdict for reading in one.readings for comparison in reading.comparisons}
        title = narrative.title(one).replace(one.indicator.name, "")
        title = title.removesuffix(title_words(one.readings[0]) if len(one.readings) == 1 else "")
        assert {word.lower() for word in JUDGEMENT.findall(title)} <= allowed, title
        if one.readings:
            alt = narrative.alt_text(one, "Line chart")
            for reading in one.readings:
                alt = alt.replace(trend_sentence(reading.trend) or "\0", "")
            assert {word.lower() for word in JUDGEMENT.findall(alt)} <= allowed, alt


def test_not_tested_is_said_exactly_where_there_is_no_interval(measures: list[Measure]):
    said = 0
    for one, reading in readings(measures):
        latest = reading.latest
        without = latest.lower is None or latest.lower == latest.upper
        untested = without and latest.verdict is None
        compared = not one.indicator.additive and any(comparison.other for comparison in reading.comparisons)
        compared = compared and not reading.is_small
        text = statement(one, reading)
        assert ("of too few people to be compared" in text) == reading.is_small
        assert ("[not tested]{.verdict-none}" in text) == (untested and compared), text
        assert ("95% confidence interval" in text) == (not without)
        said += "not tested" in text
    assert said > 100


def test_words_never_contradict_the_printed_numbers(measures: list[Measure]):
    for one, reading in readings(measures):
        for told, sign in (("above", 1), ("below", -1), ("the same as", 0)):
            for name, other in re.findall(rf"{told} (England|London) \(([^)]*)\)", statement(one, reading)):
                own = number(reading.latest.value or 0.0, one.indicator)
                assert name
                difference = _plain(own) - _plain(other)
                assert (difference > 0) - (difference < 0) == sign


def _plain(number: str) -> float:
    return float(re.sub("[^0-9.]", "", number))


def test_a_title_names_the_year_of_a_figure_where_england_has_a_newer_one(measures: list[Measure]):
    older = [
        (one, reading)
        for one in measures
        for reading in one.readings
        if any(o.latest and o.latest.start > reading.latest.start for o in one.comparators)
    ]
    assert older
    for one, reading in older:
        assert f" in {period(reading.latest.period)}" in narrative.title(one)


def test_descriptions_name_place_and_period_and_are_not_the_title(measures: list[Measure]):
    for one in measures:
        if one.readings:
            alt = narrative.alt_text(one, "Line chart")
            assert alt != narrative.title(one)
            assert alt.startswith("Line chart of ")
            where = one.place.name if one.indicator.areas == "boroughs" else one.series[0].name
            assert where in alt
            assert all(period(reading.latest.period) in alt for reading in one.readings)
            assert all(series.name in alt for series in one.series)


def test_a_borough_without_any_figure_is_named_once(measures: list[Measure]):
    for one in measures:
        for series in one.unpublished:
            told = [statement(one, reading) for reading in one.readings]
            assert " ".join(told).count(absent_clause(series)) == (1 if one.readings else 0)


def test_a_place_without_figures_is_told_so(measures: list[Measure]):
    silent = [one for one in measures if not one.readings]
    told = {(one.indicator.id, one.place.id) for one in silent}
    assert {("obesity_reception", "city-and-hackney"), ("obesity_year6", "city-and-hackney")} <= told
    for one in silent:
        name = one.place.name
        assert narrative.never_published(one).startswith(f"No figure for {name} is held here.")
        assert narrative.title(one).endswith(f"no figure for {name}")


def test_the_earlier_value_is_five_years_older_or_before_a_shock_and_does_not_overlap(
    measures: list[Measure], params: Params
):
    found = 0
    for one, reading in readings(measures):
        earlier = reading.earlier
        if earlier is not None:
            years = reading.latest.start.year - earlier.start.year
            five_before = replace(earlier, start=earlier.start.replace(year=reading.latest.start.year - 5))
            assert years == 5 or (years > 5 and shock_of(five_before, params.shocks_of(one.indicator)))
            assert earlier.start.month == reading.latest.start.month
            assert earlier.months < 60
            told = statement(one, reading)
            assert period(earlier.period) in told
            assert number(earlier.value or 0.0, one.indicator) in told
            found += 1
    assert found > 100


def _with(reading: Reading, **changes: Any) -> Reading:
    return replace(reading, latest=replace(reading.latest, **changes))


def test_methods_and_remarks_are_told(snapshot: Snapshot, params: Params):
    one = measure(snapshot, params, params.indicators["population"], params.places["city-and-hackney"])
    assert ", the sum of City of London and Hackney." in statement(one, one.readings[0])
    remarked = replace(_with(one.readings[0], method="published"), remark="a small sample")
    assert "The publisher remarks: A small sample." in statement(one, remarked)


@pytest.mark.parametrize(
    ("rank", "from_lowest", "words"),
    [
        (1, 33, ", the highest of 33 London boroughs, whose middle half"),
        (2, 32, ", the 2nd highest of 33 London boroughs, whose middle half"),
        (33, 1, ", the lowest of 33 London boroughs, whose middle half"),
        (31, 3, ", the 3rd lowest of 33 London boroughs, whose middle half"),
        (17, 17, ", the 17th highest of 33 London boroughs, whose middle half"),
    ],
)
def test_ranks_are_told_from_the_nearer_end(
    snapshot: Snapshot, params: Params, rank: int, from_lowest: int, words: str
):
    one = measure(snapshot, params, params.indicators["mmr_two_doses"], params.places["havering"])
    among_peers = one.readings[0].among_peers
    assert among_peers is not None
    ranked = replace(
        one.readings[0], among_peers=replace(among_peers, rank=rank, rank_from_lowest=from_lowest, count=33)
    )
    assert words in statement(one, ranked)


def test_every_statement_of_every_pack_is_free_of_nan(all_records: dict[tuple[str, str], list[Record]]):
    for (_, place), records in all_records.items():
        for record in records:
            words = [record.get(key) or "" for key in ("title", "note", "alt", "markdown")]
            words += [cell for row in record.get("rows", []) for cell in row]
            assert not any(NOT_WORDS.search(text) for text in words), (place, record["name"])
