"""Gets the pictures that the Markdown of chapters shows: pasted into a cell, or in a file beside the notebook."""

from __future__ import annotations

import base64
import binascii
import io
from pathlib import Path

from boardpacks.packs.markdown.instead import PICTURES
from boardpacks.packs.markdown.text_faults import Picture, TextError
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import Markdown
from boardpacks.project.errors import Problem

MOST_BYTES = 3_000_000
"""How large a picture may be: it stands in the web page, which is sent by e-mail."""

_ENDINGS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg")}


def get_pictures(pack: PackContent) -> dict[str, bytes]:
    """Return each picture of a pack's chapters by its path in the pack's folder.

    Raises
    ------
    TextError
        With notebook, cell and line of every picture that is missing, too large or no PNG or JPEG picture.
    """
    folders = {run.out.stem: run.notebook.parent for run in pack.plan.chapters}
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for chapter in pack.chapters:
        for item in (item for item in chapter.items if isinstance(item, Markdown)):
            for picture in item.pictures:
                where = f"notebooks/{chapter.notebook}.ipynb, cell {item.cell}, line {picture.line}"
                content = read_picture(picture, folders.get(chapter.id, Path()), where)
                if isinstance(content, Problem):
                    problems.append(content)
                else:
                    found[picture.path] = content
    if problems:
        raise TextError(problems)
    return found


def read_picture(picture: Picture, folder: Path, where: str) -> bytes | Problem:
    """Return a picture that a notebook of a folder shows, or what is wrong with it."""
    try:
        content = _content(picture.pasted, folder, picture.name)
        _check(content, picture.name)
    except ValueError as fault:
        return Problem(where, "", f"{picture.name}: {fault}", PICTURES)
    return content


def _content(pasted: str, folder: Path, name: str) -> bytes:
    if pasted:
        try:
            return base64.b64decode(pasted)
        except binascii.Error:
            raise ValueError("a pasted picture that is broken") from None
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError("lies outside the folder of the notebooks")
    if not path.is_file():
        raise ValueError("no such file beside the notebook")
    return path.read_bytes()


def _check(content: bytes, name: str) -> None:
    from PIL import Image  # noqa: PLC0415 - few packs have pictures

    if len(content) > MOST_BYTES:
        raise ValueError(f"{len(content) / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f} MB")
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            kind, colours = str(picture.format), picture.mode
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValueError("a file that holds no picture, or a broken one") from None
    if not name.lower().endswith(_ENDINGS.get(kind, ())):
        raise ValueError(f"a {kind} picture by its content")
    if colours == "CMYK":
        raise ValueError("a picture in the colours of print (CMYK); save it in RGB")
