"""The checker of numbers itself finds what it is for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chapter.numbers import unexplained_numbers


def a_fact(**changes: Any) -> dict[str, Any]:
    return {
        "id": "havering.smoking_prevalence.E09000016.persons.2023",
        "indicator": "smoking_prevalence",
        "indicator_name": "Adults who smoke",
        "area": "E09000016",
        "area_name": "Havering",
        "sex": "Persons",
        "period": "2023",
        "value": 10.949,
        "lower": 9.75,
        "upper": 12.1,
        "unit": "%",
        "display": "10.9%",
        "source": "A survey of 2,000 people",
        "publisher": "ONS",
        "series": "0" * 16,
        "method": "published",
        **changes,
    }


def statement(markdown: str, *facts: dict[str, Any], line: str | None = None) -> dict[str, Any]:
    return {
        "kind": "statement",
        "markdown": markdown,
        "facts": list(facts),
        "summary": [] if line is None else [{"line": line}],
    }


@pytest.mark.parametrize(
    "words",
    [
        "Havering: **10.9%** in 2023 (95% confidence interval 9.8% to 12.1%).",
        "That is [better]{.verdict-better} than nothing. No figure is published for 2024/25.",
        "A survey of 2,000 people says 10.9%.",
        "Children aged 4 to 5 living with obesity",
        "No numbers at all.",
    ],
)
def test_what_facts_and_names_explain_is_passed(words: str):
    assert unexplained_numbers(statement(words, a_fact())) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Havering: 11.0%", "11.0%"),
        ("Havering: 10.95%", "10.95%"),
        ("Havering: 10.9", "10.9"),
        ("Havering: 9.7% to 12.1%", "9.7%"),
        ("In 2022 it was 10.9%", "2022"),
        ("the 3rd highest", "3rd"),
        ("£10.9%", "£10.9%"),
        ("-10.9%", "-10.9%"),
        ("12,345 people", "12,345"),
    ],
)
def test_what_no_fact_explains_is_found(words: str, found: str):
    (told,) = unexplained_numbers(statement(words, a_fact()))
    assert told.startswith(f"{found} in ")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2024/25 Q4", "2024/25 Q4"),
        ("2024/25 Q1 - 2024/25 Q4", "2024/25 Q1 to 2024/25 Q4"),
        ("2013/14-15/16", "2013/14 to 2015/16"),
        ("Feb to Apr 2024", "February to April 2024"),
        ("Nov 2023 to Jan 2024", "November 2023 to January 2024"),
        ("2022 - 24", "2022 to 2024"),
        ("2024-04", "April 2024"),
    ],
)
def test_periods_in_words_are_no_numbers(label: str, words: str):
    told = f"10.9% in {words}. No figure is published for {words}."
    assert unexplained_numbers(statement(told, a_fact(period=label))) == []
    assert unexplained_numbers(statement(f"No figure is published for {words}.", a_fact())) == []
    assert unexplained_numbers(statement("24 people", a_fact(period=label)))


def test_the_line_for_the_summary_is_read():
    assert unexplained_numbers(statement("Fine.", a_fact(), line="Adults who smoke: 12%"))


def test_every_part_of_a_table_and_of_a_figure_is_read():
    table = {
        "kind": "table",
        "title": "1",
        "note": "2",
        "columns": [{"label": "3"}],
        "rows": [["4"], ["10.9%"]],
        "facts": [a_fact()],
    }
    assert [told[0] for told in unexplained_numbers(table)] == ["1", "2", "3", "4"]
    figure = {"kind": "figure", "title": "1", "note": "2", "alt": "3", "facts": [a_fact()]}
    assert [told[0] for told in unexplained_numbers(figure)] == ["1", "2", "3"]


def test_units_and_ranks_explain_only_what_they_say():
    rate = a_fact(unit="per 100,000", display="10.9 per 100,000")
    rank = a_fact(unit="rank", value=3.0, lower=None, upper=None, display="3")
    assert unexplained_numbers(statement("10.9 per 100,000, the 3rd", rate, rank)) == []
    assert len(unexplained_numbers(statement("100,000 people, 3", rate, rank))) == 2


def test_a_display_that_is_not_the_value_is_a_fault():
    with pytest.raises(AssertionError, match="is not shown as"):
        unexplained_numbers(statement("10.8%", a_fact(display="10.8%")))
