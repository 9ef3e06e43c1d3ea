"""What a secretary writes becomes paragraphs, lists and bold, and nothing else."""

from __future__ import annotations

import pypandoc  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.packs.markdown.plain_prose import plain_prose, prose_markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("None", "None"),
        ("- none", "\\- none"),
        ("A line\nthat wraps.", "A line that wraps."),
        ("One of\n\nTwo of", "One of\n\nTwo of\n"),
        ("-", "\\-"),
        ("Please:\n- note\n\u2022 agree", "Please:\n\n- note\n- agree\n"),
        ("1. note\n   it\n2) agree", "1. note it\n2) agree\n"),
        ("**Note** 2 * 3 ** 4", "**Note** 2 \\* 3 \\*\\* 4"),
        ("# Heading", "\\# Heading"),
        ("[x](#indicator-smoking)", "\\[x\\](\\#indicator-smoking)"),
    ],
)
def test_prose_as_markdown(text: str, markdown: str):
    assert prose_markdown(text) == markdown


@given(st.text(alphabet=st.sampled_from("ab.-*1)#<>&{}[]|$\\`~:\n \u2022"), max_size=60))
def test_plain_prose_says_the_same_and_stays_as_it_is(text: str):
    once = plain_prose(text)
    assert plain_prose(once) == once
    assert prose_markdown(once) == prose_markdown(text)


@pytest.mark.parametrize(
    "hostile", ["<img src=x onerror=a()>", "``` {=html}\n<b>\n```", "::: {.x}\n:::", "[^1]: a"]
)
def test_no_markup_gets_through(hostile: str):
    html = pypandoc.convert_text(prose_markdown(f"First.\n\n{hostile}"), "html", format="markdown")
    assert not any(tag in html for tag in ("<img", "<b>", "<div", "footnote"))
