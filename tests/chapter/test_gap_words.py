"""Words about gaps never claim what the statistic does not: over random figures, and by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import sqrt
from operator import itemgetter
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.chapter import gap_words
from boardpacks.chapter.borough_gaps import AreaValue, BoroughGap, PeriodGap
from boardpacks.data.observations import Valued
from boardpacks.params.indicator import Indicator
from boardpacks.params.system import Borough, Place
from boardpacks.stats.widest_gap import gap_change, widest_gap
from tests.chapter.numbers import printed

Limits = tuple[float, float, float]
NAMES = [f"Borough {letter}" for letter in "ABCDEFGH"]
LIMITS = st.builds(
    lambda value, down, up: (value, value - down, value + up),
    st.floats(0, 100),
    st.floats(0.1, 20),
    st.floats(0.1, 20),
)
PERIODS = st.integers(2, 8).flatmap(
    lambda n: st.tuples(*[st.lists(LIMITS, min_size=n, max_size=n) for _ in range(2)])
)
HOME = Place(
    id="place-a",
    name="Borough A",
    boroughs=(Borough(code="E09000001", name="Borough A"),),
    trust="RAA",
    group="X",
)


def indicator(polarity: str = "low") -> Indicator:
    return Indicator.model_validate(
        {
            "id": "mood",
            "name": "Low mood",
            "measures": "A share.",
            "unit": "%",
            "decimals": 1,
            "polarity": polarity,
            "frequency": "annual",
            "interval": "published",
            "source": "A survey",
            "publisher": "An office",
            "licence": "OGL",
        }
    )


def period_gap(year: int, figures: Sequence[Limits], tested: bool = True) -> PeriodGap:
    made = tuple(
        AreaValue(
            f"place-{name[-1].lower()}",
            Valued(
                "mood",
                f"E0900000{n + 1}",
                name,
                "Persons",
                str(year),
                dt.date(year, 1, 1),
                12,
                value,
                lower if tested else None,
                upper if tested else None,
            ),
        )
        for n, (name, (value, lower, upper)) in enumerate(zip(NAMES, figures, strict=False))
    )
    return PeriodGap(str(year), made, widest_gap([one.estimate for one in made]))


def borough_gap(
    then: Sequence[Limits] | None, now: Sequence[Limits], *, tested: bool = True, polarity: str = "low"
) -> BoroughGap:
    latest = period_gap(2024, now, tested)
    earlier = None if then is None else period_gap(2014, then, tested)
    change = None if earlier is None else gap_change(earlier.gap, latest.gap)
    return BoroughGap(indicator(polarity), latest, earlier, change, (), ())


def statement(gaps: Sequence[BoroughGap], place: str | None) -> str:
    return printed(gap_words.statement(gaps, place, "the east"))


def position(found: BoroughGap, place: Place) -> str:
    return printed(gap_words.position(found, place))


def limits_of_the_gap(figures: Sequence[Limits]) -> tuple[float, float, bool]:
    """Lower and upper limit of the gap, and whether the extremes differ: another calculation than the library's."""
    count = len(figures)
    by = NormalDist().inv_cdf(1 - 0.05 / (count * (count - 1) / 2) / 2) / NormalDist().inv_cdf(0.975)
    # of equal ones the first and the last, so that they are two
    lowest, highest = min(figures, key=itemgetter(0)), max(reversed(figures), key=itemgetter(0))
    lows, highs = [], []
    for a in figures:
        for b in figures:
            if a is not b:
                lows.append(a[0] - b[0] - by * sqrt((a[0] - a[1]) ** 2 + (b[2] - b[0]) ** 2))
                highs.append(a[0] - b[0] + by * sqrt((a[2] - a[0]) ** 2 + (b[0] - b[1]) ** 2))
    reach = by * sqrt((highest[0] - highest[1]) ** 2 + (lowest[2] - lowest[0]) ** 2)
    return max(0.0, *lows), max(highs), highest[0] - lowest[0] - reach > 0


