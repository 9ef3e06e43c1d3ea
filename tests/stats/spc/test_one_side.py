"""Latest points on one side of the mean: held against a second way of counting them."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.spc.chart import xmr
from boardpacks.stats.spc.one_side import OneSided, one_sided
from boardpacks.stats.spc.signals import Side


def months(count: int) -> list[dt.date]:
    return [dt.date(2020 + at // 12, at % 12 + 1, 1) for at in range(count)]


STEP = st.integers(0, 20).flatmap(
    lambda by: st.tuples(
        st.lists(st.integers(0, 9), min_size=5, max_size=30),
        st.lists(st.integers(by, by + 9), min_size=1, max_size=30),
    )
)


@given(STEP)
def test_the_run_is_the_one_that_the_signs_end_with(step: tuple[list[int], list[int]]):
    values = [float(value) for part in step for value in part]
    found = one_sided(xmr(months(len(values)), values, "high"))
    signs = np.sign(np.round(np.array(values) - np.mean(values), 9))
    ends = np.flatnonzero(signs != signs[-1])
    length = len(values) - (ends[-1] + 1 if len(ends) else 0)
    if len(values) < 13 or signs[-1] == 0 or length < 13:
        assert found is None
    else:
        side: Side = "high" if signs[-1] > 0 else "low"
        assert found == OneSided(side, months(len(values))[-length], length)


@given(STEP)
def test_where_limits_are_made_anew_with_the_run_nothing_is_found(step: tuple[list[int], list[int]]):
    values = [float(value) for part in step for value in part]
    found = one_sided(xmr(months(len(values)), values, "high"))
    if found is not None:
        again = one_sided(xmr(months(len(values)), values, "high", rebase=[found.since]))
        assert again is None or (again.since > found.since and again.count < found.count)


def test_missing_months_end_no_run_and_the_latest_stretch_alone_counts():
    values = [60.0, 62.0, 61.0] * 6 + [70.0, 72.0, 71.0] * 5
    days = months(len(values))
    held = [(day, value) for at, (day, value) in enumerate(zip(days, values, strict=True)) if at != 25]
    found = one_sided(xmr([day for day, _ in held], [value for _, value in held], "low"))
    assert found == OneSided("high", days[18], 14)
    assert one_sided(xmr(days, values, "low", rebase=[days[18]])) is None
    assert one_sided(xmr(days[:12], values[:12], "low")) is None
    assert one_sided(xmr(days, values, "low"), fewest=16) is None
