"""Named sets of rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from boardpacks.stats.spc.rules import (
    MAKING_DATA_COUNT,
    MAKING_DATA_COUNT_6,
    MAKING_DATA_COUNT_UNSCREENED,
    RuleSet,
)


def test_the_published_numbers():
    rules = MAKING_DATA_COUNT
    assert (rules.shift, rules.trend, rules.fewest, rules.screen) == (7, 7, 13, True)
    assert (rules.reach, rules.screening) == (2.66, 3.267)
    assert rules.near == pytest.approx(1.7733, abs=0.00005)


def test_sets_differ_in_what_their_names_say_and_are_versioned():
    assert (
        replace(MAKING_DATA_COUNT, name=MAKING_DATA_COUNT_UNSCREENED.name, screen=False)
        == MAKING_DATA_COUNT_UNSCREENED
    )
    assert replace(MAKING_DATA_COUNT, name=MAKING_DATA_COUNT_6.name, shift=6, trend=6) == MAKING_DATA_COUNT_6
    labels = {rules.label for rules in (MAKING_DATA_COUNT, MAKING_DATA_COUNT_6, MAKING_DATA_COUNT_UNSCREENED)}
    assert len(labels) == 3
    assert MAKING_DATA_COUNT.label == "Making Data Count, outliers screened, version 2025-09"


@pytest.mark.parametrize("fault", [{"shift": 2}, {"trend": 2}, {"fewest": 1}])
def test_rules_that_cannot_work_are_refused(fault: dict[str, Any]):
    with pytest.raises(ValueError, match="at least 3 points, and limits at least 2"):
        RuleSet("odd", "1", **fault)
