"""What a snapshot holds, as digests: enough to tell what has changed, without reading its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from boardpacks.data.area_kinds import peer_kinds
from boardpacks.data.digests import NOTHING, digest, observation_digests, series_digest
from boardpacks.data.reads import Read
from boardpacks.data.snapshot_manifest import Manifest, SnapshotWaiver, read_manifest
from boardpacks.project.file_digest import file_digest
from boardpacks.project.sealed import Damaged, read_sealed, write_sealed

VERSION = 1
"""Raised when digests are made otherwise, so that lists written before are not used."""

Held = Mapping[str, Mapping[str, Sequence[Sequence[str]]]]
"""By indicator and area: period, sex and digest of each observation, in order of time."""


@dataclass(frozen=True)
class SnapshotContents:
    """What one snapshot holds.

    Parameters
    ----------
    sha256
        Hash of the snapshot as a whole.
    held
        Its observations as digests.
    small_areas
        Digest of each borough's small areas.
    newest
        The last period of each indicator.
    names
        Kind and name of each area.
    tables
        Hash of each table.
    waivers
        Findings of checks that were let through; none in contents that were kept, since the manifest has them.
    """

    sha256: str
    held: Held
    small_areas: Mapping[str, str]
    newest: Mapping[str, str]
    names: Mapping[str, Sequence[str]]
    tables: Mapping[str, str]
    waivers: Sequence[SnapshotWaiver] = ()

    def digest(self, read: Read) -> str:
        """Return the digest of what a chapter read, or `NOTHING` when the snapshot has nothing of it."""
        if read not in self._known:
            self._known[read] = self._digest(read)
        return self._known[read]

    def series(self, indicator: str, area: str) -> dict[str, str]:
        """Return the digest of each observation of a series by its period (and sex where there are several)."""
        rows = self.held.get(indicator, {}).get(area, ())
        several = len({sex for _, sex, _ in rows}) > 1
        return {f"{period}, {sex}" if several else period: found for period, sex, found in rows}

    def peers(self, indicator: str, period: str, kind: str = "borough") -> dict[str, str]:
        """Return the digest of the observation in a period of each area that is compared with one of a kind."""
        kinds = peer_kinds(kind)
        return {
            area: digest([*self.names[area], *(part for row in own for part in row)])
            for area, rows in self.held.get(indicator, {}).items()
            if self.names[area][0] in kinds and (own := [row for row in rows if row[0] == period])
        }

    @cached_property
    def _known(self) -> dict[Read, str]:
        return {}

    def _digest(self, read: Read) -> str:
        found = NOTHING
        match read:
            case ("series", indicator, area):
                found = series_digest(self.held.get(indicator, {}).get(area, ()))
            case ("peers", indicator, period, *kind):
                peers = self.peers(indicator, period, *kind)
                found = digest(part for peer in peers.items() for part in peer)
            case ("newest", indicator):
                found = self.newest.get(indicator, NOTHING)
            case ("area", code) if code in self.names:
                found = digest(self.names[code])
            case ("small-areas", code):
                found = self.small_areas.get(code, NOTHING)
            case ("table", name):
                found = self.tables.get(name, NOTHING)
        return found


def read_contents(folder: Path, kept: Path) -> SnapshotContents:
    """Return what the snapshot in `folder` holds.

    It is worked out once, when the snapshot's tables are read and checked, and kept in the folder `kept` under
    the snapshot's hash. After that the tables' hashes are compared with the manifest, which takes no time.

    Raises
    ------
    InputError
        When the snapshot is missing, damaged or does not pass its checks.
    """
    manifest = read_manifest(folder)
    sha256 = manifest.sha256
    contents = kept_contents(sha256, kept) if _is_whole(folder, manifest) else None
    if contents is None:
        contents = _work_out(folder, manifest)
        write_sealed(_path(sha256, kept), {"version": VERSION, "contents": _as_json(contents)})
    return replace(contents, waivers=manifest.waivers)


def kept_contents(sha256: str, kept: Path) -> SnapshotContents | None:
    """Return what the snapshot with this hash holds, if that was kept."""
    try:
        found = read_sealed(_path(sha256, kept))
    except (FileNotFoundError, Damaged):
        return None
    return SnapshotContents(**found["contents"]) if found.get("version") == VERSION else None


def _path(sha256: str, kept: Path) -> Path:
    return kept / f"{sha256[:32]}.json"


def _is_whole(folder: Path, manifest: Manifest) -> bool:
    return all(
        (folder / name).is_file() and file_digest(folder / name) == file.sha256
        for name, file in manifest.files.items()
    )


def _work_out(folder: Path, manifest: Manifest) -> SnapshotContents:
    from boardpacks.data.snapshot import DEPRIVATION, load_snapshot  # noqa: PLC0415 - imports pandas

    snapshot = load_snapshot(folder)
    return SnapshotContents(
        sha256=manifest.sha256,
        held={
            indicator: {area: observation_digests(rows) for area, rows in areas.items()}
            for indicator, areas in snapshot.rows.items()
        },
        small_areas=(
            {area: snapshot.small_areas_digest(area) for area in manifest.areas}
            if DEPRIVATION in manifest.files
            else {}
        ),
        newest={name: series.latest_period for name, series in manifest.indicators.items()},
        names={code: (area.kind, area.name) for code, area in manifest.areas.items()},
        tables={name: file.sha256 for name, file in manifest.files.items()},
    )


def _as_json(contents: SnapshotContents) -> dict[str, Any]:
    return {name: getattr(contents, name) for name in contents.__dataclass_fields__ if name != "waivers"}
