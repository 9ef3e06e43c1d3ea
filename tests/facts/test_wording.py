"""Values, periods and lists in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boardpacks.facts.wording import (
    CLASSES,
    LABELS,
    RELATIONS,
    digits,
    interval,
    listed,
    number,
    ordinal,
    period,
    phrase,
    sentence,
    short_period,
    span,
    unit_words,
    verdict_span,
)
from boardpacks.params.indicator import Indicator


def indicator(unit: str, decimals: int = 1) -> Indicator:
    return Indicator(
        id="made",
        name="Made",
        measures="Made by hand.",
        unit=unit,
        decimals=decimals,
        polarity="none",
        frequency="annual",
        interval="none",
        source="A survey",
        publisher="An office",
        licence="OGL v3.0",
    )


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
@example(0.25, 1)
@example(2.675, 2)
@example(-0.04, 1)
@example(999.95, 1)
def test_digits_round_half_up_as_decimals_are_read(value: float, decimals: int):
    """Reckoned in whole numbers from the decimals that the value is written with."""
    scaled = abs(Fraction(repr(value))) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    left, right = divmod(whole, 10**decimals)
    expected = f"{left:,}" + (f".{right:0{decimals}d}" if decimals else "")
    assert digits(value, decimals) == ("-" if value < 0 and whole else "") + expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "in_table", "in_sentence"),
    [
        (10.949, "%", 1, "10.9%", "10.9%"),
        (10.95, "%", 1, "11.0%", "11.0%"),
        (0.0, "%", 1, "0.0%", "0.0%"),
        (1.465, "%", 2, "1.47%", "1.47%"),
        (772.2, "£", 2, "£772.20", "£772.20"),
        (1248.06, "£", 2, "£1,248.06", "£1,248.06"),
        (46.4, "per 100,000", 1, "46.4", "46.4 per 100,000"),
        (7.48, "score 0-10", 2, "7.48", "7.48 out of 10"),
        (59.04, "years", 1, "59.0", "59.0 years"),
        (281868.5, "people", 0, "281,869", "281,869 people"),
        (-1.25, "%", 1, "-1.3%", "-1.3%"),
    ],
)
def test_values(value: float, unit: str, decimals: int, in_table: str, in_sentence: str):
    assert number(value, indicator(unit, decimals)) == in_table
    assert phrase(value, indicator(unit, decimals)) == in_sentence


def test_intervals_and_units():
    assert interval(8.64, 13.16, indicator("%")) == "8.6% to 13.2%"
    assert unit_words(indicator("score 0-10")) == "score from 0 to 10"
    assert unit_words(indicator("per 1,000 live births")) == "per 1,000 live births"


@pytest.mark.parametrize(
    ("label", "words", "short"),
    [
        ("2023", "2023", "2023"),
        ("2023/24", "2023/24", "2023/24"),
        ("2022 - 24", "2022 to 2024", "2022–24"),
        ("2001 - 03", "2001 to 2003", "2001–03"),
        ("1999 - 01", "1999 to 2001", "1999–01"),
        ("2025-07", "July 2025", "Jul 2025"),
        ("2025-12", "December 2025", "Dec 2025"),
        ("April 2025", "April 2025", "April 2025"),
        ("2024/25 Q4", "2024/25 Q4", "2024/25 Q4"),
        ("2021/22 Q1 - 2025/26 Q3", "2021/22 Q1 to 2025/26 Q3", "2021/22 Q1–2025/26 Q3"),
        ("2021/22-23/24", "2021/22 to 2023/24", "2021/22–23/24"),
        ("Jul to Sep 2024", "July to September 2024", "Jul to Sep 2024"),
        ("Nov 2024 to Jan 2025", "November 2024 to January 2025", "Nov 2024 to Jan 2025"),
    ],
)
def test_periods(label: str, words: str, short: str):
    assert period(label) == words
    assert short_period(label) == short


@pytest.mark.parametrize("label", ["2025-13", "2025-00", "2025 Q1", "25-07", ""])
def test_other_labels_stay_as_they_are(label: str):
    assert period(label) == short_period(label) == label


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2019/20", "2024/25", "2019/20 to 2024/25"),
        ("2001 - 03", "2022 - 24", "2001 to 2024"),
        ("2021-04", "2025-07", "April 2021 to July 2025"),
        ("2013/14-15/16", "2021/22-23/24", "2013/14 to 2023/24"),
        ("2019/20 Q1", "2024/25 Q4", "2019/20 Q1 to 2024/25 Q4"),
        ("Feb to Apr 2024", "Jul to Sep 2024", "February to September 2024"),
        ("Feb to Apr 2023", "Jul to Sep 2024", "February 2023 to September 2024"),
    ],
)
def test_spans(first: str, last: str, words: str):
    assert span(first, last) == words


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (20, "20th"),
        (21, "21st"),
        (33, "33rd"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (122, "122nd"),
    ],
)
def test_ordinals(rank: int, words: str):
    assert ordinal(rank) == words


@pytest.mark.parametrize(
    ("words", "told"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists(words: list[str], told: str):
    assert listed(words) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [("so it is", "So it is."), ("Why?", "Why?"), ("Done.", "Done."), ("16 pupils", "16 pupils.")],
)
def test_sentences(text: str, told: str):
    assert sentence(text) == told


def test_every_verdict_has_words_and_a_class():
    assert set(LABELS) == set(CLASSES)
    assert set(RELATIONS) == set(LABELS) - {"not-tested", "not-compared", "too-old"}
    assert verdict_span("better") == "[Better]{.verdict-better}"
    assert verdict_span("not-tested") == "[Not tested]{.verdict-none}"
