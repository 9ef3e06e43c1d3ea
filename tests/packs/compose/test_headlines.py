"""What leads a pack, and what a board is asked: never against a verdict, always by the stated order."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.facts.artefacts import Fact, Summary
from boardpacks.packs.compose.alert_advise_assure import heading_of, sort_for_board
from boardpacks.packs.compose.headlines import MOST, choose, side, urgency
from boardpacks.packs.compose.section import ChapterLine, Section
from boardpacks.packs.compose.summary_lines import SummaryLine, gather_lines
from boardpacks.params.assurance import MOST_NAMED, Assurance, AssuranceRule, BoardAsk, TrendWord
from boardpacks.params.load import load_params
from boardpacks.stats.comparison import Beside, Verdict
from boardpacks.stats.spc.icons import Passing, Variation


def entry(verdict: Verdict = "worse", **changes: Any) -> SummaryLine:
    """Return an entry; `changes` are fields of the summary, or of the entry."""
    own = {name: changes.pop(name) for name in ("chapter", "subject", "position", "size") if name in changes}
    told: dict[str, Any] = {"verdict": verdict, "line": "A: 1", "indicator": "a"}
    summary = Summary(**told | changes)
    given: dict[str, Any] = {"chapter": "Health", "subject": summary.indicator, "position": (1, 0)}
    return SummaryLine(summary=summary, anchor="sec", areas=(), **{"size": (0.0, 0.0)} | given | own)


AHEAD: dict[str, Any] = {"verdict": "not-tested", "beside": "ahead", "distance": -0.5}


summaries = st.builds(
    Summary,
    verdict=st.sampled_from(get_args(Verdict)),
    line=st.text("abc", min_size=1, max_size=3),
    indicator=st.sampled_from(["a", "b", "c", "d"]),
    priority=st.none(),
    count=st.integers(1, 9),
    trend=st.sampled_from(get_args(TrendWord)),
    variation=st.sampled_from([None, *get_args(Variation)]),
    assurance=st.sampled_from([None, *get_args(Passing)]),
)
entries = st.lists(
    st.builds(
        SummaryLine,
        summary=summaries,
        anchor=st.just("sec"),
        chapter=st.sampled_from(["Health", "Work", "Mind"]),
        subject=st.sampled_from(["one", "two", "three", "four"]),
        position=st.tuples(st.integers(1, 4), st.integers(0, 9)),
        size=st.tuples(st.floats(0, 9), st.floats(0, 9)),
        areas=st.just(()),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"verdict": "better"}, "better"),
        ({"verdict": "worse"}, "attention"),
        ({"verdict": "better", "trend": "getting-worse", "assurance": "fails"}, "better"),
        ({"verdict": "worse", "trend": "getting-better"}, "attention"),
        ({"verdict": "similar"}, None),
        ({"verdict": "similar", "trend": "getting-better"}, "better"),
        ({"verdict": "not-tested", "trend": "getting-worse"}, "attention"),
        ({"verdict": "higher", "trend": "increasing"}, None),
        ({"verdict": "not-compared", "variation": "concern-low"}, "attention"),
        ({"verdict": "not-compared", "variation": "improvement-low"}, "better"),
        ({"verdict": "not-compared", "variation": "common-cause", "assurance": "fails"}, "attention"),
        ({"verdict": "not-compared", "variation": "improvement-high", "assurance": "fails"}, None),
        ({"verdict": "not-compared", "assurance": "hit-or-miss"}, None),
    ],
)
def test_a_line_is_on_the_side_of_its_verdict_else_of_its_signs(changes, expected):
    assert side(entry(**changes).summary) == expected


@pytest.mark.parametrize(
    "ordered",
    [
        pytest.param([{}, {"verdict": "similar", "trend": "getting-worse"}], id="verdict before trend"),
        pytest.param(
            [
                {"verdict": "not-tested", "stands_out": ("last-of-peers", "sharp-change")},
                {},
                {"verdict": "not-tested", "stands_out": ("last-of-peers",)},
            ],
            id="fallen to the last before a verdict, a verdict before what stands out",
        ),
        pytest.param(
            [
                {"verdict": "not-tested", "stands_out": ("sharp-change",)},
                {"verdict": "not-tested", "stands_out": ("behind-peers", "standard-missed")},
                {"verdict": "similar", "trend": "getting-worse"},
            ],
            id="strong rules before mild ones, these before a trend",
        ),
        pytest.param(
            [{"trend": "getting-worse"}, {"trend": "no-change"}, {"trend": "getting-better"}], id="trend"
        ),
        pytest.param([{"trend": "getting-worse"}, {"count": 5}], id="trend before number of places"),
        pytest.param([{"count": 5}, {"size": (9.0, 9.0)}], id="number of places before size"),
        pytest.param([{"distance": 2.0}, {"size": (9.0, 9.0)}], id="the peers' spread before the interval"),
        pytest.param(
            [{"verdict": "similar", "trend": "getting-worse"}, AHEAD | {"stands_out": ("last-of-peers",)}],
            id="what lies on the better side last",
        ),
        pytest.param([{"size": (3.0, 0.1)}, {"size": (2.0, 0.9)}], id="size in intervals"),
        pytest.param([{"size": (0.0, 0.9)}, {"size": (0.0, 0.1)}], id="size as a share"),
    ],
)
def test_the_most_telling_line_comes_first(ordered):
    made = [entry(subject=str(at), line=str(at), **changes) for at, changes in enumerate(ordered)]
    for mixed in permutations(made):
        assert choose(mixed, "attention") == made


@given(entries)
def test_what_lies_on_the_better_side_needs_action_after_all_else(found):
    ahead = entry(**AHEAD, stands_out=("last-of-peers", "sharp-change"), misses_standard=True)
    assert sorted([ahead, *found], key=urgency)[-1] == ahead


def test_sharp_changes_and_missed_standards_need_action_first_and_both_before_one():
    both = entry("not-tested", stands_out=("sharp-change",), misses_standard=True, line="both")
    far, near = (entry(misses_standard=True, distance=size, line=f"{size}") for size in (2.0, 1.0))
    fails = entry("not-compared", assurance="fails", line="fails")
    plain = entry(distance=9.0, line="plain")
    for mixed in permutations([both, far, near, fails, plain]):
        assert sorted(mixed, key=urgency) == [both, far, near, fails, plain]


def test_far_behind_the_boroughs_but_on_the_better_side_is_no_alert(project_rules):
    told = {
        side: heading_of(
            entry("not-tested", stands_out=("last-of-peers",), beside=side).summary, project_rules
        )
        for side in get_args(Beside)
    }
    assert told == {"behind": "alert", "unknown": "alert", "ahead": "advise"}
    fallen = entry("not-tested", stands_out=("sharp-change",), beside="ahead")
    assert heading_of(fallen.summary, project_rules) == "alert"


def test_priorities_take_turns_among_lines_alike_in_verdict():
    health = [entry(subject=f"h{n}", size=(9.0 - n, 0.0)) for n in range(3)]
    work = entry(subject="w", chapter="Work", size=(1.0, 0.0))
    mind = entry("similar", subject="m", chapter="Mind", trend="getting-worse")

    assert choose([*health, work, mind], "attention") == [health[0], work, health[1]]


def test_an_outcome_speaks_once():
    obesity, excess = (entry(subject="prevention", indicator=name, line=name) for name in ("a", "b"))
    assert choose([obesity, excess], "attention") == [obesity]


def test_a_finding_speaks_once():
    first, second = (entry(subject=name, indicator=name, line=name, chapter=name) for name in ("a", "b"))
    assert len(choose([first, second], "attention")) == 2
    joined = [replace(one, finding="Vaccination") for one in (first, second)]
    assert choose(joined, "attention") == joined[:1]


def test_a_measure_on_one_side_is_not_on_the_other_too():
    here, there = entry(line="A: worse in Alston"), entry("better", line="A: better in Brough")
    assert choose([here, there], "better", without=[here]) == []


@given(entries)
def test_no_choice_contradicts_a_verdict_or_a_trend(found):
    attention = choose(found, "attention")
    better = choose(found, "better", without=attention)
    for chosen, never, sign in ((attention, "better", "getting-better"), (better, "worse", "getting-worse")):
        assert len(chosen) <= MOST
        assert len({one.subject for one in chosen}) == len(chosen)
        for one in chosen:
            assert one.summary.verdict != never
            assert one.summary.verdict in ("better", "worse") or one.summary.trend != sign
    assert not {one.summary.indicator for one in attention} & {one.summary.indicator for one in better}


@given(entries, st.randoms(use_true_random=False))
def test_the_choice_does_not_depend_on_the_order_of_chapters(make_params, found, random):
    def chosen(order):
        sections = [
            Section("n", "n", one.chapter, "sec", (), "", {}, (ChapterLine(one.summary, "sec"),), ())
            for one in order
        ]
        gathered = gather_lines(sections, make_params, ())
        return [[one.summary for one in choose(gathered, wanted)] for wanted in ("attention", "better")]

    kept = list({one.summary: one for one in found}.values())
    assert chosen(random.sample(kept, len(kept))) == chosen(kept)


@pytest.fixture(scope="module")
def make_params():
    from tests.packs.conftest import some_params  # noqa: PLC0415

    return some_params()


@pytest.mark.parametrize(
    ("rule", "meets", "fails"),
    [
        ({"verdict": ("worse",)}, {"verdict": "worse"}, {"verdict": "similar"}),
        ({"trend": ("getting-worse",)}, {"trend": "getting-worse"}, {"trend": "no-change"}),
        ({"variation": ("concern-low",)}, {"variation": "concern-low"}, {"variation": None}),
        ({"assurance": ("fails",)}, {"assurance": "fails"}, {"assurance": "passes"}),
        ({"priority": ("work",)}, {"priority": "work"}, {"priority": None}),
        ({"indicator": ("a", "b")}, {"indicator": "b"}, {"indicator": "c"}),
        ({"at_least": 3}, {"count": 3}, {"count": 2}),
        ({"verdict": ("worse",), "at_least": 2}, {"count": 2}, {"verdict": "similar", "count": 2}),
    ],
)
def test_a_rule_is_met_by_all_of_its_conditions(rule, meets, fails):
    rules = Assurance(
        headings={"advise": BoardAsk(asks="Watch")}, rules=(AssuranceRule(then="advise", **rule),)
    )
    assert heading_of(entry(**meets).summary, rules) == "advise"
    assert heading_of(entry(**fails).summary, rules) is None


def test_the_first_rule_that_is_met_decides():
    rules = Assurance(
        headings={"alert": BoardAsk(asks="Act"), "advise": BoardAsk(asks="Watch")},
        rules=(
            AssuranceRule(then="alert", verdict=("worse",), trend=("getting-worse",)),
            AssuranceRule(then="advise", verdict=("worse",)),
        ),
    )
    assert heading_of(entry(trend="getting-worse").summary, rules) == "alert"
    assert heading_of(entry(trend="no-change").summary, rules) == "advise"


@given(entries)
def test_what_is_to_be_read_with_caution_is_no_alert_and_is_named_first(project_rules, found):
    plain, _ = sort_for_board(found, project_rules)
    alerts = [one.summary for one in plain[0].entries]
    marked = [replace(one, summary=one.summary.model_copy(update={"cautioned": True})) for one in found]
    alert, advise, _ = sort_for_board(marked, project_rules)[0]
    assert (plain[0].heading, alert.entries, advise.heading) == ("alert", (), "advise")
    named = [one.summary.model_copy(update={"cautioned": False}) for one in advise.entries[: len(alerts)]]
    assert named == alerts
    for one in found:
        before, after = (
            heading_of(line, project_rules)
            for line in (one.summary, one.summary.model_copy(update={"cautioned": True}))
        )
        assert after == ("advise" if before == "alert" else before)


def test_without_advise_what_is_to_be_read_with_caution_falls_under_the_next_rule_or_none():
    rules = (AssuranceRule(then="alert", trend=("no-change",)), AssuranceRule(then="assure"))
    both = Assurance(headings={"alert": BoardAsk(asks="Act"), "assure": BoardAsk(asks="Note")}, rules=rules)
    line = entry(verdict="similar", trend="no-change").summary.model_copy(update={"cautioned": True})
    assert heading_of(line, both) == "assure"
    assert heading_of(line, EVERYTHING["alert"]) is None


@given(entries)
def test_no_ask_contradicts_a_verdict_and_none_is_lost(project_rules, found):
    for rules in (project_rules, EVERYTHING["alert"], EVERYTHING["assure"]):
        asked, others = sort_for_board(found, rules)
        for each in asked:
            never = {"alert": "better", "assure": "worse"}.get(each.heading)
            assert all(one.summary.verdict != never for one in each.entries)
            most = rules.headings[each.heading].limit or MOST_NAMED
            assert each.more == 0 if each.heading == "alert" else len(each.entries) <= most
        under_none = sum(one.summary.count for one in found if heading_of(one.summary, rules) is None)
        assert others == under_none
        assert sum(len(each.entries) + each.more for each in asked) == sum(
            heading_of(one.summary, rules) is not None for one in found
        )


EVERYTHING = {
    heading: Assurance(headings={heading: BoardAsk(asks="All")}, rules=(AssuranceRule(then=heading),))
    for heading in ("alert", "assure")
}


@pytest.fixture(scope="module")
def project_rules(checkout):
    rules = load_params(checkout.params).assurance
    assert rules is not None
    return rules


def test_the_size_is_told_in_intervals_and_as_a_share(params, make):
    facts = [
        Fact(**make.fact(id="own", value=12.0, lower=11.0, upper=13.0)),
        Fact(**make.fact(id="all", area="E92000001", area_name="England", value=9.0)),
        Fact(**make.fact(id="old", area="E92000001", area_name="England", value=1.0, period="2003")),
    ]

    def sized(*ids):
        line = ChapterLine(Summary(**make.line(facts=ids)), "sec")
        (one,) = gather_lines([Section("n", "n", "T", "sec", (), "", {}, (line,), ())], params, facts)
        return one.size

    assert sized("own", "all", "old") == (3.0, pytest.approx(1 / 3))
    assert sized("own", "old") == (0.0, 0.0)
    assert sized() == (0.0, 0.0)
