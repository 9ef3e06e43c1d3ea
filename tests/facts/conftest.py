"""Tests of the contract have the figures of the tests of chapters."""

from tests.chapter.conftest import make_snapshot, share
from tests.packs.conftest import make

__all__ = ["make", "make_snapshot", "share"]
