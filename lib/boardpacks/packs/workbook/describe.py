"""Describes the workbook of a pack: cover, contents, notes, summary, the numbers of each chapter, measures, sources."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.packs.compose.section import Section
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.files.facts_file import FactRecord, FactsFile
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.workbook.cell_names import Names, clean
from boardpacks.packs.workbook.chapter_sheets import numbers_sheets
from boardpacks.packs.workbook.list_sheets import measures_sheet, sources_sheet
from boardpacks.packs.workbook.model import (
    CellLink,
    CellNumber,
    Line,
    Sheet,
    SheetColumn,
    SheetHeading,
    SheetTable,
    Workbook,
)
from boardpacks.packs.workbook.notes import notes_sheet
from boardpacks.packs.workbook.summary_sheets import counts_sheet, summary_sheet
from boardpacks.params.models import Params
from boardpacks.plan.plan import PackPlan

LANGUAGE = "en-GB"
COVER, CONTENTS, NOTES, SUMMARY, COUNTS, MEASURES, SOURCES = (
    *("Cover", "Contents", "Notes", "Summary", "Verdict counts", "Measures", "Sources"),
)


def describe_workbook(
    pack: PackContent,
    sections: Sequence[Section],
    entries: Sequence[SummaryLine],
    facts: FactsFile,
    method: str = "",
) -> Workbook:
    """Return the workbook of a pack, as the UK government's guidance on spreadsheets wants one.

    Each sheet has one table, its title in A1, no empty cell in it and nothing merged. Every fact of the pack stands
    once, on the sheet of the chapter that says it first.

    Parameters
    ----------
    sections
        The pack's chapters.
    entries
        The lines of its summary.
    facts
        Everything that it says of its numbers.
    method
        The pack's fixed text on method, in Markdown: its parts become notes.
    """
    plan, params = pack.plan, pack.params
    title = f"{plan.title}: the numbers"
    names = Names()
    for name in (COVER, CONTENTS, NOTES, SUMMARY, COUNTS, MEASURES, SOURCES):
        names.claim(name)
    told = [
        *(
            [summary_sheet(SUMMARY, entries, params), counts_sheet(COUNTS, entries, params)]
            if entries
            else []
        ),
        *numbers_sheets(facts, sections, names, SOURCES),
        measures_sheet(MEASURES, facts, params),
        *([sources_sheet(SOURCES, facts)] if facts.facts else []),
    ]
    notes = notes_sheet(NOTES, params, method)
    listed = [_back(sheet) for sheet in (notes, *told) if sheet]
    return Workbook(
        title=clean(title),
        subject=clean(plan.calendar.board),
        author=clean(params.system.organisation),
        language=LANGUAGE,
        date=plan.meeting.date,
        sheets=(_cover(title, plan, params, facts.facts, listed), _contents(listed), *listed),
    )


def _cover(
    title: str, plan: PackPlan, params: Params, facts: Sequence[FactRecord], sheets: Sequence[Sheet]
) -> Sheet:
    author = plan.meeting.front_sheet.author
    lines: list[Line] = [
        clean(f"For {plan.calendar.board}, meeting of {plan.day}. Version {plan.version}, {plan.status}."),
        clean(
            f"From {params.system.organisation}. "
            + (f"Author: {author}." if author else "Author: to follow.")
        ),
        SheetHeading("What is in this workbook"),
        f"Every number that the board pack says or draws, each once: {len(facts):,} in all. Each has its area, "
        "period, 95% interval, unit and source. They are the same numbers as in the pack, with every decimal.",
        "Each sheet has one table. Its title is in cell A1, and its lines of explanation come right below.",
        "Nothing is said by colour, there are no merged or hidden cells, and no formulas or macros.",
        SheetHeading("Where to begin"),
        CellLink("Contents: every sheet, with a link to each", CONTENTS),
        *(CellLink(sheet.title, sheet.name) for sheet in sheets if sheet.name in (NOTES, SUMMARY)),
        SheetHeading("Terms of use"),
        "The figures are published ones. Each source's licence is named on the sheet Sources."
        if facts
        else "This pack prints no figures.",
    ]
    return Sheet(COVER, clean(title), tuple(lines))


def _contents(sheets: Sequence[Sheet]) -> Sheet:
    rows = tuple(
        (
            CellLink(sheet.name, sheet.name),
            sheet.title,
            CellNumber(len(sheet.table.rows) if sheet.table else 0),
        )
        for sheet in sheets
    )
    return Sheet(
        CONTENTS,
        "Contents",
        ("This sheet has one table, with a link to each of the other sheets.",),
        SheetTable(
            "Contents",
            (
                SheetColumn("Sheet", 34),
                SheetColumn("What it has", 80),
                SheetColumn("Rows of its table", 12, numeric=True),
            ),
            rows,
        ),
    )


def _back(sheet: Sheet) -> Sheet:
    """Return the sheet with a way back to the contents below its lines."""
    return Sheet(
        sheet.name, sheet.title, (*sheet.lines, CellLink("Back to the contents", CONTENTS)), sheet.table
    )
