"""Takes finished files apart, whatever their format: rows of data, and sentences with what they stand under."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pikepdf
from lxml import etree, html

from boardpacks.packs.check.check_confidential import pdf_text
from boardpacks.packs.check.docx_words import W, read_docx, words
from boardpacks.packs.check.drawn_words import is_scale, read_words

LONGEST_SENTENCE = 60
"""Words of a sentence; a longer one on a page of a PDF is a table, which is read line by line."""

_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\bSt\.)\s+|\n\s*\n")
_SPOKEN = ("alt", "aria-label", "title", "content", "summary")
_BLOCKS = ("p", "li", "tr", "dt", "dd", "figcaption", "caption", "summary", "blockquote", "pre", "label")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNREAD = ("style", "script", "svg")
_DRAWING = "data:image/svg+xml"
_SPOKEN_IN_PDF = ("/Alt", "/ActualText", "/E", "/Contents")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FEWEST_HEADINGS = 2
_PAGE_IDS = re.compile(r'id="[\w-]+?-(matplotlib\.axis_|xtick_|ytick_|text_)')
"""Ids of a drawing's parts as a page has them, which begin with the drawing's own."""


@dataclass(frozen=True)
class Piece:
    """A sentence, label or row of a file.

    Parameters
    ----------
    where
        File and place in it.
    text
        What it says; of a row, nothing.
    about
        What it stands under: headings, a caption, the other words of its drawing or row.
    row
        Cells of a row of data by their columns.
    """

    where: str
    text: str = ""
    about: str = ""
    row: Mapping[str, str] | None = None


def pieces_of(name: str, content: bytes) -> Iterator[Piece]:
    """Yield everything that a finished file says, files inside of it too.

    Parameters
    ----------
    name
        Of the file, by whose ending it is known what it is; a file of an unknown kind says nothing.
    """
    read = _READERS.get(name.rpartition(".")[2].casefold())
    if read:
        yield from read(name, content)


def _in_sentences(where: str, text: str, about: str = "") -> Iterator[Piece]:
    for sentence in _SENTENCE.split(text):
        if words := " ".join(sentence.split()):
            yield Piece(where, words, about)


def _of_page(name: str, content: bytes) -> Iterator[Piece]:
    page = html.document_fromstring(
        content.decode("utf-8"), parser=html.HTMLParser(huge_tree=True, encoding=None)
    )
    heading = ""
    for one in page.iter():
        if isinstance(one, etree._Comment):
            yield from _in_sentences(f"{name}, line {one.sourceline}: a comment", str(one.text))
        if not isinstance(one.tag, str):
            continue
        tag = one.tag.rpartition("}")[2].lower()
        where = f"{name}, line {one.sourceline}: {tag}"
        if any(above.tag == "svg" for above in one.iterancestors()):
            continue
        if tag in _HEADINGS:
            heading = _words(one)
        around = f"{heading}. {_captions(one)}"
        for spoken in _SPOKEN:
            if said := one.get(spoken):
                yield from _in_sentences(f"{where}, {spoken}", said, around)
        if tag == "svg":
            yield from _of_drawing(name, etree.tostring(one, with_tail=False), about=around)
        elif (one.get("src") or "").startswith(_DRAWING):
            drawing = unquote(one.get("src").partition(",")[2]).encode()
            yield from _of_drawing(name, drawing, about=f"{around} {one.get('alt', '')}")
        elif tag == "script" and one.get("type") == "application/json":
            yield from _of_json(f"{name}, the data of its script", (one.text or "").encode())
        elif tag in (*_BLOCKS, *_HEADINGS) or (tag == "div" and (one.text or "").strip()):
            yield from _of_block(one, where, around)


def _of_block(one: Any, where: str, about: str) -> Iterator[Piece]:
    if one.tag == "tr":
        yield Piece(where, " | ".join(_words(cell) for cell in one if isinstance(cell.tag, str)), about)
    elif not any(above.tag == "tr" for above in one.iterancestors()):
        yield from _in_sentences(where, _words(one), about)


def _words(one: Any) -> str:
    said = one.xpath(".//text()[not(ancestor::svg) and not(ancestor::style) and not(ancestor::script)]")
    return " ".join(" ".join(said).split())


def _captions(one: Any) -> str:
    """Return the captions of the figures and tables that an element is in."""
    return " ".join(
        _words(caption)
        for above in one.iterancestors("figure", "table")
        for caption in above
        if caption.tag in ("figcaption", "caption")
    )


def _of_drawing(name: str, content: bytes, about: str = "") -> Iterator[Piece]:
    drawing = ET.tostring(ET.fromstring(content), encoding="unicode")
    words, axes = read_words(_PAGE_IDS.sub(r'id="\1', drawing))
    words += [tick.words for axis in axes for tick in axis if not is_scale(tick, axis)]
    whole = " ".join(words)
    for label in words:
        yield from _in_sentences(f"{name}: a label of a drawing ({label[:40]!r})", label, f"{about} {whole}")


def _of_pdf(name: str, content: bytes) -> Iterator[Piece]:
    for number, page in enumerate(pdf_text(content).split("\n\n"), start=1):
        lines = page.replace("\r", "").split("\n")
        for piece in _in_sentences(f"{name}, page {number}", " ".join(lines)):
            if len(piece.text.split()) <= LONGEST_SENTENCE:
                yield piece
        for line in lines:
            yield from _in_sentences(f"{name}, page {number}", line)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for part in pdf.objects:
            if isinstance(part, pikepdf.Dictionary):
                for key in _SPOKEN_IN_PDF:
                    if isinstance(said := part.get(key), pikepdf.String):
                        yield from _in_sentences(f"{name}: a description ({key.lstrip('/')})", str(said))
        for inside, attached in pdf.attachments.items():
            yield from pieces_of(f"{name}, attached {inside}", attached.get_file().read_bytes())


def _of_docx(name: str, content: bytes) -> Iterator[Piece]:
    parts = read_docx(content)
    heading = ""
    for one in parts.body.iter(f"{W}p", f"{W}tr"):
        if one.tag == f"{W}tr":
            yield Piece(f"{name}: a row", " | ".join(words(cell) for cell in one.iter(f"{W}tc")), heading)
            continue
        style = one.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val", "").startswith("Heading"):
            heading = words(one)
        if next(one.iterancestors(f"{W}tr"), None) is None:
            yield from _in_sentences(f"{name}: a paragraph", words(one), heading)
    for said in parts.spoken():
        yield from _in_sentences(f"{name}: words for a picture", said)
    for text in parts.beside():
        yield from _in_sentences(f"{name}: beside its text", text)


def _of_json(name: str, content: bytes) -> Iterator[Piece]:
    yield from _of_value(name, json.loads(content))


def _of_value(where: str, value: Any) -> Iterator[Piece]:
    if isinstance(value, dict):
        row = dict(_scalars(value))
        if row:
            yield from _of_row(f"{where}, {row['id']}" if "id" in row else where, row)
        for key, inner in value.items():
            if isinstance(inner, list):
                yield from _of_value(f"{where}, {key}", inner)
            elif isinstance(inner, dict):
                yield from (
                    piece
                    for one in inner.values()
                    if isinstance(one, list | dict)
                    for piece in _of_value(f"{where}, {key}", one)
                )
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _of_value(f"{where} {number}", inner)
    elif isinstance(value, str):
        yield from _in_sentences(where, value)


def _scalars(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what an object says, and what objects inside of it do: a fact has its observation in one."""
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _scalars(inner)
        elif inner is not None and not isinstance(inner, list | bool):
            yield key, _printed(inner)


