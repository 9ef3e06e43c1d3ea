"""Hands over what an analyst made of data frames: charts, tables and sentences, with the facts of their rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from boardpacks.chapter.fact_book import FACT, FACT_OF, FactBook, Told
from boardpacks.chapter.hand_over import NOTHING_DERIVED, show_figure, show_statement, show_table
from boardpacks.chapter.show_measure import sources
from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.check_words import ends_of, number_of
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import NOT_HELD, capital, period, unit_words
from boardpacks.params.indicator import Indicator
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.plain_name import plain_name

INTERVAL = "interval"
"""Column of a table that says both ends of a figure's interval."""
_FIGURES = ("value", INTERVAL)


def hand_over_chart(  # noqa: PLR0913 - what a chart needs, by name
    drawing: Canvas | Axes,
    *,
    data: Told,
    title: str,
    alt: str,
    note: str,
    derived: Mapping[str, str] = NOTHING_DERIVED,
    book: FactBook,
    indicators: Mapping[str, Indicator],
) -> None:
    """Hand over a chart of matplotlib or seaborn with the facts of what it is drawn from."""
    facts = book.facts_of(data)
    show_figure(
        plain_name(title),
        drawing,
        title=title,
        note=" ".join(filter(None, (note.strip(), note_of(facts, book, indicators)))),
        alt=alt,
        facts=facts,
        derived=derived,
    )


def hand_over_table(
    data: pd.DataFrame,
    *,
    columns: Mapping[str, str] | None,
    title: str,
    note: str,
    book: FactBook,
    indicators: Mapping[str, Indicator],
) -> None:
    """Hand over a table of a frame's rows; numbers in it say the facts of their row.

    Raises
    ------
    BoardpacksError
        When there are no rows, a column is not in the frame, or one holds numbers that are no facts.
    """
    if data.empty:
        raise BoardpacksError(f"table {title!r}: found no rows. Say in a sentence that there are none")
    facts = book.facts_of(data)
    labels = columns or _columns_of(data, facts, indicators)
    cells = {name: _cells(data, name, book, indicators, title) for name in labels}
    given = [fact for name in labels if name in data for fact in data[name] if isinstance(fact, Fact)]
    right = [name in _FIGURES or _has_facts(data, name) for name in labels]
    show_table(
        plain_name(title),
        [
            Column(label, "right" if is_number else "left", 10 if is_number else 20)
            for label, is_number in zip(labels.values(), right, strict=True)
        ],
        list(zip(*cells.values(), strict=True)),
        title=title,
        note=" ".join(filter(None, (note.strip(), note_of(facts, book, indicators)))),
        facts=[*facts, *given],
    )


def hand_over_words(
    words: str, numbers: Mapping[str, Told], *, place: str, name: str, book: FactBook
) -> None:
    """Hand over sentences whose placeholders are numbers, each tied to its fact.

    Raises
    ------
    BoardpacksError
        When a placeholder is not among the numbers, or one of these is not one fact.
    """
    said = {key: FactInWords(_one(key, told, book)) for key, told in numbers.items()}
    try:
        text = words.format(place=place, **said)
    except (KeyError, IndexError) as error:
        raise BoardpacksError(
            f"say: found the placeholder {{{str(error).strip(chr(39))}}}, allowed are "
            f"{', '.join(['place', *said])}. Hand over its fact by that name"
        ) from None
    show_statement(
        plain_name(name or re.sub(r"\{[^}]*\}", " ", words)), text, facts=[one.fact for one in said.values()]
    )


class FactInWords:
    """A fact as a placeholder says it: ``{own}``, ``{own:interval}``, ``{own:period}`` or ``{own:area}``."""

    def __init__(self, fact: Fact):
        self.fact = fact

    def __format__(self, what: str) -> str:
        fact = self.fact
        match what:
            case "":
                return fact_span(fact.display, fact.id)
            case "interval" if ends := ends_of(fact):
                return fact_span(" to ".join(ends), fact.id)
            case "interval":
                raise BoardpacksError(f"say: the fact {fact.id} has no interval")
            case "period":
                return period(fact.period)
            case "area":
                return fact.area_name
        raise BoardpacksError(f"say: found :{what}, allowed are :interval, :period and :area, or nothing")