@given(PERIODS)
def test_a_gap_is_called_clear_narrower_or_wider_only_when_the_test_says_so(
    figures: tuple[list[Limits], list[Limits]],
):
    then, now = figures
    found = borough_gap(then, now)
    said = " ".join([statement([found], "place-a"), gap_words.change_title(found)])
    (low, high, clear), (low_then, high_then, _) = limits_of_the_gap(now), limits_of_the_gap(then)
    assert ("**Clear gaps**" in said) == clear == ("there is a clear gap" in gap_words.title(found))
    gap, before = (max(one)[0] - min(one)[0] for one in (now, then))
    narrower = gap - before + sqrt((high - gap) ** 2 + (before - low_then) ** 2) < 0
    wider = gap - before - sqrt((gap - low) ** 2 + (high_then - before) ** 2) > 0
    assert ("narrower" in said) == narrower
    assert ("wider" in said) == wider
    assert ("no clear change" in said) == (not narrower and not wider)
    assert "not tested" not in said.lower()


@given(PERIODS)
def test_nothing_is_claimed_without_intervals(figures: tuple[list[Limits], list[Limits]]):
    found = borough_gap(*figures, tested=False)
    said = " ".join(
        [
            statement([found], None),
            printed(gap_words.change_cell(found, "place-a")),
            gap_words.change_title(found),
        ]
    )
    assert gap_words.verdict(found) == "Not tested"
    assert not [word for word in ("clear", "narrower", "wider", "Narrower", "Wider") if word in said]


@given(PERIODS, st.sampled_from(["high", "low"]))
def test_best_and_worst_are_the_extremes(figures: tuple[list[Limits], list[Limits]], polarity: str):
    now = figures[1]
    said = statement([borough_gap(None, now, polarity=polarity)], "place-a")
    values = [value for value, *_ in now]
    best, worst = (max(values), min(values)) if polarity == "high" else (min(values), max(values))
    assert ("has the best figure" in said) == (values[0] == best and values.count(best) == 1)
    assert ("has the worst figure" in said) == (
        values[0] == worst and values.count(worst) == 1 and "has the best" not in said
    )


def even(*values: float) -> list[Limits]:
    return [(value, value - 1, value + 1) for value in values]


def test_words_by_hand():
    found = borough_gap(even(10, 40, 20), even(10, 20, 15))
    said = statement([found], "place-a")
    assert "Borough A has the best figure for low mood." in said
    assert "- Low mood: from 10.0% in Borough A to 20.0% in Borough B (2024)" in said
    assert (
        "The gap in low mood between the boroughs of the east has become narrower since 2014, from 30.0 percentage "
        "points to 10.0 percentage points." in said
    )
    assert printed(gap_words.change_cell(found, "place-a")) == "Narrower: 30.0 in 2014"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((10, 20, 15), "10.0%, best of 3"),
        ((20, 10, 15), "20.0%, worst of 3"),
        ((15, 10, 20), "15.0%, 2nd best of 3"),
        ((15, 15, 20), "15.0%, joint best of 3"),
    ],
)
def test_the_places_own_cell(values: tuple[float, ...], said: str):
    assert position(borough_gap(None, even(*values)), HOME) == said


def test_a_part_of_a_place_is_named_and_a_missing_figure_said():
    found = borough_gap(None, even(10, 20))
    part = HOME.model_copy(update={"name": "A and Z"})
    assert position(found, part) == "Borough A 10.0%, best of 2"
    assert position(found, HOME.model_copy(update={"id": "elsewhere"})) == "not held here"


def test_without_an_earlier_period_nothing_is_said_of_change():
    found = borough_gap(None, even(10, 20))
    assert printed(gap_words.change_cell(found, "place-a")) == "No earlier period"
    assert "Over time" not in statement([found], None)


def test_a_measure_without_polarity_has_no_best():
    said = position(borough_gap(None, even(10, 20), polarity="none"), HOME)
    assert said == "10.0%, lowest of 2"
    assert "best" not in statement([borough_gap(None, even(10, 20), polarity="none")], "place-a")
