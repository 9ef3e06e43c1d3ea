"""No measure that a chapter on a priority judges is missing on the summary."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.facts.artefacts import Judgement, Statement, Summary
from boardpacks.packs.compose.nothing_left_out import check_nothing_left_out
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.project.errors import BoardpacksError

FACT = "havering.smoking.E09000016.persons.2023"


@pytest.fixture
def on_priority(params: Params) -> Params:
    spec = ChapterSpec(notebook="health", scope="place", priority="long-term-conditions")
    return params.model_copy(update={"chapters": (spec, ChapterSpec(notebook="profile", scope="place"))})


def chapter(name: str = "health", **changes: Any) -> ChapterContent:
    own: dict[str, Any] = {"indicator": "smoking", "place": "havering", "area_name": "Havering", "fact": FACT}
    judgement = Judgement(**own | changes)
    statement = Statement(
        kind="statement", name="smoking", facts=(), markdown="Words.", judgements=(judgement,)
    )
    return ChapterContent(name, "Health", (statement,), {"smoking": 1})


def line(**changes: Any) -> SummaryLine:
    own: dict[str, Any] = {"verdict": "worse", "line": "A: 1", "indicator": "smoking", "facts": (FACT,)}
    summary = Summary(**own | changes)
    return SummaryLine(summary, "sec", "Health", "smoking", (1, 0), (0.0, 0.0), ())


def test_a_judged_measure_without_a_line_is_named_with_its_chapter(on_priority: Params):
    with pytest.raises(
        BoardpacksError, match=r"health: judges Adults who smoke \(Havering\), but puts no line"
    ):
        check_nothing_left_out("havering", [chapter()], [line(facts=("another",))], on_priority)


def test_a_measure_without_any_figure_needs_a_line_too(on_priority: Params):
    with pytest.raises(BoardpacksError, match=r"judges Adults who smoke, but"):
        check_nothing_left_out("havering", [chapter(fact=None)], [line(indicator="obesity")], on_priority)
    check_nothing_left_out("havering", [chapter(fact=None)], [line(facts=())], on_priority)


def test_a_line_that_rests_on_the_figure_is_enough(on_priority: Params):
    check_nothing_left_out("havering", [chapter()], [line()], on_priority)


def test_chapters_without_a_priority_and_other_places_need_none(on_priority: Params):
    check_nothing_left_out("havering", [chapter("profile"), chapter(place="newham")], [], on_priority)
