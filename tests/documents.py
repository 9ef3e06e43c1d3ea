"""Finds the documents of a published pack."""

from __future__ import annotations

from pathlib import Path


def annex_of(folder: Path, ending: str = ".pdf") -> Path:
    """Return the evidence annex in a pack's folder: the document that a pack with a board edition has beside it."""
    (path,) = (
        path
        for path in folder.glob(f"*{ending}")
        if not any(
            other in path.name for other in ("board-edition", "working-paper", "addendum", "large-print")
        )
    )
    return path


def edition_of(folder: Path) -> Path:
    """Return the board edition in a pack's folder, as a PDF."""
    (path,) = folder.glob("*_board-edition.pdf")
    return path
