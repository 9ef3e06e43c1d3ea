"""What both formats have in common: what is written is what is read, and nothing in a cell is ever carried out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.packs.workbook.cell_names import clean
from boardpacks.packs.workbook.model import LONGEST, CellNumber
from boardpacks.packs.workbook.shorthand import text_cell

from .conftest import WRITERS, a_workbook, parts, read_cells

FORMULAS = re.compile(r"<f[ >]|table:formula|office:value-type=\"(?!string|float)")


def test_another_program_reads_what_was_written(write):
    cells = read_cells(write(a_workbook("Adults who smoke", "Obesity")))

    assert list(cells) == ["Cover", "Smoking"]
    assert [row[0] for row in cells["Cover"]] == [
        "Havering: the numbers",
        "Where to begin",
        "Go on",
        "Words.",
    ]
    assert cells["Smoking"] == [
        ["Smoking by place", "", ""],
        ["This sheet has one table.", "", ""],
        ["Measure", "Value, %", "Sheet"],
        ["Adults who smoke", 10.25, "Cover"],
        ["Obesity", 10.25, "Cover"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "=1+1",
        "+44 20 7946 0000",
        "-1",
        "@SUM(A1:A9)",
        "\t=1+1",
        '=HYPERLINK("http://example.org")',
        "{=1}",
        "http://example.org/",
        "internal:Cover!A1",
        "mailto:a@example.org",
        "10.9",
        "1e5",
        "2026-12-09",
        "TRUE",
        "<script>alert(1)</script>",
        "]]> & <!-- \"' -->",
        "_x0041_",
        "مستشفى",
        "עברית, then English",
        "👩🏽‍⚕️ and 🏥",
        "x" * 300,
    ],
)
def test_text_stays_text(write, text):
    content = write(a_workbook(text_cell(text)))

    assert read_cells(content)["Smoking"][3][0] == text.strip()
    assert not [name for name, part in parts(content).items() if FORMULAS.search(part)]
    assert not [name for name in parts(content) if "external" in name.lower()]
    assert "http://example.org" not in "".join(
        part for name, part in parts(content).items() if name.endswith(".rels")
    )


@pytest.mark.parametrize("value", [0.1 + 0.2, 1 / 3, -0.0, 62.980479166666655, 1e300, 5e-324, 2**53 + 1.0])
def test_numbers_keep_every_digit(write, value):
    content = write(a_workbook(CellNumber(value, 1)))

    assert read_cells(content)["Smoking"][3][0] == value


@given(st.text(max_size=60))
def test_whatever_the_text_both_formats_have_the_same(text):
    workbook = a_workbook(text_cell(text))
    read = {kind: read_cells(write(workbook))["Smoking"][3][0] for kind, write in WRITERS.items()}

    assert read["xlsx"] == read["ods"] == text_cell(text)
    assert "\x00" not in read["ods"]


def test_text_that_is_too_long_is_cut_to_what_excel_holds(write):
    cells = read_cells(write(a_workbook(text_cell("🏥" * LONGEST))))

    assert cells["Smoking"][3][0] == "🏥" * (LONGEST // 2) + "…"


def test_lines_of_a_cell_stay_lines(write):
    assert (
        read_cells(write(a_workbook(clean("One\nTwo\x0bThree\x00\ud800"))))["Smoking"][3][0]
        == "One\nTwo\nThree"
    )


def test_every_part_is_sound_xml_and_says_nothing_of_the_time(write):
    content = write(a_workbook("a & b < c"))

    for part in parts(content).values():
        ET.fromstring(part)
    said = "".join(parts(content).values())
    assert set(re.findall(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}(?=T)", said)) == {"2026-12-09"}


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_workbook_has_the_same_bytes_at_any_time(kind, monkeypatch):
    first = WRITERS[kind](a_workbook("a"))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))

    assert WRITERS[kind](a_workbook("a")) == first
    assert WRITERS[kind](a_workbook("b")) != first
