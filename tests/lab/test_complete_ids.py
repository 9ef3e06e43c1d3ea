"""Ids are completed where a call wants one, and nowhere else."""

from __future__ import annotations

import pytest

from boardpacks.chapter.chapter import Chapter
from boardpacks.lab.complete_ids import wanted_ids


@pytest.mark.parametrize(
    ("line", "begun", "among"),
    [
        ('chapter.show("', "", "smoking_prevalence"),
        ("chapter.show('smo", "smo", "smoking_prevalence"),
        ('both = chapter.frame(["smoking_prevalence", "adu', "adu", "adult_obesity"),
        ('chapter.frame(["a", "b"], "', "", "neighbours"),
        ('chapter.frame("a", others="pe', "pe", "peers"),
        ('chapter.measure(indicator="', "", "smoking_prevalence"),
        ('    chapter.latest_table("', "", "prevention-wellbeing"),
        ('chapter.gap(outcome = "', "", "prevention-wellbeing"),
        ('chapter.rug("men', "men", "mental-health"),
        ('chapter.group_gap("', "", "women-and-men"),
        ('chapter.collaborative("', "", "acute"),
        ('acute.pathway("', "", "cancer"),
        ('chapter.params.indicators["smo', "smo", "smoking_prevalence"),
        ('chapter.params.places["', "", "newham"),
    ],
)
def test_a_call_that_wants_an_id_is_offered_those_that_there_are(
    line: str, begun: str, among: str, chapter: Chapter
):
    names: dict[str, object] = {"chapter": chapter, "acute": chapter.collaborative("acute")}
    told, ids = wanted_ids(line, names.get)
    assert told == begun
    assert among in set(ids)


@pytest.mark.parametrize(
    "line",
    [
        'chapter.say("smo',
        'print("smo',
        'chapter.show("smoking_prevalence")',
        "chapter.show(",
        'chapter.nothing("',
        'frame["',
        'chapter.frame("a", "peers", "',
        "",
    ],
)
def test_elsewhere_nothing_is_offered(line: str, chapter: Chapter):
    assert not list(wanted_ids(line, {"chapter": chapter, "frame": {}}.get)[1])


def test_outcomes_are_those_of_the_chapters_priority_and_without_one_all(
    chapter: Chapter, of_system: Chapter
):
    own = list(wanted_ids('c.gap("', {"c": chapter}.get)[1])
    assert own == [outcome.id for outcome in chapter.priority.outcomes]  # type: ignore[union-attr]
    every = list(wanted_ids('c.gap("', {"c": of_system}.get)[1])
    assert set(own) < set(every)


def test_the_indicators_of_the_priority_stand_first(chapter: Chapter):
    assert chapter.priority is not None
    own = chapter.priority.indicators
    assert tuple(wanted_ids('chapter.show("', {"chapter": chapter}.get)[1])[: len(own)] == own
