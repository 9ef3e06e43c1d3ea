"""Adds a file of published figures to data/raw: new periods and areas, and figures that a publisher has revised."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from boardpacks.data.check_joined import check_joined, told
from boardpacks.data.compare_figures import IndicatorChange, compare
from boardpacks.data.file_faults import FileFault, refuse
from boardpacks.data.join import filed_under, join
from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.read_areas import find_areas, read_area_kinds
from boardpacks.data.read_csv import SheetText, read_sheet
from boardpacks.data.read_figures import COLUMNS, NEEDED, Figures, figures_of, read_figures
from boardpacks.data.read_workbook import ENDING, read_workbook
from boardpacks.data.schema import KEY
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.imports import WorkbookColumns
from boardpacks.params.models import Params
from boardpacks.params.system import CombinedArea
from boardpacks.project.sealed import write_whole
from boardpacks.project.write_errors import explained

Cells = dict[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """What a file of figures has changed: by indicator, which files of data/raw were written, and what checks tell."""

    changes: tuple[IndicatorChange, ...]
    files: tuple[str, ...]
    to_look_at: tuple[str, ...]


def add_figures(
    raw: Path,
    path: Path,
    params: Params,
    settings: CheckSettings | None = None,
    *,
    workbooks: Sequence[WorkbookColumns] = (),
    write: bool = True,
) -> Added:
    """Put the figures of a file into the files of `raw`: new ones in their place, revised ones over the old.

    Nothing is taken away: a figure that the file does not have stays. What would stand in all files together of the
    file's indicators is checked first, as it is when a snapshot is written.

    Parameters
    ----------
    raw
        Folder of the publishers' figures.
    path
        CSV file with the columns of docs/data.md, or an Excel workbook.
    settings
        What checks do, and which of their findings are let through; by default none.
    workbooks
        Where figures stand in workbooks.
    write
        Whether files are written, or it is only told what would change.

    Raises
    ------
    InputError
        When the file, or what comes of it, does not pass the checks: nothing is written then.
    CannotWrite
        When the disk or the folder fails.
    """
    sheet = read_added(path, workbooks)
    added = figures_of(sheet, params.indicators)
    refuse(added.faults)
    refuse(_secret(added, params))
    found = find_raw_files(raw)
    files = found.observations
    held = [read_figures(file, params.indicators, is_first=number == 0) for number, file in enumerate(files)]
    refuse([fault for file in held for fault in file.faults])
    combined = params.system.combined_areas
    before = join(held, combined)
    after = join([*_without(held, added, combined), added], combined)
    of_file = after.of(set(added.table["indicator"]))
    areas = find_areas(of_file, params, read_area_kinds(found.area_kinds))
    weighed = check_joined(of_file, params.indicators, areas, settings or CheckSettings())
    names = {**after.area_names, **before.area_names}
    changes = compare(before.table, after.table, names)
    merged = _merge(files, sheet, params, names) if changes else {}
    if write:
        with explained(raw):
            for file, content in merged.items():
                write_whole(file, content)
    return Added(changes, tuple(sorted(file.name for file in merged)), tuple(told(weighed, of_file)))


def _secret(added: Figures, params: Params) -> list[FileFault]:
    """Return the figures under a policy of disclosure control: data/raw is for published ones, and many can read it."""
    policies = params.policies()
    allowed = (
        "published figures: others stay outside the project, and `boardpacks snapshot write` reads them there"
    )
    return [
        place.fault(str(indicator), f"under the policy {policies[indicator].name}", allowed)
        for indicator, place in zip(added.table["indicator"], added.places, strict=True)
        if indicator in policies
    ]


def _without(held: Sequence[Figures], added: Figures, combined: Sequence[CombinedArea]) -> list[Figures]:
    """Return the figures of data/raw but those that the new file has."""
    new = set(_keys(added, combined))
    left = []
    for file in held:
        stays = [key not in new for key in _keys(file, combined)]
        places = tuple(place for place, kept in zip(file.places, stays, strict=True) if kept)
        left.append(replace(file, table=file.table[stays].reset_index(drop=True), places=places))
    return left


def _keys(figures: Figures, combined: Sequence[CombinedArea]) -> list[Key]:
    rows = figures.table.reindex(columns=[*KEY, "note"], fill_value="").to_dict("records")
    return [
        (row["indicator"], filed_under(row["area"], row["note"], combined), row["sex"], row["period"])
        for row in rows
    ]


def _merge(
    files: Sequence[Path], sheet: SheetText, params: Params, names: Mapping[str, str]
) -> dict[Path, bytes]:
    """Return the new content of each file of data/raw that changes; an area keeps the name that it has there."""

    def key(row: Cells) -> Key:
        area = filed_under(row["area_code"], row.get("note", ""), params.system.combined_areas)
        return row["indicator_id"], area, row.get("sex", ""), row["period"]

    added = {key(row): row | {"area_name": names[row["area_code"]]} for row in _rows(sheet)}
    held = {file: _rows(read_sheet(file, NEEDED, COLUMNS)) for file in files}
    known = {key(row) for rows in held.values() for row in rows}
    changed: dict[Path, list[Cells]] = {}
    for file, rows in held.items():
        merged = [_revised(row, added.get(key(row))) for row in rows]
        if merged != rows:
            changed[file] = merged
    for own, row in added.items():
        if own not in known:
            file = _home(row["indicator_id"], held, files[0].parent, params)
            _insert(row, changed.setdefault(file, list(held.get(file, ()))))
    return {file: _written(rows) for file, rows in changed.items()}


def _home(indicator: str, held: Mapping[Path, list[Cells]], raw: Path, params: Params) -> Path:
    """Return the file that a new figure belongs to: that with most of its indicator, else one of its source."""
    numbers = {file: sum(row["indicator_id"] == indicator for row in rows) for file, rows in held.items()}
    most = max(numbers, key=lambda file: numbers[file])
    if numbers[most]:
        return most
    return raw / (re.sub(r"[^a-z0-9]+", "-", params.indicators[indicator].source.lower()).strip("-") + ".csv")


def _insert(row: Cells, rows: list[Cells]) -> None:
    """Put a figure behind those of its series that are older, else behind its indicator, else at the end."""
    at = len(rows)
    for number, other in enumerate(rows):
        if _series(other) == _series(row) and other["period_start"] <= row["period_start"]:
            at = number + 1
    if at == len(rows):
        same = [number for number, other in enumerate(rows) if other["indicator_id"] == row["indicator_id"]]
        at = same[-1] + 1 if same else at
    rows.insert(at, row)


def _revised(row: Cells, new: Cells | None) -> Cells:
    """Return a row with the cells that a new one has for the columns of its file, where any is another figure."""
    return row if new is None else {name: new[name] for name in row}


def read_added(path: Path, workbooks: Sequence[WorkbookColumns]) -> SheetText:
    """Return the cells of a file of figures, which is CSV or a workbook whose columns params/imports.yml names."""
    if path.suffix.lower() == ENDING:
        return read_workbook(path, workbooks)
    return read_sheet(path, COLUMNS, COLUMNS)


def _rows(sheet: SheetText) -> list[Cells]:
    return [dict(zip(sheet.headings, record.cells, strict=False)) for record in sheet.records]


def _written(rows: Sequence[Cells]) -> bytes:
    names = [name for name in COLUMNS if name in rows[0]]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _series(row: Cells) -> Key:
    return row["indicator_id"], row["area_code"], row["sex"]
