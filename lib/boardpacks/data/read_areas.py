"""Reads the table of areas: what each is, where its code does not say it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from boardpacks.data.area_kinds import Kind
from boardpacks.data.file_faults import FileFault, refuse
from boardpacks.data.read_csv import read_sheet
from boardpacks.data.read_figures import Wrong, read_area, read_name
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.project.errors import near

COLUMNS = ("area_code", "area_name", "kind")
_KINDS: tuple[Kind, ...] = get_args(Kind)


def read_area_kinds(path: Path) -> dict[str, SnapshotArea]:
    """Return name and kind of each area of a CSV file, by its code.

    Raises
    ------
    InputError
        With every fault: file, line, what was found and what is allowed.
    """
    sheet = read_sheet(path, COLUMNS, COLUMNS)
    faults = list(sheet.faults)
    areas: dict[str, SnapshotArea] = {}
    readers = (read_area, read_name, _kind)
    for record in sheet.records:
        cells: list[str] = []
        for column, read in zip(COLUMNS, readers, strict=True):
            place = sheet.headings.index(column)
            cell, line = record.cells[place], record.lines[place]
            try:
                cells.append(read(cell))
            except Wrong as wrong:
                found = cell[:80] if cell else "an empty cell"
                faults.append(FileFault(sheet.file, line, column, found, wrong.allowed, wrong.hint))
        if len(cells) == len(COLUMNS):
            code, name, kind = cells
            if code in areas:
                faults.append(
                    FileFault(sheet.file, record.line, "area_code", f"{code} again", "each area once")
                )
            areas[code] = SnapshotArea.model_validate({"name": name, "kind": kind})
    refuse(faults)
    return areas


def _kind(cell: str) -> str:
    if cell not in _KINDS:
        raise Wrong(f"one of {', '.join(_KINDS)}", near(cell, _KINDS))
    return cell
