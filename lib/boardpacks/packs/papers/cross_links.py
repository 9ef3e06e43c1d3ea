"""Leads links between the documents of a board pack to each other, where a merged pack has both."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

_FILE = re.compile(r"(?P<file>[^/\\#?:]+\.pdf)(?:#nameddest=(?P<place>[^#&]+))?")

Place = tuple[int, list[Any]]
"""A page, from 0, and the kind and the numbers of a destination on it."""


@dataclass(frozen=True)
class OwnDocument:
    """One of our documents in a merged pack: its file, its pages there, and the places in it that have a name."""

    file: str
    pages: Sequence[pikepdf.Object]
    places: Mapping[str, Place]


def file_of_link(annotation: Any) -> str:
    """Return the file beside a document that a link in it leads to; empty where it leads to none."""
    found = _FILE.fullmatch(_uri(annotation))
    return found["file"] if found else ""


def link_documents(documents: Collection[OwnDocument]) -> None:
    """Let links to the file of a document lead to its pages; a link to a place that it does not have is taken out."""
    there = {one.file: one for one in documents}
    for document in documents:
        for page in document.pages:
            kept = list(_led(page.get("/Annots", []), there))
            if kept:
                page.Annots = pikepdf.Array(kept)
            elif "/Annots" in page:
                del page["/Annots"]


def _led(annotations: Iterable[Any], there: Mapping[str, OwnDocument]) -> Iterable[Any]:
    for annotation in annotations:
        found = _FILE.fullmatch(_uri(annotation))
        if found is None:
            yield annotation
            continue
        document = there[found["file"]]
        place = document.places.get(found["place"]) if found["place"] else (0, [pikepdf.Name.Fit])
        if place is not None:
            page, view = place
            annotation.Dest = pikepdf.Array([document.pages[page], *view])
            del annotation["/A"]
            yield annotation


def _uri(annotation: Any) -> str:
    action = annotation.get("/A")
    is_link = isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI"
    return str(action.get("/URI", "")) if is_link else ""
