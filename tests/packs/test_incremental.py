"""Builds do only what has changed: a tiny project, built once in real kernels, then copied and changed."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from boardpacks.data.snapshot import OBSERVATIONS
from boardpacks.data.snapshot_manifest import Manifest
from boardpacks.execute import kernel as kernel_module
from boardpacks.packs import make as make_module
from boardpacks.packs.check import check_documents as documents_module
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import BuildStates, read_build_states
from boardpacks.packs.publish.explain_build import explain, is_done
from boardpacks.params.calendars import Correction, Final
from boardpacks.params.load import load_params
from boardpacks.plan import fingerprints as inputs_module
from boardpacks.plan.events import ChapterKept, ChapterStarted, Event, Noticed, PackResult, PackStarted
from boardpacks.plan.plan import PackPlan, plan_packs
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project

from .test_make import Press

READING = """
from pathlib import Path
from boardpacks.data.observations import area_series
from boardpacks.data.snapshot import load_snapshot

for snapshot in Path("../data/snapshots").iterdir():
    series = area_series(load_snapshot(snapshot), "smoking_prevalence", "E09000016")
    print([(one.period, one.value) for one in series.observations])
"""
CHAPTERS = """\
- notebook: words
  scope: place
- notebook: figures
  scope: place
- notebook: overview
  scope: system
"""


@dataclass(frozen=True)
class Build:
    """What a build did."""

    results: tuple[PackResult, ...]
    events: tuple[Event, ...]
    kernels: int

    @property
    def executed(self) -> list[str]:
        return [event.run.chapter.notebook for event in self.events if isinstance(event, ChapterStarted)]

    @property
    def made(self) -> list[str]:
        return [event.plan.place for event in self.events if isinstance(event, PackStarted)]

    @property
    def brought(self) -> dict[str, str]:
        kept = [event for event in self.events if isinstance(event, ChapterKept)]
        return {event.run.chapter.notebook: event.origin for event in kept}


Building = Callable[..., Build]


@pytest.fixture(scope="module")
def building(warm_builds: None) -> Iterator[Building]:
    """Build Havering's pack with an engine that only copies, and count the kernels."""
    started: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents_module, "check_pdf", lambda path: [])
        patch.setattr(documents_module, "check_html", lambda path: [])
        patch.setattr(make_module, "find_engine", lambda name: Press())
        add = kernel_module.Kernels.add

        def count(self: Any, process: Any) -> None:
            started.append(process)
            add(self, process)

        patch.setattr(kernel_module.Kernels, "add", count)

        def build(project: Project, *, force: bool = False, cache: Path | None = None, **how: Any) -> Build:
            started.clear()
            events: list[Event] = []
            params = load_params(project.params)
            order = BuildOrder(project, params, "bundled", cache=str(cache or ""), force=force)
            results = make_packs(_plans(project, **how), read_build_states(order), events.append)
            return Build(results, tuple(events), len(started))

        yield build


@pytest.fixture(scope="module")
def template(
    building: Building, project_copy: Project, small_copy: Project, tmp_path_factory: pytest.TempPathFactory
) -> Project:
    """A project of two notebooks, one of which reads a series, with Havering's pack built."""
    project = Project(tmp_path_factory.mktemp("template"))
    shutil.copytree(small_copy.root, project.root, dirs_exist_ok=True)
    left_out = shutil.ignore_patterns("work", "published", "runs")
    shutil.copytree(project_copy.reports, project.reports, ignore=left_out)
    for name in ("themes", "foundations", "baselines"):
        (project.params / f"{name}.yml").unlink()  # their figures belong to chapters that are not here
    (project.params / "chapters.yml").write_text(CHAPTERS)
    for name, cells in {"words": ["1 + 1"], "figures": [READING], "overview": []}.items():
        write(project.notebooks / f"{name}.ipynb", cells)
    first = building(project)
    assert first.executed == ["words", "figures"]
    assert [result.failures for result in first.results] == [()]
    return project


@pytest.fixture
def project(template: Project, tmp_path: Path) -> Project:
    """A copy of the built project, to be changed."""
    shutil.copytree(template.root, tmp_path / "project")
    return Project(tmp_path / "project")


def write(path: Path, cells: Sequence[str], text: str = "Some words.") -> None:
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# A chapter", id="a"),
            new_code_cell('place: str = "havering"', metadata={"tags": ["parameters"]}, id="b"),
            new_markdown_cell(text, id="c"),
            *(new_code_cell(cell, id=f"d{number}") for number, cell in enumerate(cells)),
        ]
    )
    path.parent.mkdir(exist_ok=True)
    nbformat.write(notebook, path)


