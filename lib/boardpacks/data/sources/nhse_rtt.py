"""NHS England's referral-to-treatment waiting times: a month's full extract as CSV, or that file in a ZIP."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping

from boardpacks.data.sources.answer_table import number, read_rows
from boardpacks.data.sources.label_periods import PeriodSpan
from boardpacks.data.sources.source import (
    ENGLAND,
    WHOLE,
    AnswerRead,
    Asked,
    PublishedFigure,
    each_once,
    month_of,
    named_files,
)

__all__ = ["LICENCE", "PUBLISHER", "read", "requests"]

PUBLISHER = "NHS England"
LICENCE = "OGL v3.0"
WAITING = "Part_2"
"""People who are still waiting; the other parts are completed and new pathways."""
ALL_SPECIALTIES = "C_999"
"""The row that is the total of the other specialties: with them, everybody would count twice."""
TOTAL = "Total All"
MOST_BYTES = 1_500_000_000

_BANDS = [f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(104)] + ["Gt 104 Weeks SUM 1"]
_COUNTED: Mapping[str, list[str]] = {
    "within_18_weeks": _BANDS[:18],
    "over_52_weeks": _BANDS[52:],
    "waiting_list": [],
}
_KEYS = ("Period", "Provider Org Code", "RTT Part Type", "Treatment Function Code")

requests = named_files


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the share within 18 weeks, or over 52, or the waiting list of each provider, and of all for England."""
    asked.check_series(_COUNTED)
    counted = _COUNTED[asked.refresh.series]
    table = read_rows(
        _unpacked(content, asked),
        asked,
        (*_KEYS, *counted, TOTAL),
        only=lambda row: (
            row["RTT Part Type"] == WAITING and row["Treatment Function Code"] == ALL_SPECIALTIES
        ),
    )
    return AnswerRead(table.columns, each_once(_figures(table.rows, counted, asked), asked))


def _figures(
    rows: tuple[Mapping[str, str], ...], counted: list[str], asked: Asked
) -> Iterator[PublishedFigure]:
    counts: dict[tuple[str, PeriodSpan], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        month = month_of(row["Period"], "RTT", "January-2026", asked)
        total = number(row[TOTAL], TOTAL, asked)[0] or 0.0
        part = sum(number(row[name], name, asked)[0] or 0.0 for name in counted)
        for code in (row["Provider Org Code"], ENGLAND):
            if area := asked.area(code):
                counts[area, month][0] += part
                counts[area, month][1] += total
    is_whole = len({row["Provider Org Code"] for row in rows}) >= WHOLE
    for (area, month), (part, total) in counts.items():
        if area == ENGLAND and not is_whole:
            continue
        notes = ("Sum of all providers in the publisher's file",) if area == ENGLAND else ()
        if counted:
            value = 100 * part / total if total else None
            yield asked.figure(area, month, value, count=part, denominator=total, notes=notes)
        else:
            yield asked.figure(area, month, total, count=total, notes=notes)


def _unpacked(content: bytes, asked: Asked) -> bytes:
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = [file for file in packed.infolist() if file.filename.casefold().endswith(".csv")]
            if len(files) != 1 or files[0].file_size > MOST_BYTES:
                asked.wrong("", f"a ZIP file with {len(files)} CSV files", "one CSV file in it")
            return packed.read(files[0])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        asked.wrong("", "a damaged ZIP file", "one CSV file in it", "the answer was cut off")
