"""Everything that a build would refuse is found in one run, with its place, what was found and what is allowed."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from boardpacks.cli.list_faults import list_faults
from boardpacks.packs.dry_run.find_faults import DryRun, find_faults
from boardpacks.params.load import load_params
from boardpacks.project.folder import Project
from tests.packs.dry_run.planted import CODE, FILES, NOTEBOOK, TEXTS, plant_all

TODAY = dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def planted(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with every fault at once."""
    root = tmp_path_factory.mktemp("planted")
    for name in ("params", "data", "notebooks", "reports"):
        shutil.copytree(
            project_copy.root / name, root / name, ignore=shutil.ignore_patterns("work", "published*")
        )
    plant_all(Project(root))
    return Project(root)


@pytest.fixture(scope="module")
def found(planted: Project, tmp_path_factory: pytest.TempPathFactory) -> DryRun:
    """One run over all of them, on a machine without Quarto."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path_factory.mktemp("empty")))
        return find_faults(planted, TODAY)


@pytest.fixture(scope="module")
def told(found: DryRun) -> list[str]:
    return [str(fault) for faults in found.kinds.values() for fault in faults]


def test_the_project_itself_has_none(project_copy: Project):
    found = find_faults(project_copy, TODAY)
    assert {kind: faults for kind, faults in found.kinds.items() if faults} == {}
    assert len(found.plans) == 8


@pytest.mark.parametrize("name", FILES)
def test_a_fault_of_a_file(told: list[str], name: str):
    assert [one for one in told if all(word in one for word in FILES[name].told)]


@pytest.mark.parametrize("name", [*CODE, *TEXTS])
def test_a_fault_of_a_cell(told: list[str], name: str):
    cells = {**CODE, **TEXTS}
    number = list(cells).index(name) + 4
    where = f"notebooks/{NOTEBOOK}.ipynb, cell {number}"
    assert [one for one in told if where in one and all(word in one for word in cells[name].told)]


@pytest.mark.parametrize(
    ("notebook", "words"), [("untagged", "no code cell tagged"), ("untitled", "no title")]
)
def test_a_notebook_without_what_each_has(told: list[str], notebook: str, words: str):
    assert [one for one in told if f"notebooks/{notebook}.ipynb" in one and words in one]


def test_what_cannot_be_read_brings_about_no_other_faults(told: list[str], found: DryRun):
    """Newham's file has a wrong key and Redbridge's calendar no meeting: neither is told of as unknown elsewhere."""
    assert (
        len([one for one in told if "redbridge" in one]) == 2
    )  # no meetings, and the key that stands instead
    assert [one for one in told if "newham" in one and "did you mean" in one]
    assert {plan.place for plan in found.plans} >= {"havering", "system"}
    planted = len(FILES) + len(CODE) + len(TEXTS) + 2
    assert planted >= 25
    assert (
        found.count <= planted + 12
    )  # some are told of twice: a key that is wrong and the one that is missing


def test_each_kind_takes_a_screen_and_says_how_many(found: DryRun):
    lines = list(list_faults(found))
    assert lines[0] == f"{found.count} problems found, which a build would refuse:"
    assert [line for line in lines if line.startswith("\nChapters and notebooks (")]


def test_faults_that_are_alike_are_told_together(project_copy: Project, tmp_path: Path):
    for name in ("params", "data", "notebooks", "reports"):
        shutil.copytree(
            project_copy.root / name, tmp_path / name, ignore=shutil.ignore_patterns("work", "published*")
        )
    own = Project(tmp_path)
    context = own.params / "indicators" / "context.yml"
    entry = FILES["an indicator without figures"].new.removesuffix("population:")
    many = "".join(entry.replace("new_measure", f"new_{number}") for number in range(40))
    context.write_text(context.read_text("utf-8") + many, "utf-8")
    assert load_params(own.params)
    lines = "\n".join(list_faults(find_faults(own, TODAY))).splitlines()
    assert lines[0].startswith("40 problems")
    assert len(lines) < 30
    assert all(f"new_{number}" in "\n".join(lines) for number in range(40))


def test_nothing_else_is_looked_at_without_a_system(project_copy: Project, tmp_path: Path):
    shutil.copytree(project_copy.params, tmp_path / "params")
    (tmp_path / "params" / "system.yml").write_text("name: [\n", "utf-8")
    found = find_faults(Project(tmp_path), TODAY)
    assert found.params is None
    assert "params/system.yml cannot be read" in "\n".join(list_faults(found))
