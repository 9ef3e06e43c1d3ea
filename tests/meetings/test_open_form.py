"""Files that are no forms, or that mean harm: each is refused with a word on what it is, and none is run."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from boardpacks.meetings import open_form as module
from boardpacks.meetings.open_form import MOST_UNPACKED, open_form
from boardpacks.project.errors import InputError


def rezipped(path, change=lambda name, content: content, more=()):
    """Write a workbook once more, with other contents."""
    parts = []
    with zipfile.ZipFile(path) as archive:
        parts = [(name, change(name, archive.read(name))) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*parts, *more]:
            archive.writestr(name, content)
    return path


def refused(path) -> str:
    with pytest.raises(InputError) as caught:
        open_form(path)
    (problem,) = caught.value.problems
    return f"{problem.found} / {problem.allowed} / {problem.hint}"


def zip_of(path, **parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_sound_form_opens(fill):
    sheets = open_form(fill())
    assert list(sheets) == ["Meeting", "Agenda", "Action log", "About this form"]
    assert sheets["Meeting"][3][1].name == "B4"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no Excel workbook"),
        (b"place: havering\n", "no Excel workbook"),
        (b"%PDF-1.7", "no Excel workbook"),
        (b"PK\x03\x04 and then nothing", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old format of Excel (.xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a file with a password",
        ),
    ],
)
def test_another_kind_of_file_is_told(content, told, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    assert told in refused(path)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("word/document.xml", "a Word document"),
        ("content.xml", "an OpenDocument file"),
        ("xl/workbook.bin", "a binary Excel workbook"),
        ("notes.txt", "no Excel workbook"),
    ],
)
def test_a_renamed_document_is_told(part, told, tmp_path):
    assert told in refused(zip_of(tmp_path / "form.xlsx", **{part: "<x/>"}))


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "no such file" in refused(tmp_path / "form.xlsx")


def test_macros_are_refused(fill):
    assert "macros" in refused(rezipped(fill(), more=[("xl/vbaProject.bin", b"x")]))
    path = fill()
    assert "macros" in refused(path.rename(path.with_suffix(".xlsm")))


def test_a_bomb_is_refused_before_it_is_unpacked(fill, monkeypatch):
    path = rezipped(fill(), more=[("xl/media/a.xml", b"\0" * (MOST_UNPACKED + 1))])
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(module, "load_workbook", None)
    assert "MB together at most" in refused(path)


def test_what_a_bomb_says_of_its_size_is_not_believed(fill, monkeypatch):
    path = rezipped(fill(), more=[("xl/media/a.bin", b"\0" * (MOST_UNPACKED + 1))])
    content = path.read_bytes()
    stated = (MOST_UNPACKED + 1).to_bytes(4, "little")
    assert content.count(stated) == 2
    path.write_bytes(content.replace(stated, (10).to_bytes(4, "little")))
    monkeypatch.setattr(module, "load_workbook", None)
    assert "damaged" in refused(path)


def test_too_many_or_double_parts_are_refused(fill):
    many = [(f"xl/{number}.txt", b"") for number in range(300)]
    assert "parts" in refused(rezipped(fill(), more=many))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = rezipped(fill(), more=[("xl/workbook.xml", b"<x/>")])
    assert "parts" in refused(path)


def test_a_large_file_is_not_even_read(fill, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    assert "0 MB at most" in refused(fill())


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>',
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><sst/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><sst/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x +AFsAXQ-+AD4-<sst/>',
    ],
)
def test_entities_are_refused(xml, fill, monkeypatch):
    path = rezipped(fill(), lambda name, content: xml if name == "xl/workbook.xml" else content)
    monkeypatch.setattr(module, "load_workbook", None)
    assert "text in xl/workbook.xml that no Excel file has" in refused(path)


def test_merged_cells_and_links_over_a_whole_sheet_take_no_time(fill):
    def change(name, content):
        if name != "xl/worksheets/sheet1.xml":
            return content
        more = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        return content.replace(
            b"</sheetData>", b'<row r="1048576"><c r="A1048576"/></row></sheetData>' + more
        )

    assert len(open_form(rezipped(fill(), change))["Meeting"]) == module.MOST_ROWS


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_damaged_part_is_told(part, fill):
    path = rezipped(fill(), lambda name, content: content[: len(content) // 2] if name == part else content)
    assert "damaged" in refused(path)


def test_a_file_that_ends_too_soon_is_told(fill):
    path = fill()
    path.write_bytes(path.read_bytes()[:5000])
    assert "no Excel workbook" in refused(path)


def test_a_part_with_a_password_is_told(fill):
    path = fill()
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    assert zipfile.ZipFile(io.BytesIO(content)).infolist()[0].flag_bits & 1
    assert "password" in refused(path)
