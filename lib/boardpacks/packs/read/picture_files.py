"""Finds the pictures beside notebooks, which decide what a pack looks like. Imports nothing that is slow."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from boardpacks.project.file_digest import file_digest

ENDINGS = (".png", ".jpg", ".jpeg")


def picture_digests(notebooks: Iterable[Path]) -> dict[str, str]:
    """Return the digest of every picture beside some notebooks, when one of these may show some."""
    showing = {notebook.parent for notebook in notebooks if _may_show(notebook.read_bytes().lower())}
    return {
        f"picture {path.relative_to(folder).as_posix()}": file_digest(path)
        for folder in sorted(showing)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in ENDINGS and path.is_file()
    }


def _may_show(text: bytes) -> bool:
    return any(ending.encode() in text for ending in ENDINGS)
