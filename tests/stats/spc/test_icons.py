"""Icons in words."""

from __future__ import annotations

from typing import get_args

import pytest

from boardpacks.stats.comparison import Polarity
from boardpacks.stats.spc.icons import (
    ASSURANCE_WORDS,
    VARIATION_WORDS,
    Passing,
    Variation,
    assurance,
    variation,
)
from boardpacks.stats.spc.process_limits import ProcessLimits
from boardpacks.stats.spc.signals import Side, Signal

LIMITS = ProcessLimits(80.0, 70.0, 90.0, 73.0, 87.0, 3.76)


@pytest.mark.parametrize(
    ("side", "polarity", "icon"),
    [
        ("high", "high", "improvement-high"),
        ("high", "low", "concern-high"),
        ("high", "none", "neutral-high"),
        ("low", "high", "concern-low"),
        ("low", "low", "improvement-low"),
        ("low", "none", "neutral-low"),
    ],
)
def test_variation(side: Side, polarity: Polarity, icon: str):
    assert variation(Signal(("shift",), side), polarity) == icon
    assert variation(None, polarity) == "common-cause"


@pytest.mark.parametrize(
    ("target", "high", "low"),
    [
        (95.0, "fails", "passes"),
        (90.01, "fails", "passes"),
        (90.0, "hit-or-miss", "hit-or-miss"),
        (80.0, "hit-or-miss", "hit-or-miss"),
        (70.0, "hit-or-miss", "hit-or-miss"),
        (69.99, "passes", "fails"),
        (0.0, "passes", "fails"),
        (None, "not-judged", "not-judged"),
    ],
)
def test_assurance(target: float | None, high: str, low: str):
    assert assurance(LIMITS, target, "high") == high
    assert assurance(LIMITS, target, "low") == low
    assert assurance(LIMITS, target, "none") == "not-judged"
    assert assurance(None, target, "high") == "not-judged"


def test_a_constant_process_on_its_target_neither_passes_nor_fails():
    assert assurance(ProcessLimits(5.0, 5.0, 5.0, 5.0, 5.0, 0.0), 5.0, "high") == "hit-or-miss"


def test_every_icon_has_words():
    assert set(VARIATION_WORDS) == set(get_args(Variation))
    assert set(ASSURANCE_WORDS) == set(get_args(Passing))
