from __future__ import annotations

import pytest

from boardpacks.packs.workbook.heights import HIGHEST, LINE_HEIGHT, lines_of, row_height
from boardpacks.packs.workbook.model import CellLink, CellNumber, SheetColumn


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("short", 1), ("a\nb\n\nc", 4), ("word " * 10, 3), ("W" * 40, 3)]
)
def test_lines_are_counted_by_width(text, lines):
    assert lines_of(text, 20) == lines


def test_the_highest_cell_decides_within_what_excel_takes():
    columns = (SheetColumn("a", 10), SheetColumn("b", 10), SheetColumn("c", 10))

    assert row_height([CellNumber(1.0), "a\nb", CellLink("c", "C")], columns) == 2 * LINE_HEIGHT
    assert row_height(["a\n" * 500, "b", "c"], columns) == HIGHEST
