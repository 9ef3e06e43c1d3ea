"""Names that Excel takes, and text that a cell can hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boardpacks.packs.workbook.cell_names import LONGEST_NAME, Names, clean, table_name


@pytest.mark.parametrize(
    ("wanted", "given_name"),
    [
        ("Mental health", "Mental health"),
        ("[Mental]: health?/\\*", "Mental health"),
        ("'quoted'", "quoted"),
        ("", "Sheet"),
        ("[]:*?/\\", "Sheet"),
        ("\x00\u202e", "Sheet"),
        ("History", "History 2"),
        ("Babies, children and young people", "Babies, children and young…"),
        ("🏥" * 40, "🏥" * 15 + "…"),
        ("الصحة النفسية", "الصحة النفسية"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(wanted, given_name):
    assert Names().claim(wanted) == given_name


def test_no_two_sheets_have_one_name_whatever_the_case():
    names = Names()
    long = "Babies, children and young people"

    assert [names.claim("Smoking"), names.claim("SMOKING"), names.claim("smoking")] == [
        "Smoking",
        "SMOKING 2",
        "smoking 3",
    ]
    assert names.claim(long) != names.claim(long)


@example(["' 0"])
@given(st.lists(st.text(max_size=80), max_size=12))
def test_whatever_is_wanted_names_are_sound(wanted):
    names = Names()
    made = [names.claim(text) for text in wanted]

    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert name.strip("'") == name.strip() == name != ""
        assert len(name.encode("utf-16-le")) // 2 <= LONGEST_NAME
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name.casefold() != "history"


@pytest.mark.parametrize("wanted", ["mental_health", "R1C1", "A1", "1", "سل", "a-b c"])
def test_the_name_of_a_table_is_never_a_cells(wanted):
    assert re.fullmatch("Numbers_[A-Za-z0-9_]*", table_name(wanted))


def test_what_xml_cannot_hold_goes_and_letters_stay():
    assert clean("a\x00b\ud800c\ufffed\u202ee") == "a bcd e"
    assert clean(" one  line \r\n\n two") == "one line\ntwo"
    assert clean("مستشفى 👩🏽‍⚕️") == "مستشفى 👩🏽‍⚕️"
