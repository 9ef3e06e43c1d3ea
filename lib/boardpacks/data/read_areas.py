"""Tells what the areas of figures are: by the table of areas, and by their codes where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from boardpacks.data.area_kinds import Kind, area_kind
from boardpacks.data.file_faults import FileFault, refuse
from boardpacks.data.join import Joined
from boardpacks.data.read_csv import read_sheet
from boardpacks.data.read_figures import Wrong, read_area, read_name
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.params.models import Params
from boardpacks.project.errors import near

AREA_COLUMNS = ("area_code", "area_name", "kind")
_KINDS: tuple[Kind, ...] = get_args(Kind)


def find_areas(joined: Joined, params: Params, said: Mapping[str, SnapshotArea]) -> dict[str, SnapshotArea]:
    """Return name and kind of every area that there are figures of, by its code.

    Parameters
    ----------
    said
        What a table says of areas: it goes before codes and params.
    """
    combined = {area.code: area.name for area in params.system.combined_areas}
    trusts = {area.code: area.name for area in params.system.trusts}
    held = set(joined.table["area"])
    return {
        code: said.get(code) or SnapshotArea(name=name, kind=area_kind(code, combined, trusts))
        for code, name in sorted({**joined.area_names, **combined, **trusts}.items())
        if code in held
    }


def read_area_kinds(path: Path | None) -> dict[str, SnapshotArea]:
    """Return name and kind of each area of a CSV file, by its code; nothing where there is no file.

    Raises
    ------
    InputError
        With every fault: file, line, what was found and what is allowed.
    """
    if path is None:
        return {}
    sheet = read_sheet(path, AREA_COLUMNS, AREA_COLUMNS)
    faults = list(sheet.faults)
    areas: dict[str, SnapshotArea] = {}
    readers = (read_area, read_name, _kind)
    for record in sheet.records:
        cells: list[str] = []
        for column, read in zip(AREA_COLUMNS, readers, strict=True):
            place = sheet.headings.index(column)
            cell, line = record.cells[place], record.lines[place]
            try:
                cells.append(read(cell))
            except Wrong as wrong:
                found = cell[:80] if cell else "an empty cell"
                faults.append(FileFault(sheet.file, line, column, found, wrong.allowed, wrong.hint))
        if len(cells) == len(AREA_COLUMNS):
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
