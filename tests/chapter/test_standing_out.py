"""By which rules figures stand out that could not be tested: those that a reader of the packs would name."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from boardpacks.chapter import narrative
from boardpacks.chapter.group_gap import group_gap_facts
from boardpacks.chapter.measure import Measure, Reading, measure
from boardpacks.chapter.standards import standard_facts, standard_words
from boardpacks.chapter.summary_facts import compared_ids
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.spans import without_spans
from boardpacks.params.indicator import Indicator
from boardpacks.params.judging import Gap, Judging, StandingRule
from boardpacks.params.models import Params
from boardpacks.params.system import Shock
from tests.chapter.conftest import MakeSnapshot

OTHERS = [f"E090000{number:02}" for number in range(1, 34) if number not in (1, 16)]
PLANS, MMR, SCREENING = "ehc_plans_20_weeks", "mmr_two_doses", "cervical_screening_25_49"


def made(
    make_snapshot: MakeSnapshot, indicator: Indicator, then: float, now: float, *, limits: float = 0.0
) -> Snapshot:
    """Make two years of a share in 32 boroughs, in which the others stay between 60% and 91%; Havering's are given."""
    rows: list[tuple[object, ...]] = []
    for year, own in (("2023", then), ("2024", now)):
        rows += [(code, year, 60.0 + at + (year == "2024")) for at, code in enumerate(OTHERS)]
        rows.append(("E09000016", year, own, *((own - limits, own + limits) if limits else ())))
        rows.append(("E92000001", year, 70.0))
    return make_snapshot(indicator, *rows)


def read(snapshot: Snapshot, params: Params, indicator: Indicator) -> tuple[Measure, Reading]:
    found = measure(snapshot, params, indicator, params.places["havering"])
    return found, found.readings[0]


@pytest.mark.parametrize(
    ("then", "now", "rules"),
    [
        (94.3, 29.4, ("last-of-peers", "sharp-change", "standard-missed")),
        (30.0, 29.4, ("last-of-peers", "standard-missed")),
        (66.0, 65.9, ("behind-peers", "standard-missed")),
        (94.3, 80.0, ("sharp-change", "standard-missed")),
        (80.0, 94.3, ("standard-missed",)),
        (80.0, 100.0, ()),
    ],
)
def test_an_untested_figure_stands_out_by_every_rule_that_it_meets(
    make_snapshot: MakeSnapshot, params: Params, then: float, now: float, rules: tuple[str, ...]
):
    plans = params.indicators[PLANS]
    found, one = read(made(make_snapshot, plans, then, now), params, plans)
    assert one.notable.rules == rules
    assert ("**stands out**" in narrative.statement(found, one)) == bool(set(rules) - {"standard-missed"})


def test_no_change_is_sharp_that_starts_in_a_shock(make_snapshot: MakeSnapshot, params: Params):
    shock = Shock(name="the flood", since=dt.date(2023, 1, 1), until=dt.date(2023, 12, 31))
    plans = params.indicators[PLANS].model_copy(update={"shocks": (shock,)})
    _, one = read(made(make_snapshot, plans, 94.3, 29.4), params, plans)
    assert one.notable.rules == ("last-of-peers", "standard-missed")
    assert one.notable.before is None


def test_only_the_rules_of_the_params_are_used(make_snapshot: MakeSnapshot, params: Params):
    plans = params.indicators[PLANS]
    snapshot = made(make_snapshot, plans, 94.3, 29.4)
    only = Judging(stands_out=(StandingRule(rule="standard-missed", because="It is the law."),))
    assert read(snapshot, params.model_copy(update={"judging": only}), plans)[1].notable.rules == (
        "standard-missed",
    )
    none = params.model_copy(update={"judging": Judging(stands_out=())})
    assert read(snapshot, none, plans)[1].notable.rules == ()


