"""What publishers caution: said where it is true of what is shown, and never more."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.chapter import narrative
from boardpacks.chapter.cautions import NO_CARE, WITH_CAUTION, Care, care_for, caution_note, with_caution
from boardpacks.chapter.measure import Measure, measure
from boardpacks.data.observations import Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Summary
from boardpacks.params.handling import Caution
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params

PERIODS = ("2021", "2022", "2023")
AREAS = ("E09000002", "E09000012", "E92000001")


def figure(area: str, period: str, note: str = "") -> Valued:
    start = dt.date(int(period), 1, 1)
    return Valued("made_up", area, area, "Persons", period, start, 12, 1.0, None, None, note=note)


cautions = st.builds(
    Caution,
    text=st.sampled_from(["The survey was small.", "Counts are rounded."]),
    source=st.just("An office"),
    periods=st.lists(st.sampled_from(PERIODS), unique=True).map(tuple),
    areas=st.lists(st.sampled_from(AREAS), unique=True).map(tuple),
)
figures = st.builds(figure, st.sampled_from(AREAS), st.sampled_from(PERIODS))


@pytest.fixture(scope="module")
def made_up(params: Params) -> Indicator:
    return params.indicators["smoking_prevalence"].model_copy(update={"cautions": ()})


def true_of(caution: Caution, one: Valued) -> bool:
    return one.period in (caution.periods or PERIODS) and one.area in (caution.areas or AREAS)


@given(st.lists(cautions, max_size=3), figures, st.lists(figures, max_size=3), st.lists(figures, max_size=3))
def test_a_caution_is_said_where_it_is_true_of_a_figure_shown_and_holds_back_what_rests_on_it(
    made_up, told, latest, judged_by, beside
):
    indicator = made_up.model_copy(update={"cautions": tuple(told)})
    care = care_for(indicator, latest, judged_by, beside)
    shown = [latest, *judged_by, *beside]
    assert list(care.cautions) == [one for one in told if any(true_of(one, each) for each in shown)]
    assert care.rests_on_it == any(true_of(one, each) for one in told for each in (latest, *judged_by))


def test_the_figure_of_several_areas_is_cautioned_with_any_of_them():
    caution = Caution(text="The survey was small.", source="An office", areas=("E09000012",))
    assert caution.concerns("2023", "E09000001+E09000012")
    assert not caution.concerns("2023", "E09000001+E09000002")


@pytest.mark.parametrize(
    ("note", "rests"),
    [
        ("", False),
        ("Value for two boroughs combined", False),
        ("Should be Treated With Caution because a hospital sent nothing", True),
        ("Estimate and confidence interval unreliable since the sample is small", True),
    ],
)
def test_a_publishers_own_remark_holds_a_figure_back(made_up, params, note, rests):
    care = care_for(made_up, figure(AREAS[0], "2023", note), (), (), params.system.cautious_remarks)
    assert care == Care((), rests)


def test_a_line_of_the_summary_says_so_and_is_marked():
    line = Summary(verdict="worse", line="Adults who smoke: 20%", indicator="smoking", facts=("a",))
    (marked,) = with_caution([line], Care((), rests_on_it=True))
    assert (marked.line, marked.cautioned) == (f"Adults who smoke: 20%; {WITH_CAUTION}", True)
    assert marked.facts == ("a",)
    assert with_caution([line], NO_CARE) == [line]
    assert "cautioned" not in line.model_dump()


def test_what_is_below_a_table_names_each_measure_once(made_up):
    care = Care((), rests_on_it=True)
    both = [(made_up, "Havering", care), (made_up, "Hackney", care)]
    assert caution_note(both) == "To be read with caution: adults who smoke. "
    one = [(made_up, "Havering", NO_CARE), (made_up, "Hackney", care)]
    assert caution_note(one) == "To be read with caution: adults who smoke (Hackney). "
    assert caution_note(one[:1]) == ""


def read(params: Params, snapshot: Snapshot, indicator: Indicator, place: str) -> Measure:
    return measure(snapshot, params, indicator, params.places[place])


def test_a_caution_of_an_earlier_period_is_not_said(params: Params, snapshot: Snapshot):
    poverty = params.indicators["children_relative_poverty"]
    assert poverty.cautions
    found = read(params, snapshot, poverty, "havering")
    assert WITH_CAUTION not in narrative.opening(found).lower()
    assert not any(reading.care.cautions for reading in found.readings)


def test_second_doses_are_said_to_rest_on_other_boroughs_too_low_figures(params: Params, snapshot: Snapshot):
    """The warning is of 14 boroughs outside the system: ranks rest on them, the comparison with England does not."""
    ranked = read(params, snapshot, params.indicators["mmr_two_doses"], "city-and-hackney")
    tested = read(params, snapshot, params.indicators["mmr2_5_years"], "city-and-hackney")
    own = {borough.code for borough in params.boroughs()}
    for found in (ranked, tested):
        (caution,) = found.indicator.cautions
        assert not own & set(caution.areas)
        assert narrative.opening(found).count("14 London boroughs") == 1
    (tail,) = (reading for reading in ranked.readings if reading.notable.rules)
    assert tail.care.rests_on_it
    (quarter,) = tested.readings
    assert (quarter.verdict, quarter.care.rests_on_it) == ("worse", False)


def test_the_project_s_cautions_are_of_figures_that_are_held(params: Params, snapshot: Snapshot):
    for indicator in params.indicators.values():
        held = {row["period"] for rows in snapshot.rows[indicator.id].values() for row in rows}
        for caution in indicator.cautions:
            assert set(caution.periods) <= held, indicator.id
