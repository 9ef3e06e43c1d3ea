"""The set of rules."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.stats.spc.rules import MAKING_DATA_COUNT, RuleSet


def test_the_published_numbers():
    rules = MAKING_DATA_COUNT
    assert (rules.shift, rules.trend, rules.fewest) == (7, 7, 13)
    assert (rules.reach, rules.screening) == (2.66, 3.267)
    assert rules.near == pytest.approx(1.7733, abs=0.00005)


def test_a_set_states_its_name_and_version():
    assert MAKING_DATA_COUNT.label == "Making Data Count, outliers screened, version 2025-09"


@pytest.mark.parametrize("fault", [{"shift": 2}, {"trend": 2}, {"fewest": 1}])
def test_rules_that_cannot_work_are_refused(fault: dict[str, Any]):
    with pytest.raises(ValueError, match="at least 3 points, and limits at least 2"):
        RuleSet("odd", "1", **fault)
