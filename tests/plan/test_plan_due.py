from __future__ import annotations

import pytest

from boardpacks.plan.due import due_packs
from boardpacks.plan.plan_due import plan_due
from boardpacks.project.errors import InputError
from tests.plan.test_due import day, with_calendars


def test_plans_of_several_meetings(params, project):
    changed = with_calendars(params, havering=(5, ["2026-12-09", "2026-12-16"]), newham=(5, ["2026-12-09"]))
    on = day("2026-12-01")
    plans = plan_due(changed, project, due_packs(changed, on, 14), on)
    assert [(plan.place, str(plan.meeting.date)) for plan in plans] == [
        ("havering", "2026-12-09"),
        ("newham", "2026-12-09"),
        ("havering", "2026-12-16"),
    ]
    assert len({plan.folder for plan in plans}) == 3


def test_a_missing_notebook_is_told_once(params, project):
    for notebook in project.notebooks.glob("*.ipynb"):
        notebook.unlink()
    with pytest.raises(InputError):
        plan_due(params, project, due_packs(params, day("2026-12-01")), day("2026-12-01"))
