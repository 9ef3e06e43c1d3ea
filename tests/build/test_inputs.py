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
