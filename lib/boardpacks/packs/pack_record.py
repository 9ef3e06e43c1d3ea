"""What a published pack says of itself: the contents of its pack.json."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from boardpacks.params.meetings import Meeting, Part, Status

PACK_JSON = "pack.json"
CHECKSUMS = "SHA256SUMS"
PAGE = "index.html"
PAGES = "pages"
"""Folder of the library's pages of packs; a final pack's own folder never changes, so they lie outside of it."""

Words = Annotated[str, Field(min_length=1)]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=255)]
FileKind = Literal[
    "pdf", "html", "large-print", "addendum", "xlsx", "ods", "data", "facts", "changes", "working-paper"
]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FileRecord(_Model):
    """A file of a pack; ``size`` in bytes."""

    name: FileName
    kind: FileKind
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256


class SnapshotRecord(_Model):
    """The snapshot that the figures come from; no hash when the pack prints no figure."""

    name: Words
    sha256: str | None


class PackRecord(_Model):
    """Everything that the library says of a pack. It holds no time, so that the same pack has the same bytes.

    ``pages`` is the number of pages of the PDF, if there is one; ``priorities`` are the names of a partial
    pack's priorities. A meeting pack holds all papers of a meeting, one after another. ``corrects`` is the version of
    the final edition that this one puts right, ``reason`` why; ``finalised`` is the day on which it was made final;
    ``missing`` are the fields of its front sheet that are still to follow.
    """

    version_of_record: Literal[2] = 2
    kind: Literal["board-pack", "meeting-pack"] = "board-pack"
    title: Words
    place: Words
    place_name: Words
    slug: Words
    priorities: tuple[str, ...]
    board: Words
    meeting: dt.date
    example: bool
    part: Part
    status: Status
    version: Words
    corrects: str | None = None
    reason: str | None = None
    finalised: dt.date | None = None
    missing: tuple[str, ...] = ()
    pages: int | None
    files: Annotated[tuple[FileRecord, ...], Field(min_length=1)]
    snapshot: SnapshotRecord
    engine: Words

    @property
    def edition(self) -> str:
        """Name of the folder that the pack is published in: a final edition has one of its own, for good."""
        return f"{self.slug}_v{self.version}" if self.status == "final" else self.slug

    @property
    def digest(self) -> str:
        """SHA-256 over names and digests of its files: what ``boardpacks finalise`` writes down for a final edition."""
        lines = "".join(f"{file.sha256}  {file.name}\n" for file in self.files)
        return hashlib.sha256(lines.encode()).hexdigest()


def file_record(name: str, kind: FileKind, content: bytes) -> FileRecord:
    """Return the record of a file with this content."""
    return FileRecord(name=name, kind=kind, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def is_published(published: Path, slug: str, meeting: Meeting) -> bool:
    """Return whether a pack is there in the edition that the meeting's entry on the calendar asks for.

    Only ``pack.json`` is read: whether the files are still whole is for the library to say.
    """
    try:
        content = (published / meeting.date.isoformat() / slug / PACK_JSON).read_bytes()
        record = PackRecord.model_validate_json(content)
    except (OSError, ValueError):
        return False
    return (record.status, record.version) == (meeting.status, meeting.version)


def listed_files(folder: Path) -> set[str]:
    """Return the names of a published pack's own files, by its list of checksums.

    Raises
    ------
    OSError, UnicodeDecodeError
        When the list cannot be read.
    """
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return {CHECKSUMS, *(line.partition("  ")[2] for line in lines)}
