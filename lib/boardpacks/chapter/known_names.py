"""Knows the names of the system whose params and figures this process has read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from boardpacks.facts.escape_names import escape_names, names_with_signs

# One for the whole process, on purpose: what a notebook hands over by itself does not say of which chapter it is, and a
# chapter has a process to itself.
_known: list[re.Pattern[str] | None] = [None]


def know(names: Iterable[str]) -> None:
    """Take these for the system's names from now on."""
    _known[:] = [names_with_signs(names)]


def with_escaped_names(markdown: str) -> str:
    """Return Markdown that prints the system's names word for word, whatever signs they hold."""
    return escape_names(markdown, _known[0])
