"""Small multiples: a panel a place, one scale for all, trends only where they were tested."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About
from boardpacks.charts.multiples import Multiple, Multiples, describe_multiples, draw_multiples
from boardpacks.charts.svg import to_svg
from boardpacks.charts.theme import STYLES
from boardpacks.charts.trend import Point, TrendLine
from boardpacks.stats.recent_trend import RULE, Direction, Trend
from tests.charts.drawn import directions, outside, overlapping, words, ys

pytestmark = pytest.mark.usefixtures("look")
ABOUT = About("Adults who smoke", "the places of north east London", "2015 to 2019")
FALLING = Trend("decreasing", "better", RULE, "chi-squared test")
FLAT = Trend("no-significant-change", "none", RULE, "chi-squared test")
UNTESTED = Trend("not-calculated", "none", RULE, reason="fewer than five points")


def say(value: float) -> str:
    return f"{value:,.1f}%"


def points(*values: float | None, half_width: float | None = None, first: int = 2015) -> tuple[Point, ...]:
    def point(year: int, value: float | None) -> Point:
        limits = (
            (None, None) if value is None or half_width is None else (value - half_width, value + half_width)
        )
        return Point(str(year), dt.date(year, 1, 1), 12, value, *limits)

    return tuple(point(first + number, value) for number, value in enumerate(values))


HAVERING = Multiple("Havering", points(20.0, 18.0, 15.0, 12.0, 10.9), FALLING)
NEWHAM = Multiple("Newham", points(19.0, None, 22.0, 14.0, 13.0), FLAT)
EMPTY = Multiple("City of London", points(None, None))
ENGLAND = TrendLine("England", "", "benchmark", points(19.3, 18.0, 16.0, 13.0, 11.6))
CHART = Multiples((HAVERING, NEWHAM, EMPTY), ENGLAND)


def draw(chart: Multiples = CHART) -> Figure:
    return draw_multiples(chart, say)


def panels(figure: Figure) -> list[Axes]:
    return figure.axes[1:]


def drawn(axes: Axes, colour: str) -> list[list[float | None]]:
    return [ys(line) for line in axes.lines if line.get_color() == colour and ys(line)]


def test_each_panel_has_its_place_and_the_benchmark():
    havering, newham, empty = panels(draw())
    assert drawn(havering, STYLES["place"].colour) == [[20.0, 18.0, 15.0, 12.0, 10.9]]
    assert drawn(newham, STYLES["place"].colour) == [[19.0, None, 22.0, 14.0, 13.0]]
    assert drawn(empty, STYLES["place"].colour) == []
    for panel in (havering, newham, empty):
        assert drawn(panel, STYLES["benchmark"].colour) == [[19.3, 18.0, 16.0, 13.0, 11.6]]


def test_all_panels_have_the_same_scales():
    assert len({(panel.get_xlim(), panel.get_ylim()) for panel in panels(draw())}) == 1


def test_panels_are_headed_by_name_latest_value_and_trend():
    said = words(draw())
    assert {
        "Havering",
        "10.9%, 2019",
        "\u25bc getting better",
        "Newham",
        "13.0%, 2019",
        "no significant change",
    } <= set(said)
    assert {"City of London", "no figure"} <= set(said)


def test_no_line_speaks_of_trends_when_none_was_tested():
    chart = Multiples((Multiple("Havering", HAVERING.points, UNTESTED), Multiple("Newham", NEWHAM.points)))
    assert not any("trend" in each for each in words(draw(chart)))


def test_an_interval_far_wider_than_the_values_does_not_flatten_the_others():
    wide = Multiple("City of London", points(18.0, 16.0, half_width=40.0, first=2018))
    low, high = panels(draw(Multiples((HAVERING, wide), ENGLAND)))[0].get_ylim()
    assert low == 0
    assert high < 30


def test_first_and_last_period_are_named_once_a_panel():
    assert [label.get_text() for label in panels(draw())[0].get_xticklabels()] == ["2015", "2019"]


@pytest.mark.parametrize(
    "places",
    [
        (HAVERING,),
        (Multiple("Havering", points(4.2)),),
        (Multiple("Zero", points(0.0, 0.0)), Multiple("Below", points(-3.0, -9.0))),
        (Multiple("Huge", points(1e9, 2e9)), HAVERING),
        tuple(
            Multiple("Barking and Dagenham with Havering " * (1 + n % 2), HAVERING.points, FALLING)
            for n in range(9)
        ),
    ],
    ids=["one", "one point", "zero and below", "huge", "nine with long names"],
)
def test_words_stay_inside_and_apart(places: tuple[Multiple, ...]):
    figure = draw(Multiples(places, ENGLAND))
    assert outside(figure) == []
    assert overlapping(figure) == []


def test_long_periods_do_not_run_into_each_other():
    def long(point: Point) -> Point:
        return Point(
            f"April {point.period} to March {int(point.period) + 1}", point.start, 12, point.value, None, None
        )

    place = Multiple("Havering", tuple(map(long, HAVERING.points)))
    figure = draw(Multiples((place,) * 4))
    assert overlapping(figure) == []
    assert [label.get_text() for label in panels(figure)[0].get_xticklabels()] == ["April 2019 to March 2020"]


def test_charts_without_any_value_are_refused():
    for places in ((), (EMPTY,)):
        with pytest.raises(ValueError, match="place with a value"):
            draw(Multiples(places, ENGLAND))


def test_the_same_chart_gives_the_same_svg():
    assert to_svg(draw()) == to_svg(draw())


def test_the_description_says_first_and_latest_values_and_tested_trends():
    assert describe_multiples(CHART, ABOUT, say) == (
        "Small line charts, one for each place and all on one scale, of adults who smoke, the places of north"
        " east London, 2015 to 2019. Havering: 20.0% in 2015, 10.9% in 2019; recent trend: decreasing and "
        "getting better. Newham: 19.0% in 2015, 13.0% in 2019; recent trend: no significant change. England: "
        "19.3% in 2015, 11.6% in 2019. No figure: City of London."
    )


TRENDS: dict[Direction, Trend] = {
    "increasing": Trend("increasing", "worse", RULE, "test"),
    "decreasing": FALLING,
    "no-significant-change": FLAT,
    "not-calculated": UNTESTED,
}


@given(
    st.lists(
        st.tuples(st.lists(st.one_of(st.none(), st.floats(0, 99)), max_size=6), st.sampled_from(list(TRENDS)))
    )
)
def test_descriptions_claim_only_tested_trends(rows: list[tuple[list[float | None], Direction]]):
    places = tuple(
        Multiple(f"Area {n}", points(*values), TRENDS[kind]) for n, (values, kind) in enumerate(rows)
    )
    text = describe_multiples(Multiples(places), ABOUT, say)
    assert "the places of north east London, 2015 to 2019." in text
    tested = {kind for values, kind in rows if any(value is not None for value in values)}
    assert directions(text) & {"increasing", "decreasing"} == tested & {"increasing", "decreasing"}
    assert ("better" in text) == ("decreasing" in tested)
    assert ("worse" in text) == ("increasing" in tested)


@pytest.mark.parametrize(
    ("intervals", "said"), [((0, 1), True), ((0,), False), ((0, 2), False), ((), False), ((1, 2), True)]
)
def test_the_key_speaks_of_shading_only_where_two_periods_in_a_row_have_an_interval(
    intervals: tuple[int, ...], said: bool
):
    bare, wide = points(9.0, 8.0, 7.0), points(9.0, 8.0, 7.0, half_width=1.0)
    own = tuple(wide[at] if at in intervals else bare[at] for at in range(3))
    texts = [text.get_text() for text in draw(Multiples((Multiple("Havering", own),), ENGLAND)).axes[0].texts]
    assert any("shaded" in text for text in texts) == said
