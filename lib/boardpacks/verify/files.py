"""Checks that a pack's files are those that were published."""

from __future__ import annotations

from pathlib import Path

from boardpacks.packs.files.pack_manifest import MANIFEST, PackManifest
from boardpacks.packs.files.pack_record import CHECKSUMS, PACK_JSON, read_checksums
from boardpacks.plan.plan import is_meeting_slug
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.file_digest import file_digest

LITTER = ("desktop.ini", "Thumbs.db")
"""Files that file managers leave behind, beside hidden ones."""


def check_files(pack: Path) -> list[str]:
    """Return what is wrong with the files of a pack, judged by its checksums.

    Raises
    ------
    BoardpacksError
        When the folder is no pack.
    """
    if not pack.is_dir():
        raise BoardpacksError(f"{pack}: no such folder. Name the folder of a published pack.")
    if not any((pack / name).is_file() for name in (CHECKSUMS, MANIFEST, PACK_JSON)):
        raise BoardpacksError(
            f"{pack} holds no published pack: {CHECKSUMS} and {MANIFEST} are missing. "
            "Name a folder such as reports/published/2026-12-09/PLACE."
        )
    if is_meeting_slug(pack.resolve().name):
        raise BoardpacksError(
            f"{pack} is a merged meeting pack, which cannot be made again without the papers in it. "
            f"Check its files with sha256sum -c {CHECKSUMS}, and verify the board pack that it holds."
        )
    sums = read_checksums(pack, MANIFEST)
    if sums is None:
        return [f"{CHECKSUMS} is missing or damaged"]
    faults = {name: _fault(pack / name, digest) for name, digest in sums.items()}
    return [f"{name} {fault}" for name, fault in faults.items() if fault]


def foreign_files(pack: Path) -> list[str]:
    """Return what else lies in a pack's folder: builds leave such files alone, and nothing vouches for them."""
    own = {CHECKSUMS, *(read_checksums(pack, MANIFEST) or ())}
    there = {path.name for path in pack.iterdir() if not path.name.startswith(".")}
    return sorted(there - own - {*LITTER})


def check_manifest(pack: Path, manifest: PackManifest) -> list[str]:
    """Return which files are not those of the manifest, although the checksums say so."""
    sums = {
        name: digest for name, digest in (read_checksums(pack, MANIFEST) or {}).items() if name != MANIFEST
    }
    files = manifest.outputs.files
    return [
        f"{name} is not the file that {MANIFEST} names, though {CHECKSUMS} was changed to fit it"
        for name in sorted({*sums, *files})
        if sums.get(name) != files.get(name)
    ]


def _fault(path: Path, digest: str) -> str:
    if not path.is_file():
        return "is missing"
    return "" if file_digest(path) == digest else "was changed"
