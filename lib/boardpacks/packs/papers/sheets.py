"""Has Typst set the sheets of a meeting pack that are ours, and what is stamped on the pages of papers."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from boardpacks.packs.markdown.escape import one_line
from boardpacks.packs.render.colour_extension import colour_extension
from boardpacks.packs.render.includes import SourceText
from boardpacks.packs.render.source_error import RenderError
from boardpacks.packs.render.typst_pdf import compile_pdf
from boardpacks.params.own_words import COLOUR
from boardpacks.project.errors import BoardpacksError

_EXTENSION = "_extensions/boardpack"
_TEMPLATE = f"/{_EXTENSION}/meeting-pack.typ"


@dataclass(frozen=True)
class SheetItem:
    """An item as the agenda shows it; ``target`` names its sheet and ``pages`` counts its paper, where it has one."""

    number: str
    title: str
    time: str | None
    lead: str | None
    purpose: str | None
    late: bool
    target: str | None
    pages: int
    note: str


@dataclass(frozen=True)
class CoverSheet:
    """What the cover and every sheet say of the meeting.

    ``marks`` stand on every page, such as ``DRAFT``; ``status`` on the cover. ``about`` says where and when, and
    ``notes`` stand below the agenda. ``agenda`` is the heading of the list, and ``kind`` what the pack is
    called beside page numbers. ``colour`` is that of the cover, headings and links.
    """

    title: str
    subtitle: str
    organisation: str
    system: str
    board: str
    date: str
    version: str
    status: str | None
    marks: tuple[str, ...]
    about: str
    notes: tuple[str, ...]
    agenda: str
    kind: str
    colour: str


@dataclass(frozen=True)
class StampedPage:
    """A page of a paper as it is seen: its size in points, its number in the whole pack, and its item in words."""

    width: float
    height: float
    number: int
    item: str


def sheets_pdf(cover: CoverSheet, items: Sequence[SheetItem], reports: Path, date: dt.date) -> bytes:
    """Return cover, agenda and one sheet for each item with a paper, linked to each other.

    Raises
    ------
    BoardpacksError
        When a title holds a sign that the fonts do not have.
    """
    data = asdict(cover) | {"words": {"agenda": cover.agenda}, "items": [asdict(item) for item in items]}
    return _typeset("sheets", data, reports, date, cover.colour)


def stamps_pdf(
    cover: CoverSheet, pages: Sequence[StampedPage], total: int, reports: Path, date: dt.date
) -> tuple[bytes, dict[tuple[float, float], int]]:
    """Return a PDF with the stamp of each page and then the marks, and the page of the mark for each size of page."""
    sizes = list(dict.fromkeys((page.width, page.height) for page in pages)) if cover.status else []
    data = {
        "title": cover.title,
        "foot": f"{cover.board} · {cover.date}",
        "marks": cover.marks,
        "mark": cover.status,
        "kind": cover.kind,
        "total": total,
        "pages": [asdict(page) for page in pages],
        "sizes": sizes,
    }
    return _typeset("stamps", data, reports, date, cover.colour), {
        size: len(pages) + number for number, size in enumerate(sizes)
    }


def _typeset(function: str, data: object, reports: Path, date: dt.date, colour: str) -> bytes:
    literal = json.dumps(_plain(data), ensure_ascii=True).replace("\\", "\\\\").replace('"', '\\"')
    text = f'#import "{_TEMPLATE}": {function}\n#{function}(json(bytes("{literal}")))\n'
    try:
        with _in_colour(reports.resolve(), colour) as folder:
            return compile_pdf(text, SourceText(folder, ()), date)
    except RenderError as error:
        said = " ".join(fault.message for fault in error.faults)
        raise BoardpacksError(f"The agenda's sheets cannot be set: {said}") from None


@contextmanager
def _in_colour(reports: Path, colour: str) -> Iterator[Path]:
    """Give the folder whose extension has a system's own colour: a copy, where that is not the usual one."""
    if colour == COLOUR:
        yield reports
        return
    with TemporaryDirectory() as made:
        extension = Path(made).resolve() / _EXTENSION
        shutil.copytree(reports / _EXTENSION, extension)
        colour_extension(extension, colour)
        yield Path(made).resolve()


def _plain(value: object) -> object:
    """Return data with every text on one line, without signs that turn the direction of reading."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
