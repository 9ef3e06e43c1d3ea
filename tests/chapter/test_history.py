"""Figures that are too old at the meeting: where the limit lies, and that nothing is judged of them."""

from __future__ import annotations

import datetime as dt

import pytest

from boardpacks.chapter import narrative
from boardpacks.chapter.history import AS_OF, is_history, month_of_meeting
from boardpacks.chapter.measure import measure
from boardpacks.chapter.xmr_series import control
from boardpacks.chapter.xmr_words import statement as xmr_statement
from boardpacks.chapter.xmr_words import summary_line
from boardpacks.data.observations import Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.judging import AgeLimits, Judging
from boardpacks.params.models import Params


def figure(year: int, months: int) -> Valued:
    start = dt.date(year, 1, 1)
    return Valued(
        "smoking_prevalence", "E09000016", "Havering", "Persons", str(year), start, months, 1.0, None, None
    )


def at(params: Params, as_of: str | None, **limits: int) -> Params:
    judging = Judging(age_limits=AgeLimits(**limits))
    return params.model_copy(update={"as_of": as_of, "judging": judging})


@pytest.mark.parametrize(
    ("as_of", "old"),
    [("2026-12", False), ("2027-01", True), ("2024-01", False), ("2030-06", True), (None, False)],
)
def test_a_figure_is_history_when_more_months_than_the_limit_lie_behind_its_period(
    params: Params, as_of: str | None, old: bool
):
    yearly = params.indicators["smoking_prevalence"]
    assert is_history(figure(2023, 12), yearly, at(params, as_of, annual=36)) is old


def test_a_limit_of_the_indicator_goes_before_that_of_its_frequency(params: Params):
    own = params.indicators["smoking_prevalence"].model_copy(update={"age_limit": 120})
    assert not is_history(figure(2019, 12), own, at(params, "2026-12"))
    assert is_history(figure(2011, 12), own, at(params, "2026-12"))


def test_the_age_counts_from_the_end_of_a_long_period(params: Params):
    yearly = params.indicators["smoking_prevalence"]
    assert not is_history(figure(2021, 36), yearly, at(params, "2026-12"))


def test_nothing_is_judged_of_history_and_its_sentence_says_so(params: Params, snapshot: Snapshot):
    judged, old = (
        measure(snapshot, at(params, when), params.indicators["obesity_year6"], params.places["havering"])
        for when in ("2026-12", "2031-12")
    )
    assert judged.readings[0].verdict != "too-old"
    (reading,) = old.readings
    assert {comparison.verdict for comparison in reading.comparisons} == {"too-old"}
    assert (reading.trend, reading.earlier, reading.change, reading.notable.rules) == (None, None, None, ())
    text = narrative.statement(old, reading)
    assert "too old to be judged" in text
    assert not {"better", "worse", "similar", "recent"} & set(text.split())


def test_a_build_tells_the_month_of_its_meeting_else_it_is_that_of_the_next(
    params: Params, monkeypatch: pytest.MonkeyPatch
):
    calendar = params.calendars["havering"]
    monkeypatch.setenv(AS_OF, "2031-02")
    assert month_of_meeting(calendar) == "2031-02"
    monkeypatch.delenv(AS_OF)
    assert month_of_meeting(calendar) in {f"{meeting.date:%Y-%m}" for meeting in calendar.meetings}


def test_a_control_chart_whose_latest_month_is_too_old_is_shown_and_not_judged(
    params: Params, snapshot: Snapshot
):
    waits, trust = params.indicators["ae_four_hour"], params.trust("RF4")
    judged, old = (control(snapshot, waits, trust, at(params, when)) for when in ("2026-12", "2031-12"))
    assert judged is not None
    assert judged.is_judged
    assert old is not None
    assert (old.is_judged, old.chart.variation, old.chart.assurance) == (False, "not-judged", "not-judged")
    assert summary_line(old) is None
    assert "not judged]{.verdict-none}: the latest is too old for a board to rely on." in xmr_statement(
        old, "havering"
    )
