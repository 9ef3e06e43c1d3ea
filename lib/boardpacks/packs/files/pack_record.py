"""What a published pack says of itself: the contents of its pack.json."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from boardpacks.params.agenda import Part
from boardpacks.params.calendars import Meeting, Status
from boardpacks.params.values import Model, without_unset
from boardpacks.plan.plan import edition_folder, pack_slug, root_of

PACK_JSON = "pack.json"
CHECKSUMS = "SHA256SUMS"
PAGE = "index.html"
PAGES = "pages"
"""Folder of the library's pages of packs; a final pack's own folder never changes, so they lie outside of it."""

NEWEST = "newest_{place}.html"
"""The library's page that leads to the newest pack of a place, below ``PAGES``."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,149}")
_SUM = re.compile(r"(?P<sha256>[0-9a-f]{64}) [ *](?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)")

Words = Annotated[str, Field(min_length=1)]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=255)]
FileKind = Literal[
    "pdf",
    "html",
    "edition",
    "edition-page",
    "edition-word",
    "large-print",
    "edition-large-print",
    "addendum",
    "xlsx",
    "ods",
    "data",
    "facts",
    "changes",
    "working-paper",
]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FileRecord(Model):
    """A file of a pack; ``size`` in bytes, and for a board edition the number of its ``pages``."""

    name: FileName
    kind: FileKind
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256
    pages: int | None = Field(default=None, exclude_if=lambda pages: pages is None)


PackKind = Literal["board-pack", "meeting-pack"]


class SnapshotRecord(Model):
    """The snapshot that the figures come from; no hash when the pack prints no figure."""

    name: Words
    sha256: str | None


class PackRecord(Model):
    """Everything that the library says of a pack. It holds no time, so that the same pack has the same bytes.

    ``pages`` is the number of pages of the PDF, if there is one; ``priorities`` are the names of a partial pack's
    priorities, ``chapters`` the ids of its chapters where it was asked for by these. A meeting pack holds all
    papers of a meeting, one after another. ``corrects`` is the version of the final edition that this one puts
    right, ``reason`` why; ``moved_from`` is the day for which that edition was made, where the meeting was moved;
    ``finalised`` is the day on which it was made final; ``missing`` are the details of the meeting and fields of
    its front sheet that are still to follow.
    """

    version_of_record: Literal[2] = 2
    kind: PackKind = "board-pack"
    title: Words
    place: Words
    place_name: Words
    slug: Words
    priorities: tuple[str, ...]
    chapters: tuple[str, ...] = Field(default=(), exclude_if=lambda chapters: not chapters)
    board: Words
    meeting: dt.date
    example: bool
    part: Part
    status: Status
    version: Words
    corrects: str | None = None
    moved_from: dt.date | None = None
    reason: str | None = None
    finalised: dt.date | None = None
    missing: tuple[str, ...] = ()
    pages: int | None
    files: Annotated[tuple[FileRecord, ...], Field(min_length=1)]
    snapshot: SnapshotRecord
    engine: Words

    @model_serializer(mode="wrap")
    def _as_before(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        return without_unset(write(self), "moved_from")

    @property
    def about(self) -> tuple[str, ...]:
        """What a partial pack is about, in words; nothing for a whole one."""
        return (*self.priorities, *(f"chapter {chapter}" for chapter in self.chapters))

    @property
    def edition(self) -> str:
        """Name of the folder that the pack is published in: a final edition has one of its own, for good."""
        return edition_folder(self.slug, self.status, self.version)

    def file(self, kind: FileKind) -> FileRecord | None:
        """Return its first file of a kind, if it has one."""
        return next((file for file in self.files if file.kind == kind), None)

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, so that 1.10 comes after 1.9."""
        return version_order(self.version)

    @property
    def digest(self) -> str:
        """SHA-256 over names and digests of its files: what ``boardpacks finalise`` writes down for a final edition."""
        lines = "".join(f"{file.sha256}  {file.name}\n" for file in self.files)
        return hashlib.sha256(lines.encode()).hexdigest()


def version_order(version: str) -> tuple[int, ...]:
    """Return a version as numbers, so that 1.10 comes after 1.9."""
    return tuple(map(int, version.split(".")))


def file_record(name: str, kind: FileKind, content: bytes, pages: int | None = None) -> FileRecord:
    """Return the record of a file with this content."""
    digest = hashlib.sha256(content).hexdigest()
    return FileRecord(name=name, kind=kind, size=len(content), sha256=digest, pages=pages)


def is_published(published: Path, place: str, meeting: Meeting) -> bool:
    """Return whether a place's pack is there in the edition that the meeting's entry on the calendar asks for.

    Only ``pack.json`` is read: whether the files are still whole is for the library to say.
    """
    part = meeting.front_sheet.part
    slug = pack_slug(place, part=part)
    status: Status = "final" if meeting.final_of(slug) else "draft"
    folder = (
        root_of(published, part) / meeting.date.isoformat() / edition_folder(slug, status, meeting.version)
    )
    try:
        record = PackRecord.model_validate_json((folder / PACK_JSON).read_bytes())
    except (OSError, ValueError):
        return False
    return (record.status, record.version) == (status, meeting.version)


def read_sound_pack(folder: Path) -> PackRecord:
    """Return the record of the pack in a folder, whose files have been held against it.

    Raises
    ------
    OSError, ValueError
        When it is no pack, or not as it was published; the message says why.
    """
    if not folder.is_dir():
        raise ValueError("it is not there")
    if not (folder / PACK_JSON).is_file():
        raise ValueError("it holds no pack.json")
    record = PackRecord.model_validate_json((folder / PACK_JSON).read_bytes())
    if (record.meeting.isoformat(), record.edition) != (folder.parent.name, folder.name):
        raise ValueError(f"its pack.json is of {record.meeting.isoformat()}/{record.edition}")
    if not (_NAME.fullmatch(record.slug) and _NAME.fullmatch(record.place)):
        raise ValueError("its name is too long, or has other signs than letters, digits, - and _")
    if not re.fullmatch(r"[0-9]{1,6}\.[0-9]{1,6}", record.version):
        raise ValueError("its version is not like 1.0")
    for file in record.files:
        path = folder / file.name
        if not path.is_file():
            raise ValueError(f"{file.name} is missing")
        if hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
            raise ValueError(f"{file.name} was changed after publishing")
    return record


def listed_files(folder: Path) -> set[str]:
    """Return the names of a published pack's own files, by its list of checksums.

    Raises
    ------
    OSError, UnicodeDecodeError
        When the list cannot be read.
    """
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return {CHECKSUMS, *(line.partition("  ")[2] for line in lines)}


def read_checksums(folder: Path, needed: str) -> Mapping[str, str] | None:
    """Return the digest of each file in a pack's list of checksums; None where it is damaged or lacks `needed`."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    found = [_SUM.fullmatch(line) for line in lines]
    sums = {line["name"]: line["sha256"] for line in found if line}
    return sums if len(sums) == len(lines) and needed in sums else None
