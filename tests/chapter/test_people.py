"""How many people a distance concerns, and since when: by rule, and nothing where the rule does not hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from math import floor, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.chapter.concerns import find_concern, since
from boardpacks.chapter.measure import AgainstComparator, Measure, Reading
from boardpacks.chapter.people import people_fact, two_figures
from boardpacks.chapter.standing_out import Notable
from boardpacks.data.observations import AreaSeries, Valued
from boardpacks.params.indicator import Break
from boardpacks.stats.comparison import is_behind

PLANS = "ehc_plans_20_weeks"
COUNTED = {"counts_of": "plans in time", "decimals": 1, "polarity": "high"}


@pytest.fixture
def read(params, snapshot):
    """Return a function that makes a measure of yearly figures beside England's, the last one worse than England."""

    def made(own, england, *, denominator=500.0, months=12, count=None, breaks=(), **indicator):
        known = params.indicators[PLANS].model_copy(update={**COUNTED, "breaks": breaks, **indicator})
        area, other = (
            AreaSeries(
                code,
                name,
                tuple(
                    Valued(PLANS, code, name, "Persons", str(year), dt.date(year, 1, 1), months, value, None, None,
                           count=count, denominator=denominator)
                    for year, value in values.items()
                ),
            )
            for code, name, values in (("E09000016", "Havering", own), ("E92000001", "England", england))
        )  # fmt: skip
        latest = area.latest
        assert latest is not None
        against = AgainstComparator("England", other.at(latest.period), "worse")
        reading = Reading(area, latest, (against,), None, (), broken=breaks[0] if breaks else None)
        return Measure(known, params.places["havering"], (area,), (other,), (reading,), "2024", "boroughs")

    return made


def people(measure: Measure, snapshot):
    return people_fact(measure.readings[0], measure.indicator, "havering", snapshot)


def test_the_distance_times_the_denominator_is_a_fact_with_its_formula(read, snapshot):
    told = people(read({2024: 29.4}, {2024: 46.4}), snapshot)

    assert (told.value, told.display, told.unit) == (85.0, "85", "plans in time")
    assert told.id == "havering.ehc_plans_20_weeks.E09000016.persons.2024.people"
    assert "(46.4 - 29.4) / 100 x 500, rounded to two significant figures" in told.method
    assert set(told.series.split("+")) == {
        snapshot.digest(PLANS, "E09000016"),
        snapshot.digest(PLANS, "E92000001"),
    }


@pytest.mark.parametrize(
    ("figures", "changes"),
    [
        (({2024: 29.4}, {2024: 46.4}), {"counts_of": None}),
        (({2024: 29.4}, {2024: 46.4}), {"denominator": None}),
        (({2024: 29.4}, {2024: 46.4}), {"unit": "years"}),
        (({2024: 29.4}, {2024: 46.4}), {"polarity": "none"}),
        (({2024: 29.4}, {2023: 46.4}), {}),
        (({2024: 56.4}, {2024: 46.4}), {}),
        (({2024: 29.4}, {2024: 46.4}), {"denominator": 50.0}),
        (({2024: 46.3}, {2024: 46.4}), {"denominator": 1e6}),
        (({2024: 29.4}, {2024: 46.4}), {"count": 400.0}),
        (({2024: 29.4}, {2024: 46.4}), {"unit": "per 1,000"}),
    ],
    ids=["not said what", "no denominator", "no share", "no better side", "England missing", "ahead", "too few",
         "a step of rounding", "no share of its count", "a rate without its count"],
)  # fmt: skip
def test_no_number_where_the_rule_does_not_hold(read, snapshot, figures, changes):
    assert people(read(*figures, **changes), snapshot) is None


@given(st.floats(1, 1e7))
def test_a_number_is_rounded_to_two_figures_and_never_further_off(number):
    made = two_figures(number)

    step = 10 ** max(0, floor(log10(number)) - 1)
    assert made % step == 0
    assert abs(made - number) <= step / 2 + 1e-6 * number


@given(
    own=st.floats(0, 100),
    level=st.floats(0, 100),
    polarity=st.sampled_from(["high", "low", "none"]),
)
def test_only_one_side_of_the_benchmark_is_behind_it(own, level, polarity):
    behind, ahead = is_behind(own, level, polarity), is_behind(level, own, polarity)

    assert behind + ahead == (own != level and polarity != "none")


@pytest.mark.parametrize(
    ("polarity", "months", "words"),
    [
        ("high", 12, "about 85 more plans in time in the year."),
        ("low", 3, "about 85 fewer plans in time in the quarter."),
        ("high", 1, "about 85 more plans in time in the month."),
        ("high", 36, "about 85 more plans in time over the period."),
    ],
)
def test_a_sentence_says_which_way_and_over_what_time(read, snapshot, polarity, months, words):
    own, england = ({2024: 29.4}, {2024: 46.4}) if polarity == "high" else ({2024: 46.4}, {2024: 29.4})
    measure = read(own, england, polarity=polarity, months=months)

    found = find_concern(measure, measure.readings[0], snapshot)
    assert found.record is not None

    plain = found.sentence.replace('[85]{fact="' + found.record.people + '"}', "85")
    assert plain == f" At England's level it would be {words}"
    assert found.record.words in words


@pytest.mark.parametrize(
    ("own", "england", "words"),
    [
        ({2021: 60, 2022: 40, 2023: 30, 2024: 29}, {2021: 50, 2022: 50, 2023: 50, 2024: 46}, "2022"),
        ({2022: 40, 2023: 30, 2024: 29}, {2022: 50, 2023: 50, 2024: 46}, "2022, the first figure held"),
        ({2022: 40, 2023: 30, 2024: 29}, {2023: 50, 2024: 46}, "2023, the first that can be compared"),
        ({2023: 94, 2024: 29}, {2023: 50, 2024: 46}, "2024"),
        ({2023: 30, 2024: 29}, {2024: 46}, ""),
        ({2024: 29}, {2024: 46}, ""),
        ({2023: 30, 2024: 60}, {2023: 50, 2024: 46}, ""),
    ],
)
def test_since_when_is_the_first_of_the_periods_behind_without_a_gap(read, own, england, words):
    measure = read(own, england)

    assert since(measure, measure.readings[0]) == words


def test_a_break_ends_the_way_back(read):
    years = dict.fromkeys(range(2019, 2025), 29.0)
    parted = Break(since=dt.date(2022, 1, 1), reason="Figures cannot be compared.")
    measure = read(years, dict.fromkeys(years, 46.0), breaks=(parted,))

    assert since(measure, measure.readings[0]) == "2022, the first that can be compared"


def test_nothing_is_told_of_what_is_neither_worse_nor_stands_out(read, snapshot):
    measure = read({2024: 29.4}, {2024: 46.4})
    reading = measure.readings[0]
    similar = replace(reading, comparisons=(replace(reading.comparisons[0], verdict="not-tested"),))

    assert find_concern(measure, similar, snapshot).record is None
    assert find_concern(measure, replace(similar, notable=Notable(("sharp-change",))), snapshot).record


def test_a_chapter_hands_the_number_over_as_a_marked_fact(params, snapshot, shown, no_drawing, open_place):
    chapter = open_place("havering", "babies-children-young-people")

    chapter._say(chapter.measure("mmr2_5_years"))

    (record,) = [out["application/vnd.boardpacks.artefact+json"] for out in shown]
    concern = record["summary"][0]["concern"]
    assert any(fact["id"] == concern["people"] for fact in record["facts"])
    assert f'{{fact="{concern["people"]}"}}' in record["markdown"]
