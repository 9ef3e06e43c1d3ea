"""Reads Word documents: what they say, and what stands where."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
MAIN = "word/document.xml"
_PRINTED = (f"{W}t", f"{W}p", f"{W}br", f"{W}tab")
_SPOKEN = ("descr", "title")
"""Attributes of a drawing that are read out."""
_BESIDE = ("word/footnotes.xml", "word/comments.xml", "docProps/core.xml", "docProps/custom.xml")


@dataclass(frozen=True)
class DocxParts:
    """The parts of a Word document that say something, by their names in the file."""

    roots: Mapping[str, Any]

    @property
    def body(self) -> Any:
        """The text itself."""
        return self.roots[MAIN]

    def paragraphs(self) -> Iterator[tuple[str, Any]]:
        """Yield the style and the element of each paragraph, those of tables too."""
        for paragraph in self.body.iter(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            yield "" if style is None else style.get(f"{W}val", ""), paragraph

    def tables(self) -> list[Any]:
        """Return its tables."""
        return list(self.body.iter(f"{W}tbl"))

    def spoken(self) -> list[str]:
        """Return the words for each drawing, in their order; nothing for one without."""
        return [" ".join(filter(None, map(one.get, _SPOKEN))).strip() for one in self.body.iter(DRAWN)]

    def beside(self) -> list[str]:
        """Return what stands in its footnotes, comments and properties."""
        others = [root for name, root in self.roots.items() if name in _BESIDE]
        return [said for root in others for said in [" ".join(" ".join(root.itertext()).split())] if said]

    def text(self) -> str:
        """Return all its words: of its text, for its pictures, and beside them."""
        return "\n\n".join([*(words(one) for _, one in self.paragraphs()), *self.spoken(), *self.beside()])


def read_docx(content: bytes, *more: str) -> DocxParts:
    """Return the parts of a Word document that say something, and `more` of its parts.

    Raises
    ------
    zipfile.BadZipFile, KeyError, etree.XMLSyntaxError
        When it is no Word document.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        there = set(archive.namelist())
        names = [name for name in (MAIN, *_BESIDE, *more) if name in there or name == MAIN]
        return DocxParts({name: etree.fromstring(archive.read(name)) for name in names})


def words(one: Any) -> str:
    """Return what part of a document says, in one line."""
    said = [part.text or "" if part.tag == f"{W}t" else " " for part in one.iter(*_PRINTED)]
    return " ".join("".join(said).split())
