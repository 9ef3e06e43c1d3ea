"""Small final packs, calendars and lists, made by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boardpacks.circulation.final_edition import FinalEdition, find_edition
from boardpacks.packs.files.pack_record import FileKind, PackRecord, SnapshotRecord, file_record
from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.recipients import Circulation

DATE = dt.date(2026, 12, 9)
FINAL_DATE = dt.date(2026, 12, 1)
BOARD = "Alston Board"
ENDINGS: Mapping[str, str] = {
    "edition": "_board-edition.pdf",
    "edition-large-print": "_board-edition_large-print.pdf",
    "pdf": ".pdf",
    "large-print": "_large-print.pdf",
    "addendum": "_addendum.pdf",
    "html": ".html",
    "xlsx": "_data.xlsx",
    "ods": "_data.ods",
    "data": "_data.csv",
    "facts": "_facts.json",
    "changes": "_changes.json",
    "working-paper": "_working-paper_profile.html",
}
KINDS: tuple[FileKind, ...] = ("pdf", "large-print", "html", "xlsx", "data", "facts", "working-paper")


def write_final(
    published: Path,
    slug: str = "alston",
    version: str = "1.0",
    *,
    kinds: tuple[FileKind, ...] = KINDS,
    content: bytes = b"",
    **changes: Any,
) -> PackRecord:
    """Write a final pack as it is published, and return its record."""
    part = "confidential" if slug.endswith("_part-2") else "public"
    home = published / changes.get("meeting", DATE).isoformat() / f"{slug}_v{version}"
    home.mkdir(parents=True)
    kind_of_pack = "meeting-pack" if "_meeting" in slug else "board-pack"
    records = []
    for kind in kinds:
        name = f"{DATE}_{slug}_{kind_of_pack}_v{version}{ENDINGS[kind]}"
        data = content or f"{slug} {kind} {version}".encode()
        (home / name).write_bytes(data)
        records.append(file_record(name, kind, data))
    settings: dict[str, Any] = {
        "kind": kind_of_pack,
        "title": f"Alston {kind_of_pack.replace('-', ' ')}",
        "place": "alston",
        "place_name": "Alston",
        "slug": slug,
        "priorities": (),
        "board": BOARD,
        "meeting": DATE,
        "example": False,
        "part": part,
        "status": "final",
        "version": version,
        "finalised": FINAL_DATE,
        "pages": 12,
        "files": tuple(records),
        "snapshot": SnapshotRecord(name="embedded", sha256="0" * 64),
        "engine": "bundled",
    }
    record = PackRecord.model_validate({**settings, **changes})
    (home / "pack.json").write_text(record.model_dump_json())
    (home / "manifest.json").write_text("{}\n")
    write_sums(home)
    return record


def write_sums(home: Path) -> None:
    files = sorted(path for path in home.iterdir() if path.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (home / "SHA256SUMS").write_text("".join(sums))


def a_meeting(*editions: Mapping[str, PackRecord] | tuple[PackRecord, ...], **changes: Any) -> Meeting:
    """Return the meeting with an edition of each tuple of packs made final, one day after the other."""
    finals = [
        {
            "version": f"1.{number}",
            "date": FINAL_DATE + dt.timedelta(days=number),
            "packs": {pack.slug: pack.digest for pack in packs if isinstance(pack, PackRecord)},
        }
        for number, packs in enumerate(editions)
    ]
    corrections = [{"kind": "correction", "reason": "Page 3 was of 2022."} for _ in finals[1:]]
    settings: dict[str, Any] = {
        "date": DATE,
        "starts": "14:00",
        "ends": "16:00",
        "venue": "Town Hall, Room 2",
    }
    # A hostile venue is refused by the params; what is written has to stand it all the same.
    venue = {"venue": changes.pop("venue")} if "venue" in changes else {}
    meeting = Meeting.model_validate(
        settings | {"finals": tuple(finals), "corrections": tuple(corrections)} | changes
    )
    return meeting.model_copy(update=venue)


def a_calendar(meeting: Meeting, **changes: Any) -> Calendar:
    board = changes.pop("board", BOARD)
    made = Calendar(place="alston", board=BOARD, meetings=(meeting,), **changes)
    return made.model_copy(update={"board": board})


def an_edition(
    published: Path,
    *,
    parts: int = 1,
    board: str = BOARD,
    kinds: tuple[FileKind, ...] = KINDS,
    **meeting: Any,
) -> FinalEdition:
    """Write version 1.0 of one or two parts, and return it as it is found."""
    packs = [write_final(published, kinds=kinds)]
    if parts == 2:
        root = published.with_name(f"{published.name}-confidential")
        packs.append(write_final(root, "alston_part-2", kinds=kinds))
    held = a_meeting(tuple(packs), **meeting)
    return find_edition(a_calendar(held, board=board), held, published)


def a_moved_edition(published: Path) -> FinalEdition:
    """Write version 1.1 of a meeting that is a week later than it was called for in 1.0, and return that."""
    later = DATE + dt.timedelta(days=7)
    packs = [write_final(published), write_final(published, version="1.1", meeting=later)]
    finals = tuple(
        {
            "version": pack.version,
            "date": FINAL_DATE,
            "meeting": pack.meeting,
            "packs": {pack.slug: pack.digest},
        }
        for pack in packs
    )
    held = a_meeting(*((pack,) for pack in packs), date=later, moved_from=DATE, finals=finals)
    return find_edition(a_calendar(held), held, published)


MEMBERS: Mapping[str, Any] = {
    "id": "members",
    "name": "Members",
    "boards": ("alston",),
    "to": ({"name": "Ann", "address": "ann@example.org"}, {"address": "ben@example.org"}),
    "attach": ("pdf",),
}


def some_settings(*lists: Mapping[str, Any], **changes: Any) -> Circulation:
    """Return the params of circulation; each list is a change to that of the members."""
    settings: dict[str, Any] = {
        "sender": {"name": "Secretariat", "address": "packs@example.org"},
        "lists": tuple({**MEMBERS, **each} for each in lists or ({},)),
    }
    return Circulation.model_validate(settings | changes)
