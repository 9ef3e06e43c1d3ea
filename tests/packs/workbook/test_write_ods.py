"""The OpenDocument file: its archive, its parts and its table."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest

from boardpacks.packs.workbook.model import CellNumber
from boardpacks.packs.workbook.write_ods import write_ods

from .conftest import a_workbook, parts

OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TABLE, OFFICE, CONFIG, STYLE = (OASIS % name for name in ("table", "office", "config", "style"))


@pytest.fixture
def content():
    return write_ods(a_workbook("Adults who smoke", CellNumber(1234567.891, 2), sheet='It\'s "smoking"'))


@pytest.fixture
def body(content):
    return ET.fromstring(parts(content)["content.xml"])


def test_the_archive_begins_with_its_kind_as_it_stands(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.read(first) == b"application/vnd.oasis.opendocument.spreadsheet"
        listed = re.findall('full-path="([^"/]+)"', archive.read("META-INF/manifest.xml").decode())
        assert {*listed, "mimetype", "META-INF/manifest.xml"} == set(archive.namelist())
    assert content[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


def test_the_table_is_named_and_its_header_marked(body):
    (area,) = body.iter(f"{TABLE}database-range")
    (header,) = body.iter(f"{TABLE}table-header-rows")

    assert area.get(f"{TABLE}name") == "Numbers_smoking"
    assert area.get(f"{TABLE}target-range-address") == "'It''s \"smoking\"'.A3:'It''s \"smoking\"'.C5"
    assert area.get(f"{TABLE}contains-header") == "true"
    assert ["".join(cell.itertext()) for cell in header[0]] == ["Measure", "Value, %", "Sheet"]


def test_nothing_is_merged_hidden_or_repeated(body):
    told = {name for element in body.iter() for name in element.attrib}

    assert not {name for name in told if re.search("spanned|repeated|visibility|protected", name)}
    assert not list(body.iter(f"{TABLE}covered-table-cell"))


def test_every_style_that_is_used_is_there(body):
    there = {style.get(f"{STYLE}name") for style in body.iter(f"{STYLE}style")}
    used = {element.get(f"{TABLE}style-name") for element in body.iter()} - {None}

    assert used <= there


def test_numbers_are_numbers_shown_as_the_pack_prints_them(body):
    cells = [cell for cell in body.iter(f"{TABLE}table-cell") if cell.get(f"{OFFICE}value-type") == "float"]

    assert ("1234567.891", "1,234,567.89") in [
        (cell.get(f"{OFFICE}value"), "".join(cell.itertext())) for cell in cells
    ]


def test_readers_begin_on_the_first_sheet_in_a1_and_keep_the_header_in_view(content):
    said = parts(content)["settings.xml"]
    settings = ET.fromstring(said)
    assert 'config:name="ooo:view-settings"' in said
    assert 'xmlns:ooo="http://openoffice.org/2004/office"' in said
    items = [(item.get(f"{CONFIG}name"), item.text) for item in settings.iter(f"{CONFIG}config-item")]

    assert ("ActiveTable", "Cover") in items
    assert items.count(("CursorPositionX", "0")) == items.count(("CursorPositionY", "0")) == 2
    assert items.count(("VerticalSplitMode", "2")) == items.count(("VerticalSplitPosition", "3")) == 1


def test_the_document_says_title_author_language_and_the_meetings_date(content):
    said = parts(content)["meta.xml"]

    for words in (
        "<dc:title>Havering: the numbers</dc:title>",
        "<dc:creator>NHS Exampleshire</dc:creator>",
        "<dc:language>en-GB</dc:language>",
        "<dc:date>2026-12-09T00:00:00</dc:date>",
    ):
        assert words in said
    assert 'fo:language="en" fo:country="GB"' in parts(content)["styles.xml"]
