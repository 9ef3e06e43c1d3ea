"""What a chapter of its kind cannot have is told before it runs, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest

from boardpacks.params.load import load_params
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.plan.notebook_calls import read_asked
from boardpacks.plan.out_of_place import out_of_place
from boardpacks.project.folder import Project

Scope = Literal["place", "system", "all"]


@pytest.fixture(scope="module")
def params(checkout: Project) -> Params:
    return load_params(checkout.params)


@pytest.fixture
def told(params: Params, tmp_path: Path):
    """Return what is told of a notebook of one cell, made a chapter of this scope and priority."""

    def tell(
        cell: str, scope: Scope = "place", priority: str | None = None, params: Params = params
    ) -> list[str]:
        path = tmp_path / "own.ipynb"
        sources = ["from boardpacks import open_chapter\nchapter = open_chapter(place)", cell]
        cells = [{"cell_type": "code", "source": source, "metadata": {}} for source in sources]
        path.write_text(json.dumps({"cells": cells}), "utf-8")
        chapter = ChapterSpec(notebook="own", scope=scope, priority=priority)
        return list(out_of_place(read_asked(path), chapter, params, of_system=scope != "place"))

    return tell


@pytest.mark.parametrize("scope", ["system", "all"])
@pytest.mark.parametrize(
    "cell",
    [
        "chapter.emphasis()",
        'chapter.show("population")',
        "found = chapter.trust_table()",
        "chapter.place.name",
    ],
)
def test_what_only_a_place_has(told, cell: str, scope: str):
    (line,) = told(cell, scope)
    assert line.startswith("notebooks/own.ipynb, cell 2: asks for chapter.")
    assert f"scope: {scope}" in line
    assert told(cell, "place") == []


@pytest.mark.parametrize("cell", ["chapter.introduce()", "chapter.rug()", "print(chapter.priority.id)"])
def test_what_needs_a_priority(told, cell: str):
    (line,) = told(cell)
    assert "add priority:" in line
    assert told(cell, priority="mental-health") == []
    assert told('chapter.rug("mental-health")') == []


@pytest.mark.parametrize(
    "cell",
    [
        "if chapter.place:\n    chapter.emphasis()",
        "chapter.place and chapter.emphasis()",
        "name = chapter.place.name if chapter.place else 'all'",
        "for priority in priorities:\n    chapter.rug(priority)",
        "def later():\n    chapter.introduce()",
    ],
)
def test_what_may_never_be_asked_for_is_left_to_the_build(told, cell: str):
    assert told(cell, "all") == []


def test_a_slip_in_the_name_of_a_method(told):
    (line,) = told('if place:\n    chapter.trust_tabel("x")')
    assert "chapter.trust_tabel" in line
    assert "did you mean 'trust_table'?" in line


def test_control_charts_are_of_trusts(told, params: Params):
    (line,) = told('chapter.control_chart("smoking_prevalence")')
    assert "'smoking_prevalence'" in line
    assert "figures of boroughs" in line
    assert "monthly figures of trusts" in line
    yearly = params.model_copy(
        update={"system": params.system.model_copy(update={"trust_charts": ("smoking_prevalence",)})}
    )
    assert len(told("chapter.trust_charts()", params=yearly)) == 1
    assert told("chapter.trust_charts()") == []
    assert told('view = chapter.collaborative("acute")') == []
    own = next(
        name
        for name, one in params.indicators.items()
        if one.areas == "trusts" and one.frequency == "monthly"
    )
    assert told(f'chapter.control_chart("{own}")') == []
