"""Prose that contradicts the figures stops a pack, in the check by itself and in a build."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from boardpacks.cli import app
from boardpacks.packs.lint.check_prose import ProseContradicted
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.params.models import Params
from boardpacks.plan.plan import plan_packs
from boardpacks.project.folder import Project
from tests.end_to_end.short import copy_project

pytestmark = pytest.mark.end_to_end

STALE = "In Havering, 33.3% of adults smoke. The suicide rate is 7.6 per 100,000."
"""The first sentence contradicts Havering's figure; the second is right for Havering alone."""


@pytest.fixture
def written(project_copy: Project, tmp_path: Path) -> Project:
    """A project of one chapter with a stale sentence in its first cell."""
    copy_project(
        project_copy, tmp_path, "baselines.yml", "themes.yml", "foundations.yml"
    )  # of other chapters
    chapters = tmp_path / "params" / "chapters.yml"
    chapters.write_text("- notebook: smoking\n  scope: place\n", encoding="utf-8")
    notebook = json.loads((tmp_path / "notebooks" / "place_profile.ipynb").read_text(encoding="utf-8"))
    parameters, opens = notebook["cells"][:2]
    first = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# Smoking\n\n{STALE}"}
    opens["source"] = (
        "from boardpacks import open_chapter\n\nchapter = open_chapter(place)\n"
        'chapter.show("smoking_prevalence")\nchapter.show("suicide_rate")'
    )
    notebook["cells"] = [first, parameters, opens]
    (tmp_path / "notebooks" / "smoking.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return Project(tmp_path)


def test_the_check_and_the_build_refuse_a_stale_sentence(
    written: Project, params: Params, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written.root)
    chapters = params.chapters[:1]
    result = CliRunner().invoke(app, ["lint", "--place", "havering", "--place", "newham"])
    assert result.exit_code == 1, result.output
    told = result.output
    assert "error: notebooks/smoking.ipynb, cell 1, in the pack of Havering" in told
    assert "In Havering, 33.3% of adults smoke." in told
    assert "havering.smoking_prevalence.E09000016.persons.2023" in told
    assert "warning: notebooks/smoking.ipynb, cell 1, in the pack of Havering" in told
    assert "error: notebooks/smoking.ipynb, cell 1, in the pack of Newham" in told
    assert "The suicide rate is 7.6 per 100,000." in told
    assert "2 packs checked: " in told

    one = chapters[0].model_copy(
        update={"notebook": "smoking", "id": "smoking", "scope": "place", "priority": None}
    )
    alone = params.model_copy(update={"chapters": (one,)})
    plans = plan_packs(alone, written, places=["havering"], today=dt.date(2026, 12, 1))
    order = BuildOrder(written, alone, engine="bundled", formats=("html",), workers=1)
    (made,) = make_packs(plans, read_build_states(order), lambda event: None)
    (failure,) = made.failures
    assert isinstance(failure, ProseContradicted)
    assert made.published is None
