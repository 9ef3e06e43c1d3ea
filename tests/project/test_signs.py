from __future__ import annotations

import pytest

from boardpacks.project.signs import foreign_signs, named


@pytest.mark.parametrize(
    "text",
    [
        "Havering Place Partnership Board",
        "Tower Hamlets: 12.3% (£4m), “better” – ±2 ≥ 1",
        "Siân Ŵyn, Łukasz Żółć, Đặng Nguyễn, Ελένη, Тарас Шевченко",
        "مجلس هافرينغ، ١٢٪ و پاکستان",
        "מועצת הַאבֶרינג",
        "می\u200cخواهم",
        "soft\u00adhyphen and zero\u200bwidth",
        "e\u0301 is é",
        "two\nlines\tand a tab",
        "",
    ],
)
def test_names_of_people_and_places_can_be_shown(text):
    assert foreign_signs(text) == ()


@pytest.mark.parametrize(
    ("text", "signs", "words"),
    [
        ("ok 😀 and 😀", ("😀",), "😀 (U+1F600, grinning face)"),
        (
            "漢字",
            ("漢", "字"),
            "漢 (U+6F22, cjk unified ideograph-6f22), 字 (U+5B57, cjk unified ideograph-5b57)",
        ),
        ("a\u202eb", ("\u202e",), "U+202E (right-to-left override)"),
        ("a\u2066b", ("\u2066",), "U+2066 (left-to-right isolate)"),
        ("a\ufeffb", ("\ufeff",), "U+FEFF (zero width no-break space)"),
        ("a\x0bb", ("\x0b",), "U+000B (a sign without a name)"),
        ("a\x7fb", ("\x7f",), "U+007F (a sign without a name)"),
        ("a\u2028b", ("\u2028",), "U+2028 (line separator)"),
        ("Z\u0361", ("\u0361",), "U+0361 (combining double inverted breve)"),
        ("\ue000", ("\ue000",), "U+E000 (a sign without a name)"),
    ],
)
def test_what_no_font_has_or_what_hides_is_found_and_named(text, signs, words):
    assert foreign_signs(text) == signs
    assert named(signs) == words


def test_of_many_signs_some_are_named():
    assert named(foreign_signs("一二三四五六七")).endswith(" and 2 more")
