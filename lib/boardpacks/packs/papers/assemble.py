"""Puts a meeting pack together from our own sheets and the papers."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from boardpacks.packs.files.formats import EDITION_ENDING
from boardpacks.packs.papers.bookmarks import Bookmark, read_bookmarks, write_bookmarks
from boardpacks.packs.papers.cross_links import OwnDocument, link_documents
from boardpacks.packs.papers.destinations import Destinations
from boardpacks.packs.papers.find_papers import Paper
from boardpacks.packs.papers.insert import Inserted, insert_paper
from boardpacks.packs.papers.inspect_paper import Findings
from boardpacks.packs.papers.metadata import write_metadata
from boardpacks.packs.papers.paper_attachments import write_attachments
from boardpacks.packs.papers.sheets import CoverSheet, SheetItem, StampedPage, sheets_pdf, stamps_pdf
from boardpacks.packs.papers.stamp import stamp_form, stamp_page
from boardpacks.packs.papers.tags import ItemTags, elements, merge_tags
from boardpacks.params.agenda import AgendaItem
from boardpacks.project.errors import BoardpacksError

LANGUAGE = "en-GB"
_NOTE = (
    "This paper is not fully accessible: screen readers may not read all of it, or not in the right order. "
    "Please ask for it in another format."
)


@dataclass(frozen=True)
class Assembled:
    """A meeting pack: its PDF, its pages, and what was taken out of papers, by the name of each."""

    pdf: bytes
    pages: int
    gone: tuple[tuple[Paper, tuple[str, ...]], ...]


@dataclass(frozen=True)
class MergedContents:
    """What goes into a meeting pack: its cover, its items, the papers of items, and what was found in each paper."""

    cover: CoverSheet
    items: tuple[AgendaItem, ...]
    papers: tuple[tuple[Paper, Findings], ...]
    date: dt.date


def assemble(contents: MergedContents, reports: Path, *, accessible: bool) -> Assembled:
    """Return the meeting pack.

    Parameters
    ----------
    reports
        The project's reports folder, for template and fonts.
    accessible
        Whether the pack says of itself that it keeps to PDF/UA-1.

    Raises
    ------
    BoardpacksError
        When a sheet cannot be set, or a page has no size that can be shown.
    """
    cover, date = contents.cover, contents.date
    own = sheets_pdf(cover, _sheet_items(contents), reports, date)
    with pikepdf.open(io.BytesIO(own)) as pdf:
        sheets = [sheet.obj for sheet in pdf.pages]
        headings = read_bookmarks(pdf)
        dividers = [heading.page for heading in headings[1:]]
        _check_sheets(contents, sheets, dividers)
        ours = {paper.path.name for paper, _ in contents.papers if paper.own}
        inserted = [
            insert_paper(pdf, paper, findings, number, ours)
            for number, (paper, findings) in enumerate(contents.papers, start=1)
        ]
        link_documents(
            [OwnDocument(one.paper.path.name, one.pages, one.places) for one in inserted if one.paper.own]
        )
        firsts = _order(pdf, dividers, inserted)
        _stamp(pdf, contents, inserted, firsts, reports)
        rows = _rows(pdf, contents.items, headings[0].page)
        merge_tags(
            pdf,
            sheets,
            [
                ItemTags(
                    item_words(one.paper.item),
                    divider,
                    one.kids,
                    "" if one.findings.language == LANGUAGE else one.findings.language,
                )
                for one, divider in zip(inserted, dividers, strict=True)
            ],
        )
        write_bookmarks(pdf, _bookmarks(contents, headings, inserted, firsts, rows))
        attached = [
            (one.paper.item.item, item_words(one.paper.item), file)
            for one in inserted
            for file in one.attached
        ]
        write_attachments(pdf, attached)
        pdf.Root.PageLabels = pikepdf.Dictionary(
            Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=1)])
        )
        if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
            _explicit_links(pdf, sheets)
        write_metadata(pdf, cover.title, LANGUAGE, date, accessible=accessible)
        return Assembled(
            _saved(pdf), len(pdf.pages), tuple((one.paper, one.gone) for one in inserted if one.gone)
        )


def item_words(item: AgendaItem) -> str:
    """Return an item as headings and bookmarks have it: ``Item 5: Finance report``."""
    return f"Item {item.item}: {item.title}"


def _note(contents: MergedContents, item: AgendaItem, paper: Paper, findings: Findings) -> str:
    """Return what the sheet before a paper says of it: that it is hard to read aloud, or where its evidence is."""
    if not findings.accessible:
        return _NOTE
    apart = item.pack and not any(other.annex for other in contents.items)
    if apart and paper.path.name.endswith(EDITION_ENDING):
        annex = paper.path.name.removesuffix(EDITION_ENDING)
        return f"The evidence for every figure is in its annex, a document of its own: {annex}.pdf"
    return ""


def _sheet_items(contents: MergedContents) -> list[SheetItem]:
    targets = {paper.item: number for number, (paper, _) in enumerate(contents.papers, start=1)}
    found = {paper.item: (paper, findings) for paper, findings in contents.papers}
    return [
        SheetItem(
            number=item.item,
            title=item.title,
            time=item.time,
            lead=item.lead,
            purpose=item.purpose.capitalize() if item.purpose else None,
            late=item.late,
            target=f"paper-{targets[item]}" if item in targets else None,
            pages=found[item][1].pages if item in found else 0,
            note=_note(contents, item, *found[item]) if item in found else "",
        )
        for item in contents.items
    ]


def _check_sheets(
    contents: MergedContents, sheets: Sequence[pikepdf.Object], dividers: Sequence[int]
) -> None:
    """Each paper has one sheet: page numbers are counted with that."""
    count = len(contents.papers)
    if dividers != list(range(len(sheets) - count, len(sheets))):
        longest = max(contents.items, key=lambda item: len(item.title) + len(item.lead or ""))
        raise BoardpacksError(
            f"agenda item {longest.item}: the sheet before its paper takes more than a page. Shorten its title."
        )


def _order(pdf: pikepdf.Pdf, dividers: Sequence[int], inserted: Sequence[Inserted]) -> list[int]:
    """Put each paper's pages after its sheet, and return the place of each sheet, from 0."""
    firsts, moved = [], 0
    for divider, one in zip(dividers, inserted, strict=True):
        first = divider + moved
        for number, page in enumerate(one.pages, start=1):
            pdf.pages.insert(first + number, pikepdf.Page(page))
        moved += len(one.pages)
        firsts.append(first)
    return firsts


