"""The European Standard Population, and parts of it."""

from __future__ import annotations

import pytest
from PHStatsMethods import euro_standard_pop

from boardpacks.stats.standard_populations import EUROPEAN_2013, StandardPopulation


def test_the_european_population_is_that_of_ohid_s_program():
    theirs = euro_standard_pop()
    weights = theirs.select_dtypes("number").iloc[:, -1].tolist()
    assert list(EUROPEAN_2013.weights) == weights
    assert sum(EUROPEAN_2013.weights) == 100_000
    assert (EUROPEAN_2013.ages[0], EUROPEAN_2013.ages[-1], len(EUROPEAN_2013.ages)) == (0, 90, 19)


def test_people_under_75_are_the_first_15_bands():
    under_75 = EUROPEAN_2013.between(0, 74)
    assert under_75.ages[-1] == 70
    assert sum(under_75.weights) == 91_000
    assert under_75.name == "European Standard Population 2013, aged 0 to 74"


def test_people_of_65_and_over_end_with_the_open_band():
    assert EUROPEAN_2013.between(65).weights == (5500, 5000, 4000, 2500, 1500, 1000)


@pytest.mark.parametrize(("youngest", "oldest"), [(18, None), (0, 73), (0, 90), (95, None), (50, 44)])
def test_a_band_is_never_cut(youngest: int, oldest: int | None):
    with pytest.raises(ValueError, match="has no bands that make up people aged"):
        EUROPEAN_2013.between(youngest, oldest)


@pytest.mark.parametrize(
    ("ages", "weights"), [((), ()), ((0, 5), (1,)), ((5, 0), (1, 1)), ((0, 0), (1, 1)), ((0, 5), (1, 0))]
)
def test_an_impossible_population_is_refused(ages: tuple[int, ...], weights: tuple[int, ...]):
    with pytest.raises(ValueError, match="odd"):
        StandardPopulation("odd", "nobody", ages, weights)
