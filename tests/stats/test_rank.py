"""Ranks and quarters: by hand, by property, and against OHID's program."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PHStatsMethods import ph_quantile

from boardpacks.stats.rank import RankAmongPeers, rank_among

PEERS = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=40)


def test_rank_1_is_the_best():
    peers = [7.0, 1.0, 3.0, 9.0]
    assert rank_among(1.0, peers, "low") == RankAmongPeers(1, 0, 4, 1, "best")
    assert rank_among(1.0, peers, "high") == RankAmongPeers(4, 0, 4, 4, "best")
    assert rank_among(9.0, peers, "none") == RankAmongPeers(1, 0, 4, 1, "highest")


def test_ties_share_the_better_rank_and_quarter():
    peers = [5.0, 9.0, 1.0, 5.0, 5.0]
    assert rank_among(5.0, peers, "high") == RankAmongPeers(2, 2, 5, 1, "best")
    assert rank_among(1.0, peers, "high") == RankAmongPeers(5, 0, 5, 4, "best")


def test_33_boroughs_make_quarters_of_9_8_8_and_8():
    quarters = [rank_among(float(at), [float(peer) for peer in range(33)], "low").quarter for at in range(33)]
    assert quarters == [1] * 9 + [2] * 8 + [3] * 8 + [4] * 8


def test_three_peers_have_no_quarters():
    assert rank_among(1.0, [1.0, 2.0, 3.0], "low").quarter is None


def test_a_value_must_be_one_of_its_peers():
    with pytest.raises(ValueError, match="4 is not among its peers"):
        rank_among(4.0, [1.0, 2.0], "low")


def test_quarters_are_those_of_ohid_s_program():
    """2,000 random values in 60 groups of 4 to 60 with many ties."""
    random = np.random.default_rng(20260407)
    groups = [random.integers(0, 40, size).astype(float) for size in random.integers(4, 61, 60)]
    frame = pd.DataFrame(
        {"group": np.repeat(range(60), [len(group) for group in groups]), "value": np.concatenate(groups)}
    )
    theirs = ph_quantile(frame, "value", ["group"], 4, invert=False)["quantile"].astype(int).tolist()
    ours = [rank_among(float(value), group.tolist(), "low").quarter for group in groups for value in group]
    assert ours == theirs
    assert len(ours) > 1500


@given(PEERS, st.data())
def test_best_and_worst_mirror_each_other(peers: list[float], data: st.DataObject):
    value = data.draw(st.sampled_from(peers))
    low, high = rank_among(value, peers, "low"), rank_among(value, peers, "high")
    assert low.rank + low.tied + high.rank == len(peers) + 1
    assert low.tied == high.tied
    assert rank_among(value, peers, "none").rank == high.rank
