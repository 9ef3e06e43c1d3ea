"""The project's own notebooks run in this process, with every record that they hand over, and made-up places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from boardpacks.chapter import (
    chapter,
    groups,
    hand_over,
    neighbourhoods,
    profile,
    show_gaps,
    show_measure,
    show_multiples,
    show_rug,
    show_spine,
    show_xmr,
)
from boardpacks.chapter.chapter import Chapter
from boardpacks.data.reads import Read, take_reads
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.data.snapshot_manifest import Manifest, Series, SnapshotArea
from boardpacks.facts.artefacts import MIME
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.plan.given_parameters import given_parameters
from boardpacks.project.folder import Project
from tests.together import Once

Record = dict[str, Any]
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture(scope="session")
def snapshot(project: Project, params: Params) -> Snapshot:
    """The project's own snapshot."""
    return load_snapshot(project.snapshots / params.system.snapshot)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The outputs that are displayed in a test, each a mapping from type to content."""
    outputs: list[dict[str, Any]] = []
    monkeypatch.setattr(hand_over, "display", lambda data, raw: outputs.append(data))
    return outputs


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are handed over without being drawn: drawing has its own tests."""
    _leave_drawing_out(monkeypatch)


@pytest.fixture(scope="session")
def calm(params: Params) -> Params:
    """The project's params without a shock, so that today's series have trends."""
    quiet = {name: one.model_copy(update={"shocks": None}) for name, one in params.indicators.items()}
    system = params.system.model_copy(update={"shocks": ()})
    return params.model_copy(update={"system": system, "indicators": quiet})


@pytest.fixture
def open_place(params: Params, snapshot: Snapshot) -> Callable[..., Chapter]:
    """Open a chapter for a place of the project, or with None for the system."""

    def opened(place: str | None, priority: str | None = None) -> Chapter:
        return Chapter(
            params,
            snapshot,
            None if place is None else params.places[place],
            None if priority is None else params.priorities[priority],
        )

    return opened


@dataclass(frozen=True)
class Ran:
    """What came of a chapter: the records that it handed over, and what of the snapshot it was noted to read."""

    records: list[Record]
    reads: frozenset[Read]


@pytest.fixture(scope="session")
def ran(project: Project, params: Params, snapshot: Snapshot, once: Once) -> dict[tuple[str, str], Ran]:
    """Every chapter of every place and of the system, by the chapter's id and place."""
    chapters: dict[tuple[str, str], Ran] = once("ran", lambda folder: _run_all(project, params, snapshot))
    return chapters


@pytest.fixture(scope="session")
def all_records(ran: dict[tuple[str, str], Ran]) -> dict[tuple[str, str], list[Record]]:
    """The records of every chapter."""
    return {one: chapter.records for one, chapter in ran.items()}


def _run_all(project: Project, params: Params, snapshot: Snapshot) -> dict[tuple[str, str], Ran]:
    found: dict[tuple[str, str], Ran] = {}
    with pytest.MonkeyPatch.context() as patch:
        _leave_drawing_out(patch)
        patch.chdir(project.notebooks)
        patch.setattr(chapter, "read_inputs", lambda project: (params, snapshot))
        patch.setattr(chapter, "ensure_fonts", lambda folder: None)
        patch.setattr(chapter, "apply_theme", lambda folder: None)
        for one in params.chapters:
            for place in filter(one.belongs_to, (*params.places, SYSTEM)):
                outputs: list[dict[str, Any]] = []
                patch.setattr(hand_over, "display", lambda data, raw, to=outputs: to.append(data))
                path = project.notebooks / f"{one.notebook}.ipynb"
                take_reads()
                _run(path, given_parameters(path, one, place))
                ((digest, reads),) = take_reads().items()
                assert digest == snapshot.sha256
                records = [output[MIME] for output in outputs if output[MIME]["kind"] != "prose"]
                found[one.id, place] = Ran(records, frozenset(reads))
    return found


def _run(notebook: Path, parameters: dict[str, object]) -> None:
    """Run a notebook's code cells one after another; the parameters replace the cell tagged so."""
    names: dict[str, object] = {}
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, notebook.name, "exec"), names)
            if "parameters" in cell.metadata.get("tags", []):
                names |= parameters


def _leave_drawing_out(patch: pytest.MonkeyPatch) -> None:
    for module in (
        show_measure,
        show_multiples,
        profile,
        show_rug,
        show_spine,
        show_xmr,
        neighbourhoods,
        show_gaps,
        groups,
    ):
        patch.setattr(module, "to_svg", lambda figure: SVG)
    for name in ("draw_trend", "draw_spread", "draw_places"):
        patch.setattr(show_measure, name, lambda *arguments: None)
    patch.setattr(show_xmr, "draw_spc", lambda *arguments, **options: None)
    patch.setattr(show_multiples, "draw_multiples", lambda *arguments: None)
    patch.setattr(profile, "draw_deciles", lambda *arguments: None)
    patch.setattr(neighbourhoods, "draw_bars", lambda *arguments: None)
    for name in ("draw_bars", "draw_tiles", "draw_dumbbell"):
        patch.setattr(show_gaps, name, lambda *arguments: None)
    patch.setattr(groups, "draw_dumbbell", lambda *arguments: None)
    patch.setattr(show_rug, "draw_rug", lambda *arguments: None)
    patch.setattr(show_spine, "draw_spine", lambda *arguments: None)


@pytest.fixture
def share(params: Params) -> Indicator:
    """A monthly percentage of trusts, without targets and doubts, and never rebased."""
    return params.indicators["ae_four_hour"].model_copy(update={"targets": (), "doubts": (), "rebased": ()})


MakeSnapshot = Callable[..., Snapshot]


@pytest.fixture
def make_snapshot() -> MakeSnapshot:
    """Make a snapshot of one indicator, held in memory, from rows of area, period (a year), value and counts."""

    def make(indicator: Indicator, *rows: tuple[Any, ...]) -> Snapshot:
        columns = ["area", "period", "value", "lower_95", "upper_95", "count", "denominator"]
        notes = [row[-1]["note"] if isinstance(row[-1], dict) else "" for row in rows]
        cells = [row[:-1] if isinstance(row[-1], dict) else row for row in rows]
        table = pd.DataFrame([(*row, *[float("nan")] * (7 - len(row))) for row in cells], columns=columns)
        table = table.assign(
            indicator=indicator.id,
            sex="Persons",
            period_start=pd.to_datetime(table["period"] + "-01-01"),
            period_months=12,
            note=notes,
        )
        areas = {
            code: SnapshotArea(name=f"Area {code}", kind="borough" if code.startswith("E0") else "country")
            for code in table["area"].unique()
        }
        series = Series(
            rows=len(table),
            areas=len(areas),
            first_period=table["period"].min(),
            latest_period=table["period"].max(),
            latest_start=dt.date(int(table["period"].max()), 1, 1),
            source="A survey",
            publisher="An office",
            licence="OGL v3.0",
        )
        manifest = Manifest(
            schema_version=1,
            name="made",
            title="Made by hand",
            areas=areas,
            indicators={indicator.id: series},
            files={},
        )
        made = Snapshot(Path("made"), manifest)
        made.__dict__["_observations"] = table
        return made

    return make
