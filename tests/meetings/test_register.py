"""Writing final editions into a calendar's file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from boardpacks.meetings.register import write_edition
from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.check_model import check_model
from boardpacks.params.read_yaml import read_document
from boardpacks.project.errors import BoardpacksError

DIGEST = "0123456789" * 6 + "0000"
CALENDAR = """\
# The board's own dates.
place: havering
board: "Havering Place Partnership Board"
meetings:
  - date: 2026-12-09 # the winter meeting
    draft: "0.3"
    front_sheet:
      item: "7"
      recommendation: >-
        The board is asked to note the pack,
        and to agree the actions.
  # Before Easter.
  - date: 2027-02-10
"""
FLUSH = CALENDAR.replace("\n    ", "\n  ").replace("\n  -", "\n-")


def read(path: Path) -> Calendar:
    document, faults = read_document(path, path.name)
    assert document is not None
    assert not faults
    calendar, faults = check_model(Calendar, document)
    assert calendar is not None, faults
    return calendar


def write(path: Path, meeting: Meeting) -> str:
    write_edition(path, meeting)
    return path.read_text(encoding="utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "havering.yml"
    file.write_text(CALENDAR, encoding="utf-8")
    return file


def final(path: Path) -> Meeting:
    return read(path).meetings[0].made_final(dt.date(2026, 12, 1), {"havering": DIGEST})


def test_a_final_edition_is_added_and_nothing_else_changes(path):
    meeting = final(path)
    text = write(path, meeting)
    added = f"""\
    finals:
      - version: "1.0"
        date: 2026-12-01
        meeting: 2026-12-09
        packs:
          havering: "{DIGEST}"
"""
    assert text == CALENDAR.replace('    draft: "0.3"\n', added + '    draft: "0.3"\n')
    assert read(path).meetings[0] == meeting


def test_a_list_that_is_not_indented_stays_so(path):
    path.write_text(FLUSH, encoding="utf-8")
    text = write(path, final(path))
    assert "\n- date: 2026-12-09 # the winter meeting\n" in text
    assert read(path).meetings[0].version == "1.0"


def test_writing_the_same_again_changes_nothing(path):
    meeting = final(path)
    once = write(path, meeting)
    assert write(path, meeting) == once


def test_an_earlier_edition_is_brought_back(path):
    meeting = final(path)
    write(path, meeting)
    text = write(path, meeting.as_of("0.3", None, "havering"))
    assert "finals" not in text
    assert read(path).meetings[0].version == "0.3"


def test_a_meeting_that_is_gone_is_named(path):
    meeting = Meeting(date=dt.date(2026, 1, 1))
    with pytest.raises(BoardpacksError, match=r"havering\.yml: the meeting of 2026-01-01 is no longer there"):
        write_edition(path, meeting)
    assert path.read_text(encoding="utf-8") == CALENDAR


def test_line_ends_of_windows_stay(path):
    meeting = final(path)
    path.write_bytes(CALENDAR.replace("\n", "\r\n").encode())
    write_edition(path, meeting)
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > CALENDAR.count("\n")
    assert read(path).meetings[0] == meeting


@pytest.mark.parametrize(("engine", "line"), [("quarto", "        engine: quarto\n"), ("bundled", "")])
def test_the_engine_is_written_down_where_it_is_not_the_usual_one(path, engine, line):
    meeting = final(path)
    edition = meeting.finals[0].model_copy(update={"engine": engine})
    text = write(path, meeting.model_copy(update={"finals": (edition,)}))
    assert line in text
    assert ("engine" in text) == bool(line)
    assert read(path).meetings[0].finals[0].engine == engine
