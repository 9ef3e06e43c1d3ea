"""Makes a source into a Word document, for those who comment on a board edition; both engines use it."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boardpacks.packs.render.includes import SourceText
from boardpacks.packs.render.pandoc import Tree, write_file
from boardpacks.packs.render.typst_pdf import draw_pictures
from boardpacks.packs.render.word_styles import word_styles

FILTER = Path(__file__).with_name("word.lua")
TEMPLATE = Path(__file__).with_name("word.openxml")


def word_document(tree: Tree, text: SourceText, date: dt.date) -> bytes:
    """Return a source's document tree as a Word document.

    Charts are PNG in it: LibreOffice and older editions of Word leave an SVG out, or set its words in a font that they
    have.

    Raises
    ------
    RenderError
        What pandoc or Typst finds wrong with the source.
    """
    with tempfile.TemporaryDirectory(prefix="boardpacks-word-") as pictures:
        drawings = list(dict.fromkeys(_drawings(tree.blocks)))
        for path, picture in zip(drawings, draw_pictures(drawings, text), strict=True):
            target = Path(pictures, path).with_suffix(".png")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(picture)
        styles = Path(pictures, "styles.docx")
        styles.write_bytes(word_styles())
        args = [
            *("--to", "docx", "--template", str(TEMPLATE), "--reference-doc", str(styles)),
            *("--lua-filter", str(FILTER), "--lua-filter", str(text.extension / "markup.lua")),
            *("--resource-path", pictures, "--resource-path", str(text.folder)),
            "--fail-if-warnings",
        ]
        return write_file(tree, args, text, date)


def _drawings(node: Any) -> Iterator[str]:
    """Yield the paths of the drawings in part of a document tree, in reading order."""
    if isinstance(node, list):
        for inner in node:
            yield from _drawings(inner)
    elif isinstance(node, dict):
        if node.get("t") == "Image" and node["c"][2][0].endswith(".svg"):
            yield node["c"][2][0].lstrip("/")
        else:
            yield from _drawings(list(node.values()))
