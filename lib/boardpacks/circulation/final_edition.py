"""Finds the final edition of a meeting's papers, and makes sure that it is what was made final."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from boardpacks.packs.files.pack_record import (
    CHECKSUMS,
    PACK_JSON,
    FileKind,
    FileRecord,
    PackRecord,
    read_checksums,
    version_order,
)
from boardpacks.params.agenda import PARTS, Part
from boardpacks.params.calendars import Calendar, Final, Meeting
from boardpacks.plan.plan import pack_slug, root_of
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.file_digest import file_digest

KINDS: tuple[FileKind, ...] = (
    "edition",
    "edition-page",
    "edition-large-print",
    "pdf",
    "large-print",
    "addendum",
    "html",
    "xlsx",
    "ods",
    "data",
    "facts",
    "changes",
)
"""Files that go to people, in this order. Working papers and the copy to comment on stay in the library."""

_MEETING_PACK = "meeting"


@dataclass(frozen=True)
class PackFile:
    """A file of a published pack: its record, where it lies, and the pack that it belongs to."""

    record: FileRecord
    path: Path
    pack: PackRecord

    @property
    def kind(self) -> FileKind:
        """What it is."""
        return self.record.kind


@dataclass(frozen=True)
class PartPapers:
    """The papers of one part of a meeting.

    ``pack`` is what people open: the meeting pack where there is one, else the board pack.
    """

    part: Part
    pack: PackRecord
    files: tuple[PackFile, ...]


@dataclass(frozen=True)
class FinalEdition:
    """The newest final edition of a meeting's papers, checked: one or two parts."""

    calendar: Calendar
    meeting: Meeting
    final: Final
    parts: tuple[PartPapers, ...]

    @property
    def stem(self) -> str:
        """What the names of its folder and its files begin with: ``2026-12-09_havering_v1.0``."""
        return f"{self.meeting.date.isoformat()}_{self.calendar.place}_v{self.final.version}"


def find_edition(calendar: Calendar, meeting: Meeting, published: Path) -> FinalEdition:
    """Return the final edition that the calendar asks for, from the folder of published packs.

    Parameters
    ----------
    published
        Folder of the published packs; those of part II lie in ``<published>-confidential``.

    Raises
    ------
    InputError
        When the edition is a draft, when it is not there or is not what was made final, when its files were changed,
        or when a newer edition is there.
    """
    final = _final(calendar, meeting)
    parts = []
    for part in PARTS:
        root = root_of(published, part)
        packs = [
            _checked(root / meeting.date.isoformat(), slug, part, final)
            for slug in _slugs(calendar.place, part)
            if slug in final.packs
        ]
        if packs:
            parts.append(_papers(part, packs))
    if not parts:
        key, known = f"finals, version {final.version}", [_slugs(calendar.place, part) for part in PARTS]
        allowed = " or ".join(slug for slugs in known for slug in slugs)
        raise InputError([Problem(_where(calendar), key, ", ".join(final.packs), allowed)])
    return FinalEdition(calendar, meeting, final, tuple(parts))


def _where(calendar: Calendar) -> str:
    return f"params/meetings/{calendar.place}.yml"


def _slugs(place: str, part: Part) -> tuple[str, str]:
    """Return the names of the meeting pack and of the board pack of a part."""
    return pack_slug(place, (_MEETING_PACK,), part), pack_slug(place, (), part)


def _final(calendar: Calendar, meeting: Meeting) -> Final:
    key, argument = f"meeting on {meeting.date}", f"{calendar.place}/{meeting.date}"
    if calendar.example:
        allowed = "real dates: an example is never circulated"
        hint = "put in the board's own dates and delete example: true"
        raise InputError([Problem(_where(calendar), key, "example: true", allowed, hint)])
    if meeting.status == "draft":
        allowed = "a final edition: a draft is never circulated"
        hint = f"boardpacks finalise {argument}"
        found = f"version {meeting.version}, a draft"
        raise InputError([Problem(_where(calendar), key, found, allowed, hint)])
    return meeting.finals[-1]


def _checked(folder: Path, slug: str, part: Part, final: Final) -> tuple[PackRecord, Path]:
    """Return the record of a final pack and its folder, if every byte of it is what was made final."""
    home = folder / f"{slug}_v{final.version}"
    newer = sorted(_newer_editions(folder, slug, final.version), key=version_order)
    if newer:
        allowed = f"the newest edition, which is {newer[-1]}"
        hint = f"is your copy of params/ out of date? It knows of no edition after {final.version}"
        raise InputError([Problem(str(home), "", f"version {final.version}, superseded", allowed, hint)])
    if not (home / PACK_JSON).is_file():
        allowed = "the edition that was made final, as published by boardpacks finalise"
        hint = "name the folder of published packs with --out DIR, or get the edition back from a copy"
        raise InputError([Problem(str(home), "", "no published pack", allowed, hint)])
    faults = list(_faults(home, slug, part, final))
    if faults:
        allowed = "the files that were made final, to the byte"
        hint = "get them back from a copy; nothing was written"
        raise InputError([Problem(str(home), "", fault, allowed, hint) for fault in faults])
    return PackRecord.model_validate_json((home / PACK_JSON).read_bytes()), home


def _newer_editions(folder: Path, slug: str, version: str) -> Iterator[str]:
    pattern = re.compile(re.escape(slug) + r"_v(\d+\.\d+)")
    found = [pattern.fullmatch(path.name) for path in folder.glob(f"{slug}_v*")]
    yield from (match[1] for match in found if match and version_order(match[1]) > version_order(version))


def _faults(home: Path, slug: str, part: Part, final: Final) -> Iterator[str]:
    try:
        record = PackRecord.model_validate_json((home / PACK_JSON).read_bytes())
    except ValidationError:
        yield f"{PACK_JSON} is damaged"
        return
    if (record.slug, record.status, record.version) != (slug, "final", final.version):
        yield f"{PACK_JSON} is of {record.slug}, {record.status} {record.version}"
        return
    if record.part != part:
        yield f"{PACK_JSON} says that it is for the {record.part} part"
    if record.digest != final.packs[slug]:
        yield "other files than those that were made final"
    sums = read_checksums(home, PACK_JSON)
    if sums is None:
        yield f"{CHECKSUMS} is missing or damaged"
        return
    listed = {file.name: file.sha256 for file in record.files}
    for name in sorted({*sums, *listed}):
        if name in listed and sums.get(name) != listed[name]:
            yield f"{name} has another digest in {CHECKSUMS} than in {PACK_JSON}"
        elif not (home / name).is_file():
            yield f"{name} is missing"
        elif file_digest(home / name) != sums[name]:
            yield f"{name} was changed"


def _papers(part: Part, packs: list[tuple[PackRecord, Path]]) -> PartPapers:
    """Return what goes to people: of each kind the meeting pack's file, else the board pack's; addenda of both.

    The addendum of a meeting pack holds the late papers, that of a board pack says what was put right.
    """
    files = []
    for kind in KINDS:
        for record, home in packs:
            own = [PackFile(file, home / file.name, record) for file in record.files if file.kind == kind]
            files += own
            if own and kind != "addendum":
                break
    if not files:
        raise BoardpacksError(f"{packs[0][1]} holds no file that could be circulated.")
    return PartPapers(part, packs[0][0], tuple(files))
