"""Two packs compared by their files of facts: every difference once, and in the right kind."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.data.observations import STATED, TARGET
from boardpacks.packs.changes.compare_packs import compare_facts
from boardpacks.packs.files.changes_file import PackComparison

from .conftest import ENGLAND, HAVERING, RULE, a_facts_file, a_judgement, a_record

KINDS = tuple(PackComparison.model_fields)


def found(comparison: PackComparison) -> dict[str, int]:
    """Return how many changes there are of each kind that has any."""
    return {kind: len(getattr(comparison, kind)) for kind in KINDS if getattr(comparison, kind)}


def test_a_pack_does_not_differ_from_itself(facts):
    file = facts.file(facts.fact(), facts.fact(area=facts.england), facts.fact("obesity", part="rank"))

    assert found(compare_facts(file, file)) == {}


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ({"verdict": "similar"}, {"verdict": "worse"}, "worse"),
        ({"verdict": "worse"}, {"verdict": "similar"}, "better"),
        ({"verdict": "not-tested"}, {"verdict": "worse"}, "other"),
        ({"verdict": "higher"}, {"verdict": "lower"}, "other"),
        ({"trend": "getting-better"}, {"trend": "no-change"}, "worse"),
        ({"trend": "no-change"}, {"trend": "not-calculated"}, "other"),
        ({"variation": "common-cause"}, {"variation": "concern-high"}, "worse"),
        ({"variation": "concern-low"}, {"variation": "improvement-high"}, "better"),
        ({"assurance": "passes"}, {"assurance": "hit-or-miss"}, "worse"),
        (
            {"verdict": "worse", "trend": "no-change"},
            {"verdict": "similar", "trend": "getting-worse"},
            "other",
        ),
    ],
)
def test_a_change_of_judgement_has_a_turn_where_its_words_have_sides(facts, before, after, turn):
    fact = facts.fact()

    then = facts.file(fact, judgements=(facts.judgement("smoking", fact.id, **before),))
    now = facts.file(fact, judgements=(facts.judgement("smoking", fact.id, **after),))
    comparison = compare_facts(then, now)

    assert found(comparison) == {"judgements": 1}
    (change,) = comparison.judgements
    assert (change.name, change.area_name, change.turn) == ("Adults who smoke", "Havering", turn)


def test_judgements_for_the_worse_come_first(facts):
    told = [facts.fact(name) for name in ("smoking", "obesity", "suicide")]
    then = facts.file(*told)
    verdicts = ("not-tested", "better", "worse")
    lines = [
        facts.judgement(fact.observation.indicator, fact.id, verdict=verdict)
        for fact, verdict in zip(told, verdicts, strict=True)
    ]

    changed = compare_facts(then, facts.file(*told, judgements=tuple(lines))).judgements

    assert [(one.indicator, one.turn) for one in changed] == [
        ("suicide", "worse"),
        ("obesity", "better"),
        ("smoking", "other"),
    ]


def test_a_line_of_several_areas_is_true_of_each(facts):
    places = [facts.fact(area=area) for area in ("A", "B", "C")]
    ids = [fact.id for fact in places]
    then = facts.file(*places, judgements=(facts.judgement("smoking", *ids),))
    worse = facts.judgement("smoking", ids[1], verdict="worse")
    now = facts.file(*places, judgements=(worse, facts.judgement("smoking", ids[0], ids[2])))

    (change,) = compare_facts(then, now).judgements

    assert change.was
    assert change.now
    assert (change.area, change.was.verdict, change.now.verdict) == ("B", "similar", "worse")


def test_a_control_chart_that_has_nothing_to_say_any_more_is_told(facts):
    fact = facts.fact()
    line = facts.judgement(
        "smoking", verdict="not-compared", variation="concern-low", line="A Trust, smoking: 79%"
    )

    (change,) = compare_facts(
        facts.file(fact, judgements=(line,)), facts.file(fact, judgements=())
    ).judgements

    assert change.was
    assert (change.name, change.area, change.was.variation, change.now) == (
        "A Trust, smoking",
        "",
        "concern-low",
        None,
    )


@pytest.mark.parametrize(
    ("then", "now", "reasons"),
    [
        ([a_record()], [a_record(), a_record(period="2024")], ("new-figure",)),
        ([a_record()], [a_record(value=19.0)], ("revised-history",)),
        ([a_record()], [a_record(method="added up")], ("changed-method",)),
        (
            [a_record(), a_record(area=ENGLAND)],
            [a_record(), a_record(area=ENGLAND, period="2024")],
            ("other-areas",),
        ),
        ([a_record()], [a_record()], ()),
    ],
)
def test_a_judgement_says_what_it_may_rest_on(then, now, reasons):
    changed = compare_facts(
        a_facts_file(*then),
        a_facts_file(*now, judgements=(a_judgement("smoking", now[0].id, verdict="worse"),)),
    )

    assert [one.because for one in changed.judgements] == [reasons]


def test_a_newer_period_is_a_new_figure_of_each_area(facts):
    then = facts.file(facts.fact(period="2022/23"), facts.fact(area=facts.england, period="2022/23"))
    added = [facts.fact(period="2023/24", value=12.0), facts.fact(area=facts.england, period="2023/24")]

    comparison = compare_facts(then, facts.file(*then.facts, *added))

    assert found(comparison) == {"figures": 2}
    own, other = comparison.figures
    assert (own.own, own.kind, own.was.period, own.was.display) == (True, "newer", "2022/23", "10.9%")
    assert (own.now.period, own.now.display, own.now.fact) == ("2023/24", "12.0%", added[0].id)
    assert (other.own, other.area_name) == (False, "England")


def test_a_period_that_is_gone_is_withdrawn(facts):
    old, new = facts.fact(period="2022"), facts.fact(period="2023")

    comparison = compare_facts(facts.file(old, new), facts.file(old))

    assert [(one.kind, one.was.period, one.now.period) for one in comparison.figures] == [
        ("withdrawn", "2023", "2022")
    ]


def test_sexes_are_series_of_their_own(facts):
    women, men = facts.fact(sex="Female"), facts.fact(sex="Male")

    comparison = compare_facts(
        facts.file(women, men), facts.file(women, men, facts.fact(sex="Female", period="2024"))
    )

    assert [one.sex for one in comparison.figures] == ["Female"]


@pytest.mark.parametrize(
    ("changes", "is_revised"),
    [
        ({"value": 11.4, "display": "11.4%"}, True),
        ({"value": 10.94}, False),
        ({"value": 10.94, "display": "10.94%"}, False),
        ({"value": 11.44, "display": "11.44%"}, True),
        ({"lower": 9.2}, True),
        ({"lower": 9.91}, False),
        ({"lower": None, "upper": None, "rule": "not tested: no usable 95% interval"}, True),
    ],
)
def test_a_figure_is_revised_where_it_differs_beyond_rounding(facts, changes, is_revised):
    then = facts.fact(lower=9.9, upper=11.9)
    now = then.model_copy(update=changes)

    comparison = compare_facts(facts.file(then), facts.file(now))

    assert found(comparison) == ({"revisions": 1} if is_revised else {})


def test_published_figures_of_the_own_areas_are_the_first_revisions(facts):
    def some(value: float) -> list[Any]:
        return [
            facts.fact(part="rank", value=value, method="rank among the peers"),
            facts.fact(area=facts.england, value=value),
            facts.fact(value=value),
        ]

    revisions = compare_facts(facts.file(*some(10.0)), facts.file(*some(20.0))).revisions

    assert [(one.area_name, one.made) for one in revisions] == [
        ("Havering", False),
        ("Havering", True),
        ("England", False),
    ]


@pytest.mark.parametrize(
    ("definitions", "aspect", "was", "now"),
    [
        ({"definition": "Share of people."}, "definition", "Share of adults.", "Share of people."),
        ({"unit": "per 1,000"}, "unit", "%", "per 1,000"),
        ({"polarity": "none"}, "polarity", "low", "none"),
        ({"name": "Smokers"}, "name", "Adults who smoke", "Smokers"),
    ],
)
def test_another_definition_is_a_changed_method(facts, definitions, aspect, was, now):
    fact = facts.fact()

    comparison = compare_facts(facts.file(fact), facts.file(fact, definitions={"smoking": definitions}))

    assert found(comparison) == {"methods": 1}
    (change,) = comparison.methods
    assert (change.field, change.was, change.now) == (aspect, was, now)


@pytest.mark.parametrize(
    ("changes", "aspect", "now"),
    [
        ({"source": 1}, "publisher", "OHID"),
        ({"method": "boroughs added up", "value": 12.5, "display": "12.5%"}, "method", "boroughs added up"),
        ({"rule": "another rule, against England"}, "rule", "another rule, against England"),
    ],
)
def test_another_source_method_or_rule_is_told_once_of_all_figures(facts, changes, aspect, now):
    then = [facts.fact(period="2022"), facts.fact(period="2023")]

    comparison = compare_facts(
        facts.file(*then), facts.file(*(fact.model_copy(update=changes) for fact in then))
    )

    assert found(comparison) == {"methods": 1}
    assert (comparison.methods[0].field, comparison.methods[0].now) == (aspect, now)


def test_another_rule_shows_where_no_figure_is_in_both_packs(facts):
    comparison = compare_facts(
        facts.file(facts.fact(period="2022")), facts.file(facts.fact(period="2023", rule="another rule"))
    )

    assert found(comparison) == {"figures": 1, "methods": 1}


def test_another_target_is_a_changed_method(facts):
    def with_target(value: float) -> Any:
        target = facts.fact(part="target", method=TARGET, value=value, lower=None, upper=None, rule="")
        return facts.file(facts.fact(), target)

    comparison = compare_facts(with_target(95.0), with_target(78.0))

    assert found(comparison) == {"methods": 1}
    assert comparison.methods[0].model_dump() == {
        "indicator": "smoking",
        "name": "Adults who smoke",
        "field": "target",
        "was": "95.0%",
        "now": "78.0%",
    }


def test_a_trend_is_made_alike_whatever_periods_it_is_of(facts):
    def trend(words: str) -> Any:
        return facts.fact(part="trend", method=f"trend: five points; chi-squared test; from {words}")

    then = facts.file(facts.fact(), trend("2018 to 2022; chi-squared 3.04"))

    assert found(compare_facts(then, facts.file(facts.fact(), trend("2019 to 2023; chi-squared 9.1")))) == {}


def test_measures_are_new_and_gone(facts):
    then, now = (
        facts.file(facts.fact(), facts.fact("obesity")),
        facts.file(facts.fact(), facts.fact("suicide")),
    )

    comparison = compare_facts(then, now)

    assert [(one.name, one.area_name, one.kind) for one in comparison.measures] == [
        ("Suicide rate", None, "new"),
        ("Obesity", None, "gone"),
    ]
    assert found(comparison) == {"measures": 2}


def test_figures_for_one_more_own_area_are_named_by_the_area(facts):
    one, other = facts.fact(), facts.fact(area="E09000001")
    lines = (facts.judgement("smoking", one.id, other.id),)

    comparison = compare_facts(facts.file(one), facts.file(one, other, judgements=lines))

    assert [(new.name, new.area_name, new.kind) for new in comparison.measures] == [
        ("Adults who smoke", "E09000001", "new")
    ]


def test_what_the_strategy_states_is_no_measure(facts):
    stated = facts.fact("baseline", method=STATED)

    assert found(compare_facts(facts.file(facts.fact()), facts.file(facts.fact(), stated))) == {}


def test_an_old_file_without_judgements_changes_none(facts):
    then = facts.file(facts.fact(), judgements=(), version_of_facts=1)

    assert found(compare_facts(then, facts.file(facts.fact()))) == {}


words = st.text(string.ascii_lowercase, min_size=1, max_size=3)
numbers = st.dictionaries(
    st.tuples(
        words, st.sampled_from([HAVERING, ENGLAND, "E09000001"]), st.sampled_from(["2021", "2022", "2023"])
    ),
    st.floats(0, 100, allow_nan=False),
    min_size=1,
    max_size=12,
)


def from_numbers(numbers: Any) -> Any:
    return a_facts_file(
        *(a_record(name, period, round(value, 1), area) for (name, area, period), value in numbers.items())
    )


@given(numbers)
def test_no_pack_differs_from_itself(numbers):
    assert found(compare_facts(from_numbers(numbers), from_numbers(numbers))) == {}


@given(numbers, numbers)
def test_looking_back_mirrors_what_is_new_and_gone(then, now):
    there, back = (
        compare_facts(from_numbers(then), from_numbers(now)),
        compare_facts(from_numbers(now), from_numbers(then)),
    )
    mirror = {"new": "gone", "gone": "new", "newer": "withdrawn", "withdrawn": "newer"}

    assert sorted((one.indicator, str(one.area_name), mirror[one.kind]) for one in back.measures) == sorted(
        (one.indicator, str(one.area_name), one.kind) for one in there.measures
    )
    assert sorted((one.indicator, one.area, mirror[one.kind]) for one in back.figures) == sorted(
        (one.indicator, one.area, one.kind) for one in there.figures
    )
    assert sorted(one.was.fact for one in back.revisions) == sorted(one.now.fact for one in there.revisions)


@given(numbers, st.data())
def test_one_difference_is_found_once_and_in_its_kind(numbers, data):
    key = data.draw(st.sampled_from(sorted(numbers)))
    name, area, period = key
    now = dict(numbers)
    kind = data.draw(st.sampled_from(["revisions", "figures", "measures"]))
    if kind == "revisions":
        now[key] = round(numbers[key], 1) + 5.5
    elif kind == "figures":
        now[name, area, "2024"] = 50.0
    else:
        now["another", area, period] = 50.0

    assert found(compare_facts(from_numbers(numbers), from_numbers(now))) == {kind: 1}


def test_a_rule_is_the_same_whether_or_not_an_interval_is_published(facts):
    fact = facts.fact()
    without = fact.model_copy(update={"lower": None, "upper": None, "rule": "not tested"})

    assert found(compare_facts(facts.file(fact), facts.file(without))) == {"revisions": 1}
    assert fact.rule == RULE
