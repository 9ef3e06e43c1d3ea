"""The words and the colour of a system."""

from __future__ import annotations

import pytest

from boardpacks.params.own_words import COLOUR, Words, readable_colour
from boardpacks.params.values import Clash


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("borough", "boroughs"),
        ("county", "counties"),
        ("local authority", "local authorities"),
        ("valley", "valleys"),
        ("council area", "council areas"),
    ],
)
def test_several_are_said_as_english_has_it(one: str, several: str):
    assert Words(borough=one).several == several
    assert Words(borough=one, boroughs="parishes").several == "parishes"


def test_a_colour_is_taken_where_text_in_it_can_be_read():
    assert readable_colour("#4B2E83") == "#4b2e83"
    assert readable_colour(COLOUR) == COLOUR


@pytest.mark.parametrize("colour", ["#ffcc00", "#fff", "blue", "#12345g", ""])
def test_any_other_is_refused(colour: str):
    with pytest.raises(Clash):
        readable_colour(colour)
