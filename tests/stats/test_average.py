"""The average of a system: weighted by people, never a mean of rates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.average import pooled
from boardpacks.stats.intervals import byars, exact_poisson, wilson

AREAS = st.lists(
    st.integers(1, 10**5).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=10
)


def test_a_small_area_does_not_count_as_much_as_a_large_one():
    found = pooled([10, 10], [100, 900], "proportion", 100)
    assert found.value == 2.0
    assert (found.lower, found.upper) == pytest.approx(tuple(100 * limit for limit in wilson(20, 1000)))


def test_a_rate_has_byars_interval_or_the_exact_one():
    many, few = pooled([30, 70], [1000, 1000], "rate", 1000), pooled([1, 2], [1000, 500], "rate", 1000)
    assert (many.lower, many.upper) == pytest.approx(tuple(limit / 2 for limit in byars(100)))
    assert (few.lower, few.upper) == pytest.approx(tuple(limit / 1.5 for limit in exact_poisson(3)))


@given(AREAS)
def test_the_average_lies_among_the_areas(areas: list[tuple[int, int]]):
    found = pooled([count for count, _ in areas], [n for _, n in areas], "proportion", 1)
    shares = [count / n for count, n in areas]
    assert found.value is not None
    assert min(shares) - 1e-12 <= found.value <= max(shares) + 1e-12


@pytest.mark.parametrize(
    ("counts", "denominators"), [([], []), ([1], []), ([1], [0]), ([-1, 5], [10, 10]), ([11], [10])]
)
def test_what_makes_no_average_is_refused(counts: list[float], denominators: list[float]):
    with pytest.raises(ValueError, match="needs"):
        pooled(counts, denominators, "proportion", 100)
