"""A chapter that a build makes for one place refuses to be opened for another."""

from __future__ import annotations

import pytest

from boardpacks.chapter.own_place import VARIABLE, hold_to_own_place
from boardpacks.project.errors import BoardpacksError


@pytest.mark.parametrize("place", ["havering", "newham", "system"])
def test_in_jupyterlab_any_place_is_right(monkeypatch, place):
    monkeypatch.delenv(VARIABLE, raising=False)
    hold_to_own_place(place)


def test_in_a_build_only_its_own_place_is_right(monkeypatch):
    monkeypatch.setenv(VARIABLE, "havering")
    hold_to_own_place("havering")
    for other in ("newham", "system", "Havering", ""):
        with pytest.raises(
            BoardpacksError, match=f"asked for '{other}', but this chapter is made for the pack of"
        ):
            hold_to_own_place(other)
