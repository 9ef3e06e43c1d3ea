"""Publishes a finished pack: all of its files at once, or none."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pikepdf

from boardpacks.packs.files.formats import EDITION_ENDING
from boardpacks.packs.files.pack_manifest import MANIFEST, PackManifest
from boardpacks.packs.files.pack_record import (
    CHECKSUMS,
    PACK_JSON,
    PAGE,
    PAGES,
    FileKind,
    FileRecord,
    PackKind,
    PackRecord,
    SnapshotRecord,
    file_record,
    listed_files,
)
from boardpacks.plan.plan import PackPlan
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.sealed import write_durably
from boardpacks.project.write_errors import explained

_FORMATS: tuple[FileKind, ...] = get_args(FileKind)
_ENDINGS: Mapping[FileKind, str] = {
    "edition": EDITION_ENDING,
    "edition-page": "_board-edition.html",
    "edition-word": "_board-edition.docx",
    "large-print": "_large-print.pdf",
    "edition-large-print": "_board-edition_large-print.pdf",
    "data": "_data.csv",
    "facts": "_facts.json",
}


class FinalDiffers(BoardpacksError):  # noqa: N818 - a finding about a pack, not a fault of the program
    """A pack was made that is not the one that was made final under its version."""


@dataclass(frozen=True)
class FinishedPack:
    """A pack that has passed its checks.

    Parameters
    ----------
    snapshot
        The snapshot that its figures come from.
    engine
        Name of the engine that rendered it.
    pages
        Number of pages of the PDF, or None when there is none.
    rendered
        The document of each format.
    data, facts
        Contents of the data file and of the file of facts.
    manifest
        What it was made from and what came of each step but this one.
    extra
        Contents of its further files: of each kind, by the ending of their names.
    """

    plan: PackPlan
    snapshot: SnapshotRecord
    engine: str
    pages: int | None
    rendered: Mapping[str, Path]
    data: bytes
    facts: bytes
    manifest: PackManifest
    extra: Mapping[FileKind, Mapping[str, bytes]] = field(default_factory=dict)


def publish_pack(pack: FinishedPack, published: Path) -> Path:
    """Put a pack into ``<published>/<meeting date>/<edition>/`` and return that folder.

    What is for the private part of a meeting goes below a folder of its own, see
    :func:`boardpacks.plan.plan.root_of`.

    The files are written beside the earlier edition, which is then swapped for them by renaming. Whatever
    happens, readers find the earlier edition or the new one, whole. What a killed build left behind is put
    right first. A file in the pack's folder that is not one of the pack's own is kept.

    Raises
    ------
    CannotWrite
        When the disk or the folder fails. The earlier edition stays.
    FinalDiffers
        When it is a final edition, and not the one that was made final.
    """
    record, contents = _documents(pack)
    return put_files(_with_record(contents, record, pack.manifest), pack.plan.published_in(published))


def put_files(files: Mapping[str, bytes], target: Path) -> Path:
    """Put the files of an edition into its folder, all at once, in place of an earlier one; return the folder.

    Raises
    ------
    CannotWrite
        When the disk or the folder fails. The earlier edition stays.
    """
    with explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _repair(target)
        new = _beside(target, "new")
        new.mkdir()
        try:
            for name, content in files.items():
                write_durably(new / name, content)
            _sync_folder(new)
            _swap(new, target)
        except BaseException:
            _repair(target)
            raise
    return target


def withdraw_draft(folder: Path) -> None:
    """Take a draft off the shelf; what somebody else has put into its folder stays there."""
    with explained(folder):
        if not folder.is_dir():
            return
        kept = _foreign(folder, folder)
        for path in folder.iterdir():
            if path not in kept:
                path.unlink()
        if not kept:
            folder.rmdir()
        folder.with_name(f".{folder.name}.receipt.json").unlink(missing_ok=True)


def repair_published(published: Path) -> None:
    """Put right what killed builds left behind in the folder of published packs."""
    for left in (published / f".{PAGE}.new", *published.glob(f"{PAGES}/**/.*.new")):
        left.unlink(missing_ok=True)
    for ending in ("new", "old"):
        for left in sorted(path for path in published.glob(f"*/.*.{ending}") if path.is_dir()):
            _repair(left.with_name(left.name.removeprefix(".").removesuffix(f".{ending}")))


def record_of(
    plan: PackPlan,
    *,
    kind: PackKind,
    title: str,
    pages: int | None,
    files: Sequence[FileRecord],
    snapshot: SnapshotRecord,
    engine: str,
) -> PackRecord:
    """Return the record of a pack; refuse another pack under the version of one that was made final.

    Raises
    ------
    FinalDiffers
        When its documents are not those that were made final.
    """
    meeting, final = plan.meeting, plan.final
    record = PackRecord(
        kind=kind,
        title=title,
        place=plan.place,
        place_name=plan.place_name,
        slug=plan.slug,
        priorities=plan.priority_names,
        chapters=plan.chosen,
        board=plan.calendar.board,
        meeting=meeting.date,
        example=plan.calendar.example,
        part=plan.part,
        status=plan.status,
        version=plan.version,
        corrects=meeting.corrects,
        moved_from=meeting.corrected_date,
        reason=meeting.correction.reason if meeting.correction else None,
        finalised=final.date if final else None,
        missing=meeting.missing,
        pages=pages,
        files=tuple(files),
        snapshot=snapshot,
        engine=engine,
    )
    if final is None or final.packs[plan.slug] in (None, record.digest):
        return record
    raise FinalDiffers(
        f"Version {plan.version} for {meeting.date} was made final on {final.date}, and what it is made from "
        f"has changed since. A final pack never changes. Bring {plan.edition}/ back from where it was circulated, or "
        f"build at the commit that its manifest.json names. To put something right, add a correction to "
        f"params/meetings/{plan.calendar.place}.yml: see docs/life-cycle.md."
    )


def contents_of(pack: FinishedPack) -> dict[str, bytes]:
    """Return the contents of every file of a finished pack, by name, but its own records."""
    return {name: content for name, _, content in _named(pack)}


def _named(pack: FinishedPack) -> Iterator[tuple[str, FileKind, bytes]]:
    made = {kind: path.read_bytes() for kind, path in pack.rendered.items()}
    made |= {"data": pack.data, "facts": pack.facts}
    for kind in _FORMATS:
        own = {_ENDINGS.get(kind, f".{kind}"): made[kind]} if kind in made else {}
        for ending, content in (own | dict(pack.extra.get(kind, {}))).items():
            yield f"{pack.plan.stem}{ending}", kind, content


def _documents(pack: FinishedPack) -> tuple[PackRecord, dict[str, bytes]]:
    """Return the pack's record, and the contents of every file that it lists, by name."""
    named = list(_named(pack))
    record = record_of(
        pack.plan,
        kind="board-pack",
        title=pack.plan.title,
        pages=pack.pages,
        files=[file_record(name, kind, content, _pages(kind, content)) for name, kind, content in named],
        snapshot=pack.snapshot,
        engine=pack.engine,
    )
    return record, {name: content for name, _, content in named}


