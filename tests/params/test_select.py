"""Choosing places and priorities by id or name."""

from __future__ import annotations

import datetime as dt

import pytest

from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.select import select_meeting, select_places, select_priorities
from boardpacks.project.errors import InputError
from tests.params.conftest import WriteParams


@pytest.fixture
def small(write_params: WriteParams) -> Params:
    return load_params(write_params())


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ([], ("alston", "brough", "system")),
        (["brough"], ("brough",)),
        (["Brough", "ALSTON", "brough"], ("alston", "brough")),
        (["system"], ("system",)),
        (["north country care system"], ("system",)),
        ([" Alston "], ("alston",)),
    ],
)
def test_places_by_id_or_name(small: Params, names: list[str], chosen: tuple[str, ...]) -> None:
    assert select_places(small, names) == chosen


def test_unknown_places_are_reported_together_with_near_matches(small: Params) -> None:
    with pytest.raises(InputError) as caught:
        select_places(small, ["Alstn", "brough", "x"])
    first, second = caught.value.problems
    assert (first.where, first.found, first.hint) == ("--place", "'Alstn'", "did you mean 'alston'?")
    assert first.allowed == "alston, brough, system"
    assert (second.found, second.hint) == ("'x'", "")


def test_priorities_come_in_their_own_order(small: Params) -> None:
    assert select_priorities(small, ["Wellbeing", "work"]) == ("work", "wellbeing")
    assert select_priorities(small, []) == ("work", "wellbeing")


def test_unknown_priority(small: Params) -> None:
    with pytest.raises(
        InputError,
        match=r"--priority\n  found    'welbeing'\n  allowed  work, wellbeing\n  hint .*'wellbeing'",
    ):
        select_priorities(small, ["welbeing"])


@pytest.mark.parametrize(
    "name", ["City & Hackney", "city and hackney", "CITY-AND-HACKNEY", "city_and_hackney"]
)
def test_ampersands_and_hyphens_do_not_matter(params: Params, name: str) -> None:
    assert select_places(params, [name]) == ("city-and-hackney",)


@pytest.mark.parametrize(
    ("text", "today", "place", "date"),
    [
        ("alston", "2026-11-30", "alston", "2026-12-09"),
        ("Alston", "2026-12-09", "alston", "2026-12-09"),
        ("alston", "2026-12-10", "alston", "2027-02-10"),
        ("alston", "2030-01-01", "alston", "2027-02-10"),
        ("alston/2026-12-09", "2030-01-01", "alston", "2026-12-09"),
        ("system", "2026-01-01", "system", "2026-12-09"),
    ],
)
def test_a_meeting_by_place_and_date(small: Params, text: str, today: str, place: str, date: str) -> None:
    calendar, meeting = select_meeting(small, text, dt.date.fromisoformat(today))
    assert (calendar.place, meeting.date.isoformat()) == (place, date)


@pytest.mark.parametrize(
    ("text", "found", "hint"),
    [
        ("alstom", "'alstom'", "did you mean 'alston'?"),
        ("alston/2026-12-08", "'2026-12-08'", "did you mean '2026-12-09'?"),
        ("alston/", "''", ""),
        ("", "''", ""),
        ("alston/2026-12-09/v1.0", "'2026-12-09/v1.0'", "did you mean '2026-12-09'?"),
    ],
)
def test_a_meeting_that_there_is_not(small: Params, text: str, found: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        select_meeting(small, text, dt.date(2026, 11, 30))
    (problem,) = caught.value.problems
    assert (problem.found, problem.hint) == (found, hint)
