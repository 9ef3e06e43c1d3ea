from __future__ import annotations

import unicodedata

import pytest

from boardpacks.params.agenda import AgendaItem
from boardpacks.params.paper_names import check_paper_name, same_name
from boardpacks.params.values import Clash


@pytest.mark.parametrize(
    "name",
    [
        "07 Finance report.pdf",
        "Item 7 – Finance report.pdf",
        "Item 7 — Finance report.PDF",
        "Chief Executive’s report.pdf",
        "“Fit for the future”.pdf",
        "[M6] Finance.pdf",
        "Résumé.pdf",
        "Finance + estates.pdf",
        "Finance #3 & 4, (draft); 50% @ £1 = ~$2!.pdf",
        "Łódź 報告 😀.pdf",
        "_07.final.v2.pdf",
        "console.pdf",
        "com.pdf",
    ],
)
def test_names_as_people_write_them_are_taken(name):
    assert AgendaItem(item="1", title="A", file=name).file == name


@pytest.mark.parametrize(
    ("name", "found", "hint"),
    [
        ("../a.pdf", "'../a.pdf'", ""),
        ("a\\b.pdf", "'a\\\\b.pdf'", ""),
        (
            "What next?.pdf",
            "? (U+003F, question mark), which no file on Windows can have",
            "'What next-.pdf'",
        ),
        ("10:30 Finance.pdf", ": (U+003A, colon)", "'10-30 Finance.pdf'"),
        ("a\tb.pdf", "U+0009", "'ab.pdf'"),
        ("a\u202efdp.pdf", "U+202E (right-to-left override)", "'afdp.pdf'"),
        (".hidden.pdf", "begins with a point", "'hidden.pdf'"),
        ("nul.pdf", "that Windows keeps for itself", "'Paper nul.pdf'"),
        ("Finance", "'Finance', which does not end with .pdf", "quotes"),
        ("Finance.docx", "'Finance.docx', which does not end with .pdf", ""),
        (".pdf", "begins with a point", ""),
        ("é" * 130 + ".pdf", "a name of 264 bytes", ""),
    ],
)
def test_other_names_are_refused_by_their_sign_and_another_is_offered(name, found, hint):
    with pytest.raises(Clash) as raised:
        check_paper_name(name)
    assert found in raised.value.found
    assert hint in raised.value.hint
    assert bool(hint) == bool(raised.value.hint)


def test_two_ways_of_writing_a_name_are_one():
    apart = unicodedata.normalize("NFD", "Résumé 1.pdf")
    assert AgendaItem(item="1", title="A", file=apart).file == "Résumé 1.pdf"
    assert same_name(apart) == same_name("Résumé\xa01.pdf")
