"""How old figures are on a day, counted in whole months from the end of their latest period."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from boardpacks.data.ages import _months_on, find_ages
from boardpacks.params.indicator import Release

DAY = dt.date(2026, 12, 9)


def aged(params, embedded, name, day=DAY):
    return next(age for age in find_ages(params, embedded, day) if age.indicator.id == name)


def test_every_indicator_of_params_has_an_age_and_the_oldest_comes_first(params, embedded):
    ages = find_ages(params, embedded, DAY)
    assert {age.indicator.id for age in ages} == set(params.indicators)
    months = [age.months for age in ages]
    assert months == sorted(months, reverse=True)


def test_a_period_ends_on_its_last_day_and_periods_without_a_value_do_not_count(params, embedded):
    table = embedded.observations
    for age in find_ages(params, embedded, DAY):
        own = table[(table["indicator"] == age.indicator.id) & table["value"].notna()]
        last = own.sort_values(["period_start", "period_months"]).iloc[-1]
        after = last["period_start"] + pd.DateOffset(months=int(last["period_months"]))
        assert age.ends == (after - pd.Timedelta(days=1)).date()


@pytest.mark.parametrize(
    ("day", "months"), [("2024-12-30", 11), ("2024-12-31", 12), ("2023-12-31", 0), ("2020-01-01", 0)]
)
def test_months_are_whole(params, embedded, day, months):
    assert aged(params, embedded, "smoking_prevalence", dt.date.fromisoformat(day)).ends == dt.date(
        2023, 12, 31
    )
    assert aged(params, embedded, "smoking_prevalence", dt.date.fromisoformat(day)).months == months


@pytest.mark.parametrize(("after", "expected", "late"), [(9, "2025-09-30", True), (30, "2027-06-30", False)])
def test_the_next_release_is_expected_when_params_say_so(params, embedded, after, expected, late):
    smoking = params.indicators["smoking_prevalence"]
    known = smoking.model_copy(update={"release": Release(every=12, after=after)})
    told = params.model_copy(update={"indicators": {**params.indicators, smoking.id: known}})
    age = aged(told, embedded, smoking.id)
    assert (age.expected, age.is_late) == (dt.date.fromisoformat(expected), late)
    assert aged(params, embedded, "suicide_rate").expected is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2023-11-30", 1, "2023-12-30"),
        ("2023-12-01", 24, "2025-12-01"),
        ("2023-12-31", 12, "2024-12-31"),
    ],
)
def test_months_end_with_the_days_that_they_have(day, months, later):
    assert _months_on(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)
