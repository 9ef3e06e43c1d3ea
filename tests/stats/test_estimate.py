"""Figures with intervals."""

from __future__ import annotations

import pytest

from boardpacks.stats.estimate import Estimate


def test_limits_are_there_only_with_a_width():
    assert Estimate(5.0, 4.0, 6.0).limits == (4.0, 6.0)
    assert Estimate(5.0).limits is None
    assert Estimate(5.0, 4.0, None).limits is None
    assert Estimate(5.0, None, 6.0).limits is None
    assert Estimate(5.0, 5.0, 5.0).limits is None


def test_limits_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="the lower limit 6 is above the upper limit 4"):
        Estimate(5.0, 6.0, 4.0)
