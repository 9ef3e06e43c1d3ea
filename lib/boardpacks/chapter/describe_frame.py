"""Proposes an alternative text for a chart of a data frame: what it shows, in the figures' own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from boardpacks.chapter.fact_book import FactBook, fact_columns
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import number, sentence
from boardpacks.facts.wording import period as period_words
from boardpacks.params.indicator import Indicator
from boardpacks.project.errors import BoardpacksError

MOST_TOLD = 6
"""Areas that are told one by one: the place and its comparators; of more, the lowest and the highest are."""


def describe(data: pd.DataFrame, book: FactBook, indicators: Mapping[str, Indicator]) -> str:
    """Return a description of a chart of a frame's figures.

    Of each measure it names the period, the place's own figures, from the first to the last of several periods, its
    comparators', and the lowest and the highest of the other areas in the newest period.

    Raises
    ------
    BoardpacksError
        When the frame has no figures.
    """
    facts = book.facts_of(data)
    if not facts:
        raise BoardpacksError(
            "describe: found a frame without figures. Say in a sentence that there are none"
        )
    roles = _roles(data)
    by_measure: dict[str, list[Fact]] = {}
    for fact in facts:
        by_measure.setdefault(fact.indicator, []).append(fact)
    return " ".join(
        words for name, own in by_measure.items() for words in _of_measure(indicators[name], own, roles, book)
    )


def _roles(data: pd.DataFrame) -> dict[str, str]:
    """Return the role of each fact's area in the frame, by the fact's id."""
    if "role" not in data.columns:
        return {}
    return {
        str(fact): str(role)
        for column in fact_columns(data.columns)
        for fact, role in zip(data[column], data["role"], strict=True)
    }


def _of_measure(
    indicator: Indicator, facts: Sequence[Fact], roles: Mapping[str, str], book: FactBook
) -> Iterator[str]:
    ordered = sorted(facts, key=book.start)
    yield sentence(f"{indicator.name}, {book.when(ordered)}")
    by_area: dict[str, list[Fact]] = {}
    for fact in ordered:
        by_area.setdefault(fact.area, []).append(fact)
    apart = [area for area, own in by_area.items() if roles.get(own[-1].id, "peer") != "peer"]
    told = list(by_area) if len(by_area) <= MOST_TOLD else apart
    several = len({fact.period for fact in ordered}) > 1
    yield from (_of_area(by_area[area], indicator, several=several) for area in told)
    newest = ordered[-1].period
    rest = [own[-1] for area, own in by_area.items() if area not in told and own[-1].period == newest]
    if rest:
        yield _of_rest(rest, indicator, several=several)


def _of_area(own: Sequence[Fact], indicator: Indicator, *, several: bool) -> str:
    ends = [own[0], own[-1]] if len(own) > 1 else [own[0]]
    figures = [
        f"{_value(one, indicator)}{f' in {period_words(one.period)}' if several else ''}" for one in ends
    ]
    return f"{own[0].area_name}: {' and '.join(figures)}."


def _of_rest(rest: Sequence[Fact], indicator: Indicator, *, several: bool) -> str:
    low, high = (pick(rest, key=lambda one: one.value or 0.0) for pick in (min, max))
    others = f"Others in {period_words(low.period)}" if several else "Others"
    lowest = f"{_value(low, indicator)} in {low.area_name}"
    if low.value == high.value:
        return f"{others}: {lowest}."
    return f"{others}: from {lowest} to {_value(high, indicator)} in {high.area_name}."


def _value(fact: Fact, indicator: Indicator) -> str:
    return fact.display if fact.value is None else number(fact.value, indicator)
