"""The documents that an engine makes of a pack, and what their files are called."""

from __future__ import annotations

LARGE_PRINT = "large-print"
"""A PDF in large print; also the word in a source's metadata that asks for it."""

PDFS = ("pdf", LARGE_PRINT)
"""The documents that are PDFs."""


def document_name(kind: str) -> str:
    """Return the name of an engine's file of some kind: ``pack.pdf``, ``pack_large-print.pdf``."""
    return f"pack_{kind}.pdf" if kind == LARGE_PRINT else f"pack.{kind}"
