"""The project's own params: complete, and in agreement with the figures of today in data/raw."""

from __future__ import annotations

import datetime as dt
import re

from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.folder import Project
from tests.raw import SOURCES, observations, rows_of

OUTCOMES = {
    "babies-children-young-people": 7,
    "long-term-conditions": 8,
    "mental-health": 6,
    "employment-workforce": 7,
}


def test_seven_places_hold_eight_boroughs(params: Params) -> None:
    assert len(params.places) == 7
    codes = [borough.code for borough in params.boroughs()]
    assert len(codes) == len(set(codes)) == 8
    hackney = params.places["city-and-hackney"]
    assert [borough.code for borough in hackney.boroughs] == ["E09000001", "E09000012"]


def test_every_outcome_of_the_four_priorities_is_there(params: Params) -> None:
    assert {priority.id: len(priority.outcomes) for priority in params.priorities.values()} == OUTCOMES
    assert list(params.priorities) == list(OUTCOMES)
    assert sum(OUTCOMES.values()) == 28


def test_every_outcome_is_measured_or_says_why_not(params: Params) -> None:
    for priority in params.priorities.values():
        for outcome in priority.outcomes:
            assert outcome.indicators or outcome.gap, outcome.id


def test_every_gap_says_something_of_its_own_in_few_sentences(params: Params) -> None:
    gaps = [
        outcome.gap for priority in params.priorities.values() for outcome in priority.outcomes if outcome.gap
    ]
    gaps += [entry.gap for entry in (*params.themes, *params.foundations) if entry.gap]
    assert len(gaps) == len(set(gaps)) >= 30
    for gap in gaps:
        assert 1 <= len(re.findall(r"[a-z]\.(?= |$)", gap)) <= 3, gap
        assert len(gap.split()) <= 55, gap


def test_themes_foundations_and_local_emphases_are_there(params: Params) -> None:
    assert len(params.themes) == 6
    assert len(params.foundations) == 4
    assert [len(foundation.parts) for foundation in params.foundations] == [0, 0, 0, 9]
    stressed = {place.id: len(place.emphasis) for place in params.places.values()}
    assert stressed.pop("redbridge") == 0
    assert min(stressed.values()) >= 1


def test_an_emphasis_is_shown_by_figures_or_says_why_not(params: Params) -> None:
    for place in params.places.values():
        for emphasis in place.emphasis:
            assert emphasis.indicators or emphasis.gap, emphasis.text


def test_every_place_and_the_system_meet_first_on_the_same_day_until_the_end_of_2027(params: Params) -> None:
    assert list(params.calendars) == [*params.places, SYSTEM]
    for calendar in params.calendars.values():
        assert calendar.example, "the dates are not known: packs must say so"
        assert calendar.meetings[0].date == dt.date(2026, 12, 9)
        assert calendar.meetings[-1].date >= dt.date(2027, 12, 1)
        gaps = [
            (b.date - a.date).days for a, b in zip(calendar.meetings, calendar.meetings[1:], strict=False)
        ]
        assert 45 <= min(gaps) <= max(gaps) <= 80


def test_calendars_have_days_of_their_own(params: Params) -> None:
    dates = {tuple(meeting.date for meeting in calendar.meetings) for calendar in params.calendars.values()}
    assert len(dates) == len(params.calendars)


def test_every_priority_has_its_chapter_and_a_closer_look_behind_it(params: Params) -> None:
    chapters = [
        chapter.priority for chapter in params.chapters if chapter.scope == "place" and chapter.priority
    ]
    assert chapters == [priority for priority in params.priorities for _ in ("chapter", "closer look")]


def test_names_fit_a_row_and_read_in_a_sentence(params: Params) -> None:
    for indicator in params.indicators.values():
        assert len(indicator.name) <= 60, indicator.id
        assert not indicator.name.endswith("."), indicator.id
        assert "," not in indicator.name or indicator.id in {
            "neet_16_17",
            "ehc_plan_share",
            "ehc_plans_20_weeks",
        }
        assert indicator.measures.endswith("."), indicator.id


def test_the_catalogue_agrees_with_the_published_figures(params: Params, checkout: Project) -> None:
    rows = {row["indicator_id"]: row for row in rows_of(checkout.raw / SOURCES)}
    assert set(params.indicators) == set(rows)
    for id_, row in rows.items():
        indicator = params.indicators[id_]
        assert {
            "unit": indicator.unit,
            "polarity": indicator.polarity,
            "frequency": indicator.frequency,
            "interval_published": "published" if indicator.interval == "published" else "none",
            "fingertips_id": str(indicator.fingertips_id or ""),
            "source": indicator.source,
            "publisher": indicator.publisher,
            "licence": indicator.licence,
        }.items() <= row.items(), id_


