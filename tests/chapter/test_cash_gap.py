"""Money over the years: its gap to the benchmark is told, never how the amount has changed."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from boardpacks.chapter import narrative
from boardpacks.chapter.borough_gaps import borough_gap
from boardpacks.chapter.cash_gap import NOT_OVER_TIME, cash_facts, cash_gap, cash_sentences
from boardpacks.chapter.measure import Measure, measure
from boardpacks.chapter.show_multiples import choose_multiples
from boardpacks.chapter.trend_words import trend_word
from boardpacks.data.observations import AreaSeries, Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from tests.chapter.made import measures
from tests.chapter.numbers import printed

PAY = "median_weekly_pay"


def amount(indicator: Indicator, area: str, year: int, value: float) -> Valued:
    return Valued(
        indicator.id, area, area, "Persons", f"{year}-04", dt.date(year, 4, 1), 1, value, None, None
    )


@given(measures(("\u00a3",)))
def test_nothing_of_money_is_told_over_time(one: Measure):
    (reading,) = one.readings
    told = narrative.statement(one, reading)
    assert (reading.earlier, reading.change, trend_word(reading.trend)) == (None, None, "not-calculated")
    for words in ("ecent trend", "more than chance", "may be chance", "getting", "higher than in"):
        assert words not in told
    assert (NOT_OVER_TIME in told) == (reading.cash is not None)
    assert "getting" not in narrative.title(one)


@given(st.lists(st.floats(100, 2000), min_size=4, max_size=4))
def test_the_gap_is_the_share_that_an_amount_is_above_or_below(params, snapshot, amounts):
    pay = params.indicators[PAY]
    own, then, england, before = amounts
    benchmark = AreaSeries(
        "E92000001",
        "England",
        (amount(pay, "E92000001", 2019, before), amount(pay, "E92000001", 2025, england)),
    )
    latest, earlier = amount(pay, "E09000016", 2025, own), amount(pay, "E09000016", 2019, then)
    gap = cash_gap(latest, earlier, benchmark)
    assert gap is not None
    told = printed(cash_sentences(gap, "havering"))
    for mine, other, said in zip((own, then), (england, before), told.split("; "), strict=True):
        percent = round(100 * mine / other - 100, 6)
        if "the same as" in said:
            assert abs(percent) <= 0.05
            continue
        found = re.search(r"([\d,.]+)% (above|below)", said)
        assert found is not None
        assert (found[2] == "above") == (mine > other)
        assert abs(float(found[1].replace(",", "")) - abs(percent)) <= 0.0500001
    facts = {fact.id: fact for fact in cash_facts(gap, pay, "havering", snapshot)}
    gaps = [fact.value for name, fact in facts.items() if name.endswith(".gap")]
    assert gaps == [abs(100 * (own - england) / england), abs(100 * (then - before) / before)]


def test_without_the_benchmark_there_is_no_gap(params):
    pay = params.indicators[PAY]
    latest = amount(pay, "E09000016", 2025, 700.0)
    assert cash_gap(latest, None, AreaSeries("E92000001", "England", ())) is None
    other = AreaSeries("E92000001", "England", (amount(pay, "E92000001", 2025, 600.0),))
    gap = cash_gap(latest, amount(pay, "E09000016", 2019, 500.0), other)
    assert gap is not None
    assert gap.then is None
    assert printed(cash_sentences(gap, "havering")) == f"It is 16.7% above England's. {NOT_OVER_TIME}"


def test_pay_is_money_and_its_gap_is_told_with_facts(params: Params, snapshot: Snapshot):
    found = measure(snapshot, params, params.indicators[PAY], params.places["havering"])
    (reading,) = found.readings
    assert reading.cash is not None
    assert reading.cash.then is not None
    assert reading.cash.then[0].period == "2019-04"
    told = narrative.statement(found, reading)
    assert 'fact="havering.median_weekly_pay.E09000016.persons.2019-04.gap"' in told
    assert re.search(r"It is [\d.]+% above England's; in April 2019 it was [\d.]+% above\.", printed(told))


def test_every_measure_in_pounds_is_money_unless_it_says_otherwise(params: Params):
    assert [name for name, one in params.indicators.items() if one.is_cash] == [PAY]
    pay = params.indicators[PAY]
    assert pay.model_copy(update={"cash": None}).is_cash
    assert not pay.model_copy(update={"cash": False}).is_cash
    assert not params.indicators["smoking_prevalence"].is_cash


def test_no_chart_and_no_gap_follows_money_over_time(params: Params, snapshot: Snapshot):
    pay = params.indicators[PAY]
    everywhere = [measure(snapshot, params, pay, place) for place in params.places.values()]
    assert choose_multiples([(pay, everywhere)]) is None
    gap = borough_gap(everywhere, {}, 0)
    assert gap is not None
    assert gap.then is None
    plain = pay.model_copy(update={"cash": False})
    others = [measure(snapshot, params, plain, place) for place in params.places.values()]
    assert choose_multiples([(plain, others)]) is not None
    earlier = borough_gap(others, {}, 0)
    assert earlier is not None
    assert earlier.then is not None
