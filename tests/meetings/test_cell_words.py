"""Whatever a cell holds, it is an answer or refused in words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.meetings import layout
from boardpacks.meetings.cell_words import UnfitCell, answer, tidy
from boardpacks.meetings.open_form import FormCell
from boardpacks.project.dates import long_date

QUESTIONS = (
    *layout.meeting_questions(has_final=False),
    *layout.AGENDA_QUESTIONS,
    *layout.CORRECTION_QUESTIONS,
)
VALUES = st.one_of(
    st.none(),
    st.text(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.sampled_from(QUESTIONS), VALUES)
def test_any_value_is_answered_or_refused_in_words(question, value):
    try:
        found = answer(FormCell("B4", value), question)
    except UnfitCell as unfit:
        found = f"{unfit.found}, not {unfit.allowed}"
    assert found is None or isinstance(found, str | dt.date | bool)
    assert not str(found).startswith(", not ")


@given(st.text())
def test_tidying_twice_is_tidying_once_but_for_codes(text):
    once = tidy(text)
    assert tidy(once) == once or "_x" in text


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_a_date_is_read_however_it_is_written(date):
    for value in (
        date,
        date.isoformat(),
        long_date(date),
        f"{date:%d/%m/%Y}",
        f"{date:%A} {long_date(date)}",
    ):
        assert answer(FormCell("B4", value), layout.DATE) == date


@given(st.times())
def test_a_time_is_read_however_it_is_kept(time):
    question = layout.AGENDA_QUESTIONS[2]
    told = f"{time:%H:%M}"
    fraction = (time.hour * 60 + time.minute) / 1440
    for value in (time, told, fraction, dt.timedelta(hours=time.hour, minutes=time.minute)):
        assert answer(FormCell("C4", value), question) == told


@pytest.mark.parametrize(
    "cell", [FormCell("B7", "=1", is_formula=True), FormCell("B7", "#N/A", is_error=True)]
)
def test_formulas_and_errors_of_excel_are_refused(cell):
    with pytest.raises(UnfitCell):
        answer(cell, QUESTIONS[3])
