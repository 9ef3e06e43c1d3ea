"""Closer looks run for every kind of place, and what they hand over passes every check of packs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import pytest

from boardpacks.chapter import chapter, hand_over
from boardpacks.charts.theme import apply_theme
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.facts.artefacts import MIME, Artefact, Figure, Prose, from_record
from boardpacks.facts.check_words import misstatements
from boardpacks.packs.check.check_directions import check_directions
from boardpacks.packs.check.check_drawings import check_drawings
from boardpacks.packs.check.check_numbers import check_numbers
from boardpacks.packs.check.check_place import check_place
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params
from boardpacks.project.folder import Project

LOOKS = ("babies_children_young_people", "employment_workforce", "long_term_conditions", "mental_health")
PLACES = ("havering", "city-and-hackney")
DIFFICULT = "St. Ŵyr’s & King's Łódź, Ynys Môn; with Curraghmore “Old” Quarter, Øresund and all"
Run = Callable[..., list[Artefact]]


@pytest.fixture(scope="module")
def snapshot(project: Project, params: Params) -> Snapshot:
    return load_snapshot(project.snapshots / params.system.snapshot)


@pytest.fixture
def run(project: Project, params: Params, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a closer look's cells, with other values for some parameters, and return what it hands over."""
    monkeypatch.chdir(project.notebooks)
    monkeypatch.setattr(chapter, "read_inputs", lambda found: (params, snapshot))
    apply_theme(project.fonts)

    def ran(look: str, place: str, **changes: Any) -> list[Artefact]:
        outputs: list[dict[str, Any]] = []
        monkeypatch.setattr(hand_over, "display", lambda data, raw: outputs.append(data))
        names: dict[str, Any] = {}
        path = Path(project.notebooks / f"closer_look_{look}.ipynb")
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells, 1):
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{path.name}, cell {number}", "exec"), names)
                if "parameters" in cell.metadata.get("tags", []):
                    names |= {"place": place} | changes
        plt.close("all")
        found = [from_record(output[MIME]) for output in outputs]
        return [
            one.model_copy(update={"svg": str(output["image/svg+xml"])}) if isinstance(one, Figure) else one
            for one, output in zip(found, outputs, strict=True)
            if not isinstance(one, Prose)
        ]

    return ran


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("look", LOOKS)
def test_what_a_closer_look_hands_over_passes_every_check(run: Run, params: Params, look: str, place: str):
    artefacts = run(look, place, fewest=5)
    content = ChapterContent(look, look, tuple(artefacts), {one.name: 1 for one in artefacts})
    assert len(content.cells) == len(artefacts)
    # the frozen figures have child obesity for the City and Hackney together, and poverty for each of them
    charts = 0 if (look, place) == ("babies_children_young_people", "city-and-hackney") else 1
    assert sum(isinstance(one, Figure) for one in artefacts) == charts
    assert [
        *(fault for one in artefacts for fault in misstatements(one)),
        *check_place([content], params, place),
        *check_numbers([content], params),
        *check_directions([content], params),
        *check_drawings([content]),
    ] == []


@pytest.mark.parametrize("look", LOOKS)
def test_with_too_few_areas_it_says_so_in_one_sentence(run: Run, look: str):
    (statement,) = run(look, "newham", fewest=1000)
    assert statement.kind == "statement"
    assert "too few" in statement.markdown.lower()
    assert statement.facts == ()


def test_another_measure_is_another_parameter(run: Run):
    artefacts = run("babies_children_young_people", "newham", measure="dental_decay_5", fewest=5)
    assert any("tooth decay" in one.title.lower() for one in artefacts if isinstance(one, Figure))


@pytest.mark.parametrize("look", LOOKS)
def test_a_place_may_have_any_name(
    run: Run, params: Params, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, look: str
):
    place = params.places["havering"]
    (borough,) = place.boroughs
    renamed = {"name": DIFFICULT, "boroughs": (borough.model_copy(update={"name": DIFFICULT}),)}
    places = {**params.places, place.id: place.model_copy(update=renamed)}
    called = params.model_copy(update={"places": places})
    monkeypatch.setattr(chapter, "read_inputs", lambda found: (called, snapshot))

    artefacts = run(look, place.id, fewest=5)

    assert any(f"In {DIFFICULT}" in one.markdown for one in artefacts if one.kind == "statement")
    assert len({one.name for one in artefacts}) == len(artefacts)
