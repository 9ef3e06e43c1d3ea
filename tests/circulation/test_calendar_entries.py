"""Calendar entries as an independent reader and the rules of RFC 5545 have them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from boardpacks.circulation.calendar_entries import deadline_entry, meeting_entry
from boardpacks.circulation.final_edition import find_edition
from tests.circulation.made import a_calendar, a_meeting, a_moved_edition, an_edition, write_final


def event(raw: bytes) -> Any:
    (found,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    return found


def test_a_meeting_with_times(published):
    raw = meeting_entry(an_edition(published), "example.org")
    found = event(raw)
    assert found["SUMMARY"] == "Alston Board"
    assert found["LOCATION"] == "Town Hall, Room 2"
    assert b"DTSTART;TZID=Europe/London:20261209T140000\r\n" in raw
    assert b"DTEND;TZID=Europe/London:20261209T160000\r\n" in raw
    assert found["DTSTART"].dt.utcoffset() == dt.timedelta(0)
    assert found["UID"] == "meeting-2026-12-09-alston@example.org"
    assert raw.count(b"BEGIN:VTIMEZONE") == 1


def test_the_zone_changes_when_british_clocks_do(published):
    raw = meeting_entry(an_edition(published), "example.org")
    zone: Any = icalendar.Calendar.from_ical(raw).walk("VTIMEZONE")[0]
    ours, theirs = zone.to_tz(lookup_tzid=False), ZoneInfo("Europe/London")
    for year in (2000, 2026, 2027, 2035):
        for day in range(0, 365, 1):
            noon = dt.datetime(year, 1, 1, 12) + dt.timedelta(days=day)
            assert noon.replace(tzinfo=ours).utcoffset() == noon.replace(tzinfo=theirs).utcoffset()


def test_a_meeting_without_a_time_takes_the_day(published):
    raw = meeting_entry(an_edition(published, starts=None, ends=None), "example.org")
    assert b"DTSTART;VALUE=DATE:20261209\r\n" in raw
    assert b"DTEND;VALUE=DATE:20261210\r\n" in raw
    assert b"VTIMEZONE" not in raw
    assert "to be confirmed" in event(raw)["DESCRIPTION"]


@pytest.mark.parametrize(
    ("date", "starts"),
    [
        (dt.date(2026, 12, 9), "14:00"),
        (dt.date(2026, 12, 31), "23:00"),
        (dt.date(2027, 3, 28), "00:30"),  # summer time begins
        (dt.date(2026, 10, 25), "00:30"),  # summer time ends
    ],
)
def test_a_meeting_without_an_end_has_a_length_that_is_said_to_be_a_guess(published, date, starts):
    edition = an_edition(published, ends=None)
    held = edition.meeting.model_copy(update={"date": date, "starts": starts})
    raw = meeting_entry(dataclasses.replace(edition, meeting=held), "example.org")
    assert f"DTSTART;TZID=Europe/London:{date:%Y%m%d}T{starts.replace(':', '')}00\r\n".encode() in raw
    assert b"DURATION:PT2H\r\n" in raw
    assert b"DTEND" not in raw
    found = event(raw)
    assert "The end is to be confirmed: the two hours in the calendar are a guess." in found["DESCRIPTION"]


def test_a_meeting_that_was_moved_keeps_its_identity(published, tmp_path):
    entry = event(meeting_entry(an_edition(tmp_path / "before" / "published"), "example.org"))
    moved = event(meeting_entry(a_moved_edition(published), "example.org"))
    assert moved["UID"] == entry["UID"] == "meeting-2026-12-09-alston@example.org"
    assert (entry["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved["DTSTART"].dt.date() == dt.date(2026, 12, 16)


def test_papers_are_due_five_clear_working_days_before(published):
    found = event(deadline_entry(an_edition(published), "example.org"))
    assert found["DTSTART"].dt == dt.date(2026, 12, 1)
    assert found["UID"] == "papers-2026-12-09-alston@example.org"
    assert found["TRANSP"] == "TRANSPARENT"


def test_a_later_edition_takes_the_place_of_the_entry(published):
    found, editions = [], []
    for version in ("1.0", "1.1"):
        editions.append((write_final(published, version=version),))
        meeting = a_meeting(*editions)
        edition = find_edition(a_calendar(meeting), meeting, published)
        found.append(event(meeting_entry(edition, "example.org")))
    assert [each["SEQUENCE"] for each in found] == [0, 1]
    assert found[0]["UID"] == found[1]["UID"]
    assert found[0]["DTSTAMP"].dt < found[1]["DTSTAMP"].dt


@pytest.mark.parametrize("words", [
    "Hall\r\nATTENDEE:mailto:thief@example.org", "Room 1; B, C\\nD", "x\nEND:VEVENT\nBEGIN:VALARM\nACTION:PROCEDURE",
    "é" * 150 + "🎉" * 100, "מועצה " * 40, "a\u2028b\x00c", '";DIR="x', "=cmd|' /C calc'!A0",
])  # fmt: skip
def test_no_text_adds_a_line_of_its_own(published, words):
    edition = an_edition(published, board=words, venue=words)
    for raw in (meeting_entry(edition, "example.org"), deadline_entry(edition, "example.org")):
        assert max(map(len, raw.split(b"\r\n"))) <= 75
        assert b"\n" not in raw.replace(b"\r\n", b"")
        lines = raw.replace(b"\r\n ", b"").decode().split("\r\n")
        names = [re.split("[:;]", line)[0] for line in lines if line]
        assert not {"ATTENDEE", "ACTION", "DIR"} & {*names}
        assert names.count("BEGIN") == names.count("END")
        found = event(raw)
        shown = found["SUMMARY"].removeprefix("Papers go out: ")
        assert shown.split() == re.sub(r"[\x00-\x08]", "", words).replace("\u2028", " ").split()


def test_the_same_edition_gives_the_same_bytes(published, tmp_path):
    first = meeting_entry(an_edition(published), "example.org")
    assert meeting_entry(an_edition(tmp_path / "b" / "published"), "example.org") == first