def explained(project: Project, **how: Any) -> list[str]:
    return list(explain(_plans(project, **how), build_states(project)))


def build_states(project: Project, engine: str = "bundled") -> BuildStates:
    return read_build_states(BuildOrder(project, load_params(project.params), engine))


def _plans(project: Project, **how: Any) -> tuple[PackPlan, ...]:
    params = load_params(project.params)
    options: dict[str, Any] = {"places": ["havering"], "today": dt.date(2026, 12, 1), **how}
    return plan_packs(params, project, **options)


def change_figures(project: Project, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Change the observations of the snapshot, and its manifest with it."""
    folder = project.snapshots / "embedded"
    change(pd.read_parquet(folder / OBSERVATIONS)).to_parquet(folder / OBSERVATIONS, index=False)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][OBSERVATIONS]["sha256"] = file_digest(folder / OBSERVATIONS)
    (folder / "manifest.json").write_text(Manifest.model_validate(manifest).model_dump_json())


def a_year_more(indicator: str, area: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        last = table[(table["indicator"] == indicator) & (table["area"] == area)].tail(1)
        start = last["period_start"] + pd.DateOffset(years=1)
        more = last.assign(period="2031", period_start=start, value=last["value"] + 1)
        at = int(last.index[0]) + 1
        return pd.concat([table[:at], more, table[at:]], ignore_index=True)

    return change


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths
    }


def test_nothing_changed_nothing_is_done(project, building):
    before = state(project.reports)
    assert is_done(_plans(project), build_states(project))
    again = building(project)
    assert (again.executed, again.made, again.kernels) == ([], [], 0)
    assert [(result.kept, result.pages) for result in again.results] == [(True, 1)]
    library = {"published/.index.html.receipt.json"}
    after = state(project.reports)
    assert {name: after[name] for name in after if name not in library} == {
        name: before[name] for name in before if name not in library
    }


@pytest.mark.parametrize("name", ["2026-12-09_havering.html", "assets/Inter-Bold.woff2"])
def test_a_page_of_the_library_that_is_gone_or_changed_is_written_again(project, building, name):
    page = project.published / "pages" / name
    before = page.read_bytes()
    for harm in (page.unlink, lambda: page.write_bytes(b"something else")):
        harm()
        plans = _plans(project)
        assert not is_done(plans, build_states(project))
        assert building(project).made == []
        assert page.read_bytes() == before
        assert is_done(plans, build_states(project))


def test_force_does_everything_and_gives_the_same_bytes(project, building):
    before = {name: content for name, (_, content) in state(project.published).items()}
    again = building(project, force=True)
    assert (sorted(again.executed), again.made, again.kernels) == (["figures", "words"], ["havering"], 2)
    assert {name: content for name, (_, content) in state(project.published).items()} == before


@pytest.mark.parametrize(
    ("text", "cells", "words"),
    [
        ("Some words.", ["1 + 2"], "the notebook's code changed: cell 4"),
        ("Some words.", ["1 + 1", "print()"], "the notebook's cell 5 is new"),
        ("Some words.", [], "1 cell of the notebook is gone"),
    ],
)
def test_an_edited_notebook_is_executed_and_no_other(project, building, text, cells, words):
    write(project.notebooks / "words.ipynb", cells, text)
    assert [line.split(maxsplit=1)[1] for line in explained(project)[1:3]] == [f"runs: {words}", "up to date"]
    again = building(project)
    assert (again.executed, again.made, again.kernels) == (["words"], ["havering"], 1)
    assert building(project).made == []


def _other_words(cells: list[Any]) -> None:
    cells[2]["source"] = "Other words."


def _words_before_the_code_without_an_id(cells: list[Any]) -> None:
    cells.insert(1, {"cell_type": "markdown", "metadata": {}, "source": "Preface."})


def _words_at_the_end(cells: list[Any]) -> None:
    cells.append({"cell_type": "markdown", "metadata": {}, "source": "The end.", "id": "z"})


def _fewer_words(cells: list[Any]) -> None:
    del cells[2]


@pytest.mark.parametrize(
    "edit", [_other_words, _words_before_the_code_without_an_id, _words_at_the_end, _fewer_words]
)
def test_new_text_needs_no_kernel_and_gives_what_a_kernel_would(project, building, edit):
    path = project.notebooks / "figures.ipynb"
    content = json.loads(path.read_text())
    edit(content["cells"])
    path.write_text(json.dumps(content))
    assert "takes its new text and does not run: " in explained(project)[2]

    again = building(project)
    assert (again.executed, again.made, again.kernels) == ([], ["havering"], 0)
    assert again.brought == {"words": "kept", "figures": "text"}
    told = state(project.work)["2026-12-09/havering/executed/figures.ipynb"][1]

    assert building(project).made == []
    assert building(project, force=True).executed == ["words", "figures"]
    assert state(project.work)["2026-12-09/havering/executed/figures.ipynb"][1] == told


def test_new_text_of_a_chapter_whose_result_is_damaged_has_it_executed(project, building):
    _damage_output(project)
    write(project.notebooks / "words.ipynb", ["1 + 1"], "Other words.")
    assert explained(project)[1].startswith(
        "  words     runs: the notebook's text changed: cell 3; its result"
    )
    assert building(project).executed == ["words"]


def test_outputs_and_metadata_of_a_notebook_do_not_count(project, building):
    path = project.notebooks / "words.ipynb"
    content = json.loads(path.read_text())
    content["metadata"]["kernelspec"] = {"name": "other", "display_name": "Other", "language": "python"}
    content["cells"][3] |= {"execution_count": 7, "outputs": [], "metadata": {"collapsed": True}}
    path.write_text(json.dumps(content, indent=4))
    assert building(project).executed == []


def test_figures_that_were_read_count_and_no_others(project, building, snapshot):
    change_figures(project, a_year_more("smoking_prevalence", "E09000025"))
    change_figures(project, a_year_more("suicide_rate", "E09000016"))
    other = building(project)
    assert (other.executed, other.made) == ([], ["havering"])  # the pack states the snapshot
    change_figures(project, a_year_more("smoking_prevalence", "E09000016"))
    assert explained(project) == snapshot
    assert building(project).executed == ["figures"]


def test_another_name_of_the_snapshot_does_not_count(project, building):
    (project.snapshots / "embedded").rename(project.snapshots / "renamed")
    system = project.params / "system.yml"
    system.write_text(system.read_text().replace("snapshot: embedded", "snapshot: renamed"))
    again = building(project)
    assert (again.executed, again.made) == ([], ["havering"])


def test_params_that_a_chapter_sees_count_and_meetings_do_not(project, building):
    meetings = project.params / "meetings" / "havering.yml"
    meetings.write_text(meetings.read_text().replace("board: ", "board: The "))
    assert explained(project)[1:] == [
        "  words     up to date",
        "  figures   up to date",
        "  the pack  made: changed: meeting and front sheet",
    ]
    assert building(project).executed == []
    place = project.params / "places" / "newham.yml"
    place.write_text(place.read_text().replace("name: Newham", "name: New Ham"))  # and its borough with it
    assert explained(project)[1] == "  words     runs: params changed: place newham"
    assert sorted(building(project).executed) == ["figures", "words"]


def test_params_of_an_indicator_count_for_the_chapters_that_read_them(project, building):
    reading = "from boardpacks import open_chapter\nopen_chapter(place).params.indicators['smoking_prevalence'].name"
    write(project.notebooks / "words.ipynb", [reading])
    assert building(project).executed == ["words"]
    indicators = project.params / "indicators" / "long-term-conditions.yml"
    text = indicators.read_text()
    indicators.write_text(text.replace("name: Physically active adults", "name: Active adults"))
    assert indicators.read_text() != text
    assert explained(project)[1:] == [
        "  words     up to date",
        "  figures   up to date",
        "  the pack  made: changed: params indicators",
    ]
    indicators.write_text(text.replace("name: Adults who smoke", "name: Smokers"))
    assert explained(project)[1] == "  words     runs: params changed: indicator smoking_prevalence"
    assert building(project).executed == ["words"]
    assert building(project).executed == []


def test_what_a_board_is_asked_counts_for_packs_and_for_no_chapter(project):
    rules = project.params / "assurance.yml"
    rules.write_text(rules.read_text().replace("limit: 4", "limit: 5", 1))
    assert explained(project)[1:] == [
        "  words     up to date",
        "  figures   up to date",
        "  the pack  made: changed: params assurance",
    ]


def test_what_is_said_of_an_indicator_counts_as_the_workbook_says_it(project):
    def digest() -> str:
        return build_states(project).packs.indicators

    first = digest()
    indicators = project.params / "indicators" / "mental-health.yml"
    assert digest() == first
    indicators.write_text(indicators.read_text().replace("  source: ", "  source: The ", 1))
    assert digest() != first


def test_a_comment_in_params_does_not_count(project):
    place = project.params / "places" / "newham.yml"
    place.write_text("# a comment\n" + place.read_text())
    assert all(line.endswith("up to date") for line in explained(project)[1:])


def test_parameters_count(project):
    notebook = project.notebooks / "words.ipynb"
    notebook.write_text(notebook.read_text().replace('\\"havering\\"', '\\"havering\\"\\nyears: int = 3'))
    chapters = project.params / "chapters.yml"
    chapters.write_text(CHAPTERS.replace("scope: place\n", "scope: place\n  parameters: {years: 5}\n", 1))
    assert explained(project)[1].endswith("the notebook's code changed: cell 2; parameter years is new")


@pytest.mark.parametrize("room", ["charts", "data"])
def test_library_code_that_chapters_use_counts(project, monkeypatch, room):
    real = inputs_module.room_digest
    monkeypatch.setattr(inputs_module, "room_digest", lambda name: "new" if name == room else real(name))
    assert explained(project)[1] == f"  words     runs: the library changed: {room}"


def test_the_versions_of_packages_count(project, monkeypatch):
    real = inputs_module.installed_packages()
    monkeypatch.setattr(inputs_module, "installed_packages", lambda: real | {"pandas": "99", "ruff": "99"})
    assert explained(project)[1] == f"  words     runs: pandas changed: 99 instead of {real['pandas']}"


def test_a_file_beside_the_notebooks_counts(project):
    (project.notebooks / "helper.py").write_text("x = 1")
    assert explained(project)[1] == "  words     runs: beside the notebooks changed: helper.py (new)"


def test_explain_of_a_place_that_was_never_built(project, snapshot):
    assert explained(project, places=["newham"]) == snapshot
    assert not (project.work / "2026-12-09" / "newham").exists()


def test_a_failed_chapter_is_never_taken_as_done(project, building):
    write(project.notebooks / "words.ipynb", ["1 / 0"])
    for _ in range(2):
        again = building(project)
        assert again.executed == ["words"]
        assert len(again.results[0].failures) == 1
    write(project.notebooks / "words.ipynb", ["1 + 1"])
    assert building(project).executed == ["words"]


def _damage_receipt(project: Project) -> Path:
    path = _executed(project) / "words.receipt.json"
    path.write_text(path.read_text().replace("havering", "hovering"))
    return path


def _damage_output(project: Project) -> Path:
    path = _executed(project) / "words.ipynb"
    path.write_text(path.read_text() + " ")
    return path


def _lose_output(project: Project) -> Path:
    path = _executed(project) / "words.ipynb"
    path.unlink()
    return path


def _executed(project: Project) -> Path:
    return project.work / "2026-12-09" / "havering" / "executed"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_damage_receipt, "its receipt is damaged"),
        (_damage_output, "its result words.ipynb was changed since"),
        (_lose_output, "its result words.ipynb is missing"),
    ],
)
def test_what_is_damaged_is_made_again(project, building, damage, words):
    damage(project)
    assert explained(project)[1] == f"  words     runs: {words}"
    assert building(project).executed == ["words"]
    assert explained(project)[1] == "  words     up to date"


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_published_pack_that_is_not_as_it_was_is_published_again(project, building, damage):
    folder = project.published / "2026-12-09" / "havering"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    data = next(folder.glob("*.csv"))
    if damage == "changed":
        data.write_bytes(data.read_bytes() + b"x")
    else:
        data.unlink()
    again = building(project)
    assert (again.executed, again.made) == ([], ["havering"])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_of_somebodys_in_a_packs_folder_makes_no_work_and_stays(project, building):
    note = project.published / "2026-12-09" / "havering" / "note.txt"
    note.touch()
    assert (building(project).made, note.exists()) == ([], True)
    assert building(project, force=True).made == ["havering"]
    assert note.exists()
    assert building(project).made == []


def test_another_meeting_of_the_month_takes_the_chapters_that_are_there(project, building):
    calendar = project.params / "meetings" / "havering.yml"
    calendar.write_text(calendar.read_text().replace("date: 2027-02-10", "date: 2026-12-16"))
    again = building(project, today=dt.date(2026, 12, 12))
    assert (again.executed, again.made) == ([], ["havering"])
    assert again.brought == {"words": "another pack", "figures": "another pack"}


def test_a_meeting_of_another_month_executes_anew_since_figures_have_aged(project, building):
    assert building(project, today=dt.date(2026, 12, 20)).executed == ["words", "figures"]


def test_two_projects_share_a_cache(project, building, tmp_path):
    cache = tmp_path / "cache"
    assert building(project, force=True, cache=cache).kernels == 2
    shutil.rmtree(project.work)
    other = building(project, cache=cache)
    assert (other.kernels, other.brought) == (0, {"words": "cache", "figures": "cache"})


def test_a_damaged_cache_entry_is_dropped_and_said(project, building, tmp_path):
    cache = tmp_path / "cache"
    building(project, force=True, cache=cache)
    whole = {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()}
    for path, content in whole.items():
        path.write_bytes(content[: len(content) // 2])
    shutil.rmtree(project.work)
    other = building(project, cache=cache)
    assert sorted(other.executed) == ["figures", "words"]
    said = [event.words for event in other.events if isinstance(event, Noticed)]
    assert len([words for words in said if "was damaged" in words]) == 2
    shutil.rmtree(project.work)
    assert building(project, cache=cache).executed == []


def test_a_chapter_executed_on_other_figures_than_the_build_began_with_fails(project, building, monkeypatch):
    states = read_build_states(BuildOrder(project, load_params(project.params), "bundled", force=True))
    change_figures(project, a_year_more("smoking_prevalence", "E09000016"))
    results = make_packs(_plans(project), states, lambda event: None)
    (failure,) = results[0].failures
    assert "the snapshot changed while figures.ipynb was executed" in str(failure)
    assert building(project).executed == ["figures"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_receipts_can_be_read_by_others(project):
    assert (_executed(project) / "words.receipt.json").stat().st_mode & 0o044 == 0o044


@pytest.mark.parametrize("name", [".quarto/typst/cache.json", ".gitignore", ".ipynb_checkpoints/pack.qmd"])
def test_what_quarto_and_other_programs_leave_in_reports_is_no_part_of_a_pack(project, name):
    before = build_states(project).packs.common
    left = project.reports / name
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("{}")
    assert build_states(project).packs.common == before


def engine_input(project: Project, plan: PackPlan, asked: str) -> str:
    return build_states(project, asked).packs.look(replace(plan, chapters=())).inputs()["engine"]


def test_installing_quarto_changes_drafts_that_may_be_made_with_it_and_nothing_that_follows_a_final_one(
    project, fake_quarto, no_quarto
):
    (plan,) = _plans(project)
    final = Final(version="1.0", date=dt.date(2026, 12, 1), packs={plan.slug: "ab" * 32})
    held = plan.meeting.model_copy(
        update={"finals": (final,), "corrections": (Correction(kind="correction", reason="Wrong."),)}
    )
    correction = replace(plan, meeting=held)
    assert engine_input(project, plan, "auto") == "bundled"
    assert engine_input(project, correction, "auto") == "bundled"
    fake_quarto(version="1.9.38")
    assert engine_input(project, plan, "auto") == "bundled", "it is too old to be taken"
    fake_quarto(version="1.10.18")
    assert engine_input(project, plan, "auto").startswith("auto, quarto ")
    assert engine_input(project, plan, "bundled") == "bundled"
    assert engine_input(project, correction, "auto") == "bundled"


def test_which_engine_is_asked_for_is_no_change_of_params(project):
    before = build_states(project).packs.common
    system = project.params / "system.yml"
    system.write_text(system.read_text().replace("engine: auto", "engine: quarto"))
    assert load_params(project.params).system.engine == "quarto"
    assert build_states(project).packs.common == before


@pytest.mark.parametrize("folder", ["runs", "circulation"])
def test_reports_of_builds_and_messages_are_no_part_of_a_pack(project, folder):
    before = build_states(project).packs.common
    report = project.reports / folder / "20261201T050000Z" / "report.json"
    report.parent.mkdir(parents=True)
    report.write_text("{}")
    assert build_states(project).packs.common == before


@pytest.mark.parametrize("where", ["inside", "outside"])
def test_a_file_that_a_notebook_read_counts_when_it_changes_or_goes(project, building, tmp_path, where):
    read = (project.root / "mine.csv") if where == "inside" else tmp_path / "mine.csv"
    read.write_text("a\n1\n")
    write(project.notebooks / "words.ipynb", [f"open({str(read)!r}).read();"])
    assert building(project).executed == ["words"]
    assert building(project).executed == []
    read.write_text("a\n2\n")
    named = "mine.csv" if where == "inside" else str(read)
    assert named in explained(project)[1]
    assert building(project).executed == ["words"]
    read.unlink()
    assert named in explained(project)[1]