def _pages(kind: FileKind, content: bytes) -> int | None:
    """Return how many pages a board edition has; what the whole pack has is the record's own."""
    if kind != "edition":
        return None
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def _with_record(
    documents: Mapping[str, bytes], record: PackRecord, manifest: PackManifest
) -> dict[str, bytes]:
    """Return the contents of every file of the published pack, by name."""
    contents = {**documents, PACK_JSON: (record.model_dump_json(indent=2) + "\n").encode()}
    contents[MANIFEST] = manifest.with_files(_digests(contents)).as_bytes()
    return with_checksums(contents)


def with_checksums(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files with the list of their checksums."""
    sums = "".join(f"{digest}  {name}\n" for name, digest in _digests(contents).items())
    return {**contents, CHECKSUMS: sums.encode()}


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(contents[name]).hexdigest() for name in sorted(contents)}


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{ending}")


def _repair(target: Path) -> None:
    """Bring the earlier edition back if it was moved away for nothing, and clear away what is left over."""
    old, new = _beside(target, "old"), _beside(target, "new")
    if os.path.lexists(old) and not os.path.lexists(target):
        old.rename(target)
    _retire(old, target)
    _clear(new)


def _swap(new: Path, target: Path) -> None:
    old = _beside(target, "old")
    if target.is_dir() or target.is_symlink():  # a file of somebody's stays, and the next line fails
        target.rename(old)
    new.rename(target)
    _sync_folder(target.parent)
    _retire(old, target)


def _retire(old: Path, target: Path) -> None:
    """Delete an earlier edition; what somebody else has put into it goes to the new one."""
    if old.is_dir() and not old.is_symlink():
        for path in _foreign(old, target):
            if not os.path.lexists(target / path.name):
                path.rename(target / path.name)
    _clear(old)


def _foreign(edition: Path, target: Path) -> list[Path]:
    """Return what stands in an edition's folder and is not the pack's own: not listed, nor named like it."""
    own = {PACK_JSON, MANIFEST, CHECKSUMS}
    with suppress(OSError, UnicodeDecodeError):
        own |= listed_files(edition)
    like_ours = f"{target.parent.name}_{target.name}_"
    return [
        path for path in edition.iterdir() if path.name not in own and not path.name.startswith(like_ours)
    ]


def _clear(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to sync it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
