"""Writes beside a drawing what it shows: its figures as CSV, and where each value stands in it, for the web page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from math import isclose

from boardpacks.charts.drawn import ValueMark
from boardpacks.facts.artefacts import Fact, Figure
from boardpacks.facts.wording import period, unit_phrase
from boardpacks.packs.compose.data_file import csv_text
from boardpacks.packs.compose.section import Section
from boardpacks.packs.read.read_notebook import ChapterContent

COLUMNS = ("Measure", "Area", "Sex", "Period", "Value", "Lower 95%", "Upper 95%", "Unit", "Source")


def beside_drawing(path: str, figure: Figure) -> Mapping[str, str]:
    """Return what stands beside a drawing at `path`, by path; nothing for a drawing without figures.

    ``.csv`` holds its figures, ``.json`` a list of its values: distance from the left and upper edge in points, and
    the value in words.
    """
    if not figure.facts:
        return {}
    stem = path.removesuffix(".svg")
    values = list(chart_values(figure))
    told = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return {f"{stem}.csv": figures_csv(figure.facts), **({f"{stem}.json": told} if values else {})}


def values_in_annex(sections: Sequence[Section], chapters: Sequence[ChapterContent]) -> Mapping[str, str]:
    """Return, by path, what the annex's page needs to say the values of its charts; the workbook has their figures."""
    return {
        name: words
        for section, chapter in zip(sections, chapters, strict=True)
        for item in chapter.artefacts
        if isinstance(item, Figure)
        for name, words in beside_drawing(f"figures/{section.slug}/{item.name}.svg", item).items()
        if name.endswith(".json")
    }


def figures_csv(facts: Sequence[Fact]) -> str:
    """Return figures as CSV, each once."""
    rows = dict.fromkeys(
        (
            fact.indicator_name,
            fact.area_name,
            fact.sex,
            period(fact.period),
            fact.value,
            fact.lower,
            fact.upper,
            unit_phrase(fact.unit),
            f"{fact.source}, {fact.publisher}",
        )
        for fact in facts
        if fact.value is not None
    )
    return csv_text([COLUMNS, *rows])


def chart_values(figure: Figure) -> Iterator[tuple[float, float, str]]:
    """Yield where each value of a drawing stands and what it is, from left to right; each fact once."""
    left = [fact for fact in figure.facts if fact.value is not None]
    several = {
        "measure": len({fact.indicator for fact in left}) > 1,
        "sex": len({fact.sex for fact in left}) > 1,
    }
    found = []
    for mark in figure.drawn.marks if figure.drawn else ():
        if fact := _fact_at(mark, left):
            left.remove(fact)
            found.append((mark.x, mark.y, _words(fact, several)))
    yield from sorted(found)


def _fact_at(mark: ValueMark, facts: Sequence[Fact]) -> Fact | None:
    """Return the fact that a mark shows: one of the area that it is labelled with goes first."""
    for level in reversed(mark.at):  # most charts have their values on the height
        near = [fact for fact in facts if isclose(fact.value or 0.0, level, rel_tol=1e-9, abs_tol=1e-9)]
        own = [fact for fact in near if fact.area_name == mark.what]
        if near:
            return min(own or near, key=lambda fact: fact.period)
    return None


def _words(fact: Fact, several: Mapping[str, bool]) -> str:
    about = [
        fact.indicator_name if several["measure"] else "",
        fact.area_name,
        fact.sex if several["sex"] else "",
        period(fact.period),
    ]
    return f"{', '.join(filter(None, about))}: {fact.display}"
