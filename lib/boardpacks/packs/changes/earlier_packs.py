"""Finds the earlier packs that a new one is compared with, among those that are sound. Imports nothing that is slow."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from boardpacks.packs.files.pack_record import CHECKSUMS, PackRecord, read_sound_pack
from boardpacks.plan.plan import PackPlan
from boardpacks.project.dates import long_date
from boardpacks.project.errors import BoardpacksError

if TYPE_CHECKING:
    from boardpacks.packs.files.changes_file import Since
    from boardpacks.packs.files.facts_file import FactsFile
    from boardpacks.packs.files.pack_manifest import Earlier, PackManifest


@dataclass(frozen=True)
class EarlierPack:
    """A published pack whose files are as it lists them, and its folder."""

    folder: Path
    record: PackRecord

    @property
    def name(self) -> str:
        """Its folder below that of the published packs: ``2026-10-14/havering_v1.0``."""
        return f"{self.record.meeting.isoformat()}/{self.folder.name}"

    @property
    def digest(self) -> str:
        """SHA-256 of its file of facts."""
        return next(file.sha256 for file in self.record.files if file.kind == "facts")

    def facts(self) -> FactsFile:
        """Read its facts."""
        from boardpacks.packs.files.facts_file import read_facts  # noqa: PLC0415 - takes long, and few builds need it

        name = next(file.name for file in self.record.files if file.kind == "facts")
        return read_facts(self.folder / name)

    def manifest(self) -> PackManifest:
        """Read what it was made from.

        Raises
        ------
        BoardpacksError
            When its manifest is not the one that was published.
        """
        from boardpacks.packs.files.pack_manifest import MANIFEST, read_pack_manifest  # noqa: PLC0415

        digest = hashlib.sha256((self.folder / MANIFEST).read_bytes()).hexdigest()
        if f"{digest}  {MANIFEST}" not in (self.folder / CHECKSUMS).read_text(encoding="utf-8").splitlines():
            raise BoardpacksError(
                f"{self.name}: {MANIFEST} was changed after publishing. Put it back as it was."
            )
        return read_pack_manifest(self.folder)

    def since(self) -> Since:
        """Return what a file of changes says of it."""
        from boardpacks.packs.files.changes_file import Since  # noqa: PLC0415

        said = self.record.model_dump(include={"title", "meeting", "status", "version"})
        return Since(folder=self.name, facts=self.digest, **said)


@dataclass(frozen=True)
class EarlierPacks:
    """The last pack, and the final edition that the new one puts right, if there are any."""

    last: EarlierPack | None = None
    corrected: EarlierPack | None = None

    @property
    def named(self) -> tuple[Earlier, ...]:
        """Each by folder and digest, as a manifest names it."""
        from boardpacks.packs.files.pack_manifest import Earlier  # noqa: PLC0415

        return tuple(
            Earlier(folder=pack.name, facts=pack.digest) for pack in (self.last, self.corrected) if pack
        )


NO_EARLIER = EarlierPacks()


def find_earlier(published: Path, plan: PackPlan) -> EarlierPacks:
    """Return the earlier packs that a pack is compared with.

    The last pack is of the same place, priorities and part, and of an earlier meeting: the newest final edition, or the
    newest draft where none is final. A folder whose files are not those of its ``pack.json`` is passed over.

    Parameters
    ----------
    published
        Folder of the published packs, that of the pack's part of the meeting.

    Raises
    ------
    BoardpacksError
        When the edition that the pack puts right is not there, or is damaged.
    """
    shelf = _Shelf(published, plan)
    return EarlierPacks(shelf.last(), shelf.corrected())


def earlier_inputs(published: Path, plan: PackPlan) -> dict[str, str]:
    """Return which earlier packs a pack is made from, as inputs by name, whatever is wrong with them."""
    shelf = _Shelf(published, plan)
    inputs = {"earlier pack": _input(shelf.last())}
    if plan.meeting.corrects:
        try:
            inputs["pack that is corrected"] = _input(shelf.corrected())
        except BoardpacksError as error:
            inputs["pack that is corrected"] = str(error)
    return inputs


def _input(pack: EarlierPack | None) -> str:
    return f"{pack.name} {pack.digest}" if pack else "none"


_PUT_BACK = (
    "Put that folder back as it was published, from a backup or from somebody who has it, and build again."
)


@dataclass(frozen=True)
class _Shelf:
    """The published packs of one part of meetings, where those before a pack are looked for."""

    published: Path
    plan: PackPlan

    def last(self) -> EarlierPack | None:
        """Return the newest final edition for an earlier meeting, or the newest draft."""
        dates = self._dates()
        finals = (pack for date in dates for pack in self._finals(self.published / date))
        drafts = (_sound(self.published / date / self.plan.slug, self.plan.slug) for date in dates)
        return next(finals, None) or next(
            (pack for pack in drafts if pack and pack.record.status == "draft"), None
        )

    def corrected(self) -> EarlierPack | None:
        """Return the final edition that the pack puts right, if it puts one right."""
        plan, version = self.plan, self.plan.meeting.corrects
        if version is None:
            return None
        date = plan.meeting.date_of(version)
        folder = self.published / date.isoformat() / f"{plan.slug}_v{version}"
        try:
            pack = _read(folder, plan.slug)
            if (pack.record.status, pack.record.version) != ("final", version):
                raise ValueError(f"it holds version {pack.record.version}, {pack.record.status}")
            return pack
        except (OSError, ValueError) as error:
            reason = "its pack.json is damaged" if isinstance(error, ValidationError) else _words(error)
            where = f"{self.published.name}/{folder.parent.name}/{folder.name}"
            raise BoardpacksError(
                f"{plan.name}: version {plan.meeting.version} says what has changed since version {version} for the "
                f"meeting on {long_date(date)}, but {where} cannot be used: {reason}. "
                f"{self._moved(folder.name) or _PUT_BACK}"
            ) from None

    def _dates(self) -> list[str]:
        """Return the names of the folders of earlier meetings, the newest first."""
        meetings = (*self.plan.calendar.meetings, self.plan.meeting)
        left = {date.isoformat() for held in meetings for date in held.earlier_dates}
        names = (path.name for path in self.published.glob("[0-9]*-*-*") if path.is_dir())
        kept = (name for name in names if _is_before(name, self.plan.meeting.date) and name not in left)
        return sorted(kept, reverse=True)

    def _finals(self, folder: Path) -> Iterator[EarlierPack]:
        found = [
            pack
            for path in folder.glob(f"{self.plan.slug}_v*")
            if (pack := _sound(path, self.plan.slug)) and pack.record.status == "final"
        ]
        yield from sorted(found, key=lambda pack: pack.record.order, reverse=True)

    def _moved(self, edition: str) -> str:
        """Say where an edition lies that was made final for another day, before calendars wrote that day down."""
        slug, published = self.plan.slug, self.published
        wanted = {final.packs.get(slug) for final in self.plan.meeting.finals}
        found = [pack for path in published.glob(f"[0-9]*-*-*/{edition}") if (pack := _sound(path, slug))]
        dates = [pack.record.meeting for pack in found if pack.record.digest in wanted]
        if not dates:
            return ""
        return (
            f"It lies in {published.name}/{dates[0]}: if the meeting was moved, write moved_from: {dates[0]} below its "
            f"date in params/meetings/{self.plan.place}.yml."
        )


def _is_before(name: str, date: dt.date) -> bool:
    try:
        return dt.date.fromisoformat(name) < date
    except ValueError:
        return False


def _sound(folder: Path, slug: str) -> EarlierPack | None:
    try:
        return _read(folder, slug)
    except (OSError, ValueError):
        return None


def _words(error: OSError | ValueError) -> str:
    return "it is not there" if isinstance(error, FileNotFoundError) else str(error)


def _read(folder: Path, slug: str) -> EarlierPack:
    record = read_sound_pack(folder)
    if record.slug != slug:
        raise ValueError(f"its pack.json is of {record.slug}")
    if record.kind != "board-pack" or not any(file.kind == "facts" for file in record.files):
        raise ValueError("it is no board pack with a file of facts")
    return EarlierPack(folder, record)
