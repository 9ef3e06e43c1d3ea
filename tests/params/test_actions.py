"""The action log: what the pack of a meeting shows of it, and what is wrong with an entry."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.params.actions import Action, carried_forward
from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError
from tests.params.conftest import WriteParams

WINTER, SPRING, SUMMER, AUTUMN = (dt.date(2027, month, 9) for month in (1, 4, 7, 10))
MEETINGS = (WINTER, SPRING, SUMMER, AUTUMN)


def action(**changes: object) -> Action:
    told = {"indicator": "happiness", "action": "Find out why", "owner": "A. Author", "agreed": WINTER}
    return Action.model_validate({**told, "due": SUMMER, **changes})


def shown(one: Action, at: dt.date) -> list[Action]:
    calendar = Calendar(
        place="alston",
        board="Alston Board",
        meetings=tuple(Meeting(date=date) for date in MEETINGS),
        actions=(one,),
    )
    return list(calendar.actions_at(next(held for held in calendar.meetings if held.date == at)))


def test_an_open_action_is_in_each_pack_after_the_meeting_that_agreed_it():
    assert [bool(shown(action(), date)) for date in MEETINGS] == [False, True, True, True]


@pytest.mark.parametrize("closed", [SPRING, SPRING + dt.timedelta(days=30), SUMMER - dt.timedelta(days=1)])
def test_a_closed_action_is_shown_once_as_closed_and_then_no_more(closed):
    told = [[one.closed for one in shown(action(closed=closed), date)] for date in MEETINGS]

    assert told == [[], [None], [closed], []]


@given(
    st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), min_size=1, max_size=8, unique=True),
    st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
    st.none() | st.integers(0, 400),
)
def test_no_action_is_lost_before_it_was_shown_as_closed(dates, agreed, after):
    dates = sorted(dates)
    closed = None if after is None else agreed + dt.timedelta(days=after)
    one = action(agreed=agreed, due=agreed, closed=closed)

    told = [
        [found.closed for found in carried_forward((one,), date, before)]
        for before, date in zip([None, *dates], dates, strict=False)
    ]
    words = ["" if not found else "closed" if found[0] else "open" for found in told]

    later = [word for date, word in zip(dates, words, strict=True) if date > agreed]
    assert words[: len(words) - len(later)] == [""] * (len(words) - len(later))
    still_open = sum(1 for date in dates if date > agreed and (closed is None or closed >= date))
    rest = later[still_open:]
    assert later[:still_open] == ["open"] * still_open
    assert rest == ["closed", *[""] * (len(rest) - 1)] if rest else True


CALENDAR = "place: alston\nboard: Alston Board\nmeetings:\n  - date: 2026-12-09\nactions:\n"
ENTRY = "  - indicator: {}\n    action: Find out why\n    owner: {}\n    agreed: {}\n    due: {}\n"


@pytest.mark.parametrize(
    ("entry", "line", "key", "found", "allowed", "hint"),
    [
        (("hapiness", "A", "2026-12-09", "2027-02-01"), 6, "actions[0].indicator", "'hapiness'",
         "the name of an indicator", "'happiness'"),
        (("happiness", '""', "2026-12-09", "2027-02-01"), 8, "actions[0].owner", "''", "at least one character", ""),
        (("happiness", "A", "2026-12-09", "2026-12-01"), 10, "actions[0].due", "2026-12-01",
         "on or after 2026-12-09", ""),
        (("happiness", "A", "9 December", "2026-12-10"), 9, "actions[0].agreed", "'9 December'", "a date", ""),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named_by_file_line_and_key(
    write_params: WriteParams, entry, line, key, found, allowed, hint
):
    folder = write_params({"meetings/alston.yml": CALENDAR + ENTRY.format(*entry)})

    with pytest.raises(InputError) as caught:
        load_params(folder)

    problem = caught.value.problems[0]
    assert problem.where.endswith(f"meetings/alston.yml, line {line}")
    assert problem.key == key
    assert found in problem.found
    assert allowed in problem.allowed
    assert hint in problem.hint


def test_an_action_without_an_owner_is_named(write_params: WriteParams):
    text = CALENDAR + ENTRY.format("happiness", "A", "2026-12-09", "2027-02-01").replace("    owner: A\n", "")

    with pytest.raises(InputError, match=r"owner"):
        load_params(write_params({"meetings/alston.yml": text}))
