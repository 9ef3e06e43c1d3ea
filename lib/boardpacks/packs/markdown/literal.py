"""Escapes words so that CommonMark and pandoc both print them; no more than that, for the words are searched later."""

from __future__ import annotations

import re

CODE = r"(?<![`\\])(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
"""Pattern of code in a line of words."""

_SPECIAL = re.compile(
    r"[\\`*\[\]<>{}|$@^~]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word an underscore is one for both
    r"|--+|\.\.\.+|&(?=#?\w+;)"
)
_LINE_START = re.compile(
    r"(?:[-+](?=[\s-]|$)|#|=|%|[:~](?=\s|:|$)|[Tt]able:"
    r"|\(?(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|#)[.)](?=\s|$))"
)
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")


def literal(text: str) -> str:
    """Return Markdown that prints `text` word for word, in the middle of a line."""
    return _SPECIAL.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), _BLANKS.sub(" ", text))


def line_start(line: str) -> str:
    """Return a line of Markdown whose first words begin no list, heading or caption."""
    found = _LINE_START.match(line)
    return f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}" if found else line
