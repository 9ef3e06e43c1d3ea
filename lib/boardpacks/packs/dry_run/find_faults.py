"""Finds everything that a build would refuse, without executing a notebook: all of it in one go, by kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from boardpacks.data.checks.check_figures import check_settings
from boardpacks.data.coverage import check_coverage
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.packs.dry_run.check_templates import check_templates
from boardpacks.packs.dry_run.check_texts import check_front_sheets, check_texts
from boardpacks.packs.papers.find_papers import find_papers
from boardpacks.packs.papers.plan_papers import folder_of, plan_meeting_packs
from boardpacks.packs.publish.lost_finals import lost_finals
from boardpacks.packs.render import engine
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.load import ReadParams, read_params
from boardpacks.params.models import Params
from boardpacks.plan.check_notebooks import check_notebooks
from boardpacks.plan.notebook_contract import find_refused
from boardpacks.plan.plan import PackPlan, find_packs
from boardpacks.plan.shown_outcomes import OutOfStep
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.folder import Project

Fault = Problem | str
"""Something that is wrong, with its place: as a record, or in one line."""

NOT_KNOWN = (
    "Not known before chapters are executed: mistakes in their code, numbers without a fact, prose that contradicts "
    "the figures (boardpacks lint), and pages that do not fit (boardpacks build)."
)
"""What this cannot find."""


@dataclass(frozen=True)
class DryRun:
    """What a build would refuse.

    Parameters
    ----------
    kinds
        Faults by kind, in the order in which to mend them: a fault in params can bring about others.
    params, snapshot, plans
        What was looked at, as far as it could be read.
    """

    kinds: dict[str, list[Fault]] = field(default_factory=dict)
    params: Params | None = None
    snapshot: Snapshot | None = None
    plans: Sequence[PackPlan] = ()

    @property
    def count(self) -> int:
        """How many faults there are."""
        return sum(len(faults) for faults in self.kinds.values())


def find_faults(project: Project, today: dt.date) -> DryRun:
    """Look at everything that packs are made of, as every place's coming meeting needs it.

    Parameters
    ----------
    today
        Packs are those of each board's next meeting from this day on; front sheets are those of all.
    """
    read = read_params(project.params)
    kinds: dict[str, list[Fault]] = {"Params": list(read.problems)}
    if read.params is None:
        return DryRun(kinds)
    params = read.params
    snapshots: list[Snapshot] = []
    kinds["Figures"] = _collected(
        lambda: check_settings(load_figure_checks(project.params)),
        lambda: snapshots.append(load_snapshot(project.snapshots / params.system.snapshot)),
    )
    if snapshots:
        kinds["Figures"] += _collected(lambda: check_coverage(params, snapshots[0].manifest))
    plans, unfit = find_packs(params, project, today=today)
    kinds["Chapters and notebooks"] = [
        *unfit,
        *_collected(lambda: check_notebooks(params, plans, most=None)),
        *find_refused(project, params),
    ]
    kinds["Texts and pictures"] = list(check_texts(project, params))
    kinds["Templates"] = [
        *(check_templates(project.reports, params, plans[0]) if plans else ()),
        *_collected(lambda: engine(params.system.engine)),
    ]
    kinds["Meetings and papers"] = [
        *check_front_sheets(params, today),
        *_papers(project, plans),
        *lost_finals(project.published, params, today),
    ]
    found = {kind: list(_new(faults, read)) for kind, faults in kinds.items()}
    return DryRun(found, params, snapshots[0] if snapshots else None, plans)


def _collected(*checks: Callable[[], object]) -> list[Fault]:
    """Return what each check raises, as far as users can mend it."""
    found: list[Fault] = []
    for check in checks:
        try:
            check()
        except InputError as error:
            found += error.problems
        except OutOfStep as error:
            found += error.faults
        except BoardpacksError as error:
            found.append(str(error))
    return found


def _papers(project: Project, plans: Sequence[PackPlan]) -> Iterator[Problem]:
    """Yield the papers of agendas that are missing from a folder which is there: a merged pack waits for its folder."""
    for plan in plan_meeting_packs(plans):
        folder = folder_of(plan, project)
        others = [item for item in plan.items if item.own is None]
        if folder.is_dir():
            try:
                find_papers(others, folder, folder.relative_to(project.root).as_posix(), own={})
            except InputError as error:
                yield from error.problems


def _new(faults: Iterable[Fault], read: ReadParams) -> Iterator[Fault]:
    """Yield each fault once, but for those that come from a record which could not be read."""
    for fault in dict.fromkeys(faults):
        if fault in read.problems or not any(repr(name) in str(fault) for name in read.unread):
            yield fault
