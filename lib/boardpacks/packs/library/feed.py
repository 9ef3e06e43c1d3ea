"""Makes the library's feed (Atom): each edition that is new, and each that another one has taken the place of."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.packs.files.pack_record import PACK_JSON, PAGES
from boardpacks.packs.library.downloads import address
from boardpacks.packs.library.index_page import name_of
from boardpacks.packs.library.published_packs import Pack, PublishedEdition
from boardpacks.packs.library.web_page import render_page
from boardpacks.params.system import System
from boardpacks.project.dates import long_date

FEED = "feed.xml"
MOST = 50
"""Entries of a feed, the newest first."""
_BEFORE_ALL = "2000-01-01T00:00:00Z"


@dataclass(frozen=True)
class Entry:
    """One entry: ``id`` stays the same as long as it tells the same."""

    id: str
    title: str
    updated: str
    link: str
    words: str


def feed(packs: Sequence[Pack], published: Path, system: System) -> str:
    """Return the feed.

    The day of a final edition is that on which it was made final, of one that was superseded that of the edition which
    took its place. A draft says nothing of its day: that on which it was put into the folder counts.
    """
    entries = [
        _entry(pack, edition, published, system.organisation) for pack in packs for edition in pack.editions
    ]
    newest = sorted(entries, key=lambda entry: entry.updated, reverse=True)[:MOST]
    return render_page(
        "feed.xml",
        system=system,
        feed_id=_id(system.organisation, "feed"),
        updated=newest[0].updated if newest else _BEFORE_ALL,
        entries=newest,
    )


def _entry(pack: Pack, edition: PublishedEdition, published: Path, organisation: str) -> Entry:
    record = edition.record
    dated = pack.current if edition.state == "superseded" else edition
    title = f"{name_of(record)}, {long_date(record.meeting)}, version {record.version}: {edition.state}"
    return Entry(
        id=_id(organisation, f"{record.meeting}/{record.slug}/{record.version}/{edition.state}"),
        title=title,
        updated=f"{_day(dated, published).isoformat()}T00:00:00Z",
        link=address(PAGES, edition.page),
        words=". ".join(_words(edition)),
    )


def _words(edition: PublishedEdition) -> Iterator[str]:
    yield edition.record.board
    if edition.newer is not None:
        yield f"Version {edition.newer.version} has taken the place of this one"
    if edition.record.reason:
        yield edition.record.reason


def _day(edition: PublishedEdition, published: Path) -> dt.date:
    if edition.record.finalised is not None:
        return edition.record.finalised
    written = (published / edition.folder / PACK_JSON).stat().st_mtime
    return dt.datetime.fromtimestamp(written, dt.UTC).date()


def _id(organisation: str, name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'boardpacks:{organisation}/{name}')}"
