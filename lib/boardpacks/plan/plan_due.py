"""Plans the packs that are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from boardpacks.params.models import Params
from boardpacks.plan.due import DuePack
from boardpacks.plan.plan import PackPlan, plan_packs
from boardpacks.project.folder import Project


def plan_due(
    params: Params, project: Project, due: Iterable[DuePack], today: dt.date
) -> tuple[PackPlan, ...]:
    """Return the plans of packs that are due, by date of the meeting.

    Raises
    ------
    InputError
        As :func:`boardpacks.plan.plan.plan_packs` does.
    """
    by_meeting = sorted(due, key=lambda pack: pack.meeting.date)
    plans: list[PackPlan] = []
    for date, packs in groupby(by_meeting, key=lambda pack: pack.meeting.date):
        places = [pack.place for pack in packs]
        plans += plan_packs(params, project, places=places, meeting=date, today=today)
    return tuple(plans)
