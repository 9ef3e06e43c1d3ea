from __future__ import annotations

import pytest

from boardpacks.packs.lint.mentions import areas_named
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM


@pytest.mark.parametrize("name", ["Alston*", "<b>Alston</b>", "_Alston_ ~ $5^2$"])
@pytest.mark.parametrize("is_escaped", [False, True])
def test_an_area_is_named_by_a_name_with_signs(params: Params, name: str, is_escaped: bool):
    place = next(iter(params.places.values())).model_copy(update={"name": name})
    renamed = params.model_copy(update={"places": {**params.places, place.id: place}})
    written = "".join(f"\\{sign}" if sign in "*_<>~^$" else sign for sign in name) if is_escaped else name
    (found,) = areas_named(f"Smoking in {written}, the highest.", renamed, SYSTEM)
    assert (found.name, found.start, found.end) == (name, 11, 11 + len(written))
