from __future__ import annotations

import datetime as dt

import pytest

from boardpacks.plan.plan import plan_packs
from boardpacks.project.errors import InputError
from tests.execute.conftest import write_notebook

TODAY = dt.date(2026, 11, 21)


def test_every_place_and_the_system_by_default(params, project):
    plans = plan_packs(params, project, today=TODAY)
    assert [plan.place for plan in plans] == ["havering", "newham", "system"]
    assert [run.chapter.notebook for run in plans[0].chapters] == ["profile", "children"]
    assert [run.chapter.notebook for run in plans[2].chapters] == ["overview"]
    assert plans[2].place_name == "A system"


def test_a_chapter_gets_its_place_and_its_own_parameters(params, project):
    plan, _, system = plan_packs(params, project, today=TODAY)
    assert plan.chapters[1].parameters == {"place": "havering", "years": 3}
    assert plan.chapters[1].notebook == project.notebooks / "children.ipynb"
    assert plan.chapters[1].out == project.work / "2026-12-09/havering/executed/children.ipynb"
    assert system.chapters[0].parameters == {"place": "system"}


def test_a_partial_pack_has_the_priorities_chapters_and_its_own_folder(params, project):
    (plan,) = plan_packs(params, project, ["newham"], ["children"], today=TODAY)
    assert plan.slug == "newham_children"
    assert plan.folder == project.work / "2026-12-09" / "newham_children"
    assert [run.chapter.notebook for run in plan.chapters] == ["children"]


def test_a_chapter_of_scope_all_is_in_every_pack(params, project):
    place_only, *others = params.chapters
    shared = params.model_copy(update={"chapters": (place_only.model_copy(update={"scope": "all"}), *others)})
    for plan in plan_packs(shared, project, today=TODAY):
        assert plan.chapters[0].notebook.stem == place_only.notebook
        assert plan.chapters[0].parameters["place"] == plan.place


def test_places_without_a_chapter_on_a_priority_are_left_out(params, project):
    plans = plan_packs(params, project, priorities=["children"], today=TODAY)
    assert [plan.place for plan in plans] == ["havering", "newham"]


@pytest.mark.parametrize(
    ("today", "date"),
    [
        (dt.date(2026, 12, 8), dt.date(2026, 12, 9)),
        (dt.date(2026, 12, 9), dt.date(2026, 12, 9)),
        (dt.date(2026, 12, 10), dt.date(2027, 2, 10)),
        (dt.date(2028, 1, 1), dt.date(2027, 2, 10)),
    ],
)
def test_the_next_meeting_else_the_last(params, project, today, date):
    assert {plan.meeting.date for plan in plan_packs(params, project, today=today)} == {date}


def test_a_given_meeting(params, project):
    plans = plan_packs(params, project, ["havering"], meeting=dt.date(2027, 2, 10), today=TODAY)
    assert plans[0].meeting.date == dt.date(2027, 2, 10)


def _move(params, place, date):
    """The same params, with the only meeting of one place's board on another date."""
    calendar = params.calendars[place]
    moved = calendar.model_copy(
        update={"meetings": (calendar.meetings[0].model_copy(update={"date": date}),)}
    )
    return params.model_copy(update={"calendars": {**params.calendars, place: moved}})


def test_a_given_meeting_is_for_the_boards_that_meet_then(params, project):
    date = dt.date(2027, 3, 3)
    plans = plan_packs(_move(params, "newham", date), project, meeting=date, today=TODAY)
    assert [(plan.place, plan.meeting.date) for plan in plans] == [("newham", date)]


def test_places_asked_for_by_name_all_have_to_meet_then(params, project):
    date = dt.date(2027, 3, 3)
    moved = _move(params, "newham", date)
    (problem,) = _problems(moved, project, ["newham", "havering"], meeting=date)
    assert "havering" in problem.where


def test_a_date_on_which_no_board_meets(params, project):
    problems = _problems(params, project, meeting=dt.date(2027, 3, 3))
    assert [problem.where.split()[-1] for problem in problems] == ["havering", "newham", "system"]


def _problems(*args, **options):
    with pytest.raises(InputError) as caught:
        plan_packs(*args, **options, today=TODAY)
    return caught.value.problems


def test_a_date_that_is_not_on_the_calendar(params, project):
    (problem,) = _problems(params, project, ["havering"], meeting=dt.date(2027, 1, 1))
    assert "havering" in problem.where
    assert (problem.found, problem.allowed) == ("2027-01-01", "2026-12-09, 2027-02-10")


def test_a_missing_notebook(params, project):
    (project.notebooks / "children.ipynb").rename(project.notebooks / "childrens.ipynb")
    (problem,) = _problems(params, project)
    assert (problem.where, problem.found) == ("params/chapters.yml", "children")
    assert problem.allowed == "a notebook in notebooks/: childrens, overview, profile"
    assert problem.hint == "did you mean 'childrens'?"


@pytest.mark.parametrize("places", [["system"], ["havering", "system"]])
def test_a_place_asked_for_by_name_that_has_no_such_chapter(params, project, places):
    (problem,) = _problems(params, project, places, ["children"])
    assert problem.key == "system"


def test_priorities_that_no_place_has_a_chapter_on(params, project):
    (problem,) = _problems(params, project, priorities=["work"])
    assert "work" in problem.found
    assert problem.allowed == "priorities with a chapter: children"


def test_unknown_places_and_priorities(params, project):
    assert "'haverin'" in _problems(params, project, ["haverin"])[0].found
    assert "'play'" in _problems(params, project, priorities=["play"])[0].found


def test_faults_of_all_notebooks_are_reported_together_and_once(params, project):
    write_notebook(project.notebooks / "profile.ipynb", parameters="place: int = 1")
    write_notebook(project.notebooks / "children.ipynb")
    (project.notebooks / "overview.ipynb").write_text("{")
    problems = _problems(params, project)
    assert [problem.where.split(",")[0] for problem in problems] == [
        "notebooks/profile.ipynb",
        "notebooks/profile.ipynb",
        "notebooks/children.ipynb",
        "notebooks/overview.ipynb",
    ]
    assert [problem.found.split(" ")[0] for problem in problems[:2]] == ["'havering'", "'newham'"]
