"""Reads the published packs, and sorts them: every edition of a pack together, the one that counts first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from boardpacks.packs.files.pack_record import PAGES, PackRecord, read_sound_pack
from boardpacks.params.agenda import Part
from boardpacks.params.system import SYSTEM

State = Literal["draft", "final", "superseded"]


@dataclass(frozen=True)
class PublishedEdition:
    """One published edition of a pack.

    Parameters
    ----------
    record
        What it says of itself.
    state
        Its status, or "superseded" when a later edition has taken its place: derived, written nowhere.
    newer
        The edition that readers are led to instead; None when they are right here.
    is_current
        Whether it is the edition of its pack that counts.
    """

    record: PackRecord
    state: State
    newer: PackRecord | None = None
    is_current: bool = True

    @property
    def folder(self) -> str:
        """Its folder below the library's."""
        return f"{self.record.meeting.isoformat()}/{self.record.edition}"

    @property
    def page(self) -> str:
        """Name of its page. The edition that counts has the pack's own, which stays the same for good."""
        stem = f"{self.record.meeting.isoformat()}_{self.record.slug}"
        if self.is_current:
            return f"{stem}.html"
        return f"{stem}_v{self.record.version}{'_draft' if self.record.status == 'draft' else ''}.html"


@dataclass(frozen=True)
class Pack:
    """Every published edition of one pack for one meeting, the one that counts first, then from new to old."""

    editions: tuple[PublishedEdition, ...]

    @property
    def current(self) -> PublishedEdition:
        """The newest final edition; the draft where none was made final yet."""
        return self.editions[0]

    @property
    def meeting(self) -> dt.date:
        """The day of its meeting."""
        return self.current.record.meeting


def read_packs(published: Path) -> tuple[list[PackRecord], list[str]]:
    """Return the sound packs below `published`, and a note for each folder that was left out."""
    packs: list[PackRecord] = []
    notes: list[str] = []
    for folder in _visible_folders(published):
        if folder.name == PAGES:
            continue
        for inner in _visible_folders(folder):
            try:
                packs.append(read_sound_pack(inner))
            except (OSError, ValueError) as error:
                reason = "its pack.json is damaged" if isinstance(error, ValidationError) else str(error)
                notes.append(f"{folder.name}/{inner.name}: {reason}")
    return packs, notes


def sort_packs(records: Sequence[PackRecord], part: Part) -> tuple[list[Pack], list[str]]:
    """Return the packs of one part, by meeting from new to old, and a note when some are of the other part.

    Within a meeting the system comes before the places, and a meeting pack before the packs that it holds. No note
    names what it leaves out: nothing of a private meeting is named in public.
    """
    own = [record for record in records if record.part == part]
    held = _held(own)
    packs = [Pack(_editions(list(group))) for _, group in groupby(sorted(own, key=held), key=held)]
    packs.sort(key=lambda pack: _order(pack.current.record))
    packs.sort(key=lambda pack: pack.meeting, reverse=True)
    others = len(records) - len(own)
    word = "pack lies" if others == 1 else "packs lie"
    kind = "confidential" if part == "public" else "public"
    what = "it" if others == 1 else "them"
    return packs, [f"{others} {kind} {word} here and should not: move {what} away"] if others else []


def _held(records: Sequence[PackRecord]) -> Callable[[PackRecord], tuple[dt.date, str]]:
    """Return what says for which meeting an edition is: one that was moved keeps what was made for its earlier day."""
    moved = {
        (one.slug, one.moved_from): one.meeting for one in records if one.moved_from and one.status == "final"
    }

    def held(record: PackRecord) -> tuple[dt.date, str]:
        date = record.meeting
        for _ in moved:
            date = moved.get((record.slug, date), date)
        return date, record.slug

    return held


def _visible_folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _editions(records: list[PackRecord]) -> tuple[PublishedEdition, ...]:
    ordered = sorted(records, key=_age, reverse=True)
    finals = [record for record in ordered if record.status == "final"]
    current = finals[0] if finals else ordered[0]
    found = []
    for record in ordered:
        superseded = bool(finals) and _age(record) < _age(current)
        found.append(
            PublishedEdition(
                record,
                "superseded" if superseded else record.status,
                current if superseded else None,
                record is current,
            )
        )
    return tuple(sorted(found, key=lambda edition: not edition.is_current))


def _age(record: PackRecord) -> tuple[tuple[int, ...], bool]:
    """Return what editions are ordered by: a draft comes right after the final edition that it corrects."""
    said = record.version if record.status == "final" else record.corrects or "0.0"
    return tuple(int(part) for part in re.findall(r"[0-9]+", said)), record.status == "draft"


def _order(record: PackRecord) -> tuple[bool, str, bool, str]:
    return record.place != SYSTEM, record.place_name, record.kind != "meeting-pack", record.slug
