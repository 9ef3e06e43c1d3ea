"""The series that stand for a place: real ones, and made-up boroughs with counts."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.chapter.place_series import place_series
from boardpacks.data.observations import AreaSeries
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import Borough, Place
from boardpacks.stats.intervals import byars, wilson
from tests.chapter.conftest import MakeSnapshot

CITY, HACKNEY, COMBINED = "E09000001", "E09000012", "E67000001"
NORTH, SOUTH = "E09000031", "E09000032"
TWO = Place(
    id="two",
    name="North and South",
    boroughs=(Borough(code=NORTH, name="North"), Borough(code=SOUTH, name="South")),
    trust="R1H",
    group="Two",
)


def real(snapshot: Snapshot, params: Params, indicator: str, place: str) -> tuple[AreaSeries, ...]:
    return place_series(snapshot, params, params.indicators[indicator], params.places[place])


def test_one_borough_has_its_own_series_under_the_places_name(snapshot: Snapshot, params: Params):
    (series,) = real(snapshot, params, "smoking_prevalence", "havering")
    assert (series.area, series.name) == ("E09000016", "Havering")
    assert all(o.method == "published" for o in series.observations)


def test_city_and_hackney_population_is_the_sum(snapshot: Snapshot, params: Params):
    (series,) = real(snapshot, params, "population", "city-and-hackney")
    assert (series.area, series.name) == (f"{CITY}+{HACKNEY}", "City and Hackney")
    table = snapshot.observations
    own = table[(table["indicator"] == "population") & table["area"].isin([CITY, HACKNEY])]
    sums = own.groupby("period")["value"].sum()
    assert {o.period: o.value for o in series.observations} == dict(sums)
    assert len(sums) > 20
    for observation in series.observations:
        assert (observation.lower, observation.upper) == (None, None)
        assert observation.method == "sum of City of London and Hackney"


@pytest.mark.parametrize("indicator", ["injury_admissions_0_14", "preventable_cvd_mortality"])
def test_city_and_hackney_published_together_stays_so(snapshot: Snapshot, params: Params, indicator: str):
    (series,) = real(snapshot, params, indicator, "city-and-hackney")
    assert (series.area, series.name) == (COMBINED, "City and Hackney")
    assert not series.is_empty
    assert {o.method for o in series.observations} == {"published"}


def test_city_and_hackney_smoking_is_told_by_borough(snapshot: Snapshot, params: Params):
    series = real(snapshot, params, "smoking_prevalence", "city-and-hackney")
    assert [(one.area, one.name) for one in series] == [(CITY, "City of London"), (HACKNEY, "Hackney")]


def test_city_and_hackney_has_no_figure_for_obesity_in_reception(snapshot: Snapshot, params: Params):
    series = real(snapshot, params, "obesity_reception", "city-and-hackney")
    assert [one.name for one in series] == ["City of London", "Hackney"]
    assert all(one.is_empty for one in series)


def test_an_indicator_of_trusts_has_the_places_main_trust(snapshot: Snapshot, params: Params):
    for place in params.places.values():
        (series,) = place_series(snapshot, params, params.indicators["ae_four_hour"], place)
        assert series.area == place.trust
        assert series.name == params.trust(place.trust).short_name


def test_an_indicator_of_the_whole_system_is_called_after_the_system(snapshot: Snapshot, params: Params):
    codes = {area.code: area.name for area in params.system.own_areas}
    for name in ("cyp_mh_four_weeks", "talking_therapies_recovery"):
        (series,) = real(snapshot, params, name, "havering")
        assert series.name == codes[series.area] == "NHS North East London"
        assert not series.is_empty
    (nothing,) = real(
        snapshot,
        params.model_copy(update={"system": params.system.model_copy(update={"own_areas": ()})}),
        "cyp_mh_four_weeks",
        "havering",
    )
    assert (nothing.name, nothing.is_empty) == (params.system.organisation, True)


def indicator(unit: str = "%", decimals: int = 1, **changes: Any) -> Indicator:
    fields: dict[str, Any] = {
        "id": "made",
        "name": "Made",
        "measures": "Made by hand.",
        "unit": unit,
        "decimals": decimals,
        "polarity": "low",
        "frequency": "annual",
        "interval": "published",
        "source": "A survey",
        "publisher": "An office",
        "licence": "OGL v3.0",
    }
    return Indicator(**(fields | changes))


NAN = float("nan")


def made(
    params: Params, make_snapshot: MakeSnapshot, one: Indicator, *rows: tuple[Any, ...]
) -> list[AreaSeries]:
    return list(place_series(make_snapshot(one, *rows), params, one, TWO))


def test_proportions_are_put_together_from_counts_with_wilson(params: Params, make_snapshot: MakeSnapshot):
    rows = (NORTH, "2023", 10.0, NAN, NAN, 10.0, 100.0), (SOUTH, "2023", 30.0, NAN, NAN, 270.0, 900.0)
    (series,) = made(params, make_snapshot, indicator(), *rows)
    (whole,) = series.observations
    assert whole.value == pytest.approx(28.0)  # 280 of 1,000; the mean of the two rates would be 20
    assert (whole.lower, whole.upper) == pytest.approx(tuple(100 * limit for limit in wilson(280, 1000)))
    assert (whole.count, whole.denominator) == (280, 1000)
    assert (series.area, whole.area_name) == (f"{NORTH}+{SOUTH}", "North and South")
    assert whole.method == "counts and denominators of North and South added up"


@pytest.mark.parametrize(("unit", "scale"), [("per 1,000", 1000), ("per 100,000 people", 100_000)])
def test_rates_are_put_together_from_counts_with_byars(
    params: Params, make_snapshot: MakeSnapshot, unit: str, scale: int
):
    rows = (
        (NORTH, "2023", scale * 5 / 1000, NAN, NAN, 5.0, 1000.0),
        (SOUTH, "2023", scale * 45 / 3000, NAN, NAN, 45.0, 3000.0),
    )
    (series,) = made(params, make_snapshot, indicator(unit), *rows)
    (whole,) = series.observations
    assert whole.value == pytest.approx(scale * 50 / 4000)
    limits = tuple(scale * limit / 4000 for limit in byars(50))
    assert (whole.lower, whole.upper) == pytest.approx(limits)


def test_a_rate_of_few_events_has_no_interval(params: Params, make_snapshot: MakeSnapshot):
    rows = (NORTH, "2023", 4.0, NAN, NAN, 4.0, 1000.0), (SOUTH, "2023", 5.0, NAN, NAN, 5.0, 1000.0)
    (series,) = made(params, make_snapshot, indicator("per 1,000"), *rows)
    (whole,) = series.observations
    assert whole.value == pytest.approx(4.5)
    assert (whole.lower, whole.upper) == (None, None)


@pytest.mark.parametrize(
    ("one", "south"),
    [
        (indicator(counts_rounded=True), (30.0, NAN, NAN, 270.0, 900.0)),
        (indicator(), (30.0, NAN, NAN, NAN, 900.0)),
        (indicator(), (30.0, NAN, NAN, 270.0, NAN)),
        (indicator(), (NAN, NAN, NAN, 270.0, 900.0)),
        # Published rates that are not count over denominator are adjusted for something.
        (indicator(), (33.0, NAN, NAN, 270.0, 900.0)),
        (indicator("score 0-10", 2), (3.0, NAN, NAN, 270.0, 900.0)),
        (indicator("years"), (30.0, NAN, NAN, 270.0, 900.0)),
    ],
    ids=["rounded counts", "no count", "no denominator", "no value", "adjusted", "scores", "years"],
)
def test_what_cannot_be_put_together_is_told_by_borough(
    params: Params, make_snapshot: MakeSnapshot, one: Indicator, south: tuple[float, ...]
):
    rows = (NORTH, "2023", 10.0, NAN, NAN, 10.0, 100.0), (SOUTH, "2023", *south)
    series = made(params, make_snapshot, one, *rows)
    assert [one.name for one in series] == ["North", "South"]


def test_only_periods_that_all_boroughs_have_are_put_together(params: Params, make_snapshot: MakeSnapshot):
    rows = [(NORTH, "2021", 8.0), (NORTH, "2022", 10.0), (NORTH, "2023", 20.0)]
    rows += [(SOUTH, "2021", 4.0), (SOUTH, "2022", NAN), (SOUTH, "2023", 5.0)]
    (series,) = made(params, make_snapshot, indicator("people", 0, additive=True), *rows)
    assert [(o.period, o.value) for o in series.observations] == [("2021", 12.0), ("2023", 25.0)]


def test_what_the_newest_figure_cannot_be_put_together_for_is_told_by_borough(
    params: Params, make_snapshot: MakeSnapshot
):
    rows = [(NORTH, "2022", 10.0), (NORTH, "2023", 20.0), (SOUTH, "2022", 5.0), (SOUTH, "2023", NAN)]
    found = made(params, make_snapshot, indicator("people", 0, additive=True), *rows)
    assert [series.latest and series.latest.value for series in found] == [20.0, 5.0]


def test_a_remark_on_one_borough_is_none_on_several_together(params: Params, make_snapshot: MakeSnapshot):
    (series,) = made(
        params,
        make_snapshot,
        indicator("people", 0, additive=True),
        (NORTH, "2023", 20.0, {"note": "Worse"}),
        (SOUTH, "2023", 5.0, {"note": "Worse"}),
    )
    assert [o.note for o in series.observations] == [""]
