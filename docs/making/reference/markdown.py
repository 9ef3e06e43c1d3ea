"""How reference pages write tables, and links to pages that messages name by path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or nothing where there are no rows."""
    lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    if not lines:
        return ""
    ruled = ["| " + " | ".join(headings) + " |", "| " + " | ".join("---" for _ in headings) + " |"]
    return "\n".join([*ruled, *lines])


def as_code(text: str) -> str:
    """Return a text between back quotes; nothing for an empty one."""
    return f"`{text}`" if text else ""


def linked(text: str) -> str:
    """Return a text in which the pages that it names by path are links."""
    return re.sub(r"docs/([a-z-]+\.md)", r"[\1](../\1)", text.replace("``", "`"))


def page(title: str, *parts: str) -> str:
    """Return a page of parts; what is empty is left out."""
    return "\n\n".join([f"# {title}", *(part for part in parts if part)]) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
