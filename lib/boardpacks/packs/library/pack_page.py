"""Makes the page of a pack: what it is, what it says, its files, and every edition of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boardpacks.facts.wording import LABELS
from boardpacks.packs.compose.counts import AT_95
from boardpacks.packs.compose.headlines import side
from boardpacks.packs.compose.judged import ASSURANCE, STANDS_OUT, TRENDS, VARIATION
from boardpacks.packs.files.pack_record import CHECKSUMS, FileKind, PackRecord
from boardpacks.packs.library.changed_lines import read_changes
from boardpacks.packs.library.downloads import address, downloads, papers
from boardpacks.packs.library.findings import FoundLine, PackFindings
from boardpacks.packs.library.published_packs import Pack, PublishedEdition
from boardpacks.packs.library.web_page import render_page
from boardpacks.params.agenda import field_label
from boardpacks.params.system import System
from boardpacks.project.dates import long_date, meeting_date

FONTS_FROM_PAGES = "assets/"
"""Where the pages of packs find the fonts."""


@dataclass(frozen=True)
class ShownLine:
    """A line of a pack's summary: its words, and the part of the pack that it is from."""

    words: str
    chapter: str
    signs: str
    is_verdict: bool


@dataclass(frozen=True)
class ShownEdition:
    """An edition in the history of versions."""

    page: str
    version: str
    state: str
    made_final: str
    reason: str
    is_here: bool


def pack_page(
    pack: Pack, edition: PublishedEdition, findings: PackFindings, published: Path, system: System
) -> str:
    """Return the page of one edition of a pack.

    Parameters
    ----------
    pack
        All editions, for the history of versions.
    edition
        The one that the page is of.
    findings
        What it found.
    published
        The library's folder, in which the edition's own files are read.
    system
        Whose packs they are.
    """
    record = edition.record
    folder = published / edition.folder
    lines = [(side(one.summary), _shown_line(one)) for one in findings.lines]
    better = [told for one, told in lines if one == "better"]
    return render_page(
        "pack.html",
        linked=FONTS_FROM_PAGES,
        colour=system.colour,
        system=system,
        edition=edition,
        record=record,
        newer=_newer(pack, edition),
        meeting=meeting_date(record.meeting, example=record.example),
        day=long_date(record.meeting),
        confidential=record.part == "confidential",
        about=list(_about(record)),
        missing=[field_label(name) for name in record.missing],
        better=better,
        better_title="Better" if all(told.is_verdict for told in better) else "Better or getting better",
        attention=[told for one, told in lines if one == "attention"],
        changes=read_changes(_content(folder, record, "changes")),
        files=downloads(edition, up="../"),
        papers=papers(edition, published, up="../"),
        checksums="../" + address(edition.folder, CHECKSUMS),
        history=[_shown(each, edition) for each in pack.editions],
    )


def _about(record: PackRecord) -> Iterator[tuple[str, str]]:
    yield "Board", record.board
    yield "Meeting", meeting_date(record.meeting, example=record.example)
    if record.priorities:
        yield "Priorities", ", ".join(record.priorities)
    if record.chapters:
        yield "Chapters", ", ".join(record.chapters)
    if record.finalised:
        yield "Made final on", long_date(record.finalised)
    if record.corrects:
        yield "Corrects version", record.corrects
    if record.reason:
        yield "Why there is a new edition", record.reason


def _newer(pack: Pack, edition: PublishedEdition) -> PublishedEdition | None:
    return pack.current if edition.newer is not None else None


def _content(folder: Path, record: PackRecord, kind: FileKind) -> bytes:
    """Return what a file of this kind holds; nothing where the edition has none."""
    file = record.file(kind)
    return (folder / file.name).read_bytes() if file else b""


def _shown_line(one: FoundLine) -> ShownLine:
    is_verdict = one.summary.verdict in ("better", "worse")
    return ShownLine(one.summary.line, one.chapter, _signs(one), is_verdict)


def _signs(one: FoundLine) -> str:
    """Return what a line is on its side for, in words."""
    summary = one.summary
    told = [STANDS_OUT if summary.stands_out else LABELS[summary.verdict]]
    told += [AT_95] if one.is_uncertain else []
    found = (
        TRENDS.get(summary.trend),
        VARIATION.get(summary.variation or ""),
        ASSURANCE.get(summary.assurance or ""),
    )
    return ", ".join([*told, *(words for words in found if words)])


def _shown(each: PublishedEdition, here: PublishedEdition) -> ShownEdition:
    record = each.record
    return ShownEdition(
        page=address(each.page),
        version=record.version,
        state=each.state,
        made_final=long_date(record.finalised) if record.finalised else "",
        reason=record.reason or "",
        is_here=each is here,
    )
