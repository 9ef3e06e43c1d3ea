"""Any text is safe where it goes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.circulation.safe_text import cell, count, day, one_line, size
from tests.circulation.made import DATE


@given(st.text())
def test_one_line_is_one_line_that_can_be_encoded(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    line.encode()
    assert one_line(line) == line


@pytest.mark.parametrize("text", ["A & B", "é", "מועצה", "👩🏽‍⚕️", '"quoted", (comment)', "a\u200db"])
def test_ordinary_text_stays(text):
    assert one_line(text) == text


@given(st.text(max_size=50))
def test_no_cell_begins_like_a_formula(text):
    written = io.StringIO()
    csv.writer(written).writerow([cell(text), "next"])
    ((first, second),) = csv.reader(io.StringIO(written.getvalue()))
    assert second == "next"
    assert not first.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_numbers_and_days_in_words():
    assert [size(octets) for octets in (0, 1500, 999_400, 1_537_299)] == ["1 kB", "2 kB", "999 kB", "1.5 MB"]
    assert [count(number, "copy", "copies") for number in (0, 1, 2)] == ["0 copies", "1 copy", "2 copies"]
    assert count(2, "file") == "2 files"
    assert day(DATE) == "Wednesday 9 December 2026"
