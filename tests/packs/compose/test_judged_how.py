"""The method page's words on what stands out and on what is too old."""

from __future__ import annotations

from typing import Any

from boardpacks.facts.artefacts import Against, Fact, Judgement, Statement
from boardpacks.packs.compose.judged_how import judged_markdown
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.judging import Judging, StandingRule
from boardpacks.params.models import Params

RULE = StandingRule(rule="standard-missed", because="It is *the* law.")


def judging(params: Params) -> Params:
    return params.model_copy(update={"judging": Judging(version="9", stands_out=(RULE,))})


def chapter(*judged: tuple[Fact, Any]) -> ChapterContent:
    judgements = tuple(
        Judgement(
            indicator=fact.indicator,
            place="havering",
            area_name=fact.area_name,
            fact=fact.id,
            comparisons=(Against(name="England", fact=None, verdict=verdict),),
        )
        for fact, verdict in judged
    )
    statement = Statement(kind="statement", name="a", facts=(), markdown="Words.", judgements=judgements)
    return ChapterContent("health", "Health", (statement,), {"a": 1})


def test_each_rule_is_given_with_its_reason_and_the_version(params: Params):
    text = judged_markdown([], judging(params), [])
    assert "(version 9 of the rules)" in text
    assert "- It is \\*the\\* law." in text
    assert "No figure of this pack is older at the meeting" in text


def test_old_figures_are_listed_once_with_areas_and_periods(make: Any, params: Params):
    old, older, new = (
        Fact(**make.fact(id=name, area_name=area, period=period))
        for name, area, period in (
            ("a", "Havering", "2012"),
            ("b", "Newham", "2011"),
            ("c", "Redbridge", "2023"),
        )
    )
    told = [chapter((old, "too-old"), (older, "too-old"), (new, "worse")), chapter((old, "too-old"))]
    text = judged_markdown(told, judging(params), [old, older, new])
    assert text.count("Adults who smoke") == 1
    assert "- Adults who smoke: Havering, 2012; Newham, 2011" in text
    assert "Redbridge" not in text
    assert "annual ones over 36 months from the end of their period" in text
