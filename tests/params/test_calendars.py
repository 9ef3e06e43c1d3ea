"""The calendars' models: which edition a meeting asks for, and what it asked for before."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from boardpacks.params.agenda import FrontSheet
from boardpacks.params.calendars import Calendar, Correction, Final, Meeting

DAY = dt.date(2026, 12, 9)
DIGEST = "a" * 64


def a_final(number: int, **packs: str | None) -> Final:
    return Final(
        version=f"1.{number}", date=dt.date(2026, 12, number + 1), packs=packs or {"havering": DIGEST}
    )


def a_meeting(finals: int = 0, corrections: int = 0, **other: object) -> Meeting:
    fields = {
        "date": DAY,
        "finals": tuple(map(a_final, range(finals))),
        "corrections": tuple(
            Correction(kind="correction", reason=f"Reason {n}.") for n in range(corrections)
        ),
    }
    return Meeting(**{**fields, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("finals", "corrections", "status", "version", "corrects"),
    [
        (0, 0, "draft", "0.1", None),
        (1, 0, "final", "1.0", None),
        (1, 1, "draft", "1.1", "1.0"),
        (2, 1, "final", "1.1", "1.0"),
        (2, 2, "draft", "1.2", "1.1"),
        (3, 2, "final", "1.2", "1.1"),
    ],
)
def test_a_calendar_asks_for_an_edition(finals, corrections, status, version, corrects):
    meeting = a_meeting(finals, corrections)
    assert (meeting.status, meeting.version, meeting.corrects) == (status, version, corrects)


@pytest.mark.parametrize(("finals", "corrections"), [(0, 1), (2, 0), (3, 1)])
def test_corrections_and_finals_belong_together(finals, corrections):
    with pytest.raises(ValidationError, match=r"no edition is final yet|as boardpacks finalise wrote them"):
        a_meeting(finals, corrections)


def test_finals_are_numbered_without_a_gap():
    with pytest.raises(ValidationError, match=r"finals with the versions 1\.0"):
        Meeting(date=DAY, finals=(a_final(1),))


def test_making_a_draft_final_makes_the_version_that_was_asked_for():
    meeting = a_meeting(finals=1, corrections=1)
    final = meeting.made_final(dt.date(2026, 12, 5), {"havering": None})
    assert (final.status, final.version, final.corrects) == ("final", "1.1", "1.0")
    assert final.final_of("havering") is not None
    assert final.final_of("havering_mental-health") is None


@given(st.integers(0, 4), st.booleans())
def test_what_was_asked_for_can_be_told_later(number, corrected):
    later = a_meeting(finals=5, corrections=4 + corrected)
    for finalised in (dt.date(2026, 12, number + 1), None):
        then = later.as_of(f"1.{number}", finalised, "havering")
        if finalised:
            assert (then.status, then.version) == ("final", f"1.{number}")
            assert then.finals[-1].packs == {"havering": None}
        elif number:
            assert (then.status, then.version) == ("draft", f"1.{number}")
        assert len(then.corrections) == number
        Meeting.model_validate(then.model_dump(), strict=False)
    first = later.as_of("0.3", None, "havering")
    assert (first.status, first.version, first.corrections, first.finals) == ("draft", "0.3", (), ())


def test_everything_on_the_front_sheet_but_its_title_has_to_be_there():
    assert "title" not in FrontSheet().missing
    assert "part" not in FrontSheet().missing
    filled = dict.fromkeys(FrontSheet().missing, "Text") | {"purpose": "assurance"}
    assert FrontSheet(**filled).missing == ()  # type: ignore[arg-type]
    assert FrontSheet(**(filled | {"risks": None})).missing == ("risks",)  # type: ignore[arg-type]


def test_a_board_whose_pack_is_the_annex_has_it_under_one_item():
    agenda = [{"item": "1", "title": "A", "annex": True}]
    calendar = {
        "place": "a",
        "board": "B",
        "editions": "annex",
        "meetings": [{"date": DAY, "agenda": agenda}],
    }
    with pytest.raises(ValidationError, match="pack: true, since editions: annex"):
        Calendar.model_validate(calendar, strict=False)


@pytest.mark.parametrize(
    ("agenda", "said"),
    [
        ([{"item": "1", "title": "A", "file": "a.pdf", "pack": True}], "one paper"),
        (
            [{"item": "1", "title": "A", "pack": True}, {"item": "2", "title": "B", "pack": True}],
            "pack: true at one item at most",
        ),
        (
            [{"item": "1", "title": "A", "annex": True}, {"item": "2", "title": "B", "annex": True}],
            "annex: true at one item at most",
        ),
        (
            [{"item": "1", "title": "A", "annex": True, "file": "a.pdf"}],
            "no file at the item of the evidence annex",
        ),
        ([{"item": "1", "title": "A", "pack": True, "part": "confidential"}], "part: public"),
        ([{"item": "1", "title": "A", "pack": True}], "as the front sheet of the pack has it"),
        ([{"item": "1", "title": "A", "file": "../a.pdf"}], "file"),
        ([{"item": "1", "title": "A", "file": "folder/a.pdf"}], "file"),
    ],
)
def test_an_agenda_that_cannot_be_is_refused(agenda, said):
    with pytest.raises(ValidationError, match=said):
        Meeting.model_validate({"date": DAY, "agenda": agenda, "front_sheet": {"item": "7"}}, strict=False)


def test_the_engine_of_the_first_final_edition_is_that_of_all_that_follow_it():
    packs = {"havering": "ab" * 32}
    first = Final(version="1.0", date=DAY, packs=packs, engine="quarto")
    second = Final(version="1.1", date=DAY, packs=packs)
    wrong = Correction(kind="correction", reason="Wrong.")
    meeting = Meeting(date=DAY, finals=(first, second), corrections=(wrong,))
    assert meeting.engine_of("havering") == "quarto"
    assert meeting.engine_of("havering_mental-health") is None, "it is in no final edition"
    assert Meeting(date=DAY).engine_of("havering") is None
    being_made = first.model_copy(update={"packs": {"havering": None}})
    assert Meeting(date=DAY, finals=(being_made,)).engine_of("havering") is None


def test_an_edition_of_the_bundled_engine_is_written_as_it_always_was():
    final = Final(version="1.0", date=DAY, packs={"havering": "ab" * 32})
    assert set(final.model_dump()) == {"version", "date", "packs"}
    assert final.model_copy(update={"engine": "quarto"}).model_dump()["engine"] == "quarto"
