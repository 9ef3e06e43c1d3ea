"""The notebooks as they are kept: clean, short, and complete for their priority."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from typing import Any

import nbformat
import pytest

from boardpacks.params.models import ChapterSpec, Params
from boardpacks.project.folder import Project

PLACES = "The places side by side"
CLOSER = "closer_look_"
"""What the names of notebooks begin with in which an analyst works with data frames."""
TOOLS = ("boardpacks", "matplotlib", "numpy", "pandas", "scipy", "seaborn")
Call = tuple[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def notebooks(checkout: Project, params: Params) -> dict[str, Any]:
    """Every notebook of params/chapters.yml, by name."""
    return {
        chapter.notebook: nbformat.read(checkout.notebooks / f"{chapter.notebook}.ipynb", as_version=4)
        for chapter in params.chapters
    }


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def headings(notebook: Any) -> list[tuple[int, str]]:
    """Return level and text of each heading; the number of an outcome in front of its title is left out."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for marks, text in re.findall(r"^(#+) +(.+?) *$", cell.source, re.MULTILINE):
                found.append((len(marks), re.sub(r"^Outcome \d+: ", "", text)))
    return found


def calls(notebook: Any) -> list[Call]:
    """Return what the notebook asks its chapter for: methods and their arguments."""
    found: list[Call] = []
    for cell in code(notebook):
        for statement in ast.parse(cell.source).body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                function = statement.value.func
                assert isinstance(function, ast.Attribute)
                assert isinstance(function.value, ast.Name)
                found.append((function.attr, tuple(ast.literal_eval(one) for one in statement.value.args)))
    return found


def on_priorities(params: Params) -> list[ChapterSpec]:
    """Return the chapters that tell a priority outcome by outcome."""
    return [
        chapter
        for chapter in params.chapters
        if chapter.priority is not None and not chapter.notebook.startswith(CLOSER)
    ]


def test_each_priority_has_a_closer_look(notebooks: dict[str, Any], params: Params):
    looks = [one for one in params.chapters if one.notebook.startswith(CLOSER)]
    assert {one.priority for one in looks} == set(params.priorities)
    for look in looks:
        code_of = "\n".join(cell.source for cell in code(notebooks[look.notebook]))
        assert "import seaborn as sns" in code_of
        assert "chapter.show_chart(" in code_of
        # only parameters name indicators, so that one for others is a copy with other parameters
        body = "\n".join(
            cell.source for cell in code(notebooks[look.notebook]) if not cell.metadata.get("tags")
        )
        assert not [name for name in params.indicators if name in body], look.notebook


def test_every_notebook_of_the_params_exists_and_no_other(checkout: Project, params: Params):
    found = {path.stem for path in checkout.notebooks.glob("*.ipynb")}
    assert found == {chapter.notebook for chapter in params.chapters}


def test_notebooks_are_valid_and_kept_without_outputs(notebooks: dict[str, Any]):
    for name, notebook in notebooks.items():
        nbformat.validate(notebook)
        assert set(notebook.metadata) == {"kernelspec", "language_info"}, name
        for cell in code(notebook):
            assert (cell.outputs, cell.execution_count) == ([], None), name
        ids = [cell.id for cell in notebook.cells]
        assert len(ids) == len(set(ids))


def test_one_typed_parameters_cell(notebooks: dict[str, Any]):
    for name, notebook in notebooks.items():
        tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
        assert len(tagged) == 1, name
        for statement in ast.parse(tagged[0].source).body:
            assert isinstance(statement, ast.AnnAssign), name
            assert statement.value is not None
            value = ast.literal_eval(statement.value)
            assert type(value).__name__ == ast.unparse(statement.annotation)


def test_the_default_place_fits_the_notebooks_scope(notebooks: dict[str, Any], params: Params):
    for chapter in params.chapters:
        (cell,) = (cell for cell in notebooks[chapter.notebook].cells if cell.metadata.get("tags"))
        names: dict[str, str] = {}
        exec(cell.source, names)
        allowed = {"place": [*params.places], "system": ["system"], "all": [*params.places, "system"]}[
            chapter.scope
        ]
        assert names["place"] in allowed


def test_headings_begin_with_a_title_and_skip_no_level(notebooks: dict[str, Any]):
    for name, notebook in notebooks.items():
        assert notebook.cells[0].cell_type == "markdown"
        assert notebook.cells[0].source.startswith("# "), name
        levels = [level for level, _ in headings(notebook)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), name


def test_notebooks_import_the_library_and_closer_looks_what_analysts_work_with(notebooks: dict[str, Any]):
    for name, notebook in notebooks.items():
        for cell in code(notebook):
            for node in ast.walk(ast.parse(cell.source)):
                allowed = TOOLS if name.startswith(CLOSER) else TOOLS[:1]
                if isinstance(node, ast.Import):
                    assert {alias.name.split(".")[0] for alias in node.names} <= set(allowed), name
                if isinstance(node, ast.ImportFrom):
                    assert (node.module or "").split(".")[0] in allowed, name


def test_code_is_short(notebooks: dict[str, Any]):
    for name, notebook in notebooks.items():
        for cell in code(notebook):
            closer = name.startswith(CLOSER)
            assert len(cell.source.splitlines()) <= (28 if closer else 6), (name, cell.id)
            assert all(len(line) <= (120 if closer else 100) for line in cell.source.splitlines()), (
                name,
                cell.id,
            )


def test_a_priority_is_told_outcome_by_outcome_and_nothing_else(notebooks: dict[str, Any], params: Params):
    for chapter in on_priorities(params):
        priority = params.priorities[chapter.priority or ""]
        asked = calls(notebooks[chapter.notebook])
        shown = [arguments[0] for method, arguments in asked if method == "show"]
        assert shown == list(priority.indicators)
        outcomes = {outcome.id: outcome for outcome in priority.outcomes}
        tables = [arguments[0] for method, arguments in asked if method == "latest_table"]
        gaps = [arguments[0] for method, arguments in asked if method == "gap"]
        opening = [method for method, _ in asked if method != "started_from"]
        assert opening[:2] == ["spine", "ranks_table"]
        assert tables == [name for name, outcome in outcomes.items() if outcome.indicators]
        assert gaps == [name for name, outcome in outcomes.items() if outcome.gap]
        assert asked[-1] == ("places_tables", ())


def test_the_figures_that_the_strategy_started_from_are_asked_for(notebooks: dict[str, Any], params: Params):
    assert params.baselines is not None
    on = {chapter.priority: chapter.notebook for chapter in on_priorities(params)}
    of_system = [chapter.notebook for chapter in params.chapters if chapter.scope == "system"]
    asked_of_system = [call for name in of_system for call in calls(notebooks[name])]
    for figure in params.baselines.figures:
        if figure.chapter is not None:
            assert ("started_from", (figure.chapter,)) in calls(notebooks[figure.chapter]), figure.id
        if figure.priority is not None:
            for asked in (calls(notebooks[on[figure.priority]]), asked_of_system):
                assert ("started_from", (figure.priority,)) in asked, figure.id


def test_a_chapter_on_a_priority_opens_it(notebooks: dict[str, Any], params: Params):
    for chapter in params.chapters:
        sources = "\n".join(cell.source for cell in code(notebooks[chapter.notebook]))
        opened = (
            f'open_chapter(place, priority="{chapter.priority}")'
            if chapter.priority
            else "open_chapter(place)"
        )
        assert opened in sources


def test_headings_are_the_titles_of_the_params(notebooks: dict[str, Any], params: Params):
    for chapter in on_priorities(params):
        priority = params.priorities[chapter.priority or ""]
        expected = [(1, priority.name)]
        for outcome in priority.outcomes:
            expected.append((2, outcome.title))
            expected += [(3, params.indicators[name].name) for name in outcome.indicators]
        expected.append((2, PLACES))
        assert [(level, text.lower()) for level, text in headings(notebooks[chapter.notebook])] == [
            (level, text.lower()) for level, text in expected
        ]


def test_outcomes_are_numbered_in_order(notebooks: dict[str, Any], params: Params):
    for chapter in on_priorities(params):
        text = "\n".join(cell.source for cell in notebooks[chapter.notebook].cells)
        numbers = [int(number) for number in re.findall(r"^## Outcome (\d+): ", text, re.MULTILINE)]
        assert numbers in ([], list(range(1, len(params.priorities[chapter.priority or ""].outcomes) + 1)))


def test_the_system_sees_every_outcome_of_every_priority(notebooks: dict[str, Any], params: Params):
    names = [chapter.notebook for chapter in params.chapters if chapter.scope == "system"]
    asked = [call for name in names for call in calls(notebooks[name])]
    for priority in params.priorities.values():
        for method in ("rug", "ranks_table", "multiples"):
            assert (method, (priority.id,)) in asked, priority.id
        for outcome in priority.outcomes:
            wanted = ["places_chart", "places_table"] if outcome.indicators else ["gap"]
            for method in wanted:
                assert (method, (outcome.id,)) in asked, outcome.id
