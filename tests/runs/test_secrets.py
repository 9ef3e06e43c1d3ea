from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.runs.secrets import cleaner

ENVIRONMENT = {
    "HOOK": "https://hooks.example.org/services/T00/x y",
    "DATABASE_PASSWORD": "correct horse",
    "API_TOKEN": "abcdefgh1234",
    "my_secret": "lower-case-too",
    "USE_TOKEN": "yes",
    "HOME": "/home/someone",
    "EMPTY_SECRET": "",
}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("login failed for correct horse", "login failed for [hidden]"),
        ("bearer abcdefgh1234!", "bearer [hidden]!"),
        ("lower-case-too", "[hidden]"),
        ("posted to https://hooks.example.org/services/T00/x y", "posted to [hidden]"),
        ("https%3A%2F%2Fhooks.example.org%2Fservices%2FT00%2Fx%20y", "[hidden]"),
        ("see https://me:word@example.org/a", "see https://[hidden]@example.org/a"),
        ("yes, /home/someone", "yes, /home/someone"),
        ("\x1b[31mred\x1b[0m\x07 bell", "red  bell"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\udcff", "\\udcff"),
        ("", ""),
    ],
)
def test_secrets_and_control_characters_are_taken_out(text, cleaned):
    assert cleaner(ENVIRONMENT, ["HOOK", "NOT_SET"])(text) == cleaned


@given(
    before=st.text(),
    after=st.text(),
    secret=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8),
)
def test_a_secret_never_gets_through(before, after, secret):
    cleaned = cleaner({"X_PASSWORD": secret})(f"{before}{secret}{after}")
    assert secret not in cleaned.replace("[hidden]", "\n")
    cleaned.encode("utf-8")
