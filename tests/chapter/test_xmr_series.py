"""Control charts of trusts: what they stand on, and when nothing is judged."""

from __future__ import annotations

import datetime as dt
import statistics
from itertools import pairwise
from pathlib import Path

import pytest

from boardpacks.chapter import xmr_series
from boardpacks.chapter.xmr_series import Control, control, lately
from boardpacks.data.observations import AreaSeries, Observation, Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Doubt, Indicator, Target
from boardpacks.params.models import Params
from boardpacks.params.system import Trust
from boardpacks.project.errors import BoardpacksError
from tests.raw import observations

TRUST = Trust(code="RXX", name="A Hospital Trust", short_name="Hospital")
STEADY = [70.0, 72.0, 69.0, 71.0, 70.0, 72.0, 71.0, 69.0, 70.0, 72.0, 71.0, 70.0, 69.0]


def kind_of(value: float | None) -> type[Observation]:
    return Observation if value is None else Valued


def months(count: int) -> list[dt.date]:
    return [dt.date(2021 + (3 + at) // 12, (3 + at) % 12 + 1, 1) for at in range(count)]


def made(
    monkeypatch: pytest.MonkeyPatch, snapshot: Snapshot, indicator: Indicator, values: list[float | None]
) -> Control | None:
    """Return the control chart of a series made by hand; None where a month has no figure."""
    observations = tuple(
        kind_of(value)(
            indicator.id, TRUST.code, TRUST.short_name, "Persons", f"{day:%Y-%m}", day, 1, value, None, None
        )
        for day, value in zip(months(len(values)), values, strict=True)
    )
    series = AreaSeries(TRUST.code, TRUST.short_name, observations)
    monkeypatch.setattr(xmr_series, "area_series", lambda *arguments: series)
    return control(snapshot, indicator, TRUST)


def published(raw: Path, indicator: str, trust: str) -> dict[str, float]:
    rows = [row for row in observations(raw) if (row["indicator_id"], row["area_code"]) == (indicator, trust)]
    return {row["period"]: float(row["value"]) for row in rows if row["value"]}


@pytest.mark.parametrize("trust", ["R1H", "RF4", "RQX"])
@pytest.mark.parametrize("indicator", ["ae_four_hour", "cancer_62_day", "ae_attendances"])
def test_mean_and_limits_are_recalculated_from_the_published_file(
    indicator: str, trust: str, params: Params, snapshot: Snapshot, raw: Path
):
    values = published(raw, indicator, trust)
    left_out = {month for doubt in params.indicators[indicator].doubts for month in doubt.months}
    known = sorted(set(values) - left_out)
    anew = [one.since for one in params.indicators[indicator].rebased if trust in (one.trusts or (trust,))]
    standing = [month for month in known if month >= max(anew, default="")]
    at = {month: int(month[:4]) * 12 + int(month[5:]) for month in known}
    ranges = [
        abs(values[later] - values[earlier])
        for earlier, later in pairwise(standing)
        if at[later] - at[earlier] == 1
    ]
    kept = [one for one in ranges if one < 3.267 * statistics.fmean(ranges)]
    mean = statistics.fmean(values[month] for month in standing)
    reach = 2.66 * statistics.fmean(kept)

    found = control(snapshot, params.indicators[indicator], params.trust(trust))

    assert found is not None
    limits = found.chart.stretches[-1].limits
    assert limits is not None
    assert (limits.mean, limits.lower, limits.upper) == pytest.approx((mean, mean - reach, mean + reach))
    assert [o.period for o in found.known] == known
    assert {o.period for o in found.doubted} == left_out
    assert {f"{day:%Y-%m}" for day, _ in found.chart.left_out} == left_out
    assert found.chart.missing == ()


@pytest.mark.parametrize("indicator", ["rtt_within_18_weeks", "rtt_over_52_weeks", "rtt_waiting_list"])
def test_the_waiting_list_is_shown_and_not_judged_for_its_missing_months(
    indicator: str, params: Params, snapshot: Snapshot
):
    found = control(snapshot, params.indicators[indicator], params.trust("R1H"))
    assert found is not None
    assert (len(found.known), found.span, found.is_judged) == (14, 20, False)
    assert [f"{day:%Y-%m}" for day in found.chart.missing] == [
        "2025-08",
        "2025-09",
        "2025-10",
        "2025-11",
        "2025-12",
        "2026-02",
    ]
    assert found.chart.reason == "6 of the 20 months have no figure"
    assert {point.variation for point in found.chart.points} == {"not-judged"}


@pytest.mark.parametrize(("count", "judged"), [(12, False), (13, True)])
def test_thirteen_months_are_judged_and_twelve_are_not(monkeypatch, snapshot, share, count, judged):
    found = made(monkeypatch, snapshot, share, list(STEADY[:count]))
    assert found is not None
    assert found.is_judged is judged


@pytest.mark.parametrize(("missing", "judged"), [(3, True), (4, False)])
def test_up_to_a_tenth_of_the_months_may_be_missing(monkeypatch, snapshot, share, missing, judged):
    values: list[float | None] = [*STEADY, *STEADY, *STEADY[:4]]
    for at in range(missing):
        values[3 + 5 * at] = None
    found = made(monkeypatch, snapshot, share, values)
    assert found is not None
    assert (found.span, len(found.chart.missing)) == (30, missing)
    assert found.is_judged is judged


def test_doubted_months_are_shown_and_change_no_limit(monkeypatch, snapshot, share):
    doubted = share.model_copy(update={"doubts": (Doubt(months=("2021-09", "2022-05"), reason="Wrong."),)})
    values: list[float | None] = [*STEADY, 500.0, *STEADY]
    values[5] = -500.0
    without: list[float | None] = [None if at in (5, 13) else value for at, value in enumerate(values)]
    found = made(monkeypatch, snapshot, doubted, values)
    plain = made(monkeypatch, snapshot, share, without)
    assert found is not None
    assert plain is not None
    assert found.chart.stretches == plain.chart.stretches
    assert found.chart.points == plain.chart.points
    assert [value for _, value in found.chart.left_out] == [-500.0, 500.0]
    assert (found.chart.missing, len(plain.chart.missing)) == ((), 2)


def test_without_a_month_to_stand_on_there_is_no_chart(monkeypatch, snapshot, share):
    doubted = share.model_copy(update={"doubts": (Doubt(months=("2021-04",), reason="Wrong."),)})
    assert made(monkeypatch, snapshot, share, [None, None]) is None
    assert made(monkeypatch, snapshot, doubted, [70.0]) is None


def test_other_indicators_have_no_control_charts(snapshot, params):
    with pytest.raises(
        BoardpacksError, match="smoking_prevalence: control charts are for monthly indicators of trusts"
    ):
        control(snapshot, params.indicators["smoking_prevalence"], TRUST)


def test_a_target_is_met_as_the_polarity_says(monkeypatch, snapshot, share):
    at_limit = Target(label="standard", value=69.0)
    high = made(monkeypatch, snapshot, share, list(STEADY))
    low = made(monkeypatch, snapshot, share.model_copy(update={"polarity": "low"}), [*STEADY[:12], 69.1])
    assert high is not None
    assert low is not None
    assert (high.meets(at_limit), low.meets(at_limit)) == (True, False)
    assert high.assurance(Target(label="standard", value=95.0)) == "fails"
    assert high.assurance(Target(label="standard", value=50.0)) == "passes"
    assert high.assurance(Target(label="standard", value=70.0)) == "hit-or-miss"


def test_lately_is_the_year_up_to_the_latest_month(monkeypatch, snapshot, share):
    found = made(monkeypatch, snapshot, share, [*STEADY, 99.0, *STEADY[:11], 99.0, *STEADY[:11]])
    assert found is not None
    specials = [point.period for point in found.chart.points if point.signal]
    assert {dt.date(2022, 5, 1), dt.date(2023, 5, 1)} <= set(specials)
    assert found.latest.start == dt.date(2024, 4, 1)
    assert dt.date(2023, 5, 1) in lately(found.chart)
    assert min(lately(found.chart)) >= dt.date(2023, 5, 1)


def test_packs_name_the_rules_that_judge(project):
    text = (project.root / "reports" / "sections" / "method.qmd").read_text(encoding="utf-8")
    name = xmr_series.RULES.name.removeprefix("Making Data Count, ")
    assert f"Making Data Count ({name}, version {xmr_series.RULES.version})" in text
    assert f"Limits need {xmr_series.RULES.fewest} months." in text
    assert f"{xmr_series.RULES.reach} mean moving ranges" in text