def test_a_figure_that_was_tested_never_stands_out_but_its_missed_standard_is_said(
    make_snapshot: MakeSnapshot, params: Params
):
    share = params.indicators[SCREENING].model_copy(update={"interval": "published"})
    snapshot = made(make_snapshot, share, 94.3, 29.4, limits=2.0)
    found, one = read(snapshot, params, share)
    assert (one.verdict, one.notable.rules) == ("worse", ())
    assert standard_words(one, share) == "misses the national standard of 80%"
    assert narrative.statement(found, one).count("it misses the national standard of [80%]{fact=") == 1
    (fact,) = standard_facts(one, share, "havering", snapshot)
    assert (fact.value, fact.display, fact.method.startswith("set by NHS")) == (80.0, "80%", True)


def test_a_standard_that_is_met_is_not_mentioned(make_snapshot: MakeSnapshot, params: Params):
    share = params.indicators[SCREENING]
    found, one = read(made(make_snapshot, share, 80.0, 80.0), params, share)
    assert standard_words(one, share) == ""
    assert "national standard" not in narrative.statement(found, one)


def test_no_figure_of_the_projects_that_was_tested_stands_out(snapshot: Snapshot, params: Params):
    tested = 0
    for place in params.places.values():
        for indicator in params.indicators.values():
            for one in measure(snapshot, params, indicator, place).readings:
                if one.verdict not in ("not-tested", "not-compared"):
                    tested += 1
                    assert one.notable.rules == ()
    assert tested > 100


GROUP, EVERYONE = "persistent_absence_fsm", "persistent_absence"
WIDE = Judging(
    stands_out=(
        StandingRule(
            rule="wide-gap",
            share=0.25,
            because="Few boroughs have as wide a gap.",
            gaps=(Gap(of=GROUP, to=EVERYONE, called="all pupils"),),
        ),
    )
)


def with_also(one: Snapshot, other: Snapshot) -> Snapshot:
    """Return a snapshot with the figures of both."""
    both = one.manifest.model_copy(
        update={"indicators": {**one.manifest.indicators, **other.manifest.indicators}}
    )
    made = Snapshot(one.folder, both)
    made.__dict__["_observations"] = pd.concat([one._observations, other._observations])
    return made


@pytest.mark.parametrize(
    ("own", "everyone", "rank"),
    [
        (30.0, 5.0, 1),
        (20.0, 12.5, 1),
        (20.0, 13.65, 8),
        (20.0, 14.5, None),
        (20.0, 25.0, None),
        (20.0, None, None),
    ],
)
def test_a_group_far_behind_everyone_in_its_borough_stands_out(
    make_snapshot: MakeSnapshot, params: Params, own: float, everyone: float | None, rank: int | None
):
    group, all_people = params.indicators[GROUP], params.indicators[EVERYONE]
    theirs = [(code, "2024", 13.0 + at / 10) for at, code in enumerate(OTHERS)]  # gaps of 7, 6.9 and so on
    mine = [] if everyone is None else [("E09000016", "2024", everyone)]
    snapshot = with_also(
        make_snapshot(group, *((code, "2024", 20.0) for code in OTHERS), ("E09000016", "2024", own)),
        make_snapshot(all_people, *theirs, *mine),
    )
    known = params.model_copy(update={"judging": WIDE})

    found, one = read(snapshot, known, group)

    assert one.notable.rules == (("wide-gap",) if rank else ())
    assert (None if one.notable.gap is None else one.notable.gap.rank) == rank
    if rank == 8:
        words = "the gap to all pupils (13.7%) is the 8th widest of 32 London boroughs"
        assert words in without_spans(narrative.statement(found, one))
        assert narrative.summary_line(found, one).endswith(f"; {words}")
        facts = group_gap_facts(one.notable.gap, one.latest, known, "havering", snapshot)
        assert [fact.display for fact in facts] == ["13.7%", "8", "32"]
        assert {fact.id for fact in facts} <= set(compared_ids(one, group, "havering"))
