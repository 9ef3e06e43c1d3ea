"""Writes the data file of a pack: every number it prints, with interval and source, as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.read.read_notebook import ChapterContent

COLUMNS = (
    "fact_id",
    "chapter",
    "indicator",
    "indicator_name",
    "area",
    "area_name",
    "sex",
    "period",
    "value",
    "lower",
    "upper",
    "unit",
    "display",
    "method",
    "source",
    "publisher",
    "licence",
    "series",
    "snapshot",
)

_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"^[+-]?[\d.,]+ ?%?$")


def data_file(chapters: Sequence[ChapterContent], snapshot: SnapshotRecord) -> bytes:
    """Return the data file: a header, then one row for each fact of each chapter, in the pack's order.

    UTF-8 without byte order mark, lines end with a line feed. Text that a spreadsheet would take for a
    formula gets an apostrophe in front.
    """
    rows: list[Sequence[str | float | None]] = [COLUMNS]
    for chapter in chapters:
        for fact in chapter.facts:
            row = fact.model_dump() | {
                "fact_id": fact.id,
                "chapter": chapter.id,
                "snapshot": snapshot.sha256,
            }
            rows.append([row[column] for column in COLUMNS])
    return csv_text(rows).encode("utf-8")


def csv_text(rows: Iterable[Sequence[str | float | None]]) -> str:
    """Return rows as CSV: lines end with a line feed, and no spreadsheet takes a text for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_value(value) for value in row] for row in rows)
    return out.getvalue()


def _value(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) and not _PLAIN_NUMBER.match(value) else value
    return repr(value).removesuffix(".0")
