"""Tells which pages of a pack have little on them. No pack is held back for them: what they say is right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from boardpacks.facts.wording import listed
from boardpacks.packs.check.check_pages import half_empty
from boardpacks.packs.check.check_pdf import stub_pages

_PDFS = {
    "edition": "the board edition",
    "edition-large-print": "the board edition in large print",
    "pdf": "the evidence annex",
    "large-print": "the evidence annex in large print",
}
"""What the PDFs of a pack are called."""


def tell_empty_pages(pack: str, rendered: Mapping[str, Path]) -> str:
    """Say which pages have next to nothing on them, and which of a board edition are less than half full, if any.

    Parameters
    ----------
    pack
        What the pack is called.
    rendered
        Its documents, each by its kind.
    """
    stubs = {kind: stub_pages(rendered[kind]) for kind in _PDFS if kind in rendered}
    found = [(_PDFS[kind], pages, "next to empty") for kind, pages in stubs.items()]
    if "edition" in stubs:
        half = [page for page in half_empty(rendered["edition"]) if page not in stubs["edition"]]
        found.append((_PDFS["edition"], half, "less than half full"))
    return " ".join(f"{pack}: {_told(*one)}." for one in found if one[1])


def _told(document: str, pages: list[int], state: str) -> str:
    named = listed([str(number) for number in pages])
    return (
        f"page {named} of {document} is {state}"
        if len(pages) == 1
        else f"pages {named} of {document} are {state}"
    )
