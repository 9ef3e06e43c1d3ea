"""Checks of figures are told apart by their names."""

from __future__ import annotations

from boardpacks.data.checks.all_checks import CHECKS


def test_no_two_checks_have_one_name():
    assert len({check.name for check in CHECKS}) == len(CHECKS)
