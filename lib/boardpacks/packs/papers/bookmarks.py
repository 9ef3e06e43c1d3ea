"""Writes the bookmarks of the pack: one for each agenda item, and below it those of its paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf

from boardpacks.packs.markdown.escape import one_line
from boardpacks.packs.papers.destinations import Destinations
from boardpacks.packs.papers.paper_limits import MOST_MARKS

_DEEPEST = 20


@dataclass
class Bookmark:
    """A bookmark: its words, the page it leads to, counted from 0, and where on that page."""

    title: str
    page: int
    view: list[Any] = field(default_factory=lambda: [pikepdf.Name.Fit])
    inner: list[Bookmark] = field(default_factory=list)


def read_bookmarks(pdf: pikepdf.Pdf) -> list[Bookmark]:
    """Return a paper's own bookmarks; one that leads nowhere is left out, and those below it move up."""
    root = pdf.Root.get("/Outlines")
    if not isinstance(root, pikepdf.Dictionary):
        return []
    return _level(root, Destinations(pdf), set(), 0)


def write_bookmarks(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Write the bookmarks of a document in place of those that it has."""
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    pages = [sheet.obj for sheet in pdf.pages]
    _write(pdf, root, bookmarks, pages)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = pikepdf.Name.UseOutlines


def _level(parent: Any, destinations: Destinations, seen: set[tuple[int, int]], depth: int) -> list[Bookmark]:
    found: list[Bookmark] = []
    node = parent.get("/First")
    while isinstance(node, pikepdf.Dictionary) and node.objgen not in seen and len(seen) < MOST_MARKS:
        if node.is_indirect:
            seen.add(node.objgen)
        elif len(found) > 1000:
            break
        inner = _level(node, destinations, seen, depth + 1) if depth < _DEEPEST else []
        leads = destinations.of(node)
        title = one_line(str(node.get("/Title", "")))
        if leads is not None and title:
            found.append(Bookmark(title, leads[0], leads[1], inner))
        else:
            found += inner
        node = node.get("/Next")
    return found


def _write(
    pdf: pikepdf.Pdf, parent: Any, bookmarks: Sequence[Bookmark], pages: Sequence[pikepdf.Object]
) -> None:
    """Write one level; those below it are closed."""
    written: list[pikepdf.Object] = []
    for bookmark in bookmarks:
        node = pdf.make_indirect(
            pikepdf.Dictionary(
                Title=pikepdf.String(bookmark.title),
                Parent=parent,
                Dest=pikepdf.Array([pages[bookmark.page], *bookmark.view]),
            )
        )
        _write(pdf, node, bookmark.inner, pages)
        if bookmark.inner:
            node.Count = -len(bookmark.inner)
        written.append(node)
    for before, after in pairwise(written):
        before.Next, after.Prev = after, before
    if written:
        parent.First, parent.Last = written[0], written[-1]
        parent.Count = len(written)
