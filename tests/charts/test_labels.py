"""Labels beside a chart: never one over another, in order, near where they belong."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from boardpacks.charts.canvas import text_width
from boardpacks.charts.labels import number_ticks, spaced_ticks, spread_labels

LABELS = st.lists(st.tuples(st.floats(-50, 150), st.floats(0.5, 30)), min_size=1, max_size=8)
SLACK = 1e-9


@pytest.mark.parametrize(
    ("wanted", "heights", "centres"),
    [
        ([10.0, 50.0, 90.0], [4.0, 4.0, 4.0], [10.0, 50.0, 90.0]),
        ([50.0, 50.0], [4.0, 4.0], [50.0, 46.0]),
        ([50.0, 51.0], [4.0, 4.0], [47.0, 51.0]),
        ([100.0, 100.0], [10.0, 4.0], [95.0, 88.0]),
        ([0.0, 0.0], [10.0, 4.0], [9.0, 2.0]),
        # Too little room: the rest reaches below.
        ([0.0, 0.0], [60.0, 60.0], [70.0, 10.0]),
        ([], [], []),
    ],
)
def test_by_hand(wanted: list[float], heights: list[float], centres: list[float]):
    assert spread_labels(wanted, heights, 0.0, 100.0) == pytest.approx(centres)


@given(LABELS)
def test_no_label_covers_another_or_leaves_the_room_above(labels: list[tuple[float, float]]):
    wanted, heights = [w for w, _ in labels], [h for _, h in labels]
    centres = spread_labels(wanted, heights, 0.0, 100.0)
    spans = sorted((c - h / 2, c + h / 2) for c, h in zip(centres, heights, strict=True))
    assert all(upper <= lower + SLACK for (_, upper), (lower, _) in pairwise(spans))
    assert spans[-1][1] <= 100 + SLACK
    assert spans[0][0] >= min(0.0, 100 - sum(heights)) - SLACK


@given(LABELS)
def test_labels_keep_their_order(labels: list[tuple[float, float]]):
    wanted = [w for w, _ in labels]
    centres = spread_labels(wanted, [h for _, h in labels], 0.0, 100.0)
    for one, centre in zip(wanted, centres, strict=True):
        assert all(centre > other for want, other in zip(wanted, centres, strict=True) if one > want)


@given(LABELS)
def test_labels_stay_within_the_others_heights_of_where_they_belong(labels: list[tuple[float, float]]):
    wanted, heights = [min(max(w, 0.0), 100.0) for w, _ in labels], [h for _, h in labels]
    centres = spread_labels(wanted, heights, 0.0, 100.0)
    room = max(sum(heights), 2 * sum(heights) - 100)
    assert all(abs(c - w) <= room + SLACK for c, w in zip(centres, wanted, strict=True))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9, unique=True))
def test_labels_that_have_room_stay_where_they_belong(tens: list[int]):
    wanted = [10.0 * ten for ten in tens]
    assert spread_labels(wanted, [9.0] * len(tens), 0.0, 100.0) == wanted


@pytest.mark.parametrize(
    ("limits", "numbers"),
    [((0, 4.2), ["0", "1", "2", "3", "4"]), ((4100, 900), ["1,000", "2,000", "3,000", "4,000"])],
)
def test_ticks_inside_an_axis_have_numbers(limits: tuple[float, float], numbers: list[str]):
    axes = Figure().add_subplot(ylim=limits)
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=5)  # type: ignore[call-arg]
    number_ticks(axes.yaxis)
    assert [label.get_text() for label in axes.get_yticklabels()] == numbers
    assert axes.get_ylim() == limits


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("width", [400.0, 200.0, 120.0])
def test_numbers_along_an_axis_have_room(width: float):
    axes = Figure().add_subplot(xlim=(0, 5_000_000))
    spaced_ticks(axes.xaxis, width, 6)
    shown = [label.get_text() for label in axes.get_xticklabels()]
    assert 2 <= len(shown) <= 7
    assert sum(text_width(label, 8.5) + 8 for label in shown) <= width


@pytest.mark.usefixtures("look")
def test_an_axis_without_room_has_the_fewest_numbers():
    axes = Figure().add_subplot(xlim=(0, 5_000_000))
    spaced_ticks(axes.xaxis, 10.0, 6)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0", "5,000,000"]
