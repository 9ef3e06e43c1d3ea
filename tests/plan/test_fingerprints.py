from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.plan.fingerprints import params_digests
from boardpacks.project.folder import find_project

UNSEEN = {"as_of", "assurance", "calendars", "chapters"}


@pytest.fixture(scope="module")
def real() -> Params:
    return load_params(find_project(Path(__file__).parent).params)


@pytest.mark.parametrize("name", sorted(Params.model_fields.keys() - UNSEEN))
def test_a_chapter_is_made_from_every_part_of_params(name: str, real: Params) -> None:
    part = getattr(real, name)
    left: Any = None
    if isinstance(part, Mapping):
        left = dict(list(part.items())[:-1])
    elif isinstance(part, tuple):
        left = part[:-1]
    elif name == "system":
        left = real.system.model_copy(update={"name": "Another system"})
    before = params_digests(real)
    after = params_digests(real.model_copy(update={name: left}))
    assert before != after
    assert len({key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}) == 1


@pytest.mark.parametrize("name", sorted(UNSEEN))
def test_no_chapter_is_made_from_meetings_or_the_list_of_chapters(name: str, real: Params) -> None:
    empty: Any = {"as_of": "2026-12", "assurance": None, "calendars": {}, "chapters": ()}[name]
    assert params_digests(real.model_copy(update={name: empty})) == params_digests(real)
