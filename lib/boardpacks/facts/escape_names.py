"""Escapes names that hold signs of Markdown, such as "Grade A* pupils", so that they are printed and not obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIGNS = re.compile(r"[*_<>~^$]|&(?=#?\w+;)")
_NO_WORDS = (
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)",
    r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)",
    r"\{[^{}]*\}",
    r"\]\([^()\s]*\)",
    r"<https?://[^<>\s]*>",
    r"\\.|\*\*",
)
"""Code, attributes, quoted facts and addresses, where a backslash would be printed or lead elsewhere; what is escaped
already; and marks of bold, which no name has."""


def names_with_signs(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds the names in Markdown that hold a sign of it; None where no name does, as is usual.

    Names stand in sentences with a small or a capital first letter, and a line may end between two of their words.
    """
    held = sorted({name for name in names if _SIGNS.search(name)}, key=lambda name: (-len(name), name))
    if not held:
        return None
    words = "|".join(map(_words, held))
    return re.compile(rf"{'|'.join(_NO_WORDS)}|(?P<name>{words})", re.IGNORECASE | re.DOTALL | re.MULTILINE)


def _words(name: str) -> str:
    # Of "**Grade A**" the last two stars are the end of bold, and none is that of a name "Grade A*".
    after = r"(?!\*(?!\*))" if name.endswith("*") else ""
    return r"\s+".join(map(re.escape, name.split())) + after


def escape_names(markdown: str, names: re.Pattern[str] | None) -> str:
    """Return Markdown that prints every one of these names word for word."""
    if names is None:
        return markdown

    def escaped(found: re.Match[str]) -> str:
        return found[0] if found["name"] is None else _SIGNS.sub(r"\\\g<0>", found[0])

    return names.sub(escaped, markdown)
