"""What the form asks: its sheets, and each question with its label, its kind of answer and a line of help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from boardpacks.params.agenda import field_label

FORM_VERSION = "1"
"""Goes up whenever a form written before could not be read any more."""

MEETING, AGENDA, CORRECTIONS, ABOUT = "Meeting", "Agenda", "Corrections", "About this form"
ACTIONS, MEASURES = "Action log", "Measures"
"""Names of the sheets."""

FIRST_ROW = 4
"""Row of the first answer on each sheet: a title, a line on what to do and the headings stand above."""

MOST_ITEMS = 40
"""Rows that the agenda has, and the action log."""

Kind = Literal["date", "clock", "line", "text", "item", "version", "choice", "file", "yes", "measure"]


@dataclass(frozen=True)
class Question:
    """A question of the form.

    Parameters
    ----------
    key
        The key of params that the answer goes to.
    label
        What the form calls it.
    kind
        What kind of answer it takes.
    about
        One line of help.
    choices
        What there is to choose from, with the word of params for each.
    on_sheet
        The answer belongs to the front sheet, not to the meeting itself.
    width
        Width of its column, where questions stand side by side.
    """

    key: str
    label: str
    kind: Kind
    about: str
    choices: tuple[tuple[str, str], ...] = ()
    on_sheet: bool = False
    width: int = 16


PURPOSES = (("Decision", "decision"), ("Assurance", "assurance"), ("Information", "information"))
PARTS = (("Public", "public"), ("Confidential", "confidential"))
KINDS = (("Correction", "correction"), ("Addendum", "addendum"), ("Late paper", "late-paper"))
YES = (("Yes", "yes"), ("No", "no"))

DATE = Question("date", "Date", "date", "Day of the meeting, such as 9 December 2026.")
DRAFT = Question(
    "draft", "Version of the draft", "version", "Such as 0.2. Leave it when you are not counting drafts."
)
_MEETING = (
    DATE,
    Question("starts", "Starts at", "clock", "Such as 14:00."),
    Question("ends", "Ends at", "clock", "Such as 16:30. May stay empty."),
    Question("venue", "Venue", "line", "Room and building, or how to join online."),
    DRAFT,
)


def _on_sheet(key: str, kind: Kind, about: str, choices: tuple[tuple[str, str], ...] = ()) -> Question:
    return Question(key, field_label(key), kind, about, choices, on_sheet=True)


_NONE = "Write None where there is nothing to say."
_FRONT_SHEET = (
    _on_sheet("item", "item", "Number on the agenda, such as 7 or 7.1."),
    _on_sheet("title", "line", "May stay empty: the pack's own title stands then."),
    _on_sheet("purpose", "choice", "Choose from the list.", PURPOSES),
    _on_sheet("part", "choice", "Confidential is for the part that is held in private.", PARTS),
    _on_sheet("author", "line", "Name and role of who wrote the paper."),
    _on_sheet("sponsor", "line", "Name and role of the director who answers for it."),
    _on_sheet(
        "recommendation",
        "text",
        "What the board is asked to do. Begin the lines of a list with 1. or a hyphen.",
    ),
    _on_sheet(
        "executive_summary",
        "text",
        "What members have to know. May quote figures of the pack: {fact smoking_prevalence}.",
    ),
    _on_sheet("previously_considered_by", "text", f"Groups and dates. {_NONE}"),
    _on_sheet("conflicts_of_interest", "text", f"Interests declared, and what was done. {_NONE}"),
    _on_sheet("risks", "text", f"Risks, and lines of the board assurance framework. {_NONE}"),
    _on_sheet("equality_impact", "text", f"Who is affected, and whether it was assessed. {_NONE}"),
    _on_sheet("financial_implications", "text", _NONE),
    _on_sheet("legal_implications", "text", _NONE),
)


def meeting_questions(*, has_final: bool) -> tuple[Question, ...]:
    """Return the questions on the meeting and its front sheet; once an edition is final no draft has a version."""
    own = [question for question in _MEETING if not (has_final and question is DRAFT)]
    return (*own, *_FRONT_SHEET)


AGENDA_QUESTIONS = (
    Question("item", "Item", "item", "such as 7 or 7.1", width=10),
    Question("title", "Title", "line", "what the item is called", width=44),
    Question("time", "Time", "clock", "such as 14:15", width=10),
    Question("lead", "Lead", "line", "who presents it", width=24),
    Question("purpose", "Purpose", "choice", "choose", PURPOSES, width=14),
    Question("part", "Part", "choice", "public when empty", PARTS, width=14),
    Question("file", "PDF of the paper", "file", "its file name, such as 08 Finance report.pdf", width=32),
    Question("pack", "Board pack?", "yes", "Yes at the item of the board pack", YES, width=15),
    Question("annex", "Evidence annex?", "yes", "Yes at the item of the pack's annex", YES, width=18),
    Question("late", "Late?", "yes", "Yes if it came after the first final edition", YES, width=15),
)
CORRECTION_QUESTIONS = (
    Question("version", "Version", "version", "that puts it right", width=10),
    Question("kind", "Kind", "choice", "choose", KINDS, width=16),
    Question(
        "reason", "What was put right or added", "text", "in plain sentences: members read it", width=90
    ),
)
ACTION_QUESTIONS = (
    Question("indicator", "Measure", "measure", "choose, or type its name", width=40),
    Question("action", "Action", "line", "what was agreed", width=48),
    Question("owner", "Owner", "line", "who does it", width=24),
    Question("agreed", "Agreed on", "date", "day of the meeting", width=20),
    Question("due", "By", "date", "when it is to be done", width=20),
    Question("closed", "Closed on", "date", "empty while it is open", width=20),
)
PLACE, HELD, VERSION = "Place", "Meeting", "Version of the form"
"""What the last sheet states, so that a form is read into the meeting that it was written for."""
