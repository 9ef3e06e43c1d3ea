"""Makes the library's first page: each pack once, by meeting, with what it found, and a filter."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from boardpacks.packs.files.pack_record import PAGES, FileKind, PackRecord
from boardpacks.packs.library.compare_page import ComparedPriority
from boardpacks.packs.library.downloads import Download, address, downloads
from boardpacks.packs.library.findings import PackFindings
from boardpacks.packs.library.published_packs import Pack, PublishedEdition, State
from boardpacks.packs.library.web_page import render_page
from boardpacks.params.agenda import Part
from boardpacks.params.system import SYSTEM, System
from boardpacks.project.dates import long_date

FONTS_FROM_INDEX = f"{PAGES}/assets/"
"""Where the first page finds the fonts."""

_STATES: tuple[State, ...] = ("final", "draft", "superseded")
_READ: Mapping[FileKind, str] = {
    "edition-page": "Board edition",
    "edition": "Board edition",
    "html": "Evidence annex",
}
"""What most readers open of a pack with a board edition."""
_WITHOUT_EDITION: tuple[FileKind, ...] = ("pdf", "html")
_ALERTS: Mapping[FileKind, str] = {"edition-page": "#what-to-do", "html": "#sec-summary"}
"""Where these say what a pack found."""
_SCRIPT = "library.js"


@dataclass(frozen=True)
class OtherEdition:
    """Another edition of a pack: its page, and what it is in words."""

    page: str
    words: str


@dataclass(frozen=True)
class Row:
    """A pack as the page lists it: the edition that counts, what it found, what is read of it, its other editions.

    ``anchor`` is the first of its place's on the page, where links to the place lead.
    """

    edition: PublishedEdition
    page: str
    name: str
    date: str
    found: tuple[str, ...]
    alerts: str
    reads: tuple[Download, ...]
    others: tuple[OtherEdition, ...]
    states: str
    anchor: str = ""


@dataclass(frozen=True)
class Choice:
    """A value of the filter, with its words."""

    value: str
    words: str


@dataclass(frozen=True)
class ShownMeeting:
    """The packs of a meeting; ``anchor`` is where the page shows them."""

    anchor: str
    value: str
    words: str
    rows: tuple[Row, ...]


def index_page(
    packs: Sequence[Pack],
    findings: Mapping[str, PackFindings],
    compared: Sequence[ComparedPriority],
    notes: Sequence[str],
    system: System,
    part: Part,
    *,
    are_previews: bool = False,
) -> str:
    """Return the first page of the library of one part.

    Parameters
    ----------
    packs
        In the order in which they are listed.
    findings
        What each edition found, by the name of its page.
    compared
        The priorities that places can be compared on.
    notes
        One for each folder that was left out.
    system
        Whose packs they are.
    are_previews
        Whether they are previews, which no board gets.
    """
    rows = _anchored([_row(pack, findings[pack.current.page]) for pack in packs])
    script = files("boardpacks.packs.library").joinpath("templates", _SCRIPT).read_text(encoding="utf-8")
    return render_page(
        "library.html",
        linked=FONTS_FROM_INDEX,
        colour=system.colour,
        system=system,
        heading="Previews of board packs" if are_previews else "Board packs",
        confidential=part == "confidential",
        meetings=_meetings(rows),
        places=_places(rows),
        states=[
            Choice(state, state.capitalize())
            for state in _STATES
            if any(state in row.states.split() for row in rows)
        ],
        compared=compared,
        pages=f"{PAGES}/",
        notes=notes,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _row(pack: Pack, findings: PackFindings) -> Row:
    edition = pack.current
    page = address(PAGES, edition.page)
    offered = downloads(edition)
    return Row(
        edition=edition,
        page=page,
        name=name_of(edition.record),
        date=long_date(edition.record.meeting),
        found=(*findings.counts(), *_pages(edition.record)),
        alerts=next((file.address + _ALERTS[file.kind] for file in offered if file.kind in _ALERTS), page),
        reads=tuple(_read(edition.record, offered)),
        others=tuple(
            OtherEdition(address(PAGES, other.page), f"Version {other.record.version}, {other.state}")
            for other in pack.editions[1:]
        ),
        states=" ".join(dict.fromkeys(one.state for one in pack.editions)),
    )


def name_of(record: PackRecord) -> str:
    """Return what a list calls a pack: its place, and of a part of one what it is about."""
    if record.kind == "meeting-pack":
        return f"{record.place_name}: all papers of the meeting"
    return f"{record.place_name}: {', '.join(record.about)}" if record.about else record.place_name


def _pages(record: PackRecord) -> Iterator[str]:
    edition = record.file("edition")
    if pages := edition.pages if edition else record.pages:
        yield f"{pages} page{'' if pages == 1 else 's'}"


def _read(record: PackRecord, offered: Sequence[Download]) -> Iterator[Download]:
    """Yield what most readers open: of a pack with a board edition this and the annex, else PDF and web page."""
    if record.file("edition") is None and record.file("edition-page") is None:
        yield from (
            replace(file, words=_capital(file.details)) for file in offered if file.kind in _WITHOUT_EDITION
        )
        return
    for kind, words in _READ.items():
        for file in offered:
            if file.kind == kind:
                more = f", {file.details}" if kind == "edition" else ""
                yield replace(file, words=f"{words}{more}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _anchored(rows: Sequence[Row]) -> list[Row]:
    """Give the first row of each place the anchor that links to the place lead to."""
    seen: set[str] = set()
    found = []
    for row in rows:
        place = row.edition.record.place
        found.append(row if place in seen else replace(row, anchor=f"place-{place}"))
        seen.add(place)
    return found


def _meetings(rows: Sequence[Row]) -> list[ShownMeeting]:
    days = dict.fromkeys(row.edition.record.meeting for row in rows)
    return [_meeting(day, [row for row in rows if row.edition.record.meeting == day]) for day in days]


def _meeting(day: dt.date, rows: Sequence[Row]) -> ShownMeeting:
    first = sorted(rows, key=lambda row: row.edition.record.kind != "meeting-pack")
    return ShownMeeting(f"meeting-{day.isoformat()}", day.isoformat(), long_date(day), tuple(first))


def _places(rows: Sequence[Row]) -> list[Choice]:
    """Return the places in the order of their names, the system first; a place's newest pack says what it is called."""
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row.edition.record.place, row.edition.record.place_name)
    return [
        Choice(place, names[place])
        for place in sorted(names, key=lambda place: (place != SYSTEM, names[place]))
    ]
