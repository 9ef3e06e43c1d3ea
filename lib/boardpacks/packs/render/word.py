"""Makes a board edition's source into a Word document, for those who comment on it."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boardpacks.packs.render.extension import require_extension
from boardpacks.packs.render.includes import read_source
from boardpacks.packs.render.pandoc import parse, write_file
from boardpacks.packs.render.typst_pdf import draw_pictures
from boardpacks.project.sealed import write_whole

FILTER = Path(__file__).with_name("word.lua")
TEMPLATE = Path(__file__).with_name("word.openxml")
NAME = "pack.docx"


def make_word(source: Path, out: Path, date: dt.date) -> Path:
    """Make the Word document of a source in `out`, whichever engine makes the other documents, and return it.

    Charts are PNG in it: LibreOffice and older editions of Word leave an SVG out, or set its words in a font that they
    have.

    Raises
    ------
    RenderError
        Everything that is wrong with the source.
    """
    text = read_source(source)
    require_extension(text)
    tree = parse(text)
    with tempfile.TemporaryDirectory(prefix="boardpacks-word-") as pictures:
        drawings = list(dict.fromkeys(_drawings(tree["blocks"])))
        for path, picture in zip(drawings, draw_pictures(drawings, text), strict=True):
            target = Path(pictures, path).with_suffix(".png")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(picture)
        args = [
            *("--to", "docx", "--template", str(TEMPLATE)),
            *("--lua-filter", str(FILTER), "--lua-filter", str(text.extension / "markup.lua")),
            *("--resource-path", pictures, "--resource-path", str(text.folder)),
            "--fail-if-warnings",
        ]
        made = write_file(tree, args, text, date)
    written = out / NAME
    write_whole(written, made)
    return written


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
