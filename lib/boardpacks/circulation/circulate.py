"""Prepares the circulation of a meeting's papers: drafts, calendar entries, archives and the record."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from boardpacks.build.inputs import file_digest
from boardpacks.circulation.archive import archive, archive_name
from boardpacks.circulation.calendar_entries import deadline_entry, meeting_entry
from boardpacks.circulation.compose import draft
from boardpacks.circulation.cover import Cover, word_cover
from boardpacks.circulation.edition import Edition
from boardpacks.circulation.left_out import left_out
from boardpacks.circulation.letters import Letter, meeting_entry_name
from boardpacks.circulation.record import Entry, add_entries, entry_of, read_record
from boardpacks.params.circulation import Circulation
from boardpacks.params.sealed import write_whole
from boardpacks.params.write_errors import explained


@dataclass(frozen=True)
class PreparedLetter:
    """A message with its words, and its entry in the record."""

    letter: Letter
    cover: Cover
    entry: Entry


@dataclass(frozen=True)
class Prepared:
    """A circulation that is ready.

    Parameters
    ----------
    folder
        Where it lies.
    letters
        Its messages.
    files
        SHA-256 of every file that was made, by name.
    new
        Names of the files that were not there before, or were others.
    withdrawn
        Names of earlier drafts that are no longer asked for, and were deleted.
    left_out
        Who had an earlier edition and gets nothing of this one.
    """

    edition: Edition
    folder: Path
    letters: tuple[PreparedLetter, ...]
    files: Mapping[str, str]
    new: tuple[str, ...]
    withdrawn: tuple[str, ...]
    left_out: tuple[str, ...]


def circulation_folder(published: Path, edition: Edition) -> Path:
    """Return where an edition's circulation lies: beside the published packs, since it holds people's addresses."""
    return published.parent / "circulation" / edition.stem


def prepare(
    edition: Edition,
    letters: tuple[Letter, ...],
    settings: Circulation,
    folder: Path,
    *,
    when: str,
    command: str,
) -> Prepared:
    """Write everything that circulating an edition needs into a folder; send nothing.

    The same edition, lists and rules give the same bytes. The record gets an entry for each draft that was not there
    before or was another.

    Raises
    ------
    CannotWrite
        When the disk or the folder fails.
    """
    covers = {letter.name: word_cover(letter) for letter in letters}
    drafts = {f"{letter.name}.eml": draft(letter, covers[letter.name]) for letter in letters}
    contents = drafts | _other_files(edition, settings)
    made = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    prepared = tuple(
        PreparedLetter(
            letter,
            covers[letter.name],
            entry_of(
                letter,
                covers[letter.name],
                made[f"{letter.name}.eml"],
                when=when,
                command=command,
            ),
        )
        for letter in letters
    )
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        earlier = {entry.draft: entry for entry in read_record(folder)}
        new = tuple(name for name, digest in made.items() if _digest(folder / name) != digest)
        for name in new:
            write_whole(folder / name, contents[name])
        gone = tuple(name for name in earlier if name not in made and (folder / name).is_file())
        for name in gone:
            (folder / name).unlink()
    withdrawn = [earlier[name].model_copy(update=_again("withdrawn", when, command)) for name in gone]
    fresh = [each.entry for each in prepared if each.entry.draft in new or each.entry.draft not in earlier]
    if fresh or withdrawn:
        add_entries(folder, [*withdrawn, *fresh])
    return Prepared(edition, folder, prepared, made, new, gone, left_out(edition, letters, folder))


def utc(now: dt.datetime) -> str:
    """Return a time as records have it: ``2026-12-01T09:30:00Z``."""
    return now.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _other_files(edition: Edition, settings: Circulation) -> dict[str, bytes]:
    domain = settings.sender.address.rpartition("@")[2]
    return {
        **{archive_name(edition, papers): archive(edition, papers) for papers in edition.parts},
        meeting_entry_name(edition): meeting_entry(edition, domain),
        f"{edition.stem}_papers-due.ics": deadline_entry(edition, domain),
    }


def _again(event: str, when: str, command: str) -> dict[str, object]:
    return {
        "event": event,
        "when": when,
        "command": command,
        "tried": (),
        "reached": (),
        "refused": (),
        "note": "",
    }


def _digest(path: Path) -> str:
    return file_digest(path) if path.is_file() else ""
