"""Each fault that the dry run finds is one that a build refuses: here by the function that a build calls."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from boardpacks.chapter.chapter import Chapter, open_chapter
from boardpacks.data.checks.check_figures import check_settings
from boardpacks.data.coverage import check_coverage
from boardpacks.data.snapshot_manifest import read_manifest
from boardpacks.packs.compose.fill_sheet import fill_sheet
from boardpacks.packs.compose.quotes import fill_quotes
from boardpacks.packs.compose.template import fill_template, read_pack_template
from boardpacks.packs.papers.find_papers import find_papers
from boardpacks.packs.papers.plan_papers import folder_of, plan_meeting_packs
from boardpacks.packs.read.pictures import get_pictures
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.packs.render import engine
from boardpacks.packs.render.includes import read_source
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.load import load_params, read_params
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.plan.parameters import read_signature
from boardpacks.plan.plan import PackPlan, find_packs
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.folder import Project
from tests.packs.dry_run.planted import CODE, FILES, TEXTS, plant_all

TODAY = dt.date(2026, 12, 1)


@dataclass(frozen=True)
class Ground:
    """A project with every fault planted, and what of it can be read; ``sound`` is the same without any."""

    project: Project
    params: Params
    plans: Mapping[str, PackPlan]
    sound: Project


@pytest.fixture(scope="module")
def ground(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    root = tmp_path_factory.mktemp("refused")
    for name in ("params", "data", "notebooks", "reports"):
        ignore = shutil.ignore_patterns("work", "published*")
        shutil.copytree(project_copy.root / name, root / name, ignore=ignore)
    plant_all(Project(root))
    params = read_params(root / "params").params
    assert params is not None
    plans, _ = find_packs(params, Project(root), today=TODAY)
    return Ground(Project(root), params, {plan.place: plan for plan in plans}, project_copy)


def load(ground: Ground) -> None:
    load_params(ground.project.params)


def plan(ground: Ground) -> None:
    _, problems = find_packs(ground.params, ground.project, today=TODAY)
    if problems:
        raise InputError(problems)


def cover(ground: Ground) -> None:
    check_coverage(ground.params, read_manifest(ground.project.snapshots / ground.params.system.snapshot))


def given(ground: Ground, chapter: str, name: str, ask: Callable[[Chapter, str], object]) -> None:
    """Ask for what a chapter's parameter names."""
    spec = next(one for one in ground.params.chapters if one.id == chapter)
    ask(open_chapter(SYSTEM, folder=ground.sound.root), str(spec.parameters[name]))


def include(ground: Ground) -> None:
    folder = ground.project.root / "composed"
    folder.mkdir()
    shutil.copy(ground.project.reports / "board.qmd", folder / "pack.qmd")
    (folder / "sections").mkdir()
    for name in ("summary", "scorecard", "priorities", "inequalities", "trust", "unknown", "actions"):
        (folder / "sections" / f"{name}.qmd").touch()
    read_source(folder)


def metadata(ground: Ground) -> None:
    text = (ground.project.reports / "sections" / "method.qmd").read_text("utf-8")
    fill_template(text, {"pack": {"benchmark": "England", "shocks": "None."}}, "reports/sections/method.qmd")


def paper(ground: Ground) -> None:
    merged = next(one for one in plan_meeting_packs(ground.plans.values()) if one.place == "waltham-forest")
    own = ground.project.params / "chapters.yml"  # any file that is there
    find_papers(merged.items, folder_of(merged, ground.project), "papers", {"pack": own})


REFUSED: Mapping[str, tuple[Callable[[Ground], object], str]] = {
    "an unknown key": (load, "gruop"),
    "a choice": (load, "'lo'"),
    "an outcome's indicator": (load, "carer_quality"),
    "a board without meetings": (load, "at least 1 item"),
    "a chapter's priority": (load, "mental-helth"),
    "a check of figures": (lambda own: check_settings(load_figure_checks(own.project.params)), "spkie"),
    "a borough without figures": (cover, "E09000099"),
    "a neighbour without figures": (cover, "E09000098"),
    "a comparator without figures": (cover, "E12000077"),
    "an indicator without figures": (cover, "new_measure"),
    "an indicator that a chapter is given": (
        lambda own: given(own, "closer_look_babies_children_young_people", "measure", Chapter.frame),
        "obesity_year7",
    ),
    "a collaborative that a chapter is given": (
        lambda own: given(own, "acute_collaborative", "collaborative", Chapter.collaborative),
        "acuet",
    ),
    "a parameter of another type": (plan, "fewest"),
    "a parameter that there is none of": (plan, "after"),
    "a notebook that is not there": (plan, "theme_foundations"),
    "pack.qmd without chapters": (lambda own: read_pack_template(own.project.reports), "pack.qmd"),
    "an include": (include, "trusts.qmd"),
    "metadata": (metadata, "pack.bench"),
    "an engine that is not there": (lambda own: engine(own.params.system.engine), "Quarto"),
    "a front sheet's quote": (
        lambda own: fill_sheet(own.plans["barking-and-dagenham"], [], own.params),
        "valeu",
    ),
    "a paper": (paper, "money.pdf"),
}


def test_every_planted_fault_of_a_file_is_tried():
    assert REFUSED.keys() == FILES.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_a_fault_of_a_file_is_refused(ground: Ground, name: str, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    refuse, words = REFUSED[name]
    with pytest.raises(BoardpacksError) as refused:
        refuse(ground)
    shown = refused.value.told() if isinstance(refused.value, InputError) else str(refused.value)
    assert words in shown


@pytest.mark.parametrize("name", CODE)
def test_code_fails_in_a_chapter(project_copy: Project, name: str, monkeypatch):
    """What only the system's pack lacks fails there, all else in the pack of a place."""
    place = SYSTEM if name == "what only a place has" else "havering"
    monkeypatch.chdir(project_copy.notebooks)
    chapter = open_chapter(place, folder=project_copy.root)
    with (
        pytest.raises(
            (BoardpacksError, ValueError, KeyError, AttributeError, FileNotFoundError, SyntaxError)
        ),
        redirect_stdout(io.StringIO()),
    ):
        exec(compile(CODE[name].source, "cell", "exec"), {"chapter": chapter, "place": place})


def compose(path: Path, params: Params, place: str) -> None:
    """Do with the Markdown of an executed notebook what composing a pack does."""
    content, run = read_chapter(path), SimpleNamespace(out=path, notebook=path)
    fill_quotes([content], params, place)
    pack: Any = SimpleNamespace(plan=SimpleNamespace(chapters=[run]), chapters=[content])
    get_pictures(pack)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_refused(params: Params, tmp_path: Path, name: str):
    place = SYSTEM if "system" in name else "havering"
    cells: list[Any] = [nbformat.v4.new_markdown_cell(text) for text in ("# Title", TEXTS[name].source)]
    path = tmp_path / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    with pytest.raises(InputError):
        compose(path, params, place)


def test_notebooks_without_what_each_has_are_refused(ground: Ground):
    with pytest.raises(InputError, match="no code cell tagged"):
        read_signature(ground.project.notebooks / "untagged.ipynb")
    with pytest.raises(BoardpacksError, match="no Markdown cell"):
        read_chapter(ground.project.notebooks / "untitled.ipynb")
