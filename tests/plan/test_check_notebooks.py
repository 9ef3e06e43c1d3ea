"""Outcomes follow params: each is asked for under its title, and nothing is asked for that the params do not have."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.priority import Outcome, Priority
from boardpacks.plan.check_notebooks import check_notebooks, unreported
from boardpacks.plan.plan import plan_packs
from boardpacks.plan.shown_outcomes import OutOfStep
from boardpacks.project.folder import Project, find_project
from tests.written_out import with_written_out

TODAY = dt.date(2026, 12, 1)
LTC, MH = "long-term-conditions", "mental-health"
FILE = f"params/priorities/{MH}.yml"


@pytest.fixture(scope="module")
def checkout() -> Project:
    return find_project(Path(__file__).parent)


@pytest.fixture(scope="module")
def written(checkout: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Params]:
    """A project whose notebooks write out each outcome by name."""
    root = tmp_path_factory.mktemp("written")
    shutil.copytree(checkout.notebooks, root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    return Project(root), with_written_out(load_params(checkout.params), root / "notebooks")


@pytest.fixture(scope="module")
def real(written: tuple[Project, Params]) -> Project:
    return written[0]


@pytest.fixture(scope="module")
def own(written: tuple[Project, Params]) -> Params:
    return written[1]


def cell_with(project: Project, notebook: str, words: str) -> int:
    """Return the number of the cell of a notebook that has these words."""
    cells = json.loads((project.notebooks / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    return next(number for number, cell in enumerate(cells, 1) if words in "".join(cell["source"]))


@pytest.fixture
def edited(real: Project, tmp_path: Path) -> Callable[..., Project]:
    """Copy the notebooks, with pieces of the text of their cells replaced, or whole cells taken out or added."""

    def make(
        notebook: str = "", replaced: Mapping[str, str] = {}, *, added: Sequence[tuple[str, str]] = ()
    ) -> Project:
        root = tmp_path / "project"
        shutil.copytree(
            real.notebooks, root / "notebooks", ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True
        )
        if notebook:
            path = root / "notebooks" / f"{notebook}.ipynb"
            content = json.loads(path.read_text(encoding="utf-8"))
            for cell in content["cells"]:
                source = "".join(cell["source"])
                for old, new in replaced.items():
                    source = source.replace(old, new)
                cell["source"] = source
            content["cells"] = [cell for cell in content["cells"] if cell["source"].strip()]
            for number, (kind, source) in enumerate(added):
                empty: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
                cell = {"cell_type": kind, "id": f"added-{number}", "metadata": {}, "source": source}
                content["cells"].append(cell | empty)
            path.write_text(json.dumps(content), encoding="utf-8")
        return Project(root)

    return make


def faults(project: Project, params: Params, **chosen: Any) -> list[str]:
    try:
        plans = plan_packs(params, project, today=TODAY, is_sound=lambda run: True, **chosen)
        check_notebooks(params, plans, most=None)
    except OutOfStep as error:
        return list(error.faults)
    return []


def with_outcomes(
    params: Params, priority: str, change: Callable[[tuple[Outcome, ...]], tuple[Outcome, ...]]
) -> Params:
    found = params.priorities[priority]
    changed = found.model_copy(update={"outcomes": change(found.outcomes)})
    return params.model_copy(update={"priorities": {**params.priorities, priority: changed}})


def changed(params: Params, outcome: str, **fields: Any) -> Params:
    return with_outcomes(
        params, MH, lambda all_: tuple(o.model_copy(update=fields) if o.id == outcome else o for o in all_)
    )


def test_the_projects_own_notebooks_follow_its_params(checkout: Project):
    assert faults(checkout, load_params(checkout.params)) == []


def test_notebooks_that_write_out_every_outcome_follow_the_params(
    edited: Callable[..., Project], own: Params
):
    assert faults(edited(), own) == []


@pytest.mark.parametrize(
    ("outcome", "advice"),
    [
        (Outcome(id="new-one", title="Something new", gap="No figure."), 'chapter.gap("new-one")'),
        (
            Outcome(id="new-one", title="Something new", indicators=("population",)),
            'chapter.latest_table("new-one")',
        ),
        (
            Outcome(id="new-one", title="Something new", indicators=("population",), gap="A part."),
            'chapter.latest_table("new-one"), chapter.gap("new-one"), chapter.show("population")',
        ),
    ],
)
def test_a_new_outcome_that_no_notebook_shows(
    edited: Callable[..., Project], own: Params, outcome: Outcome, advice: str
):
    told = faults(edited(), with_outcomes(own, MH, lambda all_: (*all_, outcome)))
    assert any(advice in fault for fault in told)
    assert {fault.split(":")[0] for fault in told} == {
        "notebooks/mental_health.ipynb",
        "notebooks/system_overview.ipynb",
    }
    assert all(f"'new-one' of {FILE} (Something new)" in fault for fault in told)


def test_a_retitled_outcome_names_the_headings_cell_and_both_titles(
    edited: Callable[..., Project], own: Params, real: Project
):
    told = faults(edited(), changed(own, "better-outcomes", title="Life gets better"))
    heading = "Outcome 6: Health and life outcomes improve, not least where inequity is greatest"
    assert told == [
        f"notebooks/{notebook}.ipynb, cell {cell}: the heading is {heading!r}, but {FILE} calls the outcome "
        "'better-outcomes' 'Life gets better'"
        for notebook in ("mental_health", "system_overview")
        for cell in [cell_with(real, notebook, heading)]
    ]


@pytest.mark.parametrize(
    "title", ["service users AND carers are equal partners", "Service users and carers are equal partners."]
)
def test_capitals_and_full_stops_are_no_other_title(edited: Callable[..., Project], own: Params, title: str):
    assert faults(edited(), changed(own, "equal-partners", title=title)) == []


def test_a_removed_outcome_that_notebooks_still_show(
    edited: Callable[..., Project], own: Params, real: Project
):
    told = faults(
        edited(), with_outcomes(own, MH, lambda all_: tuple(o for o in all_ if o.id != "integration"))
    )
    asks = 'chapter.gap("integration")'
    for notebook in ("mental_health", "system_overview"):
        where = f"notebooks/{notebook}.ipynb, cell {cell_with(real, notebook, asks)}"
        assert any(fault.startswith(f"{where}: asks for the outcome 'integration'") for fault in told)
    assert any("numbers the outcome 'better-outcomes' 6; it is number 5" in fault for fault in told)


def test_an_outcome_that_moved_to_another_priority(
    edited: Callable[..., Project], own: Params, real: Project
):
    moved = own.priorities[MH].outcomes[-1]
    params = with_outcomes(own, MH, lambda all_: all_[:-1])
    told = faults(edited(), with_outcomes(params, LTC, lambda all_: (*all_, moved)))
    where = "stands in params/priorities/long-term-conditions.yml and no longer in"
    cell = cell_with(real, "mental_health", 'chapter.latest_table("better-outcomes")')
    assert any(f"mental_health.ipynb, cell {cell}:" in fault and where in fault for fault in told)
    assert any("long_term_conditions.ipynb: the outcome 'better-outcomes'" in fault for fault in told)


def test_an_indicator_that_moved_to_another_outcome_or_went(
    edited: Callable[..., Project], own: Params, real: Project
):
    project = edited()
    held = next(o for o in own.priorities[MH].outcomes if o.id == "better-outcomes").indicators
    others = tuple(name for name in held if name != "self_harm_admissions_10_24")
    went = changed(own, "better-outcomes", indicators=others)
    cell = cell_with(real, "mental_health", 'chapter.show("self_harm_admissions_10_24")')
    assert faults(project, went) == [
        f"notebooks/mental_health.ipynb, cell {cell}: shows the indicator 'self_harm_admissions_10_24' under the "
        f"outcome 'better-outcomes'; no outcome of {FILE} has it"
    ]
    before = next(o for o in own.priorities[MH].outcomes if o.id == "prevention-wellbeing").indicators
    moved = changed(went, "prevention-wellbeing", indicators=(*before, "self_harm_admissions_10_24"))
    (told,) = faults(project, moved)
    assert told.endswith(f"under the outcome 'better-outcomes'; {FILE} has it under 'prevention-wellbeing'")


@pytest.mark.parametrize(
    ("notebook", "replaced", "said"),
    [
        (
            "mental_health",
            {'chapter.latest_table("better-outcomes")': ""},
            'add chapter.latest_table("better-outcomes")',
        ),
        ("mental_health", {'chapter.gap("integration")': ""}, 'add chapter.gap("integration")'),
        ("mental_health", {'chapter.show("suicide_rate")': ""}, 'add chapter.show("suicide_rate")'),
        (
            "mental_health",
            {'chapter.started_from("mental-health")': ""},
            'add chapter.started_from("mental-health")',
        ),
        (
            "system_overview",
            {'chapter.places_table("prevention")': "", 'chapter.places_chart("prevention")': ""},
            'add chapter.places_table("prevention")',
        ),
        (
            "mental_health",
            {"## Outcome 4: ": "## Outcome 5: "},
            "numbers the outcome 'better-access' 5; it is number 4",
        ),
        (
            "mental_health",
            {'priority="mental-health"': 'priority="long-term-conditions"'},
            "opens the priority 'long-term-conditions'",
        ),
        (
            "mental_health",
            {"{fact wellbeing_satisfaction}": "{fact wellbeing_satisfacton}"},
            "did you mean 'wellbeing_satisfaction'?",
        ),
        (
            "place_profile",
            {'show("population")': 'show("people")'},
            "cell 6: asks for the indicator 'people'",
        ),
        (
            "place_profile",
            {'show("population")': 'measure("people", None)'},
            "asks for the indicator 'people'",
        ),
        (
            "health_inequalities",
            {"group_gap(pair.id)": 'group_gap("men-and-women")'},
            "asks for the pair of groups 'men-and-women'",
        ),
        ("system_overview", {'rug("mental-health")': 'rug("mental")'}, "asks for the priority 'mental'"),
        (
            "system_overview",
            {'"Resident population", ["population"]': '"People", ["populace"]'},
            "asks for the indicator 'populace'",
        ),
        (
            "acute_collaborative",
            {'pathway("cancer")': 'pathway("cancers")'},
            "asks for the pathway of the collaborative 'acute' 'cancers'",
        ),
        ("acute_collaborative", {'acute.pathway("cancer")': ""}, 'add .pathway("cancer")'),
        ("acute_collaborative", {"## Cancer": "## Tumours"}, "calls the pathway 'cancer' 'Cancer'"),
        (
            "acute_collaborative",
            {'collaborative("acute")': 'collaborative("cute")'},
            "asks for the collaborative 'cute'",
        ),
    ],
)
def test_a_notebook_that_leaves_out_or_asks_for_what_is_not_there(
    edited: Callable[..., Project], own: Params, notebook: str, replaced: dict[str, str], said: str
):
    told = faults(edited(notebook, replaced), own)
    assert any(said in fault for fault in told), told
    assert all(fault.startswith(f"notebooks/{notebook}.ipynb") for fault in told)


def test_what_a_new_system_lacks_is_no_fault_but_said_by_its_chapters(
    edited: Callable[..., Project], own: Params
):
    system = own.system.model_copy(update={"deprivation": None})
    lacking = {"inequalities": None, "themes": (), "foundations": (), "system": system}
    assert faults(edited(), own.model_copy(update=lacking)) == []


@pytest.mark.parametrize(
    ("introduction", "said"),
    [
        ("In {place} it is {fact wellbeing_hapiness}.", "did you mean 'wellbeing_happiness'?"),
        ("It is {fact wellbeing_happiness}.", ""),
        ("Say `{fact nothing}`.", ""),
    ],
)
def test_an_introduction_quotes_indicators_that_there_are(checkout: Project, introduction: str, said: str):
    params = load_params(checkout.params)
    changed_one = params.priorities[MH].model_copy(update={"introduction": introduction})
    told = faults(checkout, params.model_copy(update={"priorities": {**params.priorities, MH: changed_one}}))
    assert bool(told) == bool(said)
    assert all(fault.startswith(f"{FILE}, introduction: asks for the indicator") for fault in told)
    assert all(said in fault for fault in told)


def test_an_indicator_of_no_outcome_may_be_shown_under_a_heading_of_its_own(
    edited: Callable[..., Project], own: Params
):
    alone = [("markdown", "## A closer look\n\nPeople grow older."), ("code", 'chapter.show("population")')]
    assert faults(edited("mental_health", added=alone), own) == []


def test_a_priority_that_no_chapter_reports_on(edited: Callable[..., Project], own: Params):
    gap = Outcome(id="seen", title="People are seen", gap="No figure.")
    new = Priority(id="older-people", name="Older people", aim="Live well.", order=9, outcomes=(gap,))
    params = own.model_copy(update={"priorities": {**own.priorities, new.id: new}})
    assert faults(edited(), params) == [
        "notebooks/system_overview.ipynb: the outcome 'seen' of params/priorities/older-people.yml "
        '(People are seen) is shown in no cell: add chapter.gap("seen")',
    ]
    assert unreported(own) == []
    assert unreported(params) == [
        "params/chapters.yml: no chapter reports on the priority 'older-people' of "
        "params/priorities/older-people.yml (Older people): add one with priority: older-people",
    ]


def test_a_pack_of_one_priority_is_held_against_that_one_alone(edited: Callable[..., Project], own: Params):
    params = changed(own, "equal-partners", title="Another title")
    project = edited()
    assert faults(project, params, places=["havering"], priorities=[LTC]) == []
    assert len(faults(project, params, places=["havering"], priorities=[MH])) == 1


@pytest.mark.parametrize(
    "cell",
    [
        "for name in names():\n    chapter.gap(name)",
        "chapter.latest_table(place)",
        "def show(priority):\n    chapter.rug(priority)",
        "say(chapter)",
        "%matplotlib inline",
    ],
)
def test_a_notebook_that_asks_in_other_ways_is_left_to_what_it_has_shown(
    edited: Callable[..., Project], own: Params, cell: str
):
    project = edited("mental_health", {'chapter.gap("integration")': ""}, added=[("code", cell)])
    assert faults(project, own) == []


@pytest.mark.parametrize(
    "cell",
    [
        'for name in ["integration", "b"]:\n    chapter.gap(name)',
        'names = ["b"]\nfor name in names:\n    chapter.gap(name)',
        '[chapter.gap(outcome=name) for name in ("integration", "b")]',
        'wanted = "b"\nif more:\n    chapter.gap(wanted)',
    ],
)
def test_names_are_followed_through_variables_and_lists(
    edited: Callable[..., Project], own: Params, cell: str
):
    found = faults(edited("mental_health", {'chapter.gap("integration")': ""}, added=[("code", cell)]), own)
    assert [fault for fault in found if "outcome 'b'" in fault]
    assert not [fault for fault in found if "outcome 'integration', which" in fault]


def test_a_notebook_that_opens_no_chapter_is_left_to_what_it_has_shown(
    edited: Callable[..., Project], own: Params
):
    opening = {
        'chapter = open_chapter(place, priority="mental-health")': "",
        'chapter.gap("integration")': "",
    }
    assert faults(edited("mental_health", opening), own) == []


def test_headings_in_code_and_charts_of_other_objects_are_nothing(
    edited: Callable[..., Project], own: Params
):
    fenced = "## More\n\n```text\n## Outcome 9: Nothing\n```\n\nUse `{fact nothing}`."
    assert faults(edited("mental_health", {}, added=[("markdown", fenced)]), own) == []
    assert faults(edited("mental_health", {}, added=[("code", 'figure.show("nothing")')]), own) == []


def test_the_error_fits_on_a_screen(edited: Callable[..., Project], own: Params):
    names = [f"new-{letter}" for letter in "abcdefghijklmnop"]
    many = tuple(Outcome(id=name, title=f"Title {name}", gap="No figure.") for name in names)
    params = with_outcomes(own, MH, lambda all_: (*all_, *many))
    with pytest.raises(OutOfStep) as caught:
        check_notebooks(params, plan_packs(params, edited(), today=TODAY))
    lines = str(caught.value).splitlines()
    assert len(lines) == OutOfStep.MOST_SHOWN + 2
    assert lines[-1] == "... and 20 more: boardpacks params check lists them all"
