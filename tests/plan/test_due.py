from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.models import Params
from boardpacks.plan.due import due_packs, is_working_day, packs_to_build, papers_due

DATES = st.dates(dt.date(2000, 3, 1), dt.date(2099, 12, 31))
CLEAR_DAYS = st.integers(0, 60)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("meeting", "clear_days", "due"),
    [
        ("2026-12-09", 5, "2026-12-01"),  # Wednesday: Tuesday of the week before
        ("2026-12-09", 0, "2026-12-08"),  # no clear day: the day before
        ("2026-12-07", 0, "2026-12-04"),  # Monday: the Friday before
        ("2026-12-09", 1, "2026-12-07"),
        ("2026-12-05", 5, "2026-11-27"),  # a meeting on a Saturday
        ("2027-04-06", 5, "2027-03-25"),  # Good Friday 26 March and Easter Monday 29 March 2027
        ("2027-03-30", 0, "2027-03-25"),  # the day after Easter
        ("2026-04-14", 5, "2026-04-02"),  # Easter 2026: 3 and 6 April
        ("2026-05-11", 5, "2026-04-30"),  # May Day, 4 May 2026
        ("2027-06-07", 5, "2027-05-27"),  # Spring bank holiday, 31 May 2027
        ("2026-09-07", 5, "2026-08-27"),  # Summer bank holiday, 31 August 2026
        ("2027-01-06", 5, "2026-12-24"),  # Boxing Day 2026 is a Saturday: Monday the 28th instead
        ("2028-01-06", 5, "2027-12-24"),  # substitutes for a weekend: 27 and 28 December, 3 January
        ("2022-06-08", 5, "2022-05-27"),  # moved and extra holidays of the Jubilee, 2 and 3 June 2022
        ("2023-05-12", 5, "2023-05-03"),  # the Coronation, 8 May 2023
        ("2020-05-12", 2, "2020-05-06"),  # May Day moved to Friday 8 May 2020
    ],
)
def test_papers_are_due_clear_working_days_before(meeting, clear_days, due):
    assert papers_due(day(meeting), clear_days) == day(due)


def test_scotland_s_holidays_do_not_count():
    assert is_working_day(day("2026-11-30"))  # St Andrew's Day, a Monday
    assert is_working_day(day("2027-08-02"))  # Scotland's summer bank holiday


@given(meeting=DATES, clear_days=CLEAR_DAYS)
def test_exactly_the_clear_working_days_lie_between(meeting, clear_days):
    due = papers_due(meeting, clear_days)
    between = [due + dt.timedelta(days=n) for n in range(1, (meeting - due).days)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == clear_days


@given(meeting=DATES, clear_days=CLEAR_DAYS, later=st.integers(0, 30))
def test_a_later_meeting_is_never_due_earlier_and_more_days_never_later(meeting, clear_days, later):
    due = papers_due(meeting, clear_days)
    assert papers_due(meeting + dt.timedelta(days=later), clear_days) >= due
    assert papers_due(meeting, clear_days + 1) < due


def with_calendars(params: Params, **calendars: tuple[int, list[str]]) -> Params:
    made = {
        place: Calendar(
            place=place,
            board=f"{place} board",
            papers_due_days=clear_days,
            meetings=tuple(Meeting(date=day(date)) for date in dates),
        )
        for place, (clear_days, dates) in calendars.items()
    }
    return params.model_copy(update={"calendars": made})


@pytest.mark.parametrize(
    ("on", "within_days", "found"),
    [
        ("2026-11-23", 7, []),
        ("2026-11-24", 7, [("havering", 7)]),
        ("2026-11-25", 5, []),
        ("2026-12-01", 0, [("havering", 0)]),
        ("2026-12-03", 4, [("havering", -2), ("newham", 4)]),
        ("2026-12-09", 7, [("havering", -8), ("newham", -2)]),  # the day of the meeting
        ("2026-12-10", 7, []),  # it has been held
        ("2026-12-10", 60, [("havering", 54)]),
    ],
)
def test_due_packs(params, on, within_days, found):
    changed = with_calendars(params, havering=(5, ["2026-12-09", "2027-02-10"]), newham=(1, ["2026-12-09"]))
    due = due_packs(changed, day(on), within_days)
    assert [(pack.place, pack.days_left) for pack in due] == found


def test_the_most_urgent_comes_first_and_places_keep_their_order(params):
    changed = with_calendars(
        params, newham=(5, ["2026-12-09"]), system=(5, ["2026-12-09"]), havering=(9, ["2026-12-09"])
    )
    assert [pack.place for pack in due_packs(changed, day("2026-11-20"), 30)] == [
        "havering",
        "newham",
        "system",
    ]


def test_after_the_papers_are_due_only_what_was_never_published_is_built(params):
    changed = with_calendars(params, havering=(5, ["2026-12-09"]), newham=(1, ["2026-12-09"]))
    due = due_packs(changed, day("2026-12-03"))
    assert [pack.place for pack in packs_to_build(due, lambda _: True)] == ["newham"]
    assert [pack.place for pack in packs_to_build(due, lambda _: False)] == ["havering", "newham"]


def test_bank_holidays_are_those_of_the_systems_country():
    summer = day("2027-08-02")  # Scotland's
    assert is_working_day(summer, "Wales")
    assert not is_working_day(summer, "Scotland")
    meeting = day("2027-08-05")
    assert papers_due(meeting, 2, "Scotland") < papers_due(meeting, 2, "England")
