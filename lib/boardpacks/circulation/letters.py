"""Plans the messages: which list gets which files of which part, attached or linked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from boardpacks.circulation.calendar_entries import meeting_entry
from boardpacks.circulation.final_edition import KINDS, FinalEdition, PackFile, PartPapers
from boardpacks.circulation.safe_text import MEGABYTE, one_line, size
from boardpacks.circulation.zip_part import archive, archive_name
from boardpacks.packs.files.pack_record import FileKind
from boardpacks.params.agenda import Part
from boardpacks.params.recipients import Circulation, DistributionList, FileChoice, Person, Recipient
from boardpacks.project.errors import InputError, Problem

WHERE = "params/circulation.yml"
FILE_WORDS: Mapping[FileKind, str] = {
    "edition": "board edition, PDF of a few pages",
    "edition-page": "board edition, web page",
    "edition-large-print": "board edition, PDF in large print",
    "pdf": "PDF",
    "large-print": "PDF in large print",
    "addendum": "PDF with only what has changed",
    "html": "web page, for screens and phones",
    "xlsx": "its figures, Excel workbook",
    "ods": "its figures, OpenDocument workbook",
    "data": "its figures, CSV",
    "facts": "its figures for programs, JSON",
    "changes": "what has changed, JSON",
}
LATE_PAPERS = "PDF with only the late papers"
"""What the addendum of a meeting pack is."""
_TYPES: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv",
    ".json": "application/json",
    ".zip": "application/zip",
    ".ics": "text/calendar",
}
_FOR_PROGRAMS: tuple[FileKind, ...] = ("facts", "changes")
"""Files that nobody reads: they are linked only for lists that ask for them."""
_NOT_ALWAYS: tuple[FileChoice, ...] = (
    "addendum",
    "changes",
    "edition",
    "edition-page",
    "edition-large-print",
)
"""Files that only some editions have: a list that asks for them gets them when they are there."""
_LARGE_EDITION: FileKind = "edition-large-print"
_IN_LARGE_PRINT: Mapping[str, FileKind] = {"edition": _LARGE_EDITION, "pdf": "large-print"}
"""What readers of large print get in place of a PDF."""


@dataclass(frozen=True)
class LetterAttachment:
    """A file that goes with a message; ``words`` say what it is."""

    name: str
    words: str
    content: bytes

    @property
    def media_type(self) -> str:
        """What mail programs are told that it is."""
        return _TYPES.get(PurePosixPath(self.name).suffix, "application/octet-stream")

    @property
    def sha256(self) -> str:
        """Its digest."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class LetterLink:
    """A file that a message leads to: what it is, where it lies as people read it, and as programs follow it."""

    file: PackFile
    words: str
    address: str
    url: str


@dataclass(frozen=True)
class Letter:
    """A message to be: who gets what of which part of the papers.

    ``too_large`` says that files are linked only because they are too large to be attached.
    """

    edition: FinalEdition
    papers: PartPapers
    settings: Circulation
    to_list: DistributionList
    large_print: bool
    attached: tuple[LetterAttachment, ...]
    linked: tuple[LetterLink, ...]
    too_large: bool

    @property
    def part(self) -> Part:
        """The part of the meeting whose papers it brings."""
        return self.papers.part

    @property
    def name(self) -> str:
        """Name of its draft, without the ending."""
        part = "part-1" if self.part == "public" else "part-2"
        return f"{self.to_list.id}_{part}{'_large-print' if self.large_print else ''}"

    @property
    def message_id(self) -> str:
        """Its identity: the same for the same edition, list and part, however often it is written."""
        final = self.edition.final
        told = [
            self.edition.stem,
            self.name,
            *(f"{slug} {final.packs[slug]}" for slug in sorted(final.packs)),
        ]
        mark = hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
        return f"<{mark}@{self.settings.sender.address.rpartition('@')[2]}>"

    @property
    def to(self) -> tuple[Recipient, ...]:
        """Whom it is addressed to."""
        return self._who(self.to_list.to)

    @property
    def cc(self) -> tuple[Recipient, ...]:
        """Who gets a copy."""
        return self._who(self.to_list.cc)

    @property
    def bcc(self) -> tuple[Recipient, ...]:
        """Who gets a copy that the others do not know of."""
        return self._who(self.to_list.bcc)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Everybody's address."""
        return tuple(each.address for each in (*self.to, *self.cc, *self.bcc))

    def _who(self, people: Sequence[Recipient]) -> tuple[Recipient, ...]:
        return tuple(each for each in people if each.large_print == self.large_print)


def plan_letters(edition: FinalEdition, settings: Circulation) -> tuple[Letter, ...]:
    """Return the messages of an edition, in the order of the lists, part I first.

    People who read large print get a message of their own, so that nobody else learns who they are.

    Raises
    ------
    InputError
        When no list gets the board's papers, when a file that a list gets is not in the pack, or when files are too
        large to be attached and cannot be linked.
    """
    problems: list[Problem] = []
    letters = []
    for number, to_list in enumerate(settings.lists):
        for papers in edition.parts:
            if not to_list.gets(edition.calendar.place, papers.part):
                continue
            for large_print in sorted({each.large_print for each in to_list.recipients}):
                try:
                    letters.append(_letter(edition, papers, settings, number, large_print=large_print))
                except InputError as error:
                    problems += error.problems
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    if not letters:
        raise InputError([_nobody(edition, settings)])
    return tuple(letters)


