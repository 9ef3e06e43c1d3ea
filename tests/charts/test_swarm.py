"""Dots on a line: none covers another, none is moved without need."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.charts.swarm import ROOM, swarm

places = st.lists(st.floats(0, 300), max_size=60)


@given(places)
def test_no_dot_covers_another(along: list[float]):
    dots = list(zip(along, swarm(along, 4.2), strict=True))
    assert all(hypot(a - c, b - d) >= 4.2 * (1 - 1e-9) for (a, b), (c, d) in combinations(dots, 2))


def test_dots_that_do_not_touch_stay_on_the_line():
    assert swarm([0.0, 20.0, 4.0, 8.0], 4.0) == [0.0] * 4


def test_dots_at_one_place_stand_side_by_side():
    assert sorted(swarm([5.0] * 3, 4.0)) == pytest.approx([-4.0 * ROOM, 0.0, 4.0 * ROOM])


def test_a_dot_is_moved_only_as_far_as_it_must():
    assert swarm([0.0, 3.0], 5.0) == [0.0, pytest.approx(-4.0 * ROOM)]


def test_no_dots_are_no_swarm():
    assert swarm([], 4.0) == []
