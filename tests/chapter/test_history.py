"""Figures that are too old at the meeting: where the limit lies, and that nothing is judged of them."""

from __future__ import annotations

import datetime as dt

import pytest

from boardpacks.chapter import narrative
from boardpacks.chapter.borough_gaps import BoroughGap, PeriodGap, borough_gap
from boardpacks.chapter.gap_words import change_cell, position, statement, title, verdict
from boardpacks.chapter.groups import pair_up, words
from boardpacks.chapter.history import AS_OF, is_history, month_of_meeting
from boardpacks.chapter.measure import measure
from boardpacks.chapter.xmr_series import control
from boardpacks.chapter.xmr_words import statement as xmr_statement
from boardpacks.chapter.xmr_words import summary_line
from boardpacks.data.observations import Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Break
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


def gap_at(params: Params, snapshot: Snapshot, as_of: str, indicator: str = "obesity_year6") -> BoroughGap:
    dated = at(params, as_of)
    measures = [
        measure(snapshot, dated, params.indicators[indicator], place) for place in params.places.values()
    ]
    shocks = params.shocks_of(params.indicators[indicator])
    found = borough_gap(measures, {}, 0, shocks)
    assert found is not None
    return found


def test_a_gap_between_boroughs_that_is_history_is_shown_dated_and_judged_by_nothing(
    params: Params, snapshot: Snapshot
):
    judged, old = (gap_at(params, snapshot, when) for when in ("2026-12", "2031-12"))
    assert judged.change is not None
    assert (old.then, old.change, old.ranks("newham")) == (None, None, [])
    assert old.now == judged.now
    assert (verdict(old), change_cell(old, "newham")) == ("Too old to judge", "Too old to judge")
    assert title(old).endswith("the figures of 2024/25 are too old to be judged")
    told = statement([old], "newham", "the east")
    assert told.startswith("**Too old to be judged**, and shown as history: ")
    assert "2024/25" in told
    assert not {"best", "worst", "clear", "narrower", "wider"} & set(
        f"{told} {position(old, params.places['newham'])}".split()
    )


def test_two_groups_of_history_are_not_tested(params: Params, snapshot: Snapshot):
    dated = at(params, "2031-12")
    both = tuple(
        [measure(snapshot, dated, params.indicators[name], place) for place in params.places.values()]
        for name in ("obesity_reception", "obesity_year6")
    )
    found, _ = pair_up((both[0], both[1]), dated)
    assert {one.tested for one in found} == {"not-tested"}
    assert params.inequalities is not None
    assert words(found, params.inequalities.groups[1]).endswith(
        "The figures of 2024/25 are too old to be judged."
    )


def test_no_gap_is_held_against_one_of_a_shock_or_before_a_break(params: Params, snapshot: Snapshot):
    known = params.indicators["obesity_year6"]
    shock = params.system.shocks[0].model_copy(
        update={"since": dt.date(2007, 1, 1), "until": dt.date(2009, 12, 31)}
    )

    def then(**changes: object) -> PeriodGap:
        changed = {**params.indicators, known.id: known.model_copy(update=changes)}
        found = gap_at(params.model_copy(update={"indicators": changed}), snapshot, "2026-12").then
        assert found is not None
        return found

    assert then().period == "2007/08"
    assert then(shocks=(shock,)).period == "2010/11"
    broken = then(breaks=(Break(since=dt.date(2012, 9, 1), reason="It changed."),))
    assert broken.figures[0].observation.start == dt.date(2012, 9, 1)


@pytest.mark.parametrize("as_of", ["2026-12", "2031-12"])
def test_history_has_no_rank(params: Params, snapshot: Snapshot, as_of: str):
    found = measure(
        snapshot, at(params, as_of), params.indicators["mmr_two_doses"], params.places["havering"]
    )
    (reading,) = found.readings
    assert reading.among_peers is not None
    assert (reading.standing is None) == reading.is_history == (as_of == "2031-12")
    assert ("London boroughs" in narrative.statement(found, reading)) == (not reading.is_history)


def test_an_area_too_small_to_be_compared_is_shown_and_compared_with_nothing(
    params: Params, snapshot: Snapshot
):
    place = params.places["city-and-hackney"]
    small = [
        (found, reading)
        for name in params.indicators
        for found in [measure(snapshot, params, params.indicators[name], place)]
        for reading in found.readings
        if reading.latest.area in params.system.too_small
    ]
    assert len(small) > 20
    for found, reading in small:
        assert {one.verdict for one in reading.comparisons} <= {"not-compared", "too-old"}
        assert (reading.standing, reading.notable.rules) == (None, ())
        assert "too few people" in narrative.statement(found, reading) or reading.is_history


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
