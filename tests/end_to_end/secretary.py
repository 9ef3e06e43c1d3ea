"""Walks a secretary's whole cycle by the commands that a secretary types, and keeps what was seen at each step."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from boardpacks.cli import app
from boardpacks.meetings import layout
from boardpacks.project.folder import Project
from tests.packs.papers import pdfs

HELD = "2026-12-09"
MEETING = f"havering/{HELD}"
LEFT_OUT = ("collaboratives.yml", "assurance.yml")
"""Params that this project does without, beside those of other chapters."""
CHAPTERS = """\
- notebook: long_term_conditions
  scope: place
  priority: long-term-conditions
- notebook: system_overview
  scope: system
"""
CALENDAR = """\
# The board's dates.
place: havering
board: Havering Place Partnership Board
example: true
large_print: true
meetings:
  - date: 2026-12-09 # the winter meeting
  - date: 2027-02-10
"""
CIRCULATION = """\
sender:
  name: Place partnerships secretariat
  address: secretariat@example.org
contact:
  name: Jo Example, board secretary
  address: jo.example@example.org
lists:
  - id: members
    name: Havering board members
    boards: [havering]
    to:
      - name: Ann Example, chair
        address: ann@example.org
      - name: Cy Example
        address: cy@example.org
        large_print: true
    attach: [pdf, addendum, calendar]
  - id: public-interest
    name: People who asked for the public papers
    boards: [all]
    bcc:
      - address: reader@example.org
    link:
      public: https://papers.example.org/packs
"""
FIRST_ROUND = {
    "Starts at": dt.time(14, 0),
    "Ends at": "16.30",
    "Venue": "Committee Room 2, Town Hall",
    "Agenda item": 2,
    "Purpose": "Assurance",
    "Author": "A. Author, Head of Insight",
    "Recommendation": "The board is asked to:\n1. note how Havering is doing\n2. agree who will look into smoking",
    "Executive summary": "In Havering, {fact smoking_prevalence} of adults smoke.",
}
SECOND_ROUND = {
    "Version of the draft": "0.2",
    "Sponsor": "B. Sponsor, Place Director",
    "Previously considered by": "Executive group, 16 November 2026",
    "Conflicts of interest": "None",
    "Risks and board assurance framework": "BAF 3, unequal access to care",
    "Equality impact": "None: no decision is asked for",
    "Financial implications": "None",
    "Legal implications": "None",
}
PUT_RIGHT = {"Sponsor": "C. Sponsor, Place Director", "Risks and board assurance framework": "None"}
AGENDA = (
    {"Item": 1, "Title": "Finance report", "Time": dt.time(14, 10), "PDF of the paper": "Finance report.pdf"},
    {"Item": 2, "Title": "How Havering is doing", "Purpose": "Assurance", "Board pack?": "Yes"},
)
LATE_ITEM = {
    "Item": 3,
    "Title": "Winter plan",
    "PDF of the paper": "Winter plan.pdf",
    "Late?": "Yes",
}
REASON = "The sponsor is C. Sponsor. The winter plan was added."
NOTE = "Page 3: a typing error."

Answers = Mapping[str, object]


@dataclass(frozen=True)
class Walk:
    """What was seen: what each command said, and the published folders as they stood after each step."""

    project: Project
    kept: Path
    said: dict[str, str] = field(default_factory=dict)

    def run(self, step: str, *arguments: str, ends: int = 0) -> None:
        """Type a command that has to end with this status; keep what it said, and what is published after it."""
        result = CliRunner().invoke(app, arguments, prog_name="boardpacks")
        assert result.exit_code == ends, f"{step}: {result.output}"
        self.said[step] = result.output
        if self.project.published.is_dir():
            shutil.copytree(self.project.published, self.kept / step)

    def folder(self, step: str, pack: str) -> Path:
        """Return a pack's folder as it stood after a step."""
        return self.kept / step / HELD / pack

    def pdf(self, step: str, pack: str, ending: str) -> Path:
        """Return one of its PDFs."""
        (path,) = self.folder(step, pack).glob(f"*{ending}.pdf")
        return path

    @property
    def calendar(self) -> Path:
        """The board's file in params."""
        return self.project.params / "meetings" / "havering.yml"

    @property
    def outbox(self) -> Path:
        """Folder of what was prepared for sending."""
        return self.project.published.parent / "circulation"

    def put_paper(self, name: str) -> None:
        """Put somebody else's paper where the agenda's papers lie."""
        folder = self.project.papers / HELD / "havering"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.pdf").write_bytes(pdfs.tagged(self.project, name))

    def write(self, old: str, new: str) -> None:
        """Change the board's file by hand."""
        text = self.calendar.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.calendar.write_text(text.replace(old, new), encoding="utf-8")


