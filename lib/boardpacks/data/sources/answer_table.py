"""Reads a publisher's CSV answer: columns by their names, whatever stands above, between or after them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from boardpacks.data.sources.source import Asked
from boardpacks.project.errors import near

MARKS = {
    *("*", "-", ":", "..", "#N/A", "n/a", "N/A", "NULL"),
    *("c", "k", "low", "u", "x", "z"),
    *("[c]", "[k]", "[low]", "[u]", "[w]", "[x]", "[z]"),
}
"""What publishers write where no figure is."""

MOST_ABOVE = 40
"""How many lines of title and notes may stand above the header."""

_NUMBER = re.compile(
    r"-?(([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE
)
_KINDS = {
    b"PK\x03\x04": "a workbook or another ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF",
    b"{": "JSON",
    b"[": "JSON",
}
_CSV = "CSV with a header, in UTF-8"
_CUT = "the answer was cut off, or its form has changed"


@dataclass(frozen=True)
class AnswerTable:
    """A CSV answer: the columns that it had, and its rows, by the names that were asked for.

    ``title`` is what stood above the header.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    title: str = ""


Wanted = str | tuple[str, ...]
"""A column, or the names that it has had: the first is what it is called here."""


def read_rows(
    content: bytes,
    asked: Asked,
    needed: Sequence[Wanted],
    optional: Sequence[Wanted] = (),
    only: Callable[[Mapping[str, str]], bool] = lambda row: True,
) -> AnswerTable:
    """Return the rows of a CSV answer, with a cell for every column that was asked for.

    A column that may be missing has empty cells where it is.

    Parameters
    ----------
    only
        Which rows are wanted: some answers have a hundred times as many.

    Raises
    ------
    InputError
        When it is no CSV, is cut off, or lacks a column.
    """
    records = _records(as_text(content, asked), asked)
    above = list(islice(records, MOST_ABOVE))
    names = [_names(wanted) for wanted in (*needed, *optional)]
    top = _header(above, names[: len(needed)], asked)
    header = [_plain(cell) for cell in above[top]]
    places = {
        wanted[0]: _place(header, wanted, asked, is_needed=number < len(needed))
        for number, wanted in enumerate(names)
    }
    last, width, rows = max(at for at in places.values() if at is not None), 0, []
    for number, record in enumerate(chain(above[top + 1 :], records), top + 2):
        if not any(cell.strip() for cell in record):
            continue
        width = width or min(
            len(record), _width(header)
        )  # older exports leave the last cells out, in all rows
        if len(record) < width or width <= last or any(record[len(header) :]):
            found = f"{len(record)} cells in record {number}"
            asked.wrong("rows", found, f"{width} cells, one for each heading", _CUT)
        row = {n: "" if at is None else " ".join(record[at].split()) for n, at in places.items()}
        if only(row):
            rows.append(row)
    columns = tuple(" ".join(cell.split()) for cell in above[top] if cell.strip())
    title = " ".join(cell for record in above[:top] for cell in record if cell)
    return AnswerTable(columns, tuple(rows), title)


def as_text(content: bytes, asked: Asked) -> str:
    """Return an answer as text.

    Raises
    ------
    InputError
        When it is a page, a workbook or in another encoding.
    """
    start = content[:3000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"<(!doctype|html|head|body|\?xml)", start, re.IGNORECASE):
        title = re.search(rb"<title[^>]*>(.*?)</title>", content[:20000], re.IGNORECASE | re.DOTALL)
        named = f", {title[1].decode('utf-8', 'replace').strip()!r}" if title else ""
        hint = "the service is out of order or has moved, or a network asks you to log in"
        asked.wrong("", f"a web page{named}", _CSV, hint)
    for mark, words in _KINDS.items():
        if start.startswith(mark) and not (mark == b"[" and b"," in start.partition(b"\n")[0]):
            asked.wrong("", words, _CSV)
    if not content.strip():
        asked.wrong("", "an empty answer", _CSV)
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte {error.object[error.start]:#04x} at {error.start}, which no text in UTF-8 has there"
        asked.wrong("encoding", found, _CSV, _CUT)
    if "\0" in text:
        asked.wrong("encoding", "zero bytes between the letters", _CSV, _CUT)
    return text


def number(cell: str, column: str, asked: Asked, absent: Sequence[str] = ()) -> tuple[float | None, str]:
    """Return the number in a cell, or None and the publisher's mark where there is none.

    Parameters
    ----------
    absent
        Marks of this publisher's own.

    Raises
    ------
    InputError
        When it holds neither a number nor a mark.
    """
    if not cell or cell in MARKS or cell in absent:
        return None, cell
    bare = cell.removesuffix("%").strip()
    found = float(bare.replace(",", "")) if _NUMBER.fullmatch(bare) else math.inf
    if not math.isfinite(found):
        asked.wrong(column, cell, f"a number, or one of {' '.join(sorted(MARKS))}")
    return found, ""


def _names(wanted: Wanted) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else wanted


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _width(header: Sequence[str]) -> int:
    """Return how many cells a row has to have: empty headings at the end do not count."""
    return max((number for number, heading in enumerate(header, 1) if heading), default=0)


def _records(text: str, asked: Asked) -> Iterator[list[str]]:
    number = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), strict=True):
            number += 1
            yield record
    except csv.Error:
        found = f"a quotation mark that is not closed, after record {number}"
        asked.wrong("rows", found, _CSV, _CUT)


def _header(records: Sequence[Sequence[str]], needed: Sequence[Sequence[str]], asked: Asked) -> int:
    """Return the record that is the header: the first with most of the needed columns."""
    names = {_plain(name) for wanted in needed for name in wanted}
    has = [len(names & {_plain(cell) for cell in record}) for record in records]
    best = max(has, default=0)
    if best == 0:
        first = next((", ".join(filter(None, record)) for record in records if any(record)), "nothing")
        asked.wrong("header", first, f"columns such as {', '.join(wanted[0] for wanted in needed[:6])}")
    return has.index(best)


def _place(header: Sequence[str], wanted: Sequence[str], asked: Asked, *, is_needed: bool) -> int | None:
    for name in map(_plain, wanted):
        if header.count(name) > 1:
            asked.wrong(wanted[0], "the same heading more than once", "each heading once")
        if name in header:
            return header.index(name)
    if is_needed:
        found = f"columns {', '.join(filter(None, header))}"
        asked.wrong(wanted[0], found, f"a column {' or '.join(wanted)}", near(_plain(wanted[0]), header))
    return None
