"""Which indicators a chapter has read is noted, whatever way it reads them."""

from __future__ import annotations

import pytest

from boardpacks.chapter.noted_indicators import NotedIndicators, with_noted_indicators
from boardpacks.data.reads import EVERY, INDICATORS, take_reads

FIRST, SECOND = "smoking_prevalence", "suicide_rate"


@pytest.fixture
def indicators(params):
    take_reads()
    few = {name: params.indicators[name] for name in (FIRST, SECOND)}
    return with_noted_indicators(params.model_copy(update={"indicators": few})).indicators


@pytest.mark.parametrize(
    ("read", "noted"),
    [
        (lambda all_: all_[FIRST], [FIRST]),
        (lambda all_: all_.get("gone"), ["gone"]),
        (lambda all_: "gone" in all_, ["gone"]),
        (list, [EVERY]),
        (lambda all_: list(all_.values()), [EVERY, FIRST, SECOND]),
        (lambda all_: list(all_.items()), [EVERY, FIRST, SECOND]),
        (dict, [EVERY, FIRST, SECOND]),
        (len, [EVERY]),
        (bool, [EVERY]),
        (lambda all_: None, []),
    ],
)
def test_what_is_read_is_noted(indicators, read, noted):
    assert isinstance(indicators, NotedIndicators)
    read(indicators)
    assert take_reads() == ({INDICATORS: [(name,) for name in noted]} if noted else {})
