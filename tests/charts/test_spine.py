"""Spine charts: the benchmark in the middle, the better end on the right, every value said."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About
from boardpacks.charts.places import MARKS
from boardpacks.charts.spine import FURTHEST, MIDDLE, RIM, Spine, SpineRow, describe_spine, draw_spine, scale
from boardpacks.charts.svg import to_svg
from boardpacks.stats.comparison import Verdict
from tests.charts.drawn import boxes, contrast, directions, marks, outside, overlapping, segments, words

pytestmark = pytest.mark.usefixtures("look")
ABOUT = About("the main measures", "Havering", "2021 to 2024")


def say(value: float) -> str:
    return f"{value:,.1f}%"


ROW = SpineRow("Adults who smoke", "2023", 10.0, 12.0, (8.0, 10.0, 11.0, 14.0, 20.0), "low", "better", say)


def spine(*rows: SpineRow) -> Spine:
    return Spine("Havering", "England", "London boroughs", rows)


def bars(figure: Figure) -> list[list[tuple[float, float]]]:
    """Return left and right end of every bar, of the whole bars and of the middle halves."""
    return [[(box.left, box.right) for box in together] for together in boxes(figure.axes[0])]


def test_the_benchmark_is_in_the_middle_and_the_further_end_at_the_edge():
    scaled = scale(ROW)
    assert scaled
    # 20 is the worst and furthest: 8 away from 12. The best, 8, is half as far.
    assert (scaled.worst, scaled.best) == (0.0, 0.75)
    assert scaled.middle_half == (0.375, 0.625)
    assert scaled.value == 0.625


def test_the_better_end_is_on_the_right():
    low, high = scale(ROW), scale(replace(ROW, polarity="high"))
    assert low
    assert high
    assert low.value == 1 - high.value  # type: ignore[operator]
    assert scale(replace(ROW, polarity="none")) == high


def test_without_peers_there_is_no_bar():
    assert scale(replace(ROW, peers=())) is None
    figure = draw_spine(spine(replace(ROW, peers=())))
    assert bars(figure) == []
    assert "nothing to compare with" in words(figure)


def test_without_a_benchmark_the_middle_peer_is_in_the_middle_and_the_key_says_so():
    scaled = scale(replace(ROW, benchmark=None))
    assert scaled
    # 11 is the middle of the peers, and 20 lies furthest from it: 9. The own value, 10, is better by 1.
    assert scaled.worst == 0.0
    assert scaled.value == pytest.approx(0.5 + 0.5 / 9)
    told = words(draw_spine(spine(replace(ROW, benchmark=None))))
    assert "Middle one, without a figure for England" in told
    assert told.count("England") == 1  # the column's head, not the key
    both = words(draw_spine(spine(ROW, replace(ROW, benchmark=None))))
    assert both.count("England") == 2


def test_bars_mark_and_benchmark_stand_where_the_values_are():
    figure = draw_spine(spine(ROW))
    ((whole,), (middle,)) = bars(figure)
    (line,) = [found for found in segments(figure.axes[0]) if found[0][0] == found[1][0]]
    centre = line[0][0]
    reach = (centre - whole[0]) / 0.5
    assert whole[1] == pytest.approx(whole[0] + 0.75 * reach)
    assert middle == pytest.approx((whole[0] + 0.375 * reach, whole[0] + 0.625 * reach))
    mark = next(x for x, y, shape in marks(figure.axes[0]) if abs(y - line[0][1] - 8) < 0.1 and shape == "o")
    assert mark == pytest.approx(whole[0] + 0.625 * reach)


def test_all_values_are_said_in_their_columns():
    figure = draw_spine(spine(ROW))
    assert words(figure)[:9] == [
        "Havering", "England", "Worst", "Best", "Adults who smoke, 2023", "10.0%", "12.0%", "20.0%", "8.0%",
    ]  # fmt: skip


def test_without_a_direction_the_ends_are_lowest_and_highest():
    figure = draw_spine(spine(replace(ROW, polarity="none", verdict="lower")))
    assert {"Worst or lowest", "Best or highest"} <= set(words(figure))
    assert "8.0%" in words(figure)[7]


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_the_mark_has_the_shape_of_the_verdict(verdict: Verdict):
    figure = draw_spine(spine(replace(ROW, verdict=verdict)))
    assert MARKS[verdict][0] in {shape for _, _, shape in marks(figure.axes[0])}


def test_a_missing_value_has_no_mark_and_says_so():
    figure = draw_spine(spine(replace(ROW, value=None, verdict="not-compared")))
    key = 2  # whole bar and middle half; the benchmark's is a stroke
    assert len([shape for _, _, shape in marks(figure.axes[0]) if shape != "|"]) == key
    assert "no figure" in words(figure)
    text = describe_spine(spine(replace(ROW, value=None)), ABOUT)
    assert text.endswith("No figure: adults who smoke.")


def test_a_chart_without_rows_is_refused():
    with pytest.raises(ValueError, match="needs a row"):
        draw_spine(spine())


def test_bars_have_a_rim_that_stands_out():
    assert contrast(RIM, "white") >= 3
    assert contrast(MIDDLE, "white") >= 3
    assert contrast(FURTHEST, MIDDLE) >= 2


@pytest.mark.parametrize("count", [1, 3, 25])
def test_names_of_any_length_stay_inside_and_apart(count: int):
    rows = [
        replace(ROW, name="Pupils with an education, health and care plan " * (1 + n % 4))
        for n in range(count)
    ]
    figure = draw_spine(spine(*rows))
    assert outside(figure) == []
    assert overlapping(figure) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"peers": (12.0, 12.0), "value": 12.0},
        {"peers": (-5.0, 5.0), "value": -5.0, "benchmark": 0.0},
        {"peers": (1e9,)},
    ],
    ids=["all equal", "negative", "huge"],
)
def test_odd_values_are_drawn(changes: dict[str, object]):
    figure = draw_spine(spine(replace(ROW, **changes)))  # type: ignore[arg-type]
    assert outside(figure) == []
    assert "nan" not in to_svg(figure)


def test_the_same_chart_gives_the_same_svg():
    assert to_svg(draw_spine(spine(ROW))) == to_svg(draw_spine(spine(ROW)))


def test_the_description_says_both_values_under_the_verdict():
    text = describe_spine(spine(ROW, replace(ROW, name="Obesity", verdict="worse")), ABOUT)
    assert "Worse than England: Obesity, 10.0% in 2023, England 12.0%." in text
    assert "Better than England: Adults who smoke, 10.0% in 2023, England 12.0%." in text
    assert "2 measures of Havering beside England and the London boroughs." in text


@given(
    st.lists(
        st.tuples(st.sampled_from(get_args(Verdict)), st.one_of(st.none(), st.floats(-9, 9))), max_size=9
    )
)
def test_descriptions_name_place_and_period_and_no_verdict_of_their_own(
    rows: list[tuple[Verdict, float | None]],
):
    drawn = spine(*(replace(ROW, verdict=verdict, value=value) for verdict, value in rows))
    text = describe_spine(drawn, ABOUT)
    assert "Havering" in text
    assert "2021 to 2024" in text
    assert directions(text) == {verdict for verdict, value in rows if value is not None} & {
        "better", "worse", "similar", "higher", "lower",
    }  # fmt: skip


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=33), st.floats(-1e6, 1e6))
def test_the_scale_keeps_order_and_bounds(peers: list[float], benchmark: float):
    scaled = scale(replace(ROW, value=peers[0], benchmark=benchmark, peers=tuple(peers), polarity="high"))
    assert scaled
    at = [scaled.worst, *scaled.middle_half, scaled.best]
    assert at == sorted(at)
    assert -1e-9 <= at[0] <= scaled.value <= at[-1] <= 1 + 1e-9  # type: ignore[operator]


def test_the_key_names_bars_only_where_there_are_some():
    alone = replace(ROW, peers=())
    told = [text.get_text() for text in draw_spine(spine(alone)).axes[0].texts]
    assert not any("Worst to best" in text or "middle half" in text for text in told)
