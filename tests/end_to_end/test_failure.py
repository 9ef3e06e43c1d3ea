"""One failing cell stops its own pack only, and says where it failed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.params.load import load_params
from boardpacks.plan.plan import plan_packs
from boardpacks.project.folder import Project
from tests.end_to_end.short import short_project

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def outcome(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two partial packs, published once; then built again with a notebook that fails for Newham."""
    root = tmp_path_factory.mktemp("failing")
    project = short_project(project_copy, root)
    params = load_params(project.params)
    before = _build(project, params)
    kept = {path.name: path.read_bytes() for path in before["newham"].published.iterdir()}
    _break_for_newham(project.notebooks / "mental_health.ipynb")
    return before, kept, _build(project, params)


def _build(project: Project, params: Any) -> dict[str, Any]:
    plans = plan_packs(
        params,
        project,
        places=["newham", "redbridge"],
        priorities=["mental-health"],
        today=dt.date(2026, 12, 1),
    )
    order = BuildOrder(project, params, engine="bundled", workers=2)
    results = make_packs(plans, read_build_states(order), lambda event: None)
    return {result.plan.place: result for result in results}


def _break_for_newham(notebook: Path) -> None:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(cell for cell in reversed(content["cells"]) if cell["cell_type"] == "code")
    check = 'assert place != "newham", "the Newham figures are not signed off"\n'
    cell["source"] = [check, *cell["source"]]
    notebook.write_text(json.dumps(content), encoding="utf-8")


def test_the_other_pack_is_published(outcome: Any) -> None:
    _, _, after = outcome
    assert after["redbridge"].failures == ()
    assert after["redbridge"].published is not None


def test_the_error_names_notebook_place_cell_and_last_line(outcome: Any) -> None:
    _, _, after = outcome
    (failure,) = after["newham"].failures
    text = str(failure)
    assert "mental_health" in text
    assert "newham" in text.lower()
    assert "cell " in text
    assert "AssertionError: the Newham figures are not signed off" in text
    assert "Traceback" not in text


def test_the_executed_part_is_kept(outcome: Any) -> None:
    _, _, after = outcome
    kept = list(after["newham"].plan.chapters[0].out.parent.glob("*failed*"))
    assert len(kept) == 1
    assert kept[0].name in str(after["newham"].failures[0])
    outputs = [
        output for cell in json.loads(kept[0].read_text())["cells"] for output in cell.get("outputs", [])
    ]
    assert any(output["output_type"] == "error" for output in outputs)
    assert any(output["output_type"] == "display_data" for output in outputs)


def test_the_previous_pack_stays_as_it_was(outcome: Any) -> None:
    before, kept, after = outcome
    assert after["newham"].published is None
    folder = before["newham"].published
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept
