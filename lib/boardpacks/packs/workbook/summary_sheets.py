"""Describes the sheets of the summary: its lines with their verdicts, and the verdicts counted."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.facts.spans import without_spans
from boardpacks.facts.wording import LABELS
from boardpacks.packs.compose.counts import counts_table
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.workbook.cell_names import clean
from boardpacks.packs.workbook.model import Cell, CellNumber, Sheet, SheetColumn, SheetTable
from boardpacks.packs.workbook.shorthand import NOT_APPLICABLE, text_cell
from boardpacks.params.models import Params

_SAID = {
    "not-calculated": "Not tested",
    "hit-or-miss": "May hit or miss",
    "no-change": "No significant change",
}


def summary_sheet(name: str, entries: Sequence[SummaryLine], params: Params) -> Sheet:
    """Return the sheet with every line that the chapters put on the summary."""
    benchmark = params.system.spoken_benchmark
    columns = (
        SheetColumn("Priority or chapter", 30),
        SheetColumn("Measure", 40),
        SheetColumn("Finding", 64),
        SheetColumn(clean(f"Compared with {benchmark}"), 14),
        SheetColumn("Recent trend", 16),
        SheetColumn("Monthly chart", 18),
        SheetColumn("Monthly chart and target", 16),
        SheetColumn("Areas", 28),
        SheetColumn("Results that it stands for", 14, numeric=True),
        SheetColumn("Ids of the numbers behind it", 66),
    )
    return Sheet(
        name,
        f"Summary: each measure compared with {clean(benchmark)}, and its recent trend",
        (
            f"This sheet has one table, with {_lines(len(entries))} of the pack's chapters. Cells with "
            f"{NOT_APPLICABLE} and the words of comparison are explained on the sheet Notes.",
            "Source: the numbers behind each finding, by their ids, on the sheets of the chapters.",
        ),
        SheetTable("Findings", columns, tuple(_finding(entry, params) for entry in entries)),
    )


def counts_sheet(name: str, entries: Sequence[SummaryLine], params: Params) -> Sheet:
    """Return the sheet that counts the findings by verdict."""
    table = counts_table(entries, params.system.spoken_benchmark, params.system.words)
    label, *verdicts = table.columns
    columns = (
        SheetColumn(label.label, 44),
        *(SheetColumn(without_spans(column.label), 14, numeric=True) for column in verdicts),
    )
    rows = tuple(_counts(row) for row in table.rows)
    lines = ("This sheet has one table.", clean(table.note), "Source: the sheet Summary, counted.")
    return Sheet(name, clean(table.title), lines, SheetTable("Verdict_counts", columns, rows))


def _counts(row: Sequence[str]) -> tuple[Cell, ...]:
    name, *counts = row
    return (clean(name), *(CellNumber(int(count)) for count in counts))


def _finding(entry: SummaryLine, params: Params) -> tuple[Cell, ...]:
    summary = entry.summary
    known = params.indicators.get(summary.indicator)
    return (
        text_cell(entry.chapter),
        text_cell(known.name if known else summary.indicator),
        text_cell(summary.line),
        LABELS[summary.verdict],
        _words(summary.trend),
        _words(summary.variation),
        _words(summary.assurance),
        text_cell("; ".join(entry.areas)),
        CellNumber(summary.count),
        text_cell("\n".join(summary.facts)),
    )


def _words(code: str | None) -> str:
    """Return a code such as ``getting-better`` in words."""
    return _SAID.get(code, code.replace("-", " ").capitalize()) if code else NOT_APPLICABLE


def _lines(count: int) -> str:
    return "1 finding" if count == 1 else f"{count:,} findings"
