"""Words the message that comes with the papers, as plain text and as simple HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from boardpacks.circulation.letters import Letter
from boardpacks.circulation.safe_text import day, lines, one_line
from boardpacks.params.calendars import Correction, CorrectionKind
from boardpacks.project.dates import long_date

_QUOTE = re.compile(r"\{[^{}]*\}")
"""A quoted fact: the pack fills it in, a message cannot."""
_STRESS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_POINT = re.compile(r"([-*+]|\d{1,3}[.)])\s+")
_KINDS: Mapping[CorrectionKind, tuple[str, str]] = {
    "correction": ("Corrected: ", "It puts something right"),
    "addendum": ("Added to: ", "It adds something"),
    "late-paper": ("Late paper: ", "It adds a paper that came late"),
}
"""What the subject of a later edition begins with, and what its message says of it."""
CONFIDENTIAL = (
    "Confidential. These papers are for part II of the meeting, which is held in private. Please do not pass them on, "
    "and keep them where nobody else can open them. If you got this message by mistake, tell us and delete it."
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, and the points of a list below it."""

    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoverNote:
    """What a message says.

    Parameters
    ----------
    subject
        One line.
    opening
        Paragraphs before everything else.
    warning
        What stands out: that the papers are confidential. Empty in part I.
    rows
        The meeting in brief: labels and what they are of.
    asked
        What the board is asked: paragraphs, each with the points that follow it.
    agenda
        Items of the agenda.
    attached, linked
        Files in words; of those that are linked also where they lie, and a URL.
    contact, address
        Whom to ask, in words, and the e-mail address.
    """

    subject: str
    opening: tuple[str, ...]
    warning: str
    rows: tuple[tuple[str, str], ...]
    asked: tuple[Paragraph, ...]
    agenda: tuple[str, ...]
    attached: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, str, str], ...]
    too_large: bool
    contact: str
    address: str


def word_cover(letter: Letter) -> CoverNote:
    """Return what a message says, without a character that could steer a mail program."""
    edition, papers = letter.edition, letter.papers
    board, final = one_line(edition.calendar.board), edition.final
    part = "confidential papers (part II)" if letter.part == "confidential" else "papers"
    correction = edition.meeting.correction
    again = _KINDS[correction.kind][0] if correction else ""
    attached = tuple((each.name, each.words) for each in letter.attached)
    contact = letter.settings.asked
    return CoverNote(
        subject=f"{again}{board}, {long_date(edition.meeting.date)}: {part}, version {final.version}",
        opening=_opening(letter, part),
        warning=CONFIDENTIAL if letter.part == "confidential" else "",
        rows=(
            ("Meeting", board),
            ("Date", day(edition.meeting.date)),
            ("Time", edition.meeting.hours or "To be confirmed"),
            ("Venue", one_line(edition.meeting.venue or "To be confirmed")),
            ("Papers", one_line(papers.pack.title)),
            ("Version", f"{final.version}, final, of {long_date(final.date)}"),
        ),
        asked=_asked(letter),
        agenda=_agenda(letter),
        attached=attached,
        linked=tuple((link.words, link.address, link.url) for link in letter.linked),
        too_large=letter.too_large,
        contact=", ".join(one_line(text) for text in (contact.name, contact.phone) if text),
        address=contact.address,
    )


def cover_text(cover: CoverNote) -> str:
    """Return the message as plain text."""
    parts = [
        "Dear all,",
        *cover.opening,
        cover.warning,
        "\n".join(f"{label}: {content}" for label, content in cover.rows),
        _asked_text(cover.asked),
        _listed("Agenda", cover.agenda),
        _listed("Attached", [f"{words}\n  {name}" for name, words in cover.attached]),
        _listed(
            "To open or download" + (" (too large to attach)" if cover.too_large else ""),
            [f"{words}\n  {address}" for words, address, _ in cover.linked],
        ),
        "Questions, or the papers in another format, such as large print:\n"
        + ", ".join(filter(None, (cover.contact, cover.address))),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def cover_html(cover: CoverNote) -> str:
    """Return the message as a page that needs nothing from elsewhere; all text in it is escaped."""
    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("cover.html").render(cover=cover) + "\n"


def _opening(letter: Letter, part: str) -> tuple[str, ...]:
    edition = letter.edition
    meeting, board = edition.meeting, one_line(edition.calendar.board)
    here = "attached" if letter.attached and not letter.too_large else "ready"
    first = f"The {part} for the meeting of the {board} on {day(meeting.date)} are {here}."
    if meeting.correction is None or meeting.corrects is None:
        return (first,)
    return (first, *_correction(letter, meeting.correction, meeting.corrects))


def _correction(letter: Letter, correction: Correction, corrects: str) -> tuple[str, ...]:
    """Return what changed, as the pack itself says it, and what becomes of the earlier edition."""
    edition, reason = letter.edition, letter.papers.pack.reason
    earlier = next(each for each in edition.meeting.finals if each.version == corrects)
    why = f": {lines(reason).strip()}" if reason else "."
    was = edition.meeting.corrected_date
    moved = (
        (f"The meeting was called for {day(was)}. It is now on {day(edition.meeting.date)}.",) if was else ()
    )
    return (
        *moved,
        f"This is version {edition.final.version}. {_KINDS[correction.kind][1]}{why}",
        f"It replaces version {corrects} of {long_date(earlier.date)}. "
        f"Please use only version {edition.final.version} from now on.",
    )


def _asked(letter: Letter) -> tuple[Paragraph, ...]:
    sheet = letter.edition.meeting.front_sheet
    if letter.part == "public" and sheet.part == "confidential":
        return ()
    said = (Paragraph(f"For {sheet.purpose}."),) if sheet.purpose else ()
    if sheet.recommendation and _QUOTE.search(sheet.recommendation):
        return (*said, Paragraph("The recommendation is on the front sheet."))
    return (*said, *_paragraphs(sheet.recommendation or ""))


def _paragraphs(markdown: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text in plain Markdown, each with the list below it; stress is left out."""
    found: list[Paragraph] = []
    for block in re.split(r"\n\s*\n", _STRESS.sub(r"\2", lines(markdown)).strip()):
        said: list[str] = []
        points: list[str] = []
        for line in filter(None, map(str.strip, block.splitlines())):
            point = _POINT.match(line)
            if point:
                points.append(line[point.end() :])
            elif points:
                points[-1] += f" {line}"
            else:
                said.append(line)
        if not said and found and not found[-1].points:
            found[-1] = Paragraph(found[-1].text, tuple(points))
        elif said or points:
            found.append(Paragraph(" ".join(said), tuple(points)))
    return tuple(found)


def _agenda(letter: Letter) -> tuple[str, ...]:
    items = [item for item in letter.edition.meeting.agenda if item.part == letter.part]
    return tuple(
        f"{one_line(item.item)}. {one_line(item.title)}" + (f" (for {item.purpose})" if item.purpose else "")
        for item in items
    )


def _asked_text(asked: tuple[Paragraph, ...]) -> str:
    shown = [
        "\n".join([*filter(None, [each.text]), *(f"- {point}" for point in each.points)]) for each in asked
    ]
    return "\n\n".join(["What the board is asked:", *shown]) if asked else ""


def _listed(heading: str, items: Sequence[str]) -> str:
    return "\n".join([f"{heading}:", *(f"- {item}" for item in items)]) if items else ""
