"""Sentences of Markdown prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.packs.read.sentences import sentences


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It is 10.9% in 2023. Then", ["It is 10.9% in 2023.", "Then"]),
        ("Some, e.g. Newham, differ. St. Ann differs.", ["Some, e.g. Newham, differ.", "St. Ann differs."]),
        ("A line\nand more. Next.", ["A line\nand more.", "Next."]),
        ("# Title\nText.\n\n- One\n- Two. Three", ["# Title", "Text.", "One", "Two.", "Three"]),
        ("```\nCode. Code.\n```\nText.", ["Text."]),
        ("**Bold.** {place} is.", ["**Bold.", "{place} is."]),
        ("", []),
    ],
)
def test_sentences(markdown: str, expected: list[str]):
    assert [one.text for one in sentences(markdown)] == expected


@given(
    st.lists(st.sampled_from(["One. ", "two\n", "\n", "# T\n", "- x. Y\n", "```\n", "{place} ", "A.\r\n"]))
)
def test_spans_are_of_the_text_in_order(parts: list[str]):
    markdown, last = "".join(parts), 0
    for one in sentences(markdown):
        assert markdown[one.start : one.end] == one.text
        assert one.text.strip()
        assert one.start >= last
        last = one.end
