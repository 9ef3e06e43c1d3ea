"""The way from a pack's page to the newest pack of another place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boardpacks.packs.compose.other_places import ANNEX, other_places
from boardpacks.packs.read.pack_content import PackContent
from tests.packs.conftest import a_content, a_plan, some_params


@pytest.fixture
def pack(tmp_path) -> PackContent:
    """A pack of Havering in a system of two places."""
    params = some_params()
    (place,) = params.places.values()
    newham = place.model_copy(update={"id": "newham", "name": "Newham *and* more"})
    return replace(
        a_content(a_plan(tmp_path)),
        params=params.model_copy(update={"places": {**params.places, "newham": newham}}),
    )


def test_the_system_and_every_other_place_are_named_with_the_librarys_address(pack):
    places = other_places(pack)["places"]

    assert [one["link"] for one in places] == [
        "../../pages/newest_system.html",
        "../../pages/newest_newham.html",
    ]
    assert places[1]["name"] == r"Newham \*and\* more"
    assert places[0]["name"][0].isupper()
    assert [one["link"] for one in other_places(pack, ANNEX)["places"]][1].endswith("_newham.html?annex")


def test_what_is_private_and_a_system_of_one_place_lead_nowhere(pack, tmp_path):
    private = replace(pack, plan=replace(pack.plan, part="confidential"))

    assert other_places(private) == {}
    assert other_places(a_content(a_plan(tmp_path))) == {}