def walk_cycle(project: Project, kept: Path) -> Walk:
    """Go from an empty form to version 1.1, in the order in which a secretary does."""
    walk = Walk(project, kept)
    walk.put_paper("Finance report")
    walk.run("form", "meeting", "form", MEETING, "--out", "first.xlsx")
    fill(project.root / "first.xlsx", FIRST_ROUND, AGENDA)
    walk.run("read", "meeting", "read", "first.xlsx")
    build = ("build", "--place", "havering", "--meeting", HELD, "--engine", "bundled")
    walk.run("example refused", "finalise", MEETING, "--engine", "bundled", ends=2)

    walk.write("example: true", "example: false")
    walk.run("draft", *build)
    walk.run("draft refused", "finalise", MEETING, "--engine", "bundled", ends=2)
    walk.run("draft not circulated", "circulate", MEETING, ends=2)
    (project.published / HELD / "havering" / "comments of the chair.txt").write_text(NOTE, encoding="utf-8")
    walk.run("second form", "meeting", "form", MEETING, "--out", "second.xlsx")
    fill(project.root / "second.xlsx", SECOND_ROUND)
    walk.run("second read", "meeting", "read", "second.xlsx")
    walk.run("unread refused", "finalise", MEETING, "--engine", "bundled", ends=2)
    walk.run("second draft", *build)

    walk.run("final", "finalise", MEETING, "--engine", "bundled", "--on", "2026-12-01")
    walk.run("final built again", *build)
    walk.run("circulated", "circulate", MEETING)
    of_version_one = walk.calendar.read_bytes()

    walk.run("third form", "meeting", "form", MEETING, "--out", "third.xlsx")
    fill(project.root / "third.xlsx", PUT_RIGHT, (*AGENDA, LATE_ITEM), REASON)
    walk.run("third read", "meeting", "read", "third.xlsx")
    walk.run("late paper missing", *build, ends=1)
    walk.put_paper("Winter plan")
    walk.run("correction", *build)
    walk.run("correction not circulated", "circulate", MEETING, ends=2)
    walk.run("final again", "finalise", MEETING, "--engine", "bundled", "--on", "2026-12-03")
    walk.run("circulated again", "circulate", MEETING)
    of_version_two = walk.calendar.read_bytes()
    walk.calendar.write_bytes(of_version_one)  # somebody's old copy of params
    walk.run("superseded not circulated", "circulate", MEETING, ends=2)
    walk.calendar.write_bytes(of_version_two)
    walk.run("verified", "verify", str(project.published / HELD / "havering_v1.1"))
    return walk


def fill(form: Path, answers: Answers, agenda: tuple[Answers, ...] = (), reason: str = "") -> None:
    """Put answers into a form's cells by their labels, as somebody does in Excel, and save it."""
    book = load_workbook(form)
    sheet = book[layout.MEETING]
    rows = {sheet.cell(row, 1).value: row for row in range(layout.FIRST_ROW, sheet.max_row + 1)}
    for label, answer in answers.items():
        sheet.cell(rows[label], 2).value = answer
    headings = _headings(book[layout.AGENDA])
    for row, item in enumerate(agenda, start=layout.FIRST_ROW):
        for label, answer in item.items():
            book[layout.AGENDA].cell(row, headings[label]).value = answer
    if reason:
        corrections = book[layout.CORRECTIONS]
        corrections.cell(layout.FIRST_ROW, 2).value = "Correction"
        corrections.cell(layout.FIRST_ROW, 3).value = reason
    book.save(form)


def _headings(sheet: Worksheet) -> dict[str, int]:
    cells = sheet[layout.FIRST_ROW - 1]
    return {str(cell.value).split("\n")[0]: cell.column for cell in cells}
