"""The publishers' figures in data/raw: which files hold what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from boardpacks.data.read_areas import AREA_COLUMNS
from boardpacks.data.read_figures import COLUMNS, NEEDED, SMALL_AREAS
from boardpacks.project.errors import InputError, Problem

MOST_HEADER = 4000
"""Characters of a file in which its header ends."""


@dataclass(frozen=True)
class RawFiles:
    """Files of figures, those with every column first, and the files of small areas and of areas, if there are any."""

    observations: tuple[Path, ...]
    small_areas: Path | None
    area_kinds: Path | None


def find_raw_files(folder: Path) -> RawFiles:
    """Return the CSV files of a folder that hold figures, by their headers; others are left alone.

    Raises
    ------
    InputError
        When there is none of figures, or there are several of small areas or of areas.
    """
    headers = {path: _header(path) for path in sorted(folder.glob("*.csv"))}
    whole = [path for path, names in headers.items() if set(COLUMNS) <= names]
    partial = [path for path, names in headers.items() if set(NEEDED) <= names and path not in whole]
    if not whole:
        wanted = f"a CSV file of figures with the columns {', '.join(COLUMNS)}"
        raise InputError([Problem("data/raw", "", f"{len(headers)} CSV files, none of figures", wanted)])
    return RawFiles(
        (*whole, *partial),
        _only(headers, SMALL_AREAS, "one file of small areas"),
        _only(headers, AREA_COLUMNS, "one file of areas"),
    )


def _only(headers: Mapping[Path, set[str]], columns: Collection[str], allowed: str) -> Path | None:
    """Return the file with these columns, if there is one."""
    found = [path for path, names in headers.items() if set(columns) <= names]
    if len(found) > 1:
        raise InputError([Problem("data/raw", "", " and ".join(path.name for path in found), allowed)])
    return found[0] if found else None


def _header(path: Path) -> set[str]:
    """Return what may be headings: a file that is no text has none of ours."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        line = file.readline(MOST_HEADER)
    return {cell.strip().strip('"') for sign in ",;\t" for cell in line.split(sign)}
