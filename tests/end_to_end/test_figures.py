"""Every number that a pack says is the published one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.chapter.numbers import unexplained_numbers
from tests.end_to_end.conftest import Record
from tests.end_to_end.truth import Truth

pytestmark = pytest.mark.end_to_end


def _facts(records: list[Record]) -> list[tuple[Record, dict[str, Any]]]:
    return [(record, fact) for record in records for fact in record.content["facts"]]


def test_every_published_number_is_the_publishers(records: list[Record], truth: Truth) -> None:
    published = [(record, fact) for record, fact in _facts(records) if fact["method"] == "published"]
    assert len(published) > 10_000
    for record, fact in published:
        key = fact["indicator"], fact["area"], fact["sex"], fact["period"]
        assert (fact["value"], fact["lower"], fact["upper"]) == truth.values[key], f"{record}: {fact}"


def test_every_sum_is_that_of_its_boroughs(records: list[Record], truth: Truth) -> None:
    sums = [(record, fact) for record, fact in _facts(records) if fact["method"].startswith("sum of")]
    assert {fact["indicator"] for _, fact in sums} == {"population"}
    for record, fact in sums:
        parts = [
            truth.values["population", area, "Persons", fact["period"]][0] for area in fact["area"].split("+")
        ]
        assert fact["value"] == sum(parts), f"{record}: {fact}"
        assert len(parts) == 2


def test_every_count_of_small_areas_is_that_of_the_index(records: list[Record], truth: Truth) -> None:
    counted = [(record, fact) for record, fact in _facts(records) if fact["indicator"] == "deprivation"]
    assert {record.place for record, _ in counted} == {record.place for record in records}
    for record, fact in counted:
        tenths = [
            sum(truth.tenths[area][tenth] for area in fact["area"].split("+")) for tenth in range(1, 11)
        ]
        part = fact["method"].rpartition(": ")[2]
        expected = {
            "total": sum(tenths),
            "fifth-count": sum(tenths[:2]),
            "fifth-share": 100 * sum(tenths[:2]) / sum(tenths),
        }
        expected |= {f"tenth-{number}": count for number, count in enumerate(tenths, start=1)}
        assert fact["value"] == pytest.approx(expected[part], abs=1e-12), f"{record}: {fact}"


def _quarter(own: float, peers: Sequence[float], polarity: str) -> int:
    """Deal the peers into four quarters, the first ones larger where they do not divide, equals together."""
    ordered = sorted(peers, reverse=polarity != "low")
    starts = [-(-len(peers) * quarter // 4) for quarter in range(4)]
    return sum(ordered.index(own) >= start for start in starts)


def test_every_standing_among_peers_is_recounted(records: list[Record], truth: Truth, built: Any) -> None:
    told = [(record, fact) for record, fact in _facts(records) if fact["method"].endswith("among the peers")]
    assert len(told) > 100
    for record, fact in told:
        peers = truth.peers[fact["indicator"], fact["period"]]
        own = truth.values[fact["indicator"], fact["area"], fact["sex"], fact["period"]][0]
        lower, upper = truth.quartiles(fact["indicator"], fact["period"])
        expected = {
            "rank": sum(peer > own for peer in peers) + 1,
            "rank-from-lowest": len(peers) - sum(peer > own for peer in peers),
            "peers": len(peers),
            "lower-quartile": lower,
            "upper-quartile": upper,
            "quarter": _quarter(own, peers, built.params.indicators[fact["indicator"]].polarity),
        }
        part = fact["method"].removesuffix(" among the peers")
        assert fact["value"] == pytest.approx(expected[part]), f"{record}: {fact}"


def test_no_method_goes_unchecked(records: list[Record]) -> None:
    known = ("published", "sum of ", "counted from small areas: ")
    others = {fact["method"] for _, fact in _facts(records) if not fact["method"].startswith(known)}
    assert all(method.endswith("among the peers") for method in others)


def test_every_number_in_words_and_tables_is_a_fact(records: list[Record]) -> None:
    unexplained = {str(record): found for record in records if (found := unexplained_numbers(record.content))}
    assert unexplained == {}


def test_every_outcome_and_indicator_of_the_params_is_reported(records: list[Record], built: Any) -> None:
    for place in built.params.places:
        own = [record.content for record in records if record.place == place]
        told = {line["indicator"] for record in own for line in record.get("summary", [])}
        names = {record["name"] for record in own}
        for priority in built.params.priorities.values():
            assert set(priority.indicators) <= told, place
            for outcome in priority.outcomes:
                assert outcome.gap is None or f"{outcome.id}-gap" in names, (place, outcome.id)
                assert not outcome.indicators or f"{outcome.id}-latest" in names, (place, outcome.id)
