"""What a strategy stresses for a place: today's figures beside it, and no more said than they allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boardpacks.chapter.emphasis import show_emphasis
from boardpacks.chapter.measure import measure
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import MIME
from boardpacks.params.models import Params
from boardpacks.params.strategy import Emphasis
from tests.chapter.numbers import printed

Outputs = list[dict[str, Any]]

BOROUGHS = [f"E0900000{digit}" for digit in (1, 2)] + ["E09000012", "E09000016", "E09000025", "E09000026"]
HAVERING, HACKNEY = "E09000016", "E09000012"
RANKED = {"text": "Obesity is the highest in England.", "claim": {"end": "highest", "among": "England"}}


@pytest.fixture
def say(
    params: Params, make_snapshot: Callable[..., Snapshot], shown: Outputs
) -> Callable[[dict[str, Any], dict[str, tuple[float, ...]]], str]:
    """Say an emphasis of Havering about one made-up indicator, from each area's value and interval."""

    system = params.system.model_copy(update={"too_small": ()})
    all_ranked = params.model_copy(update={"system": system})

    def said(emphasis: dict[str, Any], values: dict[str, tuple[float, ...]]) -> str:
        indicator = params.indicators["obesity_year6"]
        snapshot = make_snapshot(indicator, *((area, "2024", *value) for area, value in values.items()))
        stressed = Emphasis.model_validate({"indicators": (indicator.id,), **emphasis})
        place = params.places["havering"]
        found = measure(snapshot, all_ranked, indicator, place)
        show_emphasis(place, [(stressed, [found])], params, snapshot)
        return printed(shown[-1][MIME]["markdown"])

    return said


def areas(own: float, others: float, **more: tuple[float, ...]) -> dict[str, tuple[float, ...]]:
    """Return values with intervals of one either side for the boroughs, England's without."""
    values = {area: (others + at / 10, others - 1, others + 1) for at, area in enumerate(BOROUGHS)}
    return {**values, HAVERING: (own, own - 1, own + 1), "E92000001": (20.0,), **more}


def test_a_rank_that_the_figures_held_refute_is_not_borne_out(say):
    said = say(RANKED, areas(30.0, 20.0, **{HACKNEY: (35.0, 34.0, 36.0)}))
    assert "England (20.0%); the 2nd highest of 6 boroughs of north east London; Hackney" in said
    assert "; Hackney (35.0%) has a higher figure, so this is not borne out today." in said
    assert "chance" not in said


def test_a_refutation_that_chance_may_explain_says_so(say):
    said = say(RANKED, areas(30.0, 20.0, **{HACKNEY: (30.5, 29.5, 31.5)}))
    assert "not borne out today, though the 95% intervals overlap and chance may explain" in said


def test_a_rank_among_few_areas_proves_nothing_about_all(say):
    said = say(RANKED, areas(30.0, 20.0))
    assert "the highest of 6 boroughs" in said
    assert "; its rank in England cannot be said, as other areas' figures are not held here." in said
    assert "borne" not in said


@pytest.mark.parametrize(("ahead", "refuted"), [(4, False), (5, True)])
def test_a_later_rank_is_refuted_only_by_enough_areas(say, ahead: int, refuted: bool):
    others = [area for area in BOROUGHS if area != HAVERING]
    higher = {area: (40.0 + at, 39.0, 41.0) for at, area in enumerate(others[:ahead])}
    fifth = {**RANKED, "claim": {"end": "highest", "rank": 5, "among": "England"}}
    assert ("not borne out" in say(fifth, areas(30.0, 20.0, **higher))) == refuted


def test_equal_values_refute_nothing(say):
    said = say(RANKED, areas(30.0, 20.0, **{HACKNEY: (30.0, 29.0, 31.0)}))
    assert "cannot be said" in said


def test_no_rank_is_told_among_few_areas(say):
    values = {
        area: value for area, value in areas(30.0, 20.0).items() if area in BOROUGHS[2:] or area[0] != "E"
    }
    assert "; too few figures are held here for a rank." in say(RANKED, values)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ((25.0, 24.0, 26.0), ", which does not bear this out."),
        ((20.5, 19.5, 21.5), ", which bears this out."),
        ((15.0, 14.0, 16.0), ", which bears this out."),
        ((25.0,), ", which leaves this open."),
    ],
)
def test_not_worse_is_borne_out_by_the_verdict_alone(say, own: tuple[float, ...], said: str):
    emphasis = {"text": "Obesity is not above England.", "not_worse": True}
    assert said in say(emphasis, areas(0.0, 20.0, **{HAVERING: own}))


def test_without_the_benchmark_nothing_can_be_checked(say):
    values = areas(25.0, 20.0)
    del values["E92000001"]
    said = say({"text": "Obesity is not above England.", "not_worse": True}, values)
    assert "; no figure for England is held here to check this by." in said


def test_what_is_not_measured_is_said(say, params: Params, shown: Outputs, snapshot: Snapshot):
    assert say({"text": "Obesity is a concern.", "gap": "Nothing by ward."}, areas(30.0, 20.0)).endswith(
        "- Nothing by ward."
    )
    place = params.places["havering"]
    show_emphasis(place, [(Emphasis(text="A hub", gap="No figure."), [])], params, snapshot)
    show_emphasis(place, [(Emphasis(text="A hub"), [])], params, snapshot)
    show_emphasis(place, [], params, snapshot)
    assert [output[MIME]["markdown"] for output in shown[1:]] == [
        "**A hub.** No figure.",
        "**A hub.** No measure here is linked to this.",
        "The strategy and the partnership's pages name nothing in particular for Havering.",
    ]
