"""Sentences about control charts: plain, and never more than the chart found."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpacks.chapter.xmr_facts import target_number
from boardpacks.chapter.xmr_series import Control, control
from boardpacks.chapter.xmr_words import (
    ASSURANCES,
    VARIATIONS,
    month_spans,
    note,
    opening,
    statement,
    summary_line,
    title,
)
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Doubt, Indicator, Target
from boardpacks.params.models import Params
from boardpacks.stats.spc.icons import ASSURANCE_WORDS, VARIATION_WORDS
from tests.chapter.numbers import printed
from tests.chapter.test_xmr_series import STEADY, made


def with_targets(indicator: Indicator, *targets: tuple[str, float, str | None]) -> Indicator:
    own = tuple(Target(label=label, value=value, by=by) for label, value, by in targets)
    return indicator.model_copy(update={"targets": own})


def said(control: Control) -> str:
    return printed(statement(control, "havering"))


def test_every_icon_has_words():
    assert set(VARIATIONS) == set(VARIATION_WORDS)
    assert set(ASSURANCES) == set(ASSURANCE_WORDS)
    assert all(word.full and word.short for word in (*VARIATIONS.values(), *ASSURANCES.values()))


def test_a_better_month_is_said_with_its_reason_limits_and_targets(monkeypatch, snapshot, share):
    aims = with_targets(share, ("standard", 95.0, None), ("ambition", 60.0, "2026-03"))
    found = made(monkeypatch, snapshot, aims, [*STEADY, 90.0])
    assert found is not None
    limits = found.chart.stretches[-1].limits
    assert limits
    told = said(found)
    assert told.startswith(
        "Hospital: **90.0%** in May 2022; [Special cause: improvement]{.verdict-improvement}, as the month is above "
        "the upper limit, which chance would seldom bring. "
    )
    assert (
        f"Over the 14 months the mean is {limits.mean:.1f}%, and the usual range is {limits.lower:.1f}% to "
        in told
    )
    assert "Unusual months in the year up to May 2022: May 2022 (improvement)." in told
    assert (
        "If nothing changes, it [will consistently miss]{.verdict-fails} the standard of 95%; "
        "it [will consistently meet]{.verdict-passes} the ambition of 60% by March 2026." in told
    )
    assert title(found) == f"{share.name}, Hospital: improvement"


def test_a_usual_month_is_called_so(monkeypatch, snapshot, share):
    found = made(monkeypatch, snapshot, with_targets(share, ("standard", 70.0, None)), list(STEADY))
    assert found is not None
    told = said(found)
    assert "; the month is within the usual ups and downs ([common cause]{.verdict-similar})." in told
    assert "No month was unusual in the year up to April 2022." in told
    assert "it [may meet or miss]{.verdict-either} the standard of 70%" in told
    assert summary_line(found) is None


def test_a_target_that_the_latest_month_has_passed_is_no_promise_of_the_old_range(
    monkeypatch, snapshot, share
):
    aims = with_targets(share, ("standard", 95.0, None), ("ambition", 88.0, None))
    found = made(monkeypatch, snapshot, aims, [*STEADY, *STEADY, *STEADY, 90.0])
    assert found is not None
    assert (found.is_overtaken(aims.targets[1]), found.assurance(aims.targets[1])) == (True, "not-judged")
    assert (found.is_overtaken(aims.targets[0]), found.chart.assurance) == (False, "fails")
    told = said(found)
    assert "The latest month met the ambition of 88%, unlike the usual range." in told
    assert "miss]{.verdict-fails} the standard of 95%." in told
    worse = made(
        monkeypatch,
        snapshot,
        with_targets(share, ("standard", 60.0, None)),
        [*STEADY, *STEADY, *STEADY, 50.0],
    )
    assert worse is not None
    assert "The latest month missed the standard of 60%, unlike the usual range." in said(worse)
    line = summary_line(worse)
    assert line is not None
    assert "standard" not in line
    assert worse.chart.assurance == "not-judged"  # the chart's own icon promises nothing either


def test_where_neither_is_better_none_is_said(monkeypatch, snapshot, share):
    found = made(monkeypatch, snapshot, share.model_copy(update={"polarity": "none"}), [*STEADY, 90.0])
    assert found is not None
    told = said(found)
    assert "[Special cause: high]{.verdict-higher}" in told
    assert "neither direction is better in itself" in told
    assert "improvement" not in told


def test_twelve_months_say_why_they_are_not_judged_and_how_the_latest_stands(monkeypatch, snapshot, share):
    aims = with_targets(share, ("standard", 95.0, None), ("ambition", 60.0, "2025-03"))
    found = made(monkeypatch, snapshot, aims, list(STEADY[:12]))
    assert found is not None
    told = said(found)
    assert "[not judged]{.verdict-none}: there are 12 of them, and limits need 13." in told
    assert "The latest month met the ambition of 60% by March 2025." in told
    assert "The latest month missed the standard of 95%." in told
    assert "If nothing changes" not in told
    assert summary_line(found) is None


def test_missing_and_doubtful_months_are_named(monkeypatch, snapshot, share):
    doubted = share.model_copy(update={"doubts": (Doubt(months=("2021-09",), reason="They are wrong."),)})
    found = made(monkeypatch, snapshot, doubted, [*STEADY[:8], None, *STEADY])
    assert found is not None
    assert said(found).endswith("; missing: December 2021.")
    assert note(found) == "%, April 2021 to January 2023. Doubtful and left out: September 2021."
    assert "They are wrong. They are shown as crosses, and nothing rests on them." in opening(
        doubted, found, "havering"
    )


def test_a_target_is_said_where_there_are_months_to_hold_against_it(monkeypatch, snapshot, share):
    aims = with_targets(share, ("standard", 95.0, None))
    found = made(monkeypatch, snapshot, aims, list(STEADY))
    assert "The standard is at least 95%." in printed(opening(aims, found, "havering"))
    assert "95%" not in opening(aims, None, "havering")


def test_too_many_missing_months_are_counted(monkeypatch, snapshot, share):
    found = made(monkeypatch, snapshot, share, [*STEADY, None, None, None, 80.0])
    assert found is not None
    assert "[not judged]{.verdict-none}: 3 of the 17 months have no figure; missing: " in said(found)


def test_a_limit_that_no_figure_can_reach_is_explained(monkeypatch, snapshot, share):
    found = made(monkeypatch, snapshot, share, [100.0, 96.0] * 7)
    assert found is not None
    assert "A limit that no figure can reach comes of the arithmetic." in said(found)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], []),
        ([(2024, 5)], ["May 2024"]),
        ([(2024, 12), (2025, 1)], ["December 2024", "January 2025"]),
        ([(2024, 11), (2024, 12), (2025, 1)], ["November 2024 to January 2025"]),
        ([(2025, 3), (2024, 3)], ["March 2024", "March 2025"]),
    ],
)
def test_months_that_follow_one_another_are_one_stretch(days, words):
    assert month_spans([dt.date(year, month, 1) for year, month in days]) == words


@pytest.mark.parametrize(
    ("value", "unit", "shown"), [(95.0, "%", "95%"), (2.5, "%", "2.5%"), (1200.0, "pathways", "1,200")]
)
def test_a_target_has_no_needless_decimals(share, value, unit, shown):
    assert (
        target_number(Target(label="standard", value=value), share.model_copy(update={"unit": unit})) == shown
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=40),
    st.sampled_from(["high", "low", "none"]),
)
def test_words_never_say_more_than_the_chart(monkeypatch, snapshot, share, values, polarity):
    found = made(monkeypatch, snapshot, share.model_copy(update={"polarity": polarity}), values)
    if found is None:
        return
    told, latest = said(found), found.chart.latest
    assert ("[Special cause" in told) == (latest.signal is not None)
    assert ("[common cause]" in told) == (found.is_judged and latest.signal is None)
    assert ("[not judged]" in told) == (not found.is_judged)
    kinds = {VARIATIONS[point.variation].full for point in found.chart.points}
    for kind in ("improvement", "concern"):
        assert kind not in told or f"Special cause: {kind}" in kinds
    assert ("; missing: " in told) == bool(found.chart.missing)


def test_every_series_of_the_params_has_its_words(snapshot: Snapshot, params: Params):
    for indicator in params.indicators.values():
        for trust in params.system.trusts if indicator.areas == "trusts" else ():
            found = control(snapshot, indicator, trust)
            assert found is not None
            line = summary_line(found)
            special = found.is_judged and found.chart.latest.signal is not None
            assert line is not None or not special
            assert len(said(found)) < 700
