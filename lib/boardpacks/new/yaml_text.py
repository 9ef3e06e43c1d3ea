"""Writes values as they stand in a YAML file that people go on editing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import yaml

WIDTH = 118
SHORT = 100
"""Letters of a text that stand behind any key on the same line."""


def value(text: str) -> str:
    """Return a text as it stands behind a key, in quotes where YAML would read it otherwise."""
    written: str = yaml.safe_dump(text, allow_unicode=True, width=10_000)
    return written.removesuffix("\n").removesuffix("\n...")


def folded(text: str, indent: int) -> str:
    """Return a longer text as it stands behind a key: on lines of its own, which YAML reads as one."""
    pad = " " * indent
    lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join([">-", *(f"{pad}{line}" for line in lines)])


def sentence(text: str, indent: int) -> str:
    """Return a text as it stands behind a key: on the same line if there is room."""
    written = value(text)
    return written if len(written) <= SHORT else folded(text, indent)


def flow(words: Iterable[str]) -> str:
    """Return a list of words on one line."""
    return f"[{', '.join(words)}]"


def entry(code: str, name: str, indent: int) -> str:
    """Return an area as an entry of a list."""
    pad = " " * indent
    return f"{pad}- code: {code}\n{pad}  name: {value(name)}\n"
