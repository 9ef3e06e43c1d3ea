"""What a strategy started from: said where it belongs, in the strategy's own words, and never as a publisher's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boardpacks.chapter.baselines import figures_of, started_from, stated, stated_facts
from boardpacks.chapter.chapter import Chapter
from boardpacks.data.observations import STATED
from boardpacks.facts.artefacts import MIME
from boardpacks.params.models import Params
from boardpacks.params.strategy import Baseline, StatedComparator
from tests.chapter.numbers import printed

Outputs = list[dict[str, Any]]
OpenPlace = Callable[..., Chapter]


def a_figure(**changes: Any) -> Baseline:
    return Baseline.model_validate(
        {"id": "a", "what": "Things", "value": 1234.56, "unit": "things", **changes}
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "1,235"),
        ({"decimals": 1}, "1,234.6"),
        ({"unit": "%", "value": 53}, "53%"),
        ({"unit": "£", "value": 84, "decimals": 2}, "£84.00"),
        ({"printed": "over 1,000"}, "over 1,000"),
    ],
)
def test_a_figure_is_said_in_the_strategys_words_else_as_a_number(changes: dict[str, Any], words: str):
    assert stated(a_figure(**changes)) == words


def test_one_figure_is_a_sentence_and_several_are_a_list(params: Params):
    one = a_figure(unit="%", value=40, comparator=StatedComparator(name="England", value=35))
    assert printed(started_from([one], params, "havering")) == (
        "**The strategy started from:** Things: **40%** (England: 35%; for all of north east London; 2022/23)."
    )
    two = a_figure(id="b", what="Other things", value=7, period="2019", source="A survey")
    assert printed(started_from([one, two], params, "havering")) == (
        "**The strategy started from** these figures for all of north east London:\n\n"
        "- Things: **40%** (England: 35%; 2022/23)\n- Other things: **7** (2019; A survey)"
    )
    assert started_from([one, one], params, "havering").startswith(
        "**The strategy started from** these figures for all of north east London in 2022/23:\n"
    )


def test_facts_have_the_strategy_as_their_source(params: Params):
    own, other = stated_facts(
        a_figure(unit="%", value=40, comparator=StatedComparator(name="England", value=35)),
        params,
        "havering",
    )
    assert (own.id, own.area) == ("havering.baseline.a.SYSTEM.persons.2022-23", "SYSTEM")
    assert (other.id, other.display) == ("havering.baseline.a.E92000001.persons.2022-23", "35%")
    assert params.baselines is not None
    for fact in (own, other):
        assert fact.method == STATED
        assert (fact.source, fact.publisher) == (
            params.baselines.document.name,
            params.baselines.document.publisher,
        )
    changed = stated_facts(a_figure(unit="%", value=41), params, "havering")[0]
    assert changed.series != own.series


def test_a_boroughs_figure_is_said_in_its_own_place_only(params: Params):
    told = {
        place.id: [figure.id for figure in figures_of(params, place, "chapter", "place_profile")]
        for place in params.places.values()
    }
    assert told["havering"] == []
    assert told["city-and-hackney"] == ["deprivation-rank-hackney"]
    assert len(figures_of(params, None, "chapter", "place_profile")) == 4


def test_an_outcome_and_a_priority_of_one_name_keep_their_figures_apart(params: Params):
    name = "long-term-conditions"
    of_outcome = {figure.id for figure in figures_of(params, None, "outcome", name)}
    of_priority = {figure.id for figure in figures_of(params, None, "priority", name)}
    assert "children-with-asthma" in of_outcome
    assert "long-term-condition" in of_priority
    assert not of_outcome & of_priority


@pytest.mark.parametrize(
    ("outcome", "names"),
    [
        ("prevention", ["prevention-latest", "prevention-started"]),
        ("fewer-lonely", ["fewer-lonely-gap", "fewer-lonely-started"]),
        ("mental-health-access", ["mental-health-access-latest"]),
    ],
)
def test_an_outcome_shows_its_figures_beside_the_latest(
    open_place: OpenPlace, shown: Outputs, outcome: str, names: list[str]
):
    open_place("havering", "babies-children-young-people").latest_table(outcome)
    assert [output[MIME]["name"] for output in shown] == names


def test_a_system_without_such_figures_goes_without(params: Params, open_place: OpenPlace, shown: Outputs):
    opened = open_place("havering", "mental-health")
    without = Chapter(
        params.model_copy(update={"baselines": None}), opened.snapshot, opened.place, opened.priority
    )
    without.started_from("mental-health")
    assert shown == []
    opened.started_from("mental-health")
    assert len(shown) == 1
