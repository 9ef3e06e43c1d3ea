"""A meeting whose papers were issued is moved only by saying so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from boardpacks.params.calendars import Meeting
from boardpacks.params.load import load_params
from boardpacks.params.values import Clash
from boardpacks.project.errors import InputError

FIRST, SECOND, THIRD = dt.date(2026, 12, 9), dt.date(2026, 12, 16), dt.date(2027, 1, 6)
SUM = "a" * 64
MOVED = {"kind": "correction", "reason": "The meeting was moved."}


def final(number: int, date: dt.date | None) -> dict[str, Any]:
    return {"version": f"1.{number}", "date": FIRST, "meeting": date, "packs": {"alston": SUM}}


def meeting(date: dt.date, *dates: dt.date | None, corrections: int = 0, **more: Any) -> Meeting:
    finals = tuple(final(number, day) for number, day in enumerate(dates))
    return Meeting.model_validate(
        {"date": date, "finals": finals, "corrections": (MOVED,) * corrections, **more}
    )


def refused(*dates: Any, **more: Any) -> Clash:
    with pytest.raises(ValidationError) as raised:
        meeting(*dates, **more)
    clash = raised.value.errors()[0]["ctx"]["error"]
    assert isinstance(clash, Clash)
    return clash


def test_a_date_for_which_a_pack_was_made_final_is_not_changed_in_silence():
    clash = refused(SECOND, FIRST, corrections=1)
    assert clash.path == ("date",)
    assert clash.found == "2026-12-16, but version 1.0 was made final for the meeting on 2026-12-09"
    assert "moved_from: 2026-12-09" in clash.hint


def test_a_move_needs_a_correction():
    assert "a correction that says" in str(refused(SECOND, FIRST, moved_from=FIRST))


@pytest.mark.parametrize(
    ("dates", "more"),
    [
        ((SECOND, FIRST), {"moved_from": THIRD, "corrections": 1}),
        ((THIRD, FIRST, SECOND), {"moved_from": FIRST, "corrections": 2}),
        ((FIRST, FIRST), {"moved_from": SECOND, "corrections": 1}),
        ((FIRST,), {"moved_from": SECOND}),
    ],
)
def test_what_is_said_of_a_move_has_to_be_true(dates, more):
    assert refused(*dates, **more).path in (("date",), ("moved_from",))


def test_a_meeting_knows_for_which_day_each_edition_was_made():
    moved = meeting(SECOND, FIRST, corrections=1, moved_from=FIRST)
    assert (moved.version, moved.date_of("1.0"), moved.first_date) == ("1.1", FIRST, FIRST)
    assert (moved.earlier_dates, moved.corrected_date) == ((FIRST,), FIRST)
    again = meeting(THIRD, FIRST, SECOND, corrections=2, moved_from=SECOND)
    assert (again.date_of("1.0"), again.date_of("1.1"), again.first_date) == (FIRST, SECOND, FIRST)
    issued = meeting(SECOND, FIRST, SECOND, corrections=1, moved_from=FIRST)
    assert (issued.status, issued.corrected_date) == ("final", FIRST)


def test_an_edition_of_a_calendar_that_does_not_say_its_day_was_made_for_the_day_before_the_move():
    assert meeting(FIRST, None).earlier_dates == ()
    assert meeting(SECOND, None, corrections=1, moved_from=FIRST).date_of("1.0") == FIRST


def test_what_is_not_said_is_not_written():
    written = meeting(FIRST, None).model_dump()
    assert "moved_from" not in written
    assert "meeting" not in written["finals"][0]
    assert meeting(FIRST).made_final(FIRST, {"alston": SUM}).finals[0].meeting == FIRST


FINALS = f"""\
    finals:
      - version: "1.0"
        date: 2026-12-01
        meeting: 2026-12-09
        packs: {{SLUG: {SUM}}}
"""
HEAD = "place: alston\nboard: Alston Board\nmeetings:\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"  - date: 2026-12-09\n{FINALS}".replace("SLUG", "penrith"),
            "penrith, a final pack of another place",
        ),
        (
            f"  - date: 2026-12-09\n{FINALS}".replace("SLUG", "alstonia_part-2"),
            "alstonia_part-2, a final pack of another place",
        ),
        (
            "  - date: 2026-12-09\n  - date: 2026-12-16\n    moved_from: 2026-12-09\n"
            "    corrections: [{kind: correction, reason: It was moved.}]\n"
            + FINALS.replace("SLUG", "alston"),
            "2026-12-09, for which papers of another meeting were made final (line 5)",
        ),
        (
            f"  - date: 2026-12-16\n{FINALS}".replace("SLUG", "alston_meeting"),
            "2026-12-16, but version 1.0 was made final for the meeting on 2026-12-09",
        ),
    ],
)
def test_params_check_refuses_what_would_lose_a_final_edition(write_params, text, found):
    with pytest.raises(InputError) as caught:
        load_params(write_params({"meetings/alston.yml": HEAD + text}))
    (problem,) = caught.value.problems
    assert problem.found == found
    assert problem.where.startswith("params/meetings/alston.yml, line ")
    assert problem.hint or problem.allowed