def _stamp(
    pdf: pikepdf.Pdf,
    contents: MergedContents,
    inserted: Sequence[Inserted],
    firsts: Sequence[int],
    reports: Path,
) -> None:
    laid = [
        (page, layout, first + number + 1, one.paper)
        for one, first in zip(inserted, firsts, strict=True)
        for number, (page, layout) in enumerate(zip(one.pages, one.layouts, strict=True), start=1)
    ]
    if not laid:
        return
    stamped = [StampedPage(*layout.size, number, item_words(paper.item)) for _, layout, number, paper in laid]
    made, marks = stamps_pdf(contents.cover, stamped, len(pdf.pages), reports, contents.date)
    with pikepdf.open(io.BytesIO(made)) as source:
        forms = [pdf.copy_foreign(stamp_form(source, sheet)) for sheet in source.pages]
        for form, (page, layout, _, paper) in zip(forms, laid, strict=False):
            mark = None if paper.own else marks.get(layout.size)
            stamp_page(pdf, page, layout, form, None if mark is None else forms[mark])


def _rows(pdf: pikepdf.Pdf, items: Sequence[AgendaItem], otherwise: int) -> dict[AgendaItem, int]:
    """Return the page, from 0, of each item's row in the agenda."""
    places = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages)}
    rows = [element for element in elements(pdf.Root.StructTreeRoot.K) if element.S == pikepdf.Name.TR]
    found = {}
    for item, row in zip(items, rows[1:], strict=False):
        pages = [element.Pg.objgen for element in elements(row.K) if "/Pg" in element]
        found[item] = places.get(pages[0], otherwise) if pages else otherwise
    return found


def _bookmarks(
    contents: MergedContents,
    headings: Sequence[Bookmark],
    inserted: Sequence[Inserted],
    firsts: Sequence[int],
    rows: dict[AgendaItem, int],
) -> list[Bookmark]:
    papers = {one.paper.item: (one, first) for one, first in zip(inserted, firsts, strict=True)}
    found = [headings[0]]
    for item in contents.items:
        if item in papers:
            one, first = papers[item]
            inner = [_shifted(bookmark, first + 1) for bookmark in one.bookmarks]
            found.append(Bookmark(item_words(item), first, inner=inner))
        else:
            found.append(Bookmark(item_words(item), rows[item]))
    return found


def _shifted(bookmark: Bookmark, by: int) -> Bookmark:
    return replace(bookmark, page=bookmark.page + by, inner=[_shifted(inner, by) for inner in bookmark.inner])


def _explicit_links(pdf: pikepdf.Pdf, sheets: Sequence[pikepdf.Object]) -> None:
    destinations = Destinations(pdf)
    for page in sheets:
        for link in page.get("/Annots", []):
            leads = destinations.of(link)
            if leads is not None:
                link.Dest = pikepdf.Array([pdf.pages[leads[0]].obj, *leads[1]])
    del pdf.Root.Names["/Dests"]


def _saved(pdf: pikepdf.Pdf) -> bytes:
    pdf.remove_unreferenced_resources()
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        force_version="1.7",
    )
    return out.getvalue()