def test_indicators_belong_to_the_priority_that_the_figures_name(params: Params, checkout: Project) -> None:
    named = {row["indicator_id"]: row["priority"] for row in rows_of(checkout.raw / SOURCES)}
    judged = {i: priority.id for priority in params.priorities.values() for i in priority.indicators}
    others = {i for i, priority in named.items() if priority not in params.priorities}
    assert judged == {i: priority for i, priority in named.items() if i not in others}


def test_areas_are_those_that_the_figures_have(params: Params, checkout: Project) -> None:
    trusts = {trust.code for trust in params.system.trusts}
    codes: dict[str, set[str]] = {}
    for row in observations(checkout.raw):
        codes.setdefault(row["indicator_id"], set()).add(row["area_code"])
    for id_ in params.indicators.keys() & codes.keys():
        indicator = params.indicators[id_]
        assert (indicator.areas == "trusts") == bool(codes[id_] & trusts), id_


def test_five_provider_collaboratives_are_there_each_concerned_by_a_chapter(params: Params) -> None:
    assert list(params.collaboratives) == [
        "acute",
        "community",
        "mental-health-learning-disability-autism",
        "primary-care",
        "voluntary-community-social-enterprise",
    ]
    concerned = {name for chapter in params.chapters for name in chapter.collaboratives}
    assert concerned == set(params.collaboratives)


def test_the_acute_collaborative_is_whole(params: Params) -> None:
    acute = params.collaboratives["acute"]
    assert set(acute.trusts) == {trust.code for trust in params.system.trusts}
    assert (len(acute.trusts), len(acute.priorities), len(acute.pathways), len(acute.themes)) == (3, 3, 6, 3)
    assert acute.decisions
    assert acute.mutual_aid
    assert set(acute.indicators) == {i.id for i in params.indicators.values() if i.areas == "trusts"}


def test_targets_are_the_published_ones(params: Params) -> None:
    told = {
        i.id: [(target.label, target.value, target.by) for target in i.targets]
        for i in params.indicators.values()
        if i.targets
    }
    assert told == {
        "ae_four_hour": [("standard", 95, None), ("ambition", 78, "2026-03")],
        "cancer_28_day": [("standard", 75, None), ("ambition", 77, "2025-03"), ("ambition", 80, "2026-03")],
        "cancer_31_day": [("standard", 96, None)],
        "cancer_62_day": [("standard", 85, None), ("ambition", 70, "2025-03"), ("ambition", 75, "2026-03")],
        "diagnostics_six_weeks": [("standard", 1, None), ("ambition", 5, "2025-03")],
        "rtt_within_18_weeks": [("standard", 92, None)],
        "six_in_one_12_months": [("national standard", 95, None)],
        "mmr1_24_months": [("national standard", 95, None)],
        "mmr1_5_years": [("national standard", 95, None)],
        "mmr_two_doses": [("national standard", 95, None)],
        "mmr2_5_years": [("national standard", 95, None)],
        "ehc_plans_20_weeks": [("legal duty", 100, None)],
        "cervical_screening_25_49": [("national standard", 80, None)],
        "cervical_screening_50_64": [("national standard", 80, None)],
        "flu_vaccination_65": [("national ambition", 75, None)],
        "talking_therapies_six_weeks": [("national standard", 75, None)],
        "talking_therapies_recovery": [("national standard", 50, None)],
    }


def test_months_that_repeat_those_of_the_year_before_are_doubted(params: Params, checkout: Project) -> None:
    """The reason for a doubt: value, count and denominator are the same at all trusts."""
    rows = {
        (row["indicator_id"], row["area_code"], row["period"]): (
            row["value"],
            row["count"],
            row["denominator"],
        )
        for row in observations(checkout.raw)
    }
    trusts = [trust.code for trust in params.system.trusts]
    for indicator in ("ae_four_hour", "ae_attendances"):
        months = {period for name, _, period in rows if name == indicator}
        repeated = {
            month
            for month in months
            for before in [f"{int(month[:4]) - 1}{month[4:]}"]
            if before in months
            and all(
                rows.get((indicator, trust, month)) == rows.get((indicator, trust, before))
                for trust in trusts
            )
        }
        doubted = {month for doubt in params.indicators[indicator].doubts for month in doubt.months}
        assert repeated <= doubted
