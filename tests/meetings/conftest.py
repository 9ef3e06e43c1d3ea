"""A project's own params in a folder of their own, and forms that somebody has filled in."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from boardpacks.meetings.form import write_form
from boardpacks.meetings.layout import MEETING
from boardpacks.params.calendars import Calendar
from boardpacks.params.load import load_params

ROOT = Path(__file__).parents[2]

CALENDAR = """\
# The board's own dates.
place: havering
board: Havering Board # as it is called
example: false
meetings:
  - date: 2026-12-09 # the winter meeting
    starts: "14:00"
    venue: 'Old Hall'  # ask for the key
    front_sheet:
      item: "7"
      # title: not yet
      purpose: assurance      # decision, assurance or information
      # who answers for it
      sponsor: B. Sponsor, Place Director
      recommendation: |-
        The board is asked to:

        1. note it
        2. agree it
      # The summary may quote figures.
      executive_summary: >-
        A text that is
        wrapped over lines.
    # The agenda comes last.
    agenda:
      # opening
      - item: "1"
        title: Welcome
      - item: "7" # ours
        title: How Havering is doing
        pack: true
  # spring
  - date: 2027-02-10
"""

Edit = Mapping[str, Any]
"""Answers by cell, of the first sheet or, as ``Agenda!A4``, of another."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A params folder with a calendar full of comments."""
    made = tmp_path / "params"
    shutil.copytree(ROOT / "params", made)
    (made / "meetings" / "havering.yml").write_text(CALENDAR, encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def form_of() -> Callable[[Calendar, int], bytes]:
    """Return a function that writes the form of a calendar's meeting, each once: that takes longer than reading it."""
    written: dict[tuple[str, int], bytes] = {}

    def form(calendar: Calendar, number: int) -> bytes:
        key = calendar.model_dump_json(), number
        if key not in written:
            written[key] = write_form(calendar, calendar.meetings[number])
        return written[key]

    return form


@pytest.fixture
def fill(folder: Path, tmp_path: Path, form_of: Callable[[Calendar, int], bytes]) -> Callable[..., Path]:
    """Return a function that writes a meeting's form, puts answers into it and saves it."""

    def filled(
        edit: Edit | None = None, *, place: str = "havering", number: int = 0, name: str = "form.xlsx"
    ) -> Path:
        calendar = load_params(folder).calendars[place]
        book = load_workbook(io.BytesIO(form_of(calendar, number)))
        for where, value in (edit or {}).items():
            sheet, _, cell = where.rpartition("!")
            book[sheet or MEETING][cell].value = value
        path = tmp_path / name
        book.save(path)
        return path

    return filled
