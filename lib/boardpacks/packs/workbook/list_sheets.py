"""Describes the sheets that say more of the numbers: the measures, and the sources with their licences."""

from __future__ import annotations

from collections import Counter

from boardpacks.facts.wording import unit_words
from boardpacks.packs.files.facts_file import FactsFile
from boardpacks.packs.workbook.model import CellNumber, Sheet, SheetColumn, SheetTable
from boardpacks.packs.workbook.shorthand import NOT_APPLICABLE, NOT_AVAILABLE, text_cell
from boardpacks.params.models import Params

_BETTER = {"high": "A higher value", "low": "A lower value", "none": "Neither"}


def measures_sheet(name: str, facts: FactsFile, params: Params) -> Sheet | None:
    """Return the sheet that says what each measure counts, or None where the pack has no measure of the params."""
    used = Counter(fact.observation.indicator for fact in facts.facts)
    rows = tuple(
        (
            text_cell(indicator.name),
            text_cell(indicator.measures),
            text_cell(unit_words(indicator)),
            _BETTER[indicator.polarity],
            indicator.frequency.capitalize(),
            text_cell(indicator.publisher),
            text_cell(indicator.source),
            text_cell(indicator.licence),
            CellNumber(used[id_]),
            text_cell(indicator.note),
            text_cell(id_),
        )
        for id_, indicator in params.indicators.items()
        if id_ in used
    )
    if not rows:
        return None
    columns = (
        SheetColumn("Measure", 44),
        SheetColumn("What it counts", 60),
        SheetColumn("Unit", 20),
        SheetColumn("What is better", 16),
        SheetColumn("How often", 12),
        SheetColumn("Publisher", 30),
        SheetColumn("Source", 30),
        SheetColumn("Licence", 14),
        SheetColumn("Numbers in this workbook", 14, numeric=True),
        SheetColumn("Remark", 60),
        SheetColumn("Measure id", 34),
    )
    lines = (
        f"This sheet has one table. {NOT_APPLICABLE} stands where there is nothing to remark.",
        "Counts of small areas and figures that the strategy states are explained by their own names.",
        "Source: each measure's publisher, as named here.",
    )
    return Sheet(
        name,
        "Measures: what each counts, in which unit, and what is better",
        lines,
        SheetTable("Measures", columns, rows),
    )


def sources_sheet(name: str, facts: FactsFile) -> Sheet:
    """Return the sheet of the sources that the chapters' sheets name."""
    used = Counter(fact.source for fact in facts.facts)
    rows = tuple(
        (
            text_cell(source.publisher),
            text_cell(source.source),
            text_cell(source.licence),
            CellNumber(used[number]),
        )
        for number, source in enumerate(facts.sources)
    )
    columns = (
        SheetColumn("Publisher", 50),
        SheetColumn("Source", 50),
        SheetColumn("Licence", 20),
        SheetColumn("Numbers in this workbook", 14, numeric=True),
    )
    lines = (
        f"This sheet has one table. {NOT_APPLICABLE} stands for numbers that the pack itself counts.",
        f"Source of the figures: the snapshot {text_cell(facts.snapshot.name)}, SHA-256 "
        f"{facts.snapshot.sha256 or NOT_AVAILABLE}.",
    )
    return Sheet(
        name, "Sources of the numbers, with their licences", lines, SheetTable("Sources", columns, rows)
    )
