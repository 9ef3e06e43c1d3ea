"""A small system of one place, its notebooks and a pack's plan, made by hand."""

from __future__ import annotations

import datetime as dt
import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boardpacks.facts.artefacts import MIME
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.agenda import FrontSheet
from boardpacks.params.calendars import Calendar, Final, Meeting
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.params.priority import Outcome, Priority
from boardpacks.params.strategy import Emphasis
from boardpacks.params.system import Area, Borough, Place, System, Trust
from boardpacks.plan.plan import ChapterRun, PackPlan, pack_slug

from .manifests import HASH, a_manifest, an_artefact

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 200"><text x="9" y="20">Smoking</text></svg>'

ROOT = Path(__file__).parents[2]


def a_fact(**changes: Any) -> dict[str, Any]:
    return {
        "id": "havering.smoking.E09000016.persons.2023",
        "indicator": "smoking",
        "indicator_name": "Adults who smoke",
        "area": "E09000016",
        "area_name": "Havering",
        "sex": "Persons",
        "period": "2023",
        "value": 10.9,
        "lower": 9.8,
        "upper": 12.1,
        "unit": "%",
        "display": "10.9%",
        "source": "Annual Population Survey",
        "publisher": "ONS",
        "licence": "OGL v3.0",
        "series": HASH[:16],
        "method": "published",
        **changes,
    }


def a_figure(name: str = "smoking-trend", **changes: Any) -> dict[str, Any]:
    record = {
        "schema": 1,
        "kind": "figure",
        "name": name,
        "facts": [a_fact()],
        "title": "Smoking is similar to England",
        "note": "Adults who smoke, Havering. Source: ONS",
        "alt": "Line chart of smoking in Havering.",
    }
    return {"image/svg+xml": SVG, MIME: record | changes}


def a_table(name: str = "boroughs", **changes: Any) -> dict[str, Any]:
    record = {
        "schema": 1,
        "kind": "table",
        "name": name,
        "facts": [a_fact()],
        "title": "Smoking by borough",
        "note": "",
        "columns": [
            {"label": "Area", "align": "left", "width": 30},
            {"label": "Value", "align": "right", "width": 20},
            {"label": "Compared with England", "align": "centre", "width": 30},
        ],
        "rows": [["Havering", "10.9%", "[Similar]{.verdict-similar}"]],
    }
    return {MIME: record | changes}


def a_line(verdict: str = "worse", number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "line": f"Measure {number}: 16.8%, {verdict}",
        "indicator": "smoking",
        "priority": "long-term-conditions",
        **changes,
    }


def a_statement(name: str = "smoking", **changes: Any) -> dict[str, Any]:
    record = {
        "schema": 1,
        "kind": "statement",
        "name": name,
        "facts": [a_fact()],
        "markdown": "In Havering **10.9%** of adults smoke; see @fig-smoking-trend.",
        "summary": [],
    }
    return {MIME: record | changes}


CHAPTER = ("# Long-term conditions\n\nWhat this chapter shows.", "## Less obesity", "### Adults who smoke")


