from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from boardpacks.build.inputs import params_digests
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.project import find_project

UNSEEN = {"calendars", "chapters"}


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
    empty: Any = {} if name == "calendars" else ()
    assert params_digests(real.model_copy(update={name: empty})) == params_digests(real)
"""What a chapter is made from: the params that it sees."""

from __future__ import annotations

from boardpacks.build.inputs import params_digests
from boardpacks.params.models import GapMeasure, Inequalities, Params

FOLLOWED = Inequalities(
    population="people",
    measures=(GapMeasure(indicator="mood", reason="It matters."),),
    not_published="Nothing else is known.",
)


def test_what_the_chapter_on_inequalities_follows_is_among_the_params_that_chapters_see(
    params: Params,
) -> None:
    plain = params_digests(params)
    followed, changed = (
        params_digests(params.model_copy(update={"inequalities": one}))
        for one in (FOLLOWED, FOLLOWED.model_copy(update={"fewest_residents": 7}))
    )
    assert set(followed) - set(plain) == {"inequalities"}
    assert {name for name in followed if followed[name] != changed[name]} == {"inequalities"}
