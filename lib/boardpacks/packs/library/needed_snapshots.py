"""Finds what needs each snapshot of a project: params, or a pack that was made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from boardpacks.data.snapshot_manifest import MANIFEST, read_manifest
from boardpacks.packs.files.pack_record import PACK_JSON, PackRecord
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project, shown


def needed_snapshots(project: Project, params: Params) -> Mapping[str, str]:
    """Return what needs each snapshot, by its name and in words; an empty string where nothing does.

    A pack needs the snapshot that it was made from, and the one that has its name now.

    Raises
    ------
    InputError
        When a snapshot or a pack cannot be read, and so is not known to need nothing.
    """
    needs: dict[str, str] = {}
    for named, words in _needed(project, params):
        needs.setdefault(named, words)
    found = {}
    for folder in sorted(path.parent for path in project.snapshots.glob(f"[!.]*/{MANIFEST}")):
        own = read_manifest(folder).sha256
        found[folder.name] = needs.get(folder.name) or needs.get(own) or ""
    return found


def _needed(project: Project, params: Params) -> Iterator[tuple[str, str]]:
    """Yield the name or the hash of each snapshot that is needed, and by what."""
    yield params.system.snapshot, "params/system.yml names it"
    shelves = ("published*", "preview*")
    packs = (project.reports.glob(f"{shelf}/[0-9]*-*-*/[!.]*/{PACK_JSON}") for shelf in shelves)
    for path in sorted(chain.from_iterable(packs)):
        try:
            snapshot = PackRecord.model_validate_json(path.read_bytes()).snapshot
        except (OSError, ValueError):
            allowed = "the record of a pack, which says what snapshot it needs"
            hint = "build the pack again, or move its folder away"
            raise InputError([Problem(shown(path), "", "a damaged file", allowed, hint)]) from None
        words = f"{shown(path.parent)} was made from it"
        yield snapshot.name, words
        if snapshot.sha256:
            yield snapshot.sha256, words
