"""Checks a finished Word document the way an accessibility checker would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from boardpacks.packs.check.docx_words import DocxParts, W, read_docx, words

AUTHORITY = "The PDF of the same name is the authority"
"""What the first line says."""
_STYLES = "word/styles.xml"
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_HEADING = re.compile(r"Heading([1-9])")
_RELATIONS = "word/_rels/document.xml.rels"


def check_docx(path: Path) -> list[str]:
    """Return what is wrong with a Word document, one line each: what and where. A good one gives an empty list.

    A first line that says that the PDF is the authority, title and language, headings with words and no level skipped,
    words for every picture, a row of named columns at the head of every table, and no picture from elsewhere.
    """
    try:
        parts = read_docx(path.read_bytes(), _STYLES, _RELATIONS)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        return [f"{path.name}: it cannot be read as a Word document"]
    found = [*_of_document(parts), *_of_headings(parts), *_of_pictures(parts), *_of_tables(parts)]
    return [f"{path.name}: {fault}" for fault in found]


def _of_document(parts: DocxParts) -> Iterator[str]:
    first = next((said for _, one in parts.paragraphs() if (said := words(one))), "")
    if AUTHORITY not in first:
        yield f"its first line does not say that the PDF is the authority: {first[:60]!r}"
    core, styles = parts.roots.get(_CORE), parts.roots.get(_STYLES)
    if core is None or not (core.findtext(_TITLE) or "").strip():
        yield "no title is set"
    language = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if language is None or not language.get(f"{W}val"):
        yield "no language is set"


def _of_headings(parts: DocxParts) -> Iterator[str]:
    before = 0
    for style, one in parts.paragraphs():
        if found := _HEADING.fullmatch(style):
            level, said = int(found[1]), words(one)
            if not said:
                yield f"a heading of level {level} without words"
            if level > before + 1:
                yield f"the heading {said!r} of level {level} follows level {before}"
            before = level
    if not before:
        yield "no heading"


def _of_pictures(parts: DocxParts) -> Iterator[str]:
    for number, said in enumerate(parts.spoken(), start=1):
        if not said:
            yield f"picture {number}: no words for people who cannot see it"
    for one in parts.roots.get(_RELATIONS, ()):
        if one.get("TargetMode") == "External" and one.get("Type", "").endswith("/image"):
            yield f"a picture is loaded from {one.get('Target')}"


def _of_tables(parts: DocxParts) -> Iterator[str]:
    for number, table in enumerate(parts.tables(), start=1):
        first = table.find(f"{W}tr")
        if first is None or first.find(f"{W}trPr/{W}tblHeader") is None:
            yield f"table {number}: no header row"
        elif not all(words(cell) for cell in first.iter(f"{W}tc")):
            yield f"table {number}: a column without a name"