def person(who: Person) -> str:
    """Return somebody as people read it: ``A. Member <a@example.org>``."""
    return f"{one_line(who.name)} <{who.address}>" if who.name else who.address


def _letter(
    edition: FinalEdition, papers: PartPapers, settings: Circulation, number: int, *, large_print: bool
) -> Letter:
    to_list = settings.lists[number]
    chosen = _chosen(papers, to_list.attach, f"lists[{number}].attach", large_print=large_print)
    extra = _extra(edition, papers, settings, to_list.attach)
    whole = sum(file.record.size for file in chosen) + sum(len(each.content) for each in extra)
    base = to_list.link.base(papers.part) if to_list.link else None
    too_large = whole > settings.megabytes * MEGABYTE
    if too_large and base is None:
        raise InputError([_too_large(f"lists[{number}].attach", to_list, settings, whole)])
    if too_large:
        chosen, extra = (), tuple(each for each in extra if not each.name.endswith(".zip"))
    attached = (*(LetterAttachment(f.record.name, _words(f), f.path.read_bytes()) for f in chosen), *extra)
    linked = tuple(
        _link(file, base)
        for file in papers.files
        if base is not None
        and file not in chosen
        and (file.kind not in _FOR_PROGRAMS or file.kind in to_list.attach)
    )
    return Letter(edition, papers, settings, to_list, large_print, attached, linked, too_large)


def _chosen(
    papers: PartPapers, kinds: Sequence[FileChoice], key: str, *, large_print: bool
) -> tuple[PackFile, ...]:
    """Return the files that a list gets; readers of large print get that in place of the same pack's PDFs.

    They get the board edition whatever the list attaches, since it is what the meeting reads.
    """
    there = {file.kind for file in papers.files}
    wanted: set[str] = set(kinds)
    if large_print:
        wanted |= {_LARGE_EDITION} & there
        wanted |= {"large-print"} if "pdf" in kinds or _LARGE_EDITION not in there else set()
    missing = [kind for kind in KINDS if kind in wanted and kind not in there and kind not in _NOT_ALWAYS]
    if missing:
        raise InputError([_not_there(kind, key, papers) for kind in missing])
    chosen = tuple(file for file in papers.files if file.kind in wanted)
    if not large_print:
        return chosen
    large = {(file.pack, file.kind) for file in chosen}
    return tuple(f for f in chosen if (f.pack, _IN_LARGE_PRINT.get(f.kind)) not in large)


def _extra(
    edition: FinalEdition, papers: PartPapers, settings: Circulation, kinds: Sequence[FileChoice]
) -> tuple[LetterAttachment, ...]:
    made = []
    if "zip" in kinds:
        content = archive(edition, papers)
        words = f"All files with their checksums, zip, {size(len(content))}"
        made.append(LetterAttachment(archive_name(edition, papers), words, content))
    if "calendar" in kinds:
        entry = meeting_entry(edition, settings.sender.address.rpartition("@")[2])
        made.append(LetterAttachment(meeting_entry_name(edition), "The meeting, for your calendar", entry))
    return tuple(made)


def meeting_entry_name(edition: FinalEdition) -> str:
    """Return the name of the meeting's calendar entry."""
    return f"{edition.stem}_meeting.ics"


def _words(file: PackFile) -> str:
    pages = f", {file.pack.pages} pages" if file.kind == "pdf" and file.pack.pages else ""
    late = file.kind == "addendum" and file.pack.kind == "meeting-pack"
    words = LATE_PAPERS if late else FILE_WORDS[file.kind]
    return f"{one_line(file.pack.title)}: {words}{pages}, {size(file.record.size)}"


def _link(file: PackFile, base: str) -> LetterLink:
    steps = (file.pack.meeting.isoformat(), file.pack.edition, file.record.name)
    if base.startswith(("http://", "https://")):
        address = "/".join([base.rstrip("/"), *steps])
        return LetterLink(file, _words(file), address, quote(address, safe=":/%~!$&'()*+,;="))
    if base.startswith("/"):
        place = PurePosixPath(base, *steps)
        return LetterLink(file, _words(file), str(place), place.as_uri())
    share = PureWindowsPath(base, *steps)
    return LetterLink(file, _words(file), str(share), share.as_uri())


def _not_there(kind: str, key: str, papers: PartPapers) -> Problem:
    there = ", ".join(dict.fromkeys(file.kind for file in papers.files))
    hints = {"large-print": "large_print: true in the board's calendar makes one with the next edition"}
    found = f"{kind}, which {papers.pack.edition} does not have"
    return Problem(WHERE, key, found, f"{there}, zip, calendar", hints.get(kind, "build all formats"))


def _too_large(key: str, to_list: DistributionList, settings: Circulation, whole: int) -> Problem:
    return Problem(
        WHERE,
        key,
        f"{size(whole)} for {to_list.name}",
        f"at most {settings.megabytes:g} MB in one message, as megabytes says",
        "attach less, or give the list a link: what is too large is linked then",
    )


def _nobody(edition: FinalEdition, settings: Circulation) -> Problem:
    parts = " and ".join("part I" if papers.part == "public" else "part II" for papers in edition.parts)
    known = ", ".join(f"{each.id} ({', '.join(each.boards)})" for each in settings.lists)
    found = f"no list for {edition.calendar.place}, {parts}"
    return Problem(
        WHERE, "lists", found, f"a list with {edition.calendar.place} under boards; known: {known}"
    )