def a_notebook(path: Path, cells: list[Any]) -> Path:
    """Write an executed notebook: a string is a Markdown cell, a list the outputs of a code cell."""
    written: list[dict[str, Any]] = []
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            written.append({"cell_type": "markdown", "id": f"c{number}", "metadata": {}, "source": cell})
            continue
        outputs = [
            output
            if "output_type" in output
            else {"output_type": "display_data", "data": output, "metadata": {}}
            for output in cell
        ]
        written.append(
            {
                "cell_type": "code",
                "id": f"c{number}",
                "metadata": {},
                "source": "show()",
                "execution_count": 1,
                "outputs": outputs,
            }
        )
    notebook = {"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def some_params() -> Params:
    england = Area(code="E92000001", name="England")

    def indicator(name: str, words: str) -> Indicator:
        return Indicator(
            id=name,
            name=words,
            measures="Share of adults.",
            unit="%",
            decimals=1,
            polarity="low",
            frequency="annual",
            interval="published",
            source="APS",
            publisher="ONS",
            licence="OGL v3.0",
        )

    def priority(name: str, words: str, order: int, *indicators: str) -> Priority:
        outcomes = tuple(
            Outcome(id=f"outcome-{number}", title=f"Outcome {number}", indicators=(found,))
            for number, found in enumerate(indicators, start=1)
        )
        return Priority(id=name, name=words, aim="Live longer.", order=order, outcomes=outcomes)

    return Params(
        system=System(
            name="Exampleshire Integrated Care System",
            short_name="Exampleshire",
            organisation="NHS Exampleshire",
            ambition="Better lives.",
            comparators=(england,),
            trusts=(Trust(code="RF4", name="A Trust", short_name="Trust"),),
            peers="boroughs",
            snapshot="embedded",
        ),
        places={
            "havering": Place(
                id="havering",
                name="Havering",
                boroughs=(Borough(code="E09000016", name="Havering"),),
                trust="RF4",
                group="East",
                emphasis=(Emphasis(text="An older population."), Emphasis(text="A new hub.")),
            )
        },
        priorities={
            "long-term-conditions": priority(
                "long-term-conditions", "Long-term conditions", 2, "smoking", "obesity"
            ),
            "mental-health": priority("mental-health", "Mental health", 1, "suicide"),
        },
        indicators={
            name: indicator(name, words)
            for name, words in {
                "smoking": "Adults who smoke",
                "obesity": "Obesity",
                "suicide": "Suicide rate",
            }.items()
        },
        calendars={},
        chapters=(ChapterSpec(notebook="long_term_conditions", scope="place"),),
    )


def a_plan(
    folder: Path, *, place: str = "havering", notebooks: tuple[str, ...] = (), **meeting: Any
) -> PackPlan:
    priorities = meeting.pop("priorities", ())
    example = meeting.pop("example", True)
    if meeting.pop("status", "draft") == "final":
        slug = pack_slug(place, priorities)
        meeting["finals"] = (Final(version="1.0", date=dt.date(2026, 12, 2), packs={slug: None}),)
    held = Meeting(**({"date": dt.date(2026, 12, 9)} | meeting))
    return PackPlan(
        place=place,
        place_name="Exampleshire Integrated Care System" if place == "system" else "Havering",
        calendar=Calendar(place=place, board="Havering Board", example=example, meetings=(held,)),
        meeting=held,
        priorities=priorities,
        priority_names=tuple(some_params().priorities[name].name for name in priorities),
        chapters=tuple(
            ChapterRun(
                notebook=Path(f"{name}.ipynb"),
                chapter=ChapterSpec(notebook=name, scope="place"),
                place=place,
                parameters={"place": place},
                out=folder / "executed" / f"{name}.ipynb",
            )
            for name in notebooks or ("long_term_conditions",)
        ),
    )


def a_content(plan: PackPlan, *chapters: ChapterContent) -> PackContent:
    """Return what a pack is composed of."""
    return PackContent(plan, some_params(), chapters, SnapshotRecord(name="embedded", sha256=HASH))


@pytest.fixture
def make() -> SimpleNamespace:
    """Everything a test makes its records, notebooks and plans with."""
    return SimpleNamespace(
        fact=a_fact,
        figure=a_figure,
        table=a_table,
        statement=a_statement,
        line=a_line,
        notebook=a_notebook,
        plan=a_plan,
        content=a_content,
        manifest=a_manifest,
        artefact=an_artefact,
        hash=HASH,
        snapshot=SnapshotRecord(name="embedded", sha256=HASH),
        svg=SVG,
        front_sheet=FrontSheet,
        root=ROOT,
    )


@pytest.fixture
def params() -> Params:
    return some_params()


@pytest.fixture
def chapter(tmp_path: Path) -> Callable[..., Path]:
    """Write the notebook of a chapter that has one of everything."""

    def write(folder: Path = tmp_path, name: str = "long_term_conditions", **summary: Any) -> Path:
        title, outcome, measure = CHAPTER
        line = a_line("worse", 1, line="Adults who smoke: 10.9%, worse than England") | summary
        cells = [
            title,
            outcome,
            measure,
            [a_statement(summary=[line]), a_figure()],
            [a_table()],
            "## Not measured\n\n- Nothing published yet",
        ]
        return a_notebook(folder / f"{name}.ipynb", cells)

    return write


# Stands in for Quarto where the adapter's own decisions are tested: it tells a version, notes how it was called,
# and writes the file that it was asked for.
FAKE_QUARTO = """#!{python}
import json, os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("{version}")
    sys.exit({version_status})
note = {{"args": sys.argv[1:], "epoch": os.environ.get("SOURCE_DATE_EPOCH"), "cwd": os.getcwd(),
        "colour": os.environ.get("NO_COLOR"), "profile": os.environ.get("QUARTO_PROFILE")}}
pathlib.Path(r"{log}").write_text(json.dumps(note))
sys.stderr.write({stderr!r})
if {writes}:
    target = pathlib.Path(sys.argv[sys.argv.index("--output-dir") + 1])
    target.mkdir()
    (target / sys.argv[sys.argv.index("--output") + 1]).write_text("made by the fake")
sys.exit({status})
"""


@pytest.fixture
def fake_quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Puts a fake executable called quarto, and nothing else of that name, on the path."""

    def install(version="1.10.18", status=0, stderr="", writes=True, version_status=0) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        log = tmp_path / "called.json"
        program = folder / "quarto"
        program.write_text(
            FAKE_QUARTO.format(
                python=sys.executable,
                version=version,
                version_status=version_status,
                log=log,
                stderr=stderr,
                writes=writes,
                status=status,
            )
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder))
        return log

    return install


@pytest.fixture
def no_quarto(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
