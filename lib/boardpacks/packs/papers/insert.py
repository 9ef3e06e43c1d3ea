"""Brings one paper into the merged pack: its pages, tags, bookmarks, layers and attachments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from typing import Any

import pikepdf

from boardpacks.packs.papers.bookmarks import Bookmark, read_bookmarks
from boardpacks.packs.papers.cross_links import Place
from boardpacks.packs.papers.destinations import Destinations
from boardpacks.packs.papers.fields import flatten_fields
from boardpacks.packs.papers.find_papers import Paper
from boardpacks.packs.papers.geometry import PageLayout, page_layout
from boardpacks.packs.papers.inspect_paper import Findings
from boardpacks.packs.papers.layers import add_layers
from boardpacks.packs.papers.neutralise import neutralise
from boardpacks.packs.papers.paper_attachments import Attached, read_attachments
from boardpacks.packs.papers.resources import straighten_resources
from boardpacks.packs.papers.sound import open_paper
from boardpacks.packs.papers.stamp import Frame, lay_page
from boardpacks.packs.papers.tags import own_names
from boardpacks.packs.papers.untagged import PARAGRAPH, PICTURE, drop_marks, page_tag
from boardpacks.project.errors import InputError, Problem

_SET_ASIDE = pikepdf.Name("/BoardpacksPage")
"""Kind of a page while it is copied: a copy of a page would leave out all links to other pages."""


@dataclass(frozen=True)
class Inserted:
    """A paper in the merged pack; its pages do not stand in the order of pages yet.

    Parameters
    ----------
    paper, findings
        The paper, and what was found in it.
    pages, layouts
        Its pages, and how each is laid.
    kids
        Its tags.
    bookmarks
        Its own bookmarks, with pages counted from 0 in the paper.
    attached
        The files attached to it.
    gone
        What was taken out of it, in words.
    places
        The places in a document of our own that have a name.
    """

    paper: Paper
    findings: Findings
    pages: tuple[pikepdf.Object, ...]
    layouts: tuple[PageLayout, ...]
    kids: tuple[pikepdf.Object, ...]
    bookmarks: tuple[Bookmark, ...]
    attached: tuple[Attached, ...]
    gone: tuple[str, ...]
    places: Mapping[str, Place]


def insert_paper(
    pdf: pikepdf.Pdf, paper: Paper, findings: Findings, number: int, beside: Collection[str] = ()
) -> Inserted:
    """Copy a paper into the pack that is being made.

    Parameters
    ----------
    number
        Number of the paper, which keeps its tags' identifiers apart from those of others.
    beside
        Files of our own documents in the pack: links to them stay, for `cross_links` to lead them there.

    Raises
    ------
    InputError
        When a page has no size that can be shown.
    """
    with open_paper(paper.path, findings.way) as source:
        straighten_resources(source)
        attached, gone = read_attachments(source)
        bookmarks = read_bookmarks(source)
        named = Destinations(source).names() if paper.own else {}
        gone += neutralise(source, own=paper.own, beside=beside)
        fields = flatten_fields(source)
        if fields:
            gone.append(
                f"{len(fields)} form field{'s' if len(fields) > 1 else ''} (what they show is kept as text)"
            )
        laid = [_layout(*each, paper) for each in enumerate(source.pages, start=1)]
        layouts = [one.made_smaller() if at in findings.full else one for at, one in enumerate(laid, start=1)]
        scans = set(findings.scans) - set(fields)
        frames, words = _frames(source, paper, scans, tagged=findings.tagged)
        graph = _copy(pdf, source, findings.tagged)
    pages = tuple(graph.Pages)
    for page, layout, frame in zip(pages, layouts, frames, strict=True):
        page.Type, page.Tabs = pikepdf.Name.Page, pikepdf.Name.S
        lay_page(pdf, page, layout, frame)
    places = {page.objgen: at for at, page in enumerate(pages)}
    _move_links(pages, layouts, places)
    _move_bookmarks(bookmarks, layouts)
    add_layers(pdf, graph.get("/OCProperties"))
    return Inserted(
        paper=paper,
        findings=findings,
        pages=pages,
        layouts=tuple(layouts),
        kids=_tags(pdf, graph, pages, words, number),
        bookmarks=tuple(bookmarks),
        attached=tuple(attached),
        gone=tuple(gone),
        places={
            name: (page, layouts[page].destination(view) or [pikepdf.Name.Fit])
            for name, (page, view) in named.items()
        },
    )


def _layout(number: int, sheet: pikepdf.Page, paper: Paper) -> PageLayout:
    try:
        return page_layout(sheet)
    except ValueError as error:
        raise InputError(
            [
                Problem(
                    paper.shown,
                    f"page {number}",
                    f"a size of {error} points",
                    "pages between a postage stamp and a wall in size",
                    "save it with pages of A4",
                )
            ]
        ) from None


def _frames(
    source: pikepdf.Pdf, paper: Paper, scans: Set[int], *, tagged: bool
) -> tuple[list[Frame], list[str | None]]:
    """Return what is put around the pages, and the words for those that are only pictures."""
    if tagged:
        return [Frame()] * len(source.pages), []
    frames: list[Frame] = []
    words: list[str | None] = []
    for number, sheet in enumerate(source.pages, start=1):
        drop_marks(source, sheet)
        scan = number in scans
        frames.append(PICTURE if scan else PARAGRAPH)
        words.append(
            f"Page {number} of the paper for item {paper.item.item}, as a picture. Its words cannot be read aloud."
            if scan
            else None
        )
    return frames, words


def _copy(pdf: pikepdf.Pdf, source: pikepdf.Pdf, tagged: bool) -> Any:
    """Copy pages and tags in one go, so that all that they say of each other stays."""
    pages = [sheet.obj for sheet in source.pages]
    for page in pages:
        page.Type = _SET_ASIDE
        if "/Parent" in page:
            del page["/Parent"]
        if not tagged and "/StructParents" in page:
            del page["/StructParents"]
    graph = pikepdf.Dictionary(Pages=pikepdf.Array(pages))
    tree = source.Root.get("/StructTreeRoot")
    if tagged and isinstance(tree, pikepdf.Dictionary):
        for key in ("/ParentTree", "/IDTree", "/AF", "/PronunciationLexicon"):
            if key in tree:
                del tree[key]
        graph.Tree = tree
    if "/OCProperties" in source.Root:
        graph.OCProperties = source.Root.OCProperties
    return pdf.copy_foreign(source.make_indirect(graph))


def _tags(
    pdf: pikepdf.Pdf,
    graph: Any,
    pages: tuple[pikepdf.Object, ...],
    words: list[str | None],
    number: int,
) -> tuple[pikepdf.Object, ...]:
    if "/Tree" not in graph:
        return tuple(pdf.make_indirect(page_tag(page, said)) for page, said in zip(pages, words, strict=True))
    tree = pdf.Root.StructTreeRoot
    for key in ("/RoleMap", "/ClassMap"):
        if key not in tree:
            tree[key] = pikepdf.Dictionary()
    own_names(graph.Tree, tree.RoleMap, tree.ClassMap, f"paper-{number}-")
    spaces = graph.Tree.get("/Namespaces")
    if isinstance(spaces, pikepdf.Array):
        tree.Namespaces = pikepdf.Array([*tree.get("/Namespaces", []), *spaces])
    kids = graph.Tree.get("/K")
    return tuple(kids) if isinstance(kids, pikepdf.Array) else (kids,)


def _move_links(
    pages: tuple[pikepdf.Object, ...], layouts: list[PageLayout], places: dict[tuple[int, int], int]
) -> None:
    for page in pages:
        for annotation in page.get("/Annots", []):
            if "/Dest" not in annotation:
                continue
            target, *rest = list(annotation.Dest)
            view = layouts[places[target.objgen]].destination(rest) or [pikepdf.Name.Fit]
            annotation.Dest = pikepdf.Array([target, *view])


def _move_bookmarks(bookmarks: list[Bookmark], layouts: list[PageLayout]) -> None:
    for bookmark in bookmarks:
        bookmark.view = layouts[bookmark.page].destination(bookmark.view) or [pikepdf.Name.Fit]
        _move_bookmarks(bookmark.inner, layouts)