def note_of(facts: Sequence[Fact], book: FactBook, indicators: Mapping[str, Indicator]) -> str:
    """Return what is said below a chart or a table: each measure with its unit and periods, and the sources."""
    by_measure: dict[str, list[Fact]] = {}
    for fact in facts:
        if not fact.inputs:
            by_measure.setdefault(fact.indicator, []).append(fact)
    if not by_measure:
        return ""
    told = [
        f"{capital(indicators[name].name)}: {unit_words(indicators[name])}, {book.when(own)}."
        for name, own in by_measure.items()
    ]
    return " ".join([*told, sources(indicators[name] for name in by_measure)])


def _columns_of(
    data: pd.DataFrame, facts: Sequence[Fact], indicators: Mapping[str, Indicator]
) -> dict[str, str]:
    """Return the columns that a table of a frame has by itself, with their labels."""
    wide = [name for name in indicators if f"{FACT_OF}{name}" in data]
    if wide:
        return {"area_name": "Area"} | {name: _label(indicators[name]) for name in wide}
    measures = list(dict.fromkeys(fact.indicator for fact in facts))
    columns = {"indicator": "Measure"} if len(measures) > 1 else {}
    columns["area_name"] = "Area"
    if data["period"].nunique() > 1:
        columns["period"] = "Period"
    columns["value"] = _label(indicators[measures[0]]) if len(measures) == 1 else "Value"
    if any(fact.lower is not None for fact in facts):
        columns[INTERVAL] = "95% interval"
    return columns


def _label(indicator: Indicator) -> str:
    unit = unit_words(indicator)
    return indicator.name if unit in ("%", "£") else f"{indicator.name}, {unit}"


def _cells(
    data: pd.DataFrame, column: str, book: FactBook, indicators: Mapping[str, Indicator], title: str
) -> list[str]:
    """Return the cells of one column of a table."""
    facts = f"{FACT_OF}{column}" if f"{FACT_OF}{column}" in data else FACT
    if column in _FIGURES or facts != FACT:
        return [_said(name, column, book) for name in data[facts]]
    if column not in data:
        raise BoardpacksError(
            f"table {title!r}: found the column {column!r}, allowed are {', '.join([*map(str, data), INTERVAL])}"
        )
    if pd.api.types.is_numeric_dtype(data[column]) and not pd.api.types.is_bool_dtype(data[column]):
        raise BoardpacksError(
            f"table {title!r}: the column {column!r} has numbers that no fact holds. Put chapter.derived(...) into "
            "its cells, or leave it out"
        )
    if column == "period":
        return [period(str(cell)) for cell in data[column]]
    if column == "indicator":
        return [indicators[str(cell)].name for cell in data[column]]
    return [f"{FactInWords(cell)}" if isinstance(cell, Fact) else str(cell) for cell in data[column]]


def _has_facts(data: pd.DataFrame, column: str) -> bool:
    return f"{FACT_OF}{column}" in data or (
        column in data and any(isinstance(cell, Fact) for cell in data[column])
    )


def _said(name: str, column: str, book: FactBook) -> str:
    if not name:
        return NOT_HELD
    (fact,) = book.facts_of(name)
    if column != INTERVAL:
        return fact_span(number_of(fact), fact.id)
    ends = ends_of(fact)
    return fact_span(" to ".join(ends), fact.id) if ends else "none"


def _one(key: str, told: Told, book: FactBook) -> Fact:
    facts = book.facts_of(told)
    if len(facts) != 1:
        raise BoardpacksError(
            f"say: {key} is {len(facts)} facts and not one. Hand over one row of a frame, its fact, or what "
            "chapter.derived(...) gave"
        )
    return facts[0]
