"""Standing among peers: ranks, ties and quartiles by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.among_peers import Spread, spread


def test_quartiles_by_hand():
    # Four values: the quartiles lie at positions 0.75, 1.5 and 2.25 of 0 to 3.
    assert spread(3.0, [7.0, 1.0, 3.0, 9.0]) == Spread(3, 2, 4, 2.5, 5.0, 7.5)
    assert spread(5.0, [1.0, 2.0, 3.0, 4.0, 5.0]) == Spread(1, 5, 5, 2.0, 3.0, 4.0)


def test_one_peer_is_first_and_last():
    assert spread(4.0, [4.0]) == Spread(1, 1, 1, 4.0, 4.0, 4.0)


@pytest.mark.parametrize(("value", "rank", "from_lowest"), [(9.0, 1, 4), (5.0, 2, 2), (1.0, 4, 1)])
def test_ties_share_the_better_rank_from_either_end(value: float, rank: int, from_lowest: int):
    found = spread(value, [5.0, 9.0, 1.0, 5.0])
    assert (found.rank, found.rank_from_lowest) == (rank, from_lowest)


def test_all_equal_are_all_first():
    found = spread(2.0, [2.0, 2.0, 2.0])
    assert (found.rank, found.rank_from_lowest, found.count) == (1, 1, 3)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.data())
def test_ranks_agree_with_counting(peers: list[float], data: st.DataObject):
    value = data.draw(st.sampled_from(peers))
    found = spread(value, peers)
    assert found.rank == sum(peer > value for peer in peers) + 1
    assert found.rank_from_lowest == sum(peer < value for peer in peers) + 1
    assert min(peers) <= found.lower_quartile <= found.median <= found.upper_quartile <= max(peers)
