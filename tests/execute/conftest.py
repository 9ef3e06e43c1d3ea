"""Small notebooks and packs, and one batch of real executions that many tests look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from boardpacks.execute.kernel import Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.warm import forks
from boardpacks.execute.workers import run_packs
from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.params.priority import Outcome, Priority
from boardpacks.params.system import SYSTEM, Area, Borough, Place, System
from boardpacks.plan.events import Event, PackResult
from boardpacks.plan.plan import ChapterRun, PackPlan
from boardpacks.project.folder import Project
from tests.execute.light import LIGHT

DECLARATION = 'place: str = "nowhere"'


def write_notebook(path: Path, *cells: str, parameters: str | None = DECLARATION) -> Path:
    """Write a notebook: a heading, the parameters cell, then `cells`; so the first of these is cell 3."""
    notebook = new_notebook()
    notebook.cells = [new_markdown_cell("# A chapter")]
    if parameters is not None:
        notebook.cells.append(new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    notebook.cells += [new_code_cell(cell) for cell in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def chapter_run(folder: Path, notebook: Path, place: str = "havering") -> ChapterRun:
    return ChapterRun(
        notebook=notebook,
        chapter=ChapterSpec(notebook=notebook.stem, scope="place"),
        place=place,
        parameters={"place": place},
        out=folder / place / "executed" / notebook.name,
    )


def pack_plan(place: str, runs: Sequence[ChapterRun]) -> PackPlan:
    meeting = Meeting(date=dt.date(2026, 12, 9))
    calendar = Calendar(place=place, board=f"{place} board", meetings=(meeting,))
    return PackPlan(place, place.replace("-", " ").capitalize(), calendar, meeting, (), tuple(runs))


@pytest.fixture
def params() -> Params:
    dates = (dt.date(2026, 12, 9), dt.date(2027, 2, 10))
    meetings = tuple(Meeting(date=date) for date in dates)
    areas = {"havering": "E09000016", "newham": "E09000025"}
    return Params(
        system=System(
            name="A system",
            short_name="AS",
            organisation="An organisation",
            ambition="Better health.",
            comparators=(Area(code="E92000001", name="England"),),
            peers="boroughs",
            snapshot="one",
        ),
        places={
            id_: Place(
                id=id_,
                name=id_.capitalize(),
                boroughs=(Borough(code=code, name=id_.capitalize()),),
                trust="RF4",
                group="g",
            )
            for id_, code in areas.items()
        },
        priorities={
            id_: Priority(
                id=id_, name=id_, aim="Aim.", order=n, outcomes=(Outcome(id="o", title="o", gap="none"),)
            )
            for n, id_ in enumerate(["children", "work"], start=1)
        },
        indicators={},
        calendars={
            place: Calendar(place=place, board=f"{place} board", meetings=meetings)
            for place in [*areas, SYSTEM]
        },
        chapters=(
            ChapterSpec(notebook="profile", scope="place"),
            ChapterSpec(notebook="children", scope="place", priority="children", parameters={"years": 3}),
            ChapterSpec(notebook="overview", scope="system"),
        ),
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "project")
    write_notebook(project.notebooks / "profile.ipynb")
    write_notebook(project.notebooks / "children.ipynb", parameters=f"{DECLARATION}\nyears: int = 5")
    write_notebook(project.notebooks / "overview.ipynb")
    return project


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have warm processes that start in a test import only what a fork itself needs."""
    monkeypatch.setattr(forks, "PROGRAM", LIGHT)


@dataclass(frozen=True)
class Batch:
    """A finished build: its results by place, its events, the folder, and the paths of executed notebooks."""

    folder: Path
    results: dict[str, PackResult]
    events: list[Event]
    finished: list[str]

    def out(self, place: str, notebook: str) -> Path:
        return self.folder / place / "executed" / f"{notebook}.ipynb"


STEADY = (
    "import os, sys, warnings\nwarnings.warn('careful')\nsys.stderr.write('err')\nos.system('echo shell')",
    "print({'a', 'b', 'c', 'd'}, object())",
    "object()",
    "print(os.getcwd(), sys.executable, os.environ['MPLBACKEND'], sep='\\n')",
)
DEATHS = {
    "raises": "# a comment\n1 / 0",
    "exits": "import os; os._exit(7)",
    "crashes": "import ctypes; ctypes.string_at(0)",
    "leaves": "import sys; sys.exit()",
    "hangs": "while True: pass",
}


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Build packs in real kernels, two at once: sound ones, and one for each way of failing."""
    folder = tmp_path_factory.mktemp("batch")
    make: Callable[..., Path] = partial(write_notebook)
    steady = make(folder / "notebooks" / "steady.ipynb", *STEADY)
    mine = make(
        folder / "notebooks" / "mine.ipynb", "import builtins, time\nseen = hasattr(builtins, 'LEFT')",
        "builtins.LEFT = place\ntime.sleep(0.5)", "print(place, builtins.LEFT, seen)",
    )  # fmt: skip
    plans = [
        pack_plan("havering", [chapter_run(folder, steady), chapter_run(folder, mine)]),
        pack_plan("newham", [chapter_run(folder, mine, "newham")]),
        pack_plan("again", [chapter_run(folder, steady, "again")]),
    ]
    for place, cell in DEATHS.items():
        notebook = make(folder / "notebooks" / f"{place}.ipynb", "print('before')", cell, "print('never')")
        plans.append(pack_plan(place, [chapter_run(folder, notebook, place)]))
    events: list[Event] = []
    finished: list[str] = []

    def finish(plan: PackPlan) -> PackResult:
        finished.append(plan.place)
        return PackResult(plan, folder / plan.place, (), 12)

    with Kernels() as kernels:
        results = run_packs(
            plans,
            lambda run: execute_chapter(run, kernels, cell_timeout=5),
            finish,
            stop=kernels.stop,
            workers=lambda: 2,
            on_event=events.append,
        )
    return Batch(folder, {result.plan.place: result for result in results}, events, finished)
