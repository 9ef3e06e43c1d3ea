"""Writes the library: the web page that leads to every published pack."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pydantic import ValidationError

from boardpacks.packs.dates import long_date
from boardpacks.packs.pack_record import CHECKSUMS, PACK_JSON, PAGE, FileRecord, PackRecord
from boardpacks.packs.page import render_page, write_page
from boardpacks.params.models import SYSTEM, System
from boardpacks.params.write_errors import explained

_FORMATS = {
    "pdf": "PDF",
    "html": "Web page",
    "data": "Data, CSV",
    "facts": "Facts, JSON",
    "addendum": "Late papers, PDF",
}


@dataclass(frozen=True)
class Link:
    """A link to a file, with its format and size in words."""

    address: str
    words: str


@dataclass(frozen=True)
class ShownPack:
    """A pack as the page shows it."""

    record: PackRecord
    links: tuple[Link, ...]
    checksums: str


@dataclass(frozen=True)
class ShownMeeting:
    """All packs for meetings on one date."""

    date: dt.date
    words: str
    packs: tuple[ShownPack, ...]


def write_library(published: Path, system: System, fonts: Path) -> Path:
    """Write ``index.html`` into `published` from the packs that are there, and return its path.

    Packs are grouped by meeting, newest first. A folder that is not a sound pack is left out, and the page
    says so. The page is one self-contained file; the earlier one stays until the new one is whole.
    """
    with explained(published):
        published.mkdir(parents=True, exist_ok=True)
    packs, notes = read_packs(published)
    html = render_page("library.html", fonts, system=system, meetings=tuple(_meetings(packs)), notes=notes)
    return write_page(published / PAGE, html)


def read_packs(published: Path) -> tuple[list[PackRecord], list[str]]:
    """Return the sound packs below `published`, and a note for each folder that was left out."""
    packs: list[PackRecord] = []
    notes: list[str] = []
    for folder in _visible_folders(published):
        for inner in _visible_folders(folder):
            try:
                packs.append(_read_pack(inner))
            except (OSError, ValueError) as error:
                reason = "its pack.json is damaged" if isinstance(error, ValidationError) else str(error)
                notes.append(f"{folder.name}/{inner.name}: {reason}")
    return packs, notes


def _visible_folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _read_pack(folder: Path) -> PackRecord:
    if not (folder / PACK_JSON).is_file():
        raise ValueError("it holds no pack.json")
    record = PackRecord.model_validate_json((folder / PACK_JSON).read_bytes())
    if (record.meeting.isoformat(), record.slug) != (folder.parent.name, folder.name):
        raise ValueError(f"its pack.json is of {record.meeting.isoformat()}/{record.slug}")
    for file in record.files:
        path = folder / file.name
        if not path.is_file():
            raise ValueError(f"{file.name} is missing")
        if hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
            raise ValueError(f"{file.name} was changed after publishing")
    return record


def _meetings(packs: Sequence[PackRecord]) -> Iterator[ShownMeeting]:
    by_place = sorted(packs, key=lambda pack: (pack.place != SYSTEM, pack.place_name, pack.slug))
    newest_first = sorted(by_place, key=lambda pack: pack.meeting, reverse=True)
    for date, group in groupby(newest_first, key=lambda pack: pack.meeting):
        yield ShownMeeting(date, long_date(date), tuple(_shown(pack) for pack in group))


def _shown(pack: PackRecord) -> ShownPack:
    folder = f"{pack.meeting.isoformat()}/{pack.slug}"
    links = tuple(Link(f"{folder}/{file.name}", _words(file, pack)) for file in pack.files)
    return ShownPack(pack, links, f"{folder}/{CHECKSUMS}")


def _words(file: FileRecord, pack: PackRecord) -> str:
    pages = ""
    if file.kind == "pdf" and pack.pages is not None:
        pages = f", {pack.pages} page{'s' if pack.pages != 1 else ''}"
    return f"{_FORMATS[file.kind]}{pages}, {_size(file.size)}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