def _of_csv(name: str, content: bytes) -> Iterator[Piece]:
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        cells = {str(key): value for key, value in row.items() if isinstance(value, str) and value}
        yield from _of_row(f"{name}, {cells.get('fact_id', 'a row')}", cells)


def _of_xlsx(name: str, content: bytes) -> Iterator[Piece]:
    import openpyxl  # noqa: PLC0415 - only packs under a policy need it

    with closing(openpyxl.load_workbook(io.BytesIO(content), read_only=True)) as book:
        for sheet in book.worksheets:
            rows = ([_printed(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
            yield from _of_sheet(f"{name}, sheet {sheet.title}", rows)


def _of_ods(name: str, content: bytes) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("content.xml"))
    for sheet in root.iter(f"{_TABLE}table"):
        rows = (
            [
                cell.get(f"{_OFFICE}value")
                or " ".join("".join(line.itertext()) for line in cell.iter(f"{_TEXT}p"))
                for cell in row.iter(f"{_TABLE}table-cell")
            ]
            for row in sheet.iter(f"{_TABLE}table-row")
        )
        yield from _of_sheet(f"{name}, sheet {sheet.get(f'{_TABLE}name')}", rows)


def _of_sheet(where: str, rows: Iterable[Sequence[str]]) -> Iterator[Piece]:
    """Yield the rows of a sheet; the first with several cells, all of them words, has the names of its columns."""
    columns: list[str] = []
    title = ""
    for number, cells in enumerate(rows, start=1):
        said = [cell for cell in cells if cell]
        if len(said) < _FEWEST_HEADINGS:
            title = title or " ".join(said)
            for text in said:
                yield from _in_sentences(f"{where}, row {number}", text, title)
        elif not columns:
            columns = list(cells)
        else:
            named = zip(
                (*columns, *(f"column {n}" for n in range(len(columns), len(cells)))), cells, strict=False
            )
            yield from _of_row(
                f"{where}, row {number}", {column: cell for column, cell in named if cell}, title
            )


def _of_row(where: str, row: Mapping[str, str], about: str = "") -> Iterator[Piece]:
    yield Piece(where, row=row, about=about)
    whole = " | ".join((about, *row.values()))
    for column, cell in row.items():
        if " " in cell:
            yield from _in_sentences(f"{where}, {column}", cell, whole)


def _printed(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


_READERS: Mapping[str, Callable[[str, bytes], Iterator[Piece]]] = {
    "html": _of_page,
    "svg": _of_drawing,
    "pdf": _of_pdf,
    "docx": _of_docx,
    "json": _of_json,
    "csv": _of_csv,
    "xlsx": _of_xlsx,
    "ods": _of_ods,
}
