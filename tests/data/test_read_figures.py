"""Cells of figures: read as what they are, or refused with file, line, column and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpacks.data.file_faults import FileFault
from boardpacks.data.read_figures import read_figures, read_small_areas

HEADER = (
    "indicator_id,area_code,area_name,sex,period,period_start,period_months,"
    "value,lower_95,upper_95,count,denominator,note"
)
CELLS = ["mood", "E09000016", "Havering", "Persons", "2023", "2023-01-01", "12", "10.9", "", "", "", "", ""]
COLUMNS = HEADER.split(",")


def read(tmp_path: Path, column: str, cell: str):
    cells = [cell if name == column else own for name, own in zip(COLUMNS, CELLS, strict=True)]
    path = tmp_path / "f.csv"
    path.write_text(HEADER + "\n" + ",".join(f'"{cell}"' for cell in cells) + "\n", "utf-8")
    return read_figures(path, ["mood", "jobs"])


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("value", " 12.5 ", 12.5),
        ("value", "12.", 12.0),
        ("value", ".5", 0.5),
        ("value", "-3", -3.0),
        ("value", "1.5e-05", 0.000015),
        ("area_code", " E09000016\u00a0", "E09000016"),
        ("period_months", "12.0", 12),
        ("sex", "Female ", "Female"),
        ("note", "two\nlines", "two\nlines"),
    ],
)
def test_cells_are_read_as_what_they_are(tmp_path: Path, column: str, cell: str, value: object):
    figures = read(tmp_path, column, cell)
    assert not figures.faults
    names = {"area_code": "area"}
    assert list(figures.table[names.get(column, column)]) == [value]
    assert figures.places[0].line == 2


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("value", "n/a", "note"),
        ("value", "-", "note"),
        ("value", "NaN", "note"),
        ("value", "inf", "note"),
        ("value", "1,234", "write 1234 for thousands, or a point for decimals"),
        ("count", "1,234,567", "write 1234567"),
        ("value", "12,5", "write decimals with a point"),
        ("value", "12.5%", "leave the sign out"),
        ("value", "1e3", "in full"),
        ("count", "2.43E+05", "in full"),
        ("value", "1_000", "a number"),
        ("value", "\u0661\u0662", "a number"),
        ("value", "9" * 400, "a finite number"),
        ("lower_95", "0x1F", "a number"),
        ("period_start", "01/04/2024", "a day, such as 2024-04-01"),
        ("period_start", "2024-4-1", "a day"),
        ("period_start", "2024-04-01 00:00:00", "a day"),
        ("period_start", "2023-02-30", "a day"),
        ("period_start", "0001-01-01", "a day"),
        ("period_start", "45383", "a day"),
        ("period_start", "", "a day"),
        ("period_months", "1.5", "a whole number from 1 to 120"),
        ("period_months", "0", "a whole number"),
        ("period_months", "", "a whole number"),
        ("area_code", "e09000016", "did you mean 'E09000016'?"),
        ("area_code", "E0900 0016", "did you mean 'E09000016'?"),
        ("area_code", "E0900016", "an ONS code"),
        ("area_name", "", "text on one line"),
        ("area_name", "Bury and\nRochdale", "text on one line"),
        ("sex", "females", "did you mean 'Female'?"),
        ("sex", "", "one of Persons"),
        ("period", "", "text on one line"),
        ("indicator_id", "moood", "did you mean 'mood'?"),
    ],
)
def test_other_cells_are_faults(tmp_path: Path, column: str, cell: str, said: str):
    (fault,) = read(tmp_path, column, cell).faults
    assert isinstance(fault, FileFault)
    assert (fault.file, fault.line, fault.key) == ("f.csv", 2, column)
    assert fault.found == (cell[:80] or "an empty cell")
    assert said in f"{fault.allowed} {fault.hint}"


def test_small_areas_have_whole_tenths_and_a_score(tmp_path: Path):
    path = tmp_path / "s.csv"
    path.write_text(
        "lsoa_code,area_code,imd_2025_decile,imd_2025_rank,imd_2025_score\n"
        "E01000001,E09000016,11,1,60\nE01000002,E09000016,1,1.5,\n"
    )
    faults = read_small_areas(path).faults
    assert [(fault.line, fault.key) for fault in faults] == [
        (2, "imd_2025_decile"),
        (3, "imd_2025_rank"),
        (3, "imd_2025_score"),
    ]
