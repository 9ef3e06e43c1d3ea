"""Tables that break the guidance cannot be described in the first place."""

from __future__ import annotations

import math

import pytest

from boardpacks.packs.workbook.model import CellNumber, SheetColumn, SheetTable
from boardpacks.packs.workbook.shorthand import number_cell, text_cell

TWO = (SheetColumn("A", 9), SheetColumn("B", 9))


@pytest.mark.parametrize(
    ("columns", "rows", "fault"),
    [
        (TWO, (("a",),), "1 cells for 2 columns"),
        (TWO, (("a", "b"), ("a", "")), "row 2: a cell is empty"),
        (TWO, (), "no rows"),
        ((SheetColumn("A", 9), SheetColumn("a", 9)), (("a", "b"),), "a label of its own"),
        ((SheetColumn("", 9),), (("a",),), "a label of its own"),
    ],
)
def test_a_faulty_table_is_refused(columns, rows, fault):
    with pytest.raises(ValueError, match=fault):
        SheetTable("T", columns, rows)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused_and_becomes_shorthand(value):
    with pytest.raises(ValueError, match="cannot hold"):
        CellNumber(value)
    assert number_cell(value, 1) == "[x]"


def test_what_is_missing_has_shorthand():
    assert number_cell(None, 1) == "[x]"
    assert number_cell(None, 1, "[z]") == "[z]"
    assert number_cell(0.0, 1) == CellNumber(0.0, 1)
    assert [text_cell(text) for text in (None, "", " \x00", "a")] == ["[z]", "[z]", "[z]", "a"]
