"""How figures are judged beside their intervals: what loads, and that a wrong entry is named."""

from __future__ import annotations

import pytest

from boardpacks.params.judging import DEFAULT_RULES, Judging
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError
from tests.params.conftest import WriteParams

RULES = """\
version: "7"
age_limits:
  annual: 30
stands_out:
  - rule: behind-peers
    share: 0.25
    because: Three in four do better.
  - rule: sharp-change
    times: 4
    because: Something happened.
false_discovery: 0.1
"""


def test_the_file_may_be_missing(write_params: WriteParams):
    judging = load_params(write_params()).judging
    assert judging == Judging()
    assert judging.stands_out == DEFAULT_RULES


def test_limits_and_rules_load_and_what_is_not_said_is_as_usual(write_params: WriteParams):
    judging = load_params(write_params({"judging.yml": RULES})).judging
    assert (judging.version, judging.false_discovery) == ("7", 0.1)
    assert (judging.age_limits.of("annual"), judging.age_limits.of("monthly")) == (30, 18)
    assert [(rule.rule, rule.share, rule.times) for rule in judging.stands_out] == [
        ("behind-peers", 0.25, None),
        ("sharp-change", None, 4.0),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("annual: 30", "annual: 0", 3, "0"),
        ("annual: 30", "yearly: 30", 3, "yearly"),
        ("rule: behind-peers", "rule: behind", 5, "'behind'"),
        ("    share: 0.25\n", "", 5, "share with the rule behind-peers"),
        ("    times: 4\n", "    times: 4\n    share: 0.5\n", 8, "no share with sharp-change"),
        ("rule: sharp-change\n    times: 4", "rule: behind-peers\n    share: 0.1", 1, "each rule once"),
        ("false_discovery: 0.1", "false_discovery: 5", 11, "5"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(
    write_params: WriteParams, old: str, new: str, line: int, said: str
):
    assert old in RULES
    with pytest.raises(InputError) as caught:
        load_params(write_params({"judging.yml": RULES.replace(old, new)}))
    problem = caught.value.problems[0]
    assert f"judging.yml, line {line}" in problem.where
    assert said in str(caught.value)


FINDINGS = (
    RULES
    + """\
findings:
  - name: Mood
    because: One survey.
    indicators: [happiness, anxiety]
"""
)


def test_measures_of_one_cause_load_and_are_found_by_each_of_them(write_params: WriteParams):
    judging = load_params(write_params({"judging.yml": FINDINGS})).judging
    found = judging.finding_of("anxiety")
    assert found is not None
    assert (found.name, found) == ("Mood", judging.finding_of("happiness"))
    assert judging.finding_of("employment_rate") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("[happiness, anxiety]", "[happiness, angst]", 15, "'angst'"),
        ("[happiness, anxiety]", "[happiness]", 15, "at least 2"),
        (
            "[happiness, anxiety]\n",
            "[happiness, anxiety]\n  - name: Fear\n    because: Alike.\n    indicators: [anxiety, employment_rate]\n",
            18,
            "each indicator in one finding",
        ),
        (
            "[happiness, anxiety]\n",
            "[happiness, anxiety]\n  - name: Mood\n    because: A\n"
            "    indicators: [employment_rate, employment_rate]\n",
            16,
            "a name of its own for each finding",
        ),
    ],
)
def test_a_wrong_finding_is_named_with_its_line(
    write_params: WriteParams, old: str, new: str, line: int, said: str
):
    assert old in FINDINGS
    with pytest.raises(InputError) as caught:
        load_params(write_params({"judging.yml": FINDINGS.replace(old, new)}))
    assert any(
        f"judging.yml, line {line}" in problem.where and said in str(caught.value)
        for problem in caught.value.problems
    )


WIDE = """\
stands_out:
  - rule: wide-gap
    share: 0.25
    because: Few have as wide a gap.
    gaps:
      - {of: anxiety, to: happiness, called: everyone}
"""


def test_a_wide_gap_names_the_group_and_everyone(write_params: WriteParams):
    (rule,) = load_params(write_params({"judging.yml": WIDE})).judging.stands_out
    assert [(gap.of, gap.to, gap.called) for gap in rule.gaps] == [("anxiety", "happiness", "everyone")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to: happiness", "to: bliss", "'bliss'"),
        (
            "    gaps:\n      - {of: anxiety, to: happiness, called: everyone}\n",
            "",
            "gaps with the rule wide-gap",
        ),
        ("    share: 0.25\n", "", "share with the rule wide-gap"),
        ("rule: wide-gap", "rule: behind-peers", "no gaps with behind-peers"),
    ],
)
def test_a_wrong_gap_is_named(write_params: WriteParams, old: str, new: str, said: str):
    assert old in WIDE
    with pytest.raises(InputError) as caught:
        load_params(write_params({"judging.yml": WIDE.replace(old, new)}))
    assert "judging.yml" in caught.value.problems[0].where
    assert said in str(caught.value)
