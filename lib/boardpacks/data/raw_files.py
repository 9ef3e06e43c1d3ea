"""The publishers' figures in data/raw: which files hold what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.data.read_figures import COLUMNS, NEEDED, SMALL_AREAS
from boardpacks.project.errors import InputError, Problem

MOST_HEADER = 4000
"""Characters of a file in which its header ends."""


@dataclass(frozen=True)
class RawFiles:
    """Files of figures, those with every column first, and the file of small areas, if there is one."""

    observations: tuple[Path, ...]
    small_areas: Path | None


def find_raw_files(folder: Path) -> RawFiles:
    """Return the CSV files of a folder that hold figures, by their headers; others are left alone.

    Raises
    ------
    InputError
        When there is none, or there are several of small areas.
    """
    headers = {path: _header(path) for path in sorted(folder.glob("*.csv"))}
    whole = [path for path, names in headers.items() if set(COLUMNS) <= names]
    partial = [path for path, names in headers.items() if set(NEEDED) <= names and path not in whole]
    small = [path for path, names in headers.items() if set(SMALL_AREAS) <= names]
    if not whole:
        wanted = f"a CSV file of figures with the columns {', '.join(COLUMNS)}"
        raise InputError([Problem("data/raw", "", f"{len(headers)} CSV files, none of figures", wanted)])
    if len(small) > 1:
        raise InputError([Problem("data/raw", "", _names(small), "one file of small areas")])
    return RawFiles((*whole, *partial), small[0] if small else None)


def _header(path: Path) -> set[str]:
    """Return what may be headings: a file that is no text has none of ours."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        line = file.readline(MOST_HEADER)
    return {cell.strip().strip('"') for sign in ",;\t" for cell in line.split(sign)}


def _names(paths: Sequence[Path]) -> str:
    return " and ".join(path.name for path in paths)
