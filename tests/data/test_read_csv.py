"""Reading CSV files as other programs write them: each cell under its heading, each fault where a person finds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpacks.data.read_csv import read_sheet
from boardpacks.project.errors import InputError

NEEDED = ("area", "value", "note")


def read(tmp_path: Path, content: str | bytes):
    path = tmp_path / "f.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheet(path, NEEDED, NEEDED)


def refused(tmp_path: Path, content: str | bytes) -> str:
    with pytest.raises(InputError) as error:
        read(tmp_path, content)
    return error.value.told()


@pytest.mark.parametrize(
    "content",
    [
        "area,value,note\nA,1,x\n",
        "area,value,note\nA,1,x,\n",
        "area,value,note,\nA,1,x,\n",
        "area,value,note,,\r\nA,1,x,,,\r\n,,,,\r\n\r\n",
        "\ufeffarea,value,note\r\nA,1,x",
        "\n\narea , value,note\n\n A ,1\u00a0,x\n",
        "area;value;note\nA;1;x\n",
        "area\tvalue\tnote\nA\t1\tx\n",
        '"area"|"value"|"note"\n"A"|"1"|"x"\n',
        "area,value,note\rA,1,x\r",
        ",note,area,value\n0,x,A,1\n",
        "area,value,note,comment\nA,1,x,\n",
        "area,value,note\nA,1,x\n".encode("utf-16"),
        b"\xfe\xff" + "area,value,note\nA,1,x\n".encode("utf-16-be"),
    ],
)
def test_what_is_unambiguous_is_read(tmp_path: Path, content: str | bytes):
    sheet = read(tmp_path, content)
    assert not sheet.faults
    assert [sheet.column(heading)[0] for heading in NEEDED] == [["A"], ["1"], ["x"]]


def test_cells_know_their_line_below_notes_of_several_lines_and_blank_ones(tmp_path: Path):
    content = 'note,area,value\r\n"one\r\ntwo\rthree",A,1\r\n\r\n,,\r\n"a, ""b""",B,2\r\n'
    sheet = read(tmp_path, content)
    assert sheet.column("note") == (["one\ntwo\nthree", 'a, "b"'], [2, 7])
    assert sheet.column("value") == (["1", "2"], [4, 7])
    assert [record.line for record in sheet.records] == [2, 7]


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        (b"", "f.csv\n", "an empty file"),
        (" \n\n", "f.csv, line 1: header", "a header with area, value, note"),
        ("area,value,note\n", "f.csv\n", "a header and no figures"),
        ("area,value,note\n\n,,\n,,,\n", "f.csv\n", "a header and no figures"),
        ("Table 1\narea,value,note\nA,1,x\n", "f.csv, line 1: header", "Table 1"),
        ("sep=;\narea;value;note\nA;1;x\n", "f.csv, line 1: header", "sep="),
        ("<!DOCTYPE html>\n<html>\n", "f.csv, line 1: header", "<!DOCTYPE html>"),
        ("area,value,note,value\nA,1,x,2\n", "f.csv, line 1: value", "the same heading twice"),
        ("area,valeu,note\nA,1,x\n", "f.csv: value", "did you mean 'valeu'?"),
        (b"area,value,note\nA,1,\xa35\n", "f.csv, line 2", "save it as CSV UTF-8"),
        ("area,value,note\nA,1,x\n".encode("utf-16-le"), "f.csv, lines 1", "U+0000"),
        (b"area,value,note\nA,1,x\nB,\x002,y\n", "f.csv, line 3", "U+0000"),
        (b"\xff\xfea", "f.csv\n", "in UTF-8"),
        ('area,value,note\nA,1,"x\nB,2,y\n', "f.csv, line 2", "a quotation mark"),
        ('area,value,note\nA,1,x\nB,2,"y" z\n', "f.csv, line 3", "a quotation mark"),
        (b"PK\x03\x04rest", "f.csv\n", "a workbook"),
        (b"\xd0\xcf\x11\xe0rest", "f.csv\n", "an old Excel workbook"),
        (b"PAR1rest", "f.csv\n", "a Parquet file"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, where: str, said: str
):
    told = refused(tmp_path, content)
    assert where in told
    assert said in told


def test_a_folder_or_nothing_is_named(tmp_path: Path):
    (tmp_path / "folder.csv").mkdir()
    for name in ("folder.csv", "absent.csv"):
        with pytest.raises(InputError, match=name):
            read_sheet(tmp_path / name, NEEDED, NEEDED)


@pytest.mark.parametrize(("row", "cells"), [("B,2", 2), ("B,2,y,z", 4), ("B,2,y,,z", 5), ("B", 1)])
def test_rows_of_another_length_are_told_with_their_line(tmp_path: Path, row: str, cells: int):
    sheet = read(tmp_path, f"area,value,note\nA,1,x\n{row}\n")
    (fault,) = sheet.faults
    assert (fault.line, fault.found) == (3, f"{cells} cells")
