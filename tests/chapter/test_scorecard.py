"""The scorecard: a status that follows from the params, and counts that follow from the verdicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boardpacks.chapter.chapter import Chapter
from boardpacks.facts.artefacts import MIME
from boardpacks.params.models import Params
from boardpacks.params.strategy import Theme
from tests.chapter.numbers import printed

Outputs = list[dict[str, Any]]
OpenPlace = Callable[..., Chapter]


def a_theme(**changes: Any) -> Theme:
    return Theme.model_validate({"id": "joy", "name": "Joy", "means": "People are glad.", **changes})


@pytest.fixture
def row(params: Params, open_place: OpenPlace, shown: Outputs) -> Callable[..., list[str]]:
    """Return the scorecard's row of one theme for a place, or with None for the system."""

    def shown_row(place: str | None, **changes: Any) -> list[str]:
        opened = open_place(place)
        alone = params.model_copy(update={"themes": (a_theme(**changes),), "foundations": ()})
        Chapter(alone, opened.snapshot, opened.place, None).scorecard()
        (found,) = shown[-1][MIME]["rows"]
        return [printed(cell) for cell in found]

    return shown_row


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ({"indicators": ("smoking_prevalence",)}, "[Measured]{.evidence-measured}"),
        (
            {"indicators": ("smoking_prevalence",), "gap": "No."},
            "[Partly measured]{.evidence-partly-measured}",
        ),
        ({"gap": "No."}, "[Not yet measured]{.evidence-not-measured}"),
    ],
)
def test_the_status_is_said_in_words(row, evidence: dict[str, Any], words: str):
    assert row("havering", **evidence)[1] == words


def test_verdicts_of_a_place_are_counted_and_their_indicators_linked(
    row, open_place: OpenPlace, shown: Outputs
):
    names = ("smoking_prevalence", "adult_obesity", "obesity_year6", "low_birth_weight")
    verdicts = [open_place("barking-and-dagenham").measure(name).readings[0].verdict for name in names]
    assert verdicts == ["similar", "worse", "worse", "not-tested"]
    assert row("barking-and-dagenham", indicators=names)[2] == (
        "2 [worse]{.verdict-worse}: [Adults living with obesity](#indicator-adult_obesity), "
        "[Children aged 10 to 11 living with obesity](#indicator-obesity_year6); "
        "1 [similar]{.verdict-similar}: [Adults who smoke](#indicator-smoking_prevalence); "
        "1 [not tested]{.verdict-none}: [Term babies with a low birth weight](#indicator-low_birth_weight)"
    )
    counts = {fact["method"].rpartition(": ")[2]: fact["value"] for fact in shown[-1][MIME]["facts"]}
    assert counts == {"worse": 2, "similar": 1, "not-tested": 1}


def test_boroughs_are_named_where_their_verdicts_differ(row, open_place: OpenPlace):
    readings = open_place("city-and-hackney").measure("adult_obesity").readings
    assert [(one.series.name, one.verdict) for one in readings] == [
        ("City of London", "not-compared"),  # too few people live there
        ("Hackney", "similar"),
    ]
    told = row("city-and-hackney", indicators=("adult_obesity", "low_birth_weight"))[2]
    assert "(#indicator-adult_obesity) (Hackney)" in told
    assert "(#indicator-adult_obesity) (City of London)" in told


def test_the_system_counts_the_results_of_all_places(row, open_place: OpenPlace, params: Params):
    opened = open_place(None)
    readings = [
        reading
        for place in params.places.values()
        for reading in opened.measure("smoking_prevalence", place).readings
    ]
    told = row(None, indicators=("smoking_prevalence",))[2]
    assert told.startswith(f"Of {len(readings)} results in the places ")
    assert told.endswith(": [Adults who smoke](#indicator-smoking_prevalence)")


def test_the_first_figure_of_the_strategy_stands_in_the_row_and_the_others_below(
    params: Params, open_place: OpenPlace, shown: Outputs
):
    open_place("havering").scorecard()
    (inequalities,) = [row for row in shown[-1][MIME]["rows"] if "health inequalities" in row[0]]
    assert printed(inequalities[3]) == "Residents in the most deprived fifth of England: nearly a quarter"
    open_place("havering").scorecard_notes()
    notes = shown[-1][MIME]["markdown"]
    assert params.baselines is not None
    first = {entry.baselines[0] for entry in (*params.themes, *params.foundations) if entry.baselines}
    for entry in (*params.themes, *params.foundations):
        for figure in params.baselines.figures:
            if figure.id in entry.baselines and figure.id not in first:
                assert figure.what in notes, figure.id


def test_every_part_of_a_foundation_says_why_it_is_not_measured(
    params: Params, open_place: OpenPlace, shown: Outputs
):
    open_place("havering").scorecard_notes()
    (parts,) = [output[MIME]["rows"] for output in shown if output[MIME]["name"] == "equity-parts"]
    (equity,) = [one for one in params.foundations if one.parts]
    assert parts == [[f"**{part.name}**", part.gap] for part in equity.parts]


def test_a_system_without_themes_says_so_in_a_sentence(params: Params, open_place: OpenPlace, shown: Outputs):
    opened = open_place("havering")
    bare = params.model_copy(update={"themes": (), "foundations": (), "baselines": None})
    for ask in ("scorecard", "scorecard_notes"):
        getattr(Chapter(bare, opened.snapshot, opened.place, None), ask)()
    words = "No themes and no foundations are named here."
    assert [output[MIME]["markdown"] for output in shown] == [words, words]
