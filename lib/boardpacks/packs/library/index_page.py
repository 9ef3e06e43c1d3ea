"""Makes the library's first page: packs by meeting, by place and by status, with a filter."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from boardpacks.packs.files.pack_record import PAGES
from boardpacks.packs.library.downloads import Download, address, downloads
from boardpacks.packs.library.published_packs import Pack, PublishedEdition, State
from boardpacks.packs.library.web_page import render_page
from boardpacks.params.calendars import Part
from boardpacks.params.models import SYSTEM, System
from boardpacks.project.dates import long_date

FONTS_FROM_INDEX = f"{PAGES}/assets/"
"""Where the first page finds the fonts."""

_STATES: tuple[State, ...] = ("final", "draft", "superseded")
_QUICK = ("pdf", "html")
_SCRIPT = "library.js"


@dataclass(frozen=True)
class Row:
    """An edition as the page lists it; `files` are those that most readers want."""

    edition: PublishedEdition
    page: str
    name: str
    date: str
    files: tuple[Download, ...]


@dataclass(frozen=True)
class ShownGroup:
    """The editions that share a meeting, a place or a status; `anchor` is where the page shows them."""

    anchor: str
    value: str
    words: str
    rows: tuple[Row, ...]


def index_page(
    packs: Sequence[Pack], notes: Sequence[str], system: System, part: Part, *, are_previews: bool = False
) -> str:
    """Return the first page of the library of one part.

    Parameters
    ----------
    packs
        In the order in which they are listed.
    notes
        One for each folder that was left out.
    system
        Whose packs they are.
    are_previews
        Whether they are previews, which no board gets.
    """
    rows = [_row(edition) for pack in packs for edition in pack.editions]
    script = files("boardpacks.packs.library").joinpath("templates", _SCRIPT).read_text(encoding="utf-8")
    return render_page(
        "library.html",
        linked=FONTS_FROM_INDEX,
        system=system,
        heading="Previews of board packs" if are_previews else "Board packs",
        confidential=part == "confidential",
        meetings=_meetings(rows),
        places=_places(rows),
        states=_states(rows),
        notes=notes,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _row(edition: PublishedEdition) -> Row:
    record = edition.record
    name = record.place_name
    if record.kind == "meeting-pack":
        name += ": all papers of the meeting"
    elif record.about:
        name += f": {', '.join(record.about)}"
    return Row(
        edition=edition,
        page=address(PAGES, edition.page),
        name=name,
        date=long_date(record.meeting),
        files=tuple(file for file in downloads(edition) if file.kind in _QUICK),
    )


def _meetings(rows: Sequence[Row]) -> list[ShownGroup]:
    days = dict.fromkeys(row.edition.record.meeting for row in rows)
    return [_meeting(day, [row for row in rows if row.edition.record.meeting == day]) for day in days]


def _meeting(day: dt.date, rows: Sequence[Row]) -> ShownGroup:
    first = sorted(rows, key=lambda row: row.edition.record.kind != "meeting-pack")
    return ShownGroup(f"meeting-{day.isoformat()}", day.isoformat(), long_date(day), tuple(first))


def _places(rows: Sequence[Row]) -> list[ShownGroup]:
    """Return the places in the order of their names, the system first; a place's newest pack says what it is called."""
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row.edition.record.place, row.edition.record.place_name)
    ordered = sorted(names, key=lambda place: (place != SYSTEM, names[place]))
    return [
        ShownGroup(
            f"place-{place}",
            place,
            names[place],
            tuple(row for row in rows if row.edition.record.place == place),
        )
        for place in ordered
    ]


def _states(rows: Sequence[Row]) -> list[ShownGroup]:
    return [
        ShownGroup(f"status-{state}", state, state.capitalize(), found)
        for state in _STATES
        if (found := tuple(row for row in rows if row.edition.state == state))
    ]
