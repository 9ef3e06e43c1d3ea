"""Control limits that are made anew: held against limits that pandas makes of each stretch by itself."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpacks.chapter.propose_rebase import rebase_hints
from boardpacks.chapter.xmr_facts import chart_facts, statement_facts
from boardpacks.chapter.xmr_series import control
from boardpacks.chapter.xmr_words import note, opening, statement, summary_line, title
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.handling import Rebase
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from tests.chapter.numbers import printed
from tests.chapter.test_xmr_series import STEADY, TRUST, made, months


def by_pandas(values: list[float]) -> tuple[float, float, float]:
    """Mean and limits as NHSRplotthedots makes them: from mean moving ranges, outliers among these left out once."""
    series = pd.Series(values)
    ranges = series.diff().abs().dropna()
    reach = 2.66 * ranges[ranges < 3.267 * ranges.mean()].mean() if ranges.mean() > 0 else 0.0
    return series.mean(), series.mean() - reach, series.mean() + reach


def rebased(indicator: Indicator, *since: str, trusts: tuple[str, ...] = ()) -> Indicator:
    anew = tuple(Rebase(since=month, reason="The unit moved.", trusts=trusts) for month in since)
    return indicator.model_copy(update={"rebased": anew})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.floats(50, 70), min_size=13, max_size=30),
    st.lists(st.floats(60, 90), min_size=13, max_size=30),
    st.lists(st.floats(20, 50), min_size=13, max_size=30),
)
def test_each_stretch_has_the_limits_of_its_own_months(monkeypatch, snapshot, share, first, second, third):
    values = [*first, *second, *third]
    starts = [months(len(values))[at] for at in (len(first), len(first) + len(second))]
    indicator = rebased(share, *(f"{day:%Y-%m}" for day in starts))

    found = made(monkeypatch, snapshot, indicator, values)

    assert found is not None
    assert [stretch.first for stretch in found.chart.stretches[1:]] == starts
    for stretch, own in zip(found.chart.stretches, (first, second, third), strict=True):
        assert stretch.limits is not None
        limits = stretch.limits.mean, stretch.limits.lower, stretch.limits.upper
        assert limits == pytest.approx(by_pandas(own))
    told = printed(statement(found, "havering"))
    anew = f"The limits are new from {starts[1]:%B %Y}. Over the {len(third)} months since the mean is "
    assert anew in told


def test_the_chart_says_where_and_why_its_limits_are_new(monkeypatch, snapshot, share):
    old, new = [60.0, 62.0, 61.0] * 6, [70.0, 72.0, 71.0] * 6
    found = made(monkeypatch, snapshot, rebased(share, "2022-10"), [*old, *new])
    assert found is not None
    assert note(found).endswith("New limits from October 2022. The unit moved.")
    assert title(found) == f"{share.name}, Hospital: usual ups and downs"
    assert "new from October 2022. Over the 18 months since the mean is 71.0%" in printed(
        statement(found, "havering")
    )
    facts = {fact.id: fact for fact in statement_facts(found, "havering", snapshot)}
    (since,) = [fact for name, fact in facts.items() if name.endswith(".months-since")]
    assert (since.value, since.display) == (18.0, "18 months")
    assert "2022-10" in {fact.period for fact in facts.values()}
    levels = {
        (fact.id.rpartition(".")[2], fact.period): fact.value
        for fact in chart_facts(found, "havering", snapshot)
    }
    for name, period, mean in (("mean", "2022-09", 61.0), ("mean", "2024-03", 71.0)):
        assert levels[name, period] == pytest.approx(mean)
    assert {("lower-limit", "2022-09"), ("upper-limit", "2022-09")} <= set(levels)


def test_other_trusts_keep_their_limits(monkeypatch, snapshot, share):
    values: list[float | None] = [*STEADY, *STEADY]
    elsewhere = made(monkeypatch, snapshot, rebased(share, "2022-05", trusts=("RZZ",)), values)
    here = made(monkeypatch, snapshot, rebased(share, "2022-05", trusts=("RZZ", TRUST.code)), values)
    plain = made(monkeypatch, snapshot, share, values)
    assert elsewhere is not None
    assert here is not None
    assert plain is not None
    assert elsewhere.chart == plain.chart
    assert len(here.chart.stretches) == 2
    assert "New limits" not in note(elsewhere)


@pytest.mark.parametrize("since", ["2021-04", "2020-01", "2031-01"])
def test_a_month_that_parts_nothing_changes_nothing(monkeypatch, snapshot, share, since):
    values: list[float | None] = [*STEADY, *STEADY]
    found, plain = (made(monkeypatch, snapshot, one, values) for one in (rebased(share, since), share))
    assert found is not None
    assert plain is not None
    assert (found.chart, found.rebased) == (plain.chart, ())


def test_with_too_few_months_since_nothing_is_judged_and_it_is_said_why(monkeypatch, snapshot, share):
    found = made(monkeypatch, snapshot, rebased(share, "2022-05"), [*STEADY, *STEADY[:5]])
    assert found is not None
    assert found.chart.stretches[0].limits is not None
    told = printed(statement(found, "havering"))
    assert "there are 5 of them since May 2022, and limits need 13." in told


def hints(params: Params, snapshot: Snapshot, indicator: Indicator) -> list[str]:
    system = params.system.model_copy(update={"trusts": (TRUST,)})
    narrowed = {"system": system, "indicators": {indicator.id: indicator}}
    return rebase_hints(params.model_copy(update=narrowed), snapshot)


def test_a_hint_names_indicator_trust_and_month_until_limits_are_new(monkeypatch, params, snapshot, share):
    old, new = [60.0, 62.0, 61.0] * 6, [70.0, 72.0, 71.0] * 6
    made(monkeypatch, snapshot, share, [*old, *new])
    (hint,) = hints(params, snapshot, share)
    where = "params/indicators: ae_four_hour: the 18 months of Hospital since October 2022"
    assert hint.startswith(f"{where} all lie above the mean")
    assert 'rebased: [{since: "2022-10", trusts: [RXX], reason: ...}]' in hint
    assert hints(params, snapshot, rebased(share, "2022-10")) == []
    assert hints(params, snapshot, share.model_copy(update={"no_limits": "It grows."})) == []


def test_an_idle_rebasing_is_named(monkeypatch, params, snapshot, share):
    made(monkeypatch, snapshot, share, [*STEADY, *STEADY])
    (hint,) = hints(params, snapshot, rebased(share, "2031-01"))
    assert "2031-01 changes nothing, because Hospital has figures from April 2021 to May 2023" in hint
    (none,) = hints(params, snapshot, rebased(share, "2022-01", trusts=("RZZ",)))
    assert none.endswith("because there are no figures")


def test_the_project_needs_no_rebasing_of_waits(params: Params, snapshot: Snapshot):
    told = " ".join(rebase_hints(params, snapshot))
    assert "ae_four_hour" not in told
    assert "trust_workforce_fte" not in told
    found = control(snapshot, params.indicators["ae_four_hour"], params.trust("RF4"))
    assert found is not None
    earlier, latest = found.chart.stretches
    assert earlier.limits is not None
    assert latest.limits is not None
    assert latest.limits.mean - earlier.limits.mean > 10


def test_a_count_that_grows_by_design_has_no_limits_and_says_why_once(monkeypatch, snapshot, share):
    grows = share.model_copy(update={"no_limits": "Staff grow with the services that a trust runs."})
    found = made(monkeypatch, snapshot, grows, [float(at) for at in range(40)])
    assert found is not None
    assert all(stretch.limits is None for stretch in found.chart.stretches)
    assert {point.variation for point in found.chart.points} == {"not-judged"}
    assert (summary_line(found), title(found)) == (None, f"{share.name}, Hospital")
    words = f"{opening(grows, found, 'havering')} {printed(statement(found, 'havering'))}"
    assert words.count("Staff grow with the services that a trust runs.") == 1
    for word in ("mean", "usual", "ause", "judged", "miss", "Unusual"):
        assert word not in statement(found, "havering")
