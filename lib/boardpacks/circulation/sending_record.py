"""The record of a circulation: what was prepared for whom and what was sent, added to and never overwritten."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from boardpacks.circulation.cover_note import CoverNote
from boardpacks.circulation.letters import Letter, person
from boardpacks.circulation.safe_text import cell
from boardpacks.params.agenda import Part
from boardpacks.params.values import Model
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.sealed import write_whole
from boardpacks.project.write_errors import explained

RECORD, TABLE = "record.jsonl", "record.csv"

Event = Literal["prepared", "withdrawn", "sending", "sent", "not sent", "perhaps sent"]


class FileEntry(Model):
    """A file that a message brings: attached, or linked at an address."""

    name: str
    sha256: str
    size: int
    address: str | None = None


class SendingEntry(Model):
    """Something that was done with one message.

    ``when`` is the time in UTC, ``command`` what was typed. ``tried`` are the addresses that it was being sent to,
    ``reached`` those that the mail server took it for, ``refused`` those that it did not.
    """

    event: Event
    when: str
    command: str
    place: str
    board: str
    meeting: str
    version: str
    list_id: str
    list_name: str
    part: Part
    large_print: bool
    message_id: str
    subject: str
    draft: str
    draft_sha256: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    bcc: tuple[str, ...]
    files: tuple[FileEntry, ...]
    tried: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Delivery:
    """What the record knows of a message: who has it, and of whom nobody knows."""

    reached: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


def entry_of(letter: Letter, cover: CoverNote, draft_sha256: str, *, when: str, command: str) -> SendingEntry:
    """Return the entry of a message that was prepared."""
    edition = letter.edition
    attached = [
        FileEntry(name=each.name, sha256=each.sha256, size=len(each.content)) for each in letter.attached
    ]
    linked = [
        FileEntry(
            name=link.file.record.name,
            sha256=link.file.record.sha256,
            size=link.file.record.size,
            address=link.address,
        )
        for link in letter.linked
    ]
    return SendingEntry(
        event="prepared",
        when=when,
        command=command,
        place=edition.calendar.place,
        board=edition.calendar.board,
        meeting=edition.meeting.date.isoformat(),
        version=edition.final.version,
        list_id=letter.to_list.id,
        list_name=letter.to_list.name,
        part=letter.part,
        large_print=letter.large_print,
        message_id=letter.message_id,
        subject=cover.subject,
        draft=f"{letter.name}.eml",
        draft_sha256=draft_sha256,
        to=tuple(map(person, letter.to)),
        cc=tuple(map(person, letter.cc)),
        bcc=tuple(map(person, letter.bcc)),
        files=(*attached, *linked),
    )


def read_record(folder: Path) -> tuple[SendingEntry, ...]:
    """Return everything that was written down in a folder; nothing where there is no record.

    Raises
    ------
    BoardpacksError
        When the record is damaged: without it nobody knows who has got what.
    """
    path = folder / RECORD
    if not path.is_file():
        return ()
    entries = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            entries.append(SendingEntry.model_validate_json(line))
        except ValidationError:
            raise BoardpacksError(
                f"{path}, line {number}: the record is damaged, so that nobody can tell what was sent to whom.\n"
                "  remedy  Get the file back from a copy, or move it away once you know from your mail server "
                "what was sent."
            ) from None
    return tuple(entries)


def add_entries(folder: Path, entries: Sequence[SendingEntry]) -> None:
    """Add to the record, on the disk before this returns, and write the table of all of it anew."""
    with explained(folder):
        with (folder / RECORD).open("ab") as file:
            file.write(b"".join(f"{entry.model_dump_json()}\n".encode() for entry in entries))
            file.flush()
            os.fsync(file.fileno())
        write_whole(folder / TABLE, _table(read_record(folder)))


def delivery(entries: Iterable[SendingEntry], message_id: str) -> Delivery:
    """Return who has a message, and of whom nobody knows because something broke while it was handed over."""
    reached: set[str] = set()
    unsure: set[str] = set()
    for entry in entries:
        if entry.message_id != message_id:
            continue
        match entry.event:
            case "sending":
                unsure |= {*entry.tried}
            case "sent" | "not sent":
                unsure -= {*entry.tried}
                reached |= {*entry.reached}
    return Delivery(frozenset(reached), frozenset(unsure - reached))


def _table(entries: Iterable[SendingEntry]) -> bytes:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(_HEADINGS)
    for entry in entries:
        files = "; ".join(f"{file.name} sha256:{file.sha256}" for file in entry.files)
        row = [
            entry.when,
            entry.event,
            entry.board,
            entry.meeting,
            entry.version,
            entry.list_name,
            "I" if entry.part == "public" else "II",
            *("; ".join(map(cell, people)) for people in (entry.to, entry.cc, entry.bcc)),
            files,
            entry.draft,
            entry.message_id,
            "; ".join(entry.reached),
            "; ".join(entry.refused),
            entry.note,
            entry.command,
        ]
        table.writerow([cell(text) for text in row])
    return written.getvalue().encode("utf-8-sig", "replace")  # the mark tells Excel that it is UTF-8


_HEADINGS = (
    "When (UTC)",
    "What",
    "Board",
    "Meeting",
    "Version",
    "List",
    "Part",
    "To",
    "Copy",
    "Blind copy",
    "Files",
    "Draft",
    "Message-ID",
    "Taken for",
    "Refused for",
    "Note",
    "Command",
)
