"""Rules of what a board is asked: what loads, and that a wrong one says file, line, what was found and is allowed."""

from __future__ import annotations

from typing import get_args

import pytest

from boardpacks.params.assurance import CONDITIONS, AssuranceRule, TrendWord
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError
from boardpacks.stats import recent_trend
from tests.params.conftest import WriteParams

RULES = """\
headings:
  alert:
    asks: The board acts on
  assure:
    asks: The board notes
    limit: 2
rules:
  - then: alert
    verdict: [worse]
    trend: [getting-worse]
    priority: [wellbeing]
    indicator: [happiness]
  - then: alert
    verdict: [worse]
    at_least: 2
  - then: assure
    verdict: [better]
"""


def test_the_file_may_be_missing(write_params: WriteParams):
    assert load_params(write_params()).assurance is None


def test_headings_and_rules_load_in_order(write_params: WriteParams):
    rules = load_params(write_params({"assurance.yml": RULES})).assurance
    assert rules is not None
    assert {heading: ask.limit for heading, ask in rules.headings.items()} == {"alert": None, "assure": 2}
    assert [rule.then for rule in rules.rules] == ["alert", "alert", "assure"]
    assert rules.rules[0].indicator == ("happiness",)
    assert rules.rules[1].at_least == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "found", "allowed", "hint"),
    [
        ("[getting-worse]", "[worsening]", 10, "rules[0].trend[0]", "'worsening'", "getting-worse", ""),
        ("[happiness]", "[hapiness]", 12, "rules[0].indicator[0]", "'hapiness'", "happiness", "'happiness'"),
        ("[wellbeing]", "[well]", 11, "rules[0].priority[0]", "'well'", "wellbeing, work", ""),
        ("[wellbeing]", "[work]", 12, "rules[0].indicator", "in none of the rule's", "indicators of work", ""),
        ("  - then: alert\n    verdict: [worse]\n    t", "  - then: alarm\n    verdict: [worse]\n    t", 8,
         "rules[0].then", "'alarm'", "alert, advise or assure", ""),
        ("    verdict: [better]", "    verdict: [worse]", 17, "rules[2].verdict", "only worse, which never",
         "other verdicts", ""),
        ("  - then: alert\n    verdict: [worse]\n    at", "  - then: assure\n  - then: alert\n    at", 16,
         "rules[3]", "the rule on line 13 takes all", "no earlier rule covers", "narrower rule first"),
        ("  - then: assure\n    verdict: [better]\n",
         "  - then: assure\n    verdict: [better]\n  - then: alert\n    verdict: [worse]\n    at_least: 3\n", 18,
         "rules[3]", "the rule on line 13 takes all", "no earlier rule covers", "narrower rule first"),
        ("at_least: 2", "at_least: 0", 15, "rules[1].at_least", "0 (a number)", "at least 1", ""),
        ("limit: 2", "limit: 99", 6, "headings.assure.limit", "99 (a number)", "at most 12", ""),
        ("    asks: The board acts on\n", "    asks: The board acts on\n    limit: 4\n", 1, "", "keys and values",
         "no limit under alert", ""),
        ("  assure:\n", "  advise:\n", 1, "", "keys and values", "a heading for each rule: assure", ""),
        ("  - then: assure\n    verdict: [better]\n", "", 1, "", "keys and values",
         "no rule leads to assure", ""),
        ("at_least:", "count:", 15, "rules[1].count", "unknown key", "at_least", ""),
    ],
)  # fmt: skip
def test_a_wrong_rule_says_where_and_what(
    write_params: WriteParams, old: str, new: str, line: int, key: str, found: str, allowed: str, hint: str
):
    assert RULES.count(old) == 1
    with pytest.raises(InputError) as raised:
        load_params(write_params({"assurance.yml": RULES.replace(old, new)}))
    problem = next(one for one in raised.value.problems if one.key == key)
    assert problem.where == f"params/assurance.yml, line {line}"
    assert found in problem.found
    assert allowed in problem.allowed
    assert hint in problem.hint


def test_a_broader_rule_after_narrower_ones_is_fine(write_params: WriteParams):
    broader = RULES + "  - then: alert\n    trend: [getting-worse]\n"
    rules = load_params(write_params({"assurance.yml": broader})).assurance
    assert rules is not None
    assert len(rules.rules) == 4


def test_a_heading_that_never_takes_a_verdict_leaves_it_to_later_rules(write_params: WriteParams):
    """A rule for assure without conditions takes all but what is worse."""
    every = "  - then: assure\n  - then: alert\n    verdict: [worse]\n"
    rules = load_params(write_params({"assurance.yml": RULES.partition("  - then")[0] + every})).assurance
    assert rules is not None
    assert len(rules.rules) == 2


def test_the_words_are_those_of_the_statistics():
    directions = {
        direction.replace("no-significant-change", "no-change") for direction, _ in recent_trend.WORDS
    }
    meanings = {f"getting-{meaning}" for _, meaning in recent_trend.WORDS if meaning != "none"}
    assert set(get_args(TrendWord)) == directions | meanings
    assert set(AssuranceRule.model_fields) == {"then", "at_least", *CONDITIONS}


def test_the_projects_own_rules_sort_both_ways(params: Params):
    assert params.assurance is not None
    assert list(params.assurance.headings) == ["alert", "advise", "assure"]
