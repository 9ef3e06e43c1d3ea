"""Writing answers into the calendar's file: nothing else changes, and it is whole or not at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from boardpacks.meetings import write_calendar as module
from boardpacks.meetings.read_form import read_form
from boardpacks.meetings.write_calendar import changes, write_changes
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError
from tests.meetings.conftest import CALENDAR, ROOT


def read_in(path: Path, folder: Path, **options: bool) -> list[str]:
    form = read_form(path, load_params(folder))
    found = changes(form)
    if found:
        write_changes(form, folder, **options)
    return [change.label for change in found]


def calendar(folder: Path) -> str:
    return (folder / "meetings" / "havering.yml").read_bytes().decode()


def comments(text: str) -> list[str]:
    return sorted(line.partition("#")[2].strip() for line in text.splitlines() if "#" in line)


def test_only_what_was_answered_otherwise_changes(fill, folder):
    path = fill({"B7": "New Hall", "B11": "Decision", "B5": dt.time(15)})

    assert read_in(path, folder) == ["Starts at", "Venue", "Purpose"]

    assert calendar(folder) == (
        CALENDAR.replace("Old Hall", "New Hall")
        .replace('"14:00"', '"15:00"')
        .replace("purpose: assurance", "purpose: decision ")
    )
    assert comments(calendar(folder)) == comments(CALENDAR)


def test_the_second_time_nothing_changes(fill, folder):
    path = fill({"B7": "New Hall", "B17": "One.\nTwo: three.\n- a\n- b", "B19": "Long words " * 40, "Agenda!A6": 8,
                 "Agenda!B6": "Finance: #1", "Agenda!F6": "Confidential", "B4": "10/12/2026"})  # fmt: skip
    assert read_in(path, folder)
    once = calendar(folder)

    assert read_in(path, folder) == []
    assert calendar(folder) == once


@pytest.mark.parametrize(
    "edit",
    [
        {"B14": None, "B11": None},
        {"B15": None, "B16": None},
        {"B15": "One line."},
        {"B9": None, "B11": None, "B14": None, "B15": None, "Agenda!H5": None},
        {"B20": "New " * 50},
        {"B22": "New"},
        {"B16": "First.\nSecond."},
        {"Agenda!A6": "8", "Agenda!B6": "New"},
        {"Agenda!A5": None, "Agenda!B5": None, "Agenda!F5": None, "Agenda!H5": None},
        {"B5": None, "B7": None},
        {"B6": dt.time(17)},
        {
            "B7": "yes",
            "B13": "12:30",
            "B10": "2026-12-09",
            "B17": "null",
            "B18": "- a: b",
            "B21": "'x' \"y\" \\z",
        },
        {
            "B7": "A # B",
            "B13": "Name: role",
            "B10": "\u05d0 \u05e9\u05dc\u05d5\u05dd \u00e9",
            "B17": "%d",
            "B18": "*",
        },
    ],
)
def test_comments_stay_and_what_is_read_back_is_what_was_answered(edit, fill, folder):
    form = read_form(fill(edit), load_params(folder))

    write_changes(form, folder)

    assert load_params(folder).calendars["havering"].meetings[0] == form.after
    lost = {"decision, assurance or information", "who answers for it", "ours", "ask for the key"}
    kept = comments(calendar(folder))
    assert [one for one in comments(CALENDAR) if one not in kept and one not in lost] == []
    before = CALENDAR.splitlines()
    assert calendar(folder).splitlines()[:6] == before[:6]
    assert calendar(folder).splitlines()[-2:] == before[-2:]


def test_no_agenda_any_more(fill, folder):
    path = fill({f"Agenda!{column}{row}": None for column in "ABCDEFGHI" for row in (4, 5)})
    assert read_in(path, folder) == ["Agenda"]
    assert "agenda:" not in calendar(folder)
    assert load_params(folder).calendars["havering"].meetings[1].date == dt.date(2027, 2, 10)


def test_an_empty_meeting_gets_all_its_answers(fill, folder):
    path = fill(
        {"B5": "14:00", "B7": "Hall", "B9": 7, "B13": "A. Author", "Agenda!A4": 1, "Agenda!B4": "Welcome"},
        number=1,
    )
    read_in(path, folder)
    assert calendar(folder).startswith(CALENDAR)
    assert calendar(folder)[len(CALENDAR) :] == (
        '    starts: "14:00"\n    venue: Hall\n    front_sheet:\n      item: "7"\n      author: A. Author\n'
        '    agenda:\n      - item: "1"\n        title: Welcome\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        CALENDAR.replace("\n", "\r\n"),
        "\ufeff" + CALENDAR,
        "place: havering\nboard: B\nmeetings:\n- date: 2026-12-09\n  starts: '15:00'\n- date: 2027-02-10\n",
    ],
)
def test_the_way_that_a_file_is_written_stays(text, fill, folder):
    (folder / "meetings" / "havering.yml").write_bytes(text.encode())
    read_in(fill({"B6": "17:00"}), folder)
    changed = calendar(folder)
    line = next(line for line in changed.splitlines(keepends=True) if "ends:" in line)
    assert changed.replace(line, "") == text


def test_final_editions_stay_as_they_are(fill, folder):
    finals = (
        f'    finals: # made final\n      - version: "1.0"\n        date: 2026-12-01\n        packs:\n'
        f"          havering: {'a' * 64}\n"
    )
    file = folder / "meetings" / "havering.yml"
    file.write_text(CALENDAR.replace("  # spring\n", finals + "  # spring\n"))

    path = fill({"B7": "New Hall", "Corrections!B4": "Correction", "Corrections!C4": "The hall has changed."})
    assert read_in(path, folder) == ["Venue", "Corrections"]

    assert finals in calendar(folder)
    held = load_params(folder).calendars["havering"].meetings[0]
    assert (held.version, held.status) == ("1.1", "draft")
    assert read_in(path, folder) == []


def test_a_look_writes_nothing(fill, folder):
    assert read_in(fill({"B7": "New Hall"}), folder, only_check=True) == ["Venue"]
    assert calendar(folder) == CALENDAR


def test_nothing_is_written_when_params_would_not_load(fill, folder, monkeypatch):
    form = read_form(fill({"B7": "New Hall"}), load_params(folder))
    (folder / "system.yml").write_text("name: broken\n")

    with pytest.raises(InputError):
        write_changes(form, folder)

    assert calendar(folder) == CALENDAR


def test_nothing_is_left_half_written(fill, folder, monkeypatch):
    def fail(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_whole", fail)
    with pytest.raises(Exception, match="the disk is full"):
        read_in(fill({"B7": "New Hall"}), folder)
    assert calendar(folder) == CALENDAR


def test_every_calendar_of_the_project_can_be_changed_without_losing_a_comment(fill, folder):
    for place in ("havering", "system", "newham"):
        text = (ROOT / "params" / "meetings" / f"{place}.yml").read_text()
        (folder / "meetings" / f"{place}.yml").write_text(text)
        read_in(fill({"B13": "A. Author, Head of Insight", "B22": "None of note"}, place=place), folder)
        changed = (folder / "meetings" / f"{place}.yml").read_text()
        assert comments(changed) == comments(text)
        assert [line for line in text.splitlines() if line not in changed.splitlines()] == []
