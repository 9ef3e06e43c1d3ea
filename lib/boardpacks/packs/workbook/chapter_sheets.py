"""Describes the sheets of the chapters: every number of the pack once, as a table for each chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from boardpacks.data.observations import STATED
from boardpacks.facts.wording import unit_phrase
from boardpacks.packs.compose.section import Section
from boardpacks.packs.files.facts_file import FactRecord, FactsFile, is_published
from boardpacks.packs.workbook.cell_names import Names, clean, table_name
from boardpacks.packs.workbook.model import Cell, Sheet, SheetColumn, SheetTable
from boardpacks.packs.workbook.shorthand import NOT_APPLICABLE, NOT_AVAILABLE, number_cell, text_cell

COLUMNS = (
    SheetColumn("Measure", 44),
    SheetColumn("Area", 24),
    SheetColumn("Sex", 11),
    SheetColumn("Period", 14),
    SheetColumn("Value", 14, numeric=True),
    SheetColumn("Lower 95% limit", 12, numeric=True),
    SheetColumn("Upper 95% limit", 12, numeric=True),
    SheetColumn("Unit", 18),
    SheetColumn("As printed in the pack", 20),
    SheetColumn("How the number was made", 36),
    SheetColumn("How it was compared", 46),
    SheetColumn("Publisher", 30),
    SheetColumn("Source", 34),
    SheetColumn("Said in", 15),
    SheetColumn("Also in chapter", 28),
    SheetColumn("Area code", 24),
    SheetColumn("Number's id", 66),
)

_DECIMALS = re.compile(r"\d[\d,]*(?:\.(?P<places>\d+))?")


def numbers_sheets(
    facts: FactsFile, sections: Sequence[Section], names: Names, sources: str
) -> Iterator[Sheet]:
    """Yield a sheet for each chapter that says a number first.

    Rows are sorted by measure, area and sex in the order of the pack, then by period.

    Parameters
    ----------
    facts
        Every fact of the pack.
    sections
        The chapters, in the order of the pack.
    names
        Gives each sheet its name.
    sources
        Name of the sheet of sources.
    """
    titles = {section.chapter: clean(section.title) for section in sections}
    by_chapter: dict[str, list[FactRecord]] = {}
    for fact in facts.facts:
        by_chapter.setdefault(fact.said[0].chapter_id, []).append(fact)
    for chapter, title in titles.items():
        own = by_chapter.get(chapter)
        if own:
            rows = tuple(_row(fact, facts, titles) for fact in _sorted(own))
            yield Sheet(
                name=names.claim(title),
                title=f"{title}: the numbers of this chapter",
                lines=tuple(_lines(chapter, own, facts, sources)),
                table=SheetTable(table_name(chapter), COLUMNS, rows),
            )


def _lines(chapter: str, own: Sequence[FactRecord], facts: FactsFile, sources: str) -> Iterator[str]:
    count = "1 number" if len(own) == 1 else f"{len(own):,} numbers"
    yield (
        f"This sheet has one table, with {count}, a row each. Some cells have a shorthand, {NOT_AVAILABLE} or "
        f"{NOT_APPLICABLE}: the sheet Notes explains it."
    )
    said = {
        one.chapter_id for fact in facts.facts for one in fact.said[1:] if fact.said[0].chapter_id != chapter
    }
    if chapter in said:
        yield "Numbers that an earlier chapter says too stand on its sheet; the column Also in chapter says so."
    yield f"Source: the publishers named in each row. The sheet {sources} has their licences."


def _sorted(facts: Sequence[FactRecord]) -> list[FactRecord]:
    """Return the facts measure by measure, as a reader looks them up."""
    seen: dict[tuple[str, ...], int] = {}

    def place(*key: str) -> int:
        return seen.setdefault(key, len(seen))

    def key(fact: FactRecord) -> tuple[int, int, int, int, str]:
        of = fact.observation
        return (
            place("measure", of.indicator),
            place("name", fact.name),
            place("area", of.area, fact.area_name),
            place("sex", of.sex),
            of.period,
        )

    return sorted(facts, key=key)


def _row(fact: FactRecord, facts: FactsFile, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    of, places, source = fact.observation, _places(fact.display), facts.sources[fact.source]
    missing = NOT_AVAILABLE if is_published(fact) or fact.method == STATED else NOT_APPLICABLE
    first, *more = dict.fromkeys(one.chapter_id for one in fact.said)
    return (
        text_cell(fact.name),
        text_cell(fact.area_name),
        text_cell(of.sex),
        text_cell(of.period),
        number_cell(fact.value, places, missing),
        number_cell(fact.lower, places, missing),
        number_cell(fact.upper, places, missing),
        text_cell(unit_phrase(fact.unit)),
        text_cell(fact.display),
        text_cell(fact.method),
        text_cell(fact.rule),
        text_cell(source.publisher),
        text_cell(source.source),
        "Text or table" if fact.is_marked else "Chart only",
        text_cell("; ".join(titles.get(chapter, chapter) for chapter in more if chapter != first)),
        text_cell(of.area),
        text_cell(fact.id),
    )


def _places(display: str) -> int:
    """Return how many decimals a number is printed with."""
    printed = _DECIMALS.search(display)
    return len(printed["places"] or "") if printed else 0
