"""Says of each file of a pack what it is, in which format and how large, and where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from boardpacks.packs.files.pack_record import FileKind, FileRecord, PackRecord
from boardpacks.packs.library.published_packs import PublishedEdition
from boardpacks.packs.library.working_papers import paper_title

_KINDS: Mapping[FileKind, tuple[str, str]] = {
    "edition": ("The board edition: the few pages that a board reads", "PDF"),
    "edition-page": ("The board edition as a web page", "web page"),
    "edition-word": ("The board edition to comment on; the PDF is the authority", "Word"),
    "edition-large-print": ("The board edition in large print", "PDF"),
    "pdf": ("The pack, to read and print", "PDF"),
    "large-print": ("The pack in large print", "PDF"),
    "addendum": ("What has changed since the last edition", "PDF"),
    "html": ("The pack as a web page", "web page"),
    "xlsx": ("The figures as a workbook for Excel", "XLSX"),
    "ods": ("The figures as a workbook for LibreOffice", "ODS"),
    "data": ("The figures as plain text", "CSV"),
    "facts": ("Every number with its source, for programs", "JSON"),
    "changes": ("What has changed, for programs", "JSON"),
    "working-paper": ("Working paper", "web page"),
}
"""What each kind of file is for, and its format, in the order in which they are offered."""
_ANNEX: Mapping[FileKind, str] = {
    "pdf": "The evidence annex, with every figure",
    "large-print": "The evidence annex in large print",
    "html": "The evidence annex as a web page",
}
"""What these are beside a board edition."""
_LATE_PAPERS = "The late papers by themselves"
"""What the addendum of a meeting pack is."""


@dataclass(frozen=True)
class Download:
    """A file as a page offers it: its address from that page, what it is, format and size, and its checksum."""

    address: str
    kind: FileKind
    words: str
    details: str
    name: str
    sha256: str


def downloads(edition: PublishedEdition, *, up: str = "") -> list[Download]:
    """Return the files of an edition but its working papers, the PDF first; `up` leads from the page to the library."""
    return list(_offered(edition, up, [kind for kind in _KINDS if kind != "working-paper"]))


def papers(edition: PublishedEdition, published: Path, *, up: str = "") -> list[Download]:
    """Return the working papers of an edition, in the order of its chapters, each with its chapter's title."""
    folder = published / edition.folder
    return [
        replace(paper, words=paper_title(folder / paper.name))
        for paper in _offered(edition, up, ["working-paper"])
    ]


def address(*parts: str) -> str:
    """Return a relative address, with every sign that means something in addresses encoded."""
    return "/".join(quote(part) for part in parts)


def size_words(size: int) -> str:
    """Return a size in bytes in words: ``412 kB``."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def _offered(edition: PublishedEdition, up: str, kinds: Sequence[FileKind]) -> Iterator[Download]:
    for kind in kinds:
        for file in edition.record.files:
            if file.kind == kind:
                words, format_ = _KINDS[kind]
                words = _ANNEX.get(kind, words) if edition.record.file("edition") else words
                if (kind, edition.record.kind) == ("addendum", "meeting-pack"):
                    words = _LATE_PAPERS
                yield Download(
                    address=up + address(edition.folder, file.name),
                    kind=kind,
                    words=words,
                    details=f"{format_}{_pages(file, edition.record)}, {size_words(file.size)}",
                    name=file.name,
                    sha256=file.sha256,
                )


def _pages(file: FileRecord, record: PackRecord) -> str:
    pages = file.pages if file.pages is not None or file.kind != "pdf" else record.pages
    return "" if pages is None else f", {pages} page{'s' if pages != 1 else ''}"
