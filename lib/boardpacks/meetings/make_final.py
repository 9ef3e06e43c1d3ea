"""Makes a meeting's packs final: the whole recipe."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from boardpacks.meetings.register import write_edition
from boardpacks.packs.files.pack_record import PackRecord, read_sound_pack
from boardpacks.packs.library.write_library import write_libraries
from boardpacks.packs.make import make_packs
from boardpacks.packs.papers.plan_papers import MeetingPackPlan, plan_meeting_packs, waits_for
from boardpacks.packs.papers.stale_papers import MergedState
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import BuildStates, read_build_states
from boardpacks.packs.publish.explain_build import why_not_done
from boardpacks.packs.publish.portal_limits import check_limits
from boardpacks.packs.publish.publish_pack import put_files, withdraw_draft
from boardpacks.params.calendars import Calendar, FinalEngine, Meeting
from boardpacks.params.models import Params
from boardpacks.plan.events import OnEvent, PackResult
from boardpacks.plan.plan import PackPlan, plan_packs, root_of
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.folder_lock import hold_folder

STAGE = "final"
"""Folder below the work folder where final packs are made, before they go on the shelf."""


class NotFinal(BoardpacksError):  # noqa: N818 - says what did not happen
    """A meeting's packs cannot be made final; the message says why, and what to do."""


@dataclass(frozen=True)
class Finalised:
    """What was made final: the edition's version, and the folder of each of its packs."""

    version: str
    folders: tuple[Path, ...]
    records: tuple[PackRecord, ...]


def finalise(
    order: BuildOrder, calendar: Calendar, meeting: Meeting, *, today: dt.date, on_event: OnEvent
) -> Finalised:
    """Make the packs of a meeting final: fix version, date and digests, and put them on the shelf for good.

    What is made final is what the drafts on the shelf show: they have to be up to date. The packs are made and checked
    as final ones aside, then written down in the calendar's file, and only then put on the shelf. Their drafts go.

    Parameters
    ----------
    today
        The day that the packs say they were made final on.

    Raises
    ------
    InputError
        Everything in params that keeps the packs drafts.
    NotFinal
        When they are final already, their drafts are not up to date, or a pack is beyond the board's limits.
    BoardpacksError
        When a pack fails its checks. Nothing is changed then.
    """
    project, params, published = order.project, order.params, order.published
    refuse(calendar, meeting)
    drafts = plan_packs(params, project, places=(calendar.place,), meeting=meeting.date, today=today)
    merged = plan_meeting_packs(drafts)
    _check_drafts(read_build_states(order), drafts, merged)
    final = meeting.made_final(today, {plan.slug: None for plan in (*drafts, *merged)})
    asked = _with_meeting(params, calendar, final)
    plans = plan_packs(asked, project, places=(calendar.place,), meeting=meeting.date, today=today)
    stage = project.work / STAGE / meeting.date.isoformat() / calendar.place
    shutil.rmtree(stage, ignore_errors=True)
    aside = replace(order, params=asked, out=stage, beside=published)
    made = make_packs(plans, read_build_states(aside), on_event)
    _raise_failures(made)
    folders = [result.published for result in made if result.published]
    records = [read_sound_pack(folder) for folder in folders]
    _check_limits(records, calendar)
    entry = final.finals[-1].model_copy(
        update={
            "packs": {record.slug: record.digest for record in records},
            "engine": _engine_of(records),
        }
    )
    with hold_folder(published, f"{calendar.board}, final", way_out="use --out DIR", tell=lambda _: None):
        registered = final.model_copy(update={"finals": (*meeting.finals, entry)})
        write_edition(project.params / "meetings" / f"{calendar.place}.yml", registered)
        shelf = tuple(
            _shelve(folder, record, published) for folder, record in zip(folders, records, strict=True)
        )
        write_libraries(published, params.system, project.fonts)
    shutil.rmtree(stage, ignore_errors=True)
    return Finalised(entry.version, shelf, tuple(records))


def refuse(calendar: Calendar, meeting: Meeting) -> None:
    """Raise everything in a board's calendar that keeps a meeting's packs drafts.

    Raises
    ------
    NotFinal
        When they are final already.
    InputError
        Example dates, and fields of the front sheet that are to follow.
    """
    if meeting.status == "final":
        raise NotFinal(
            f"Version {meeting.version} for {meeting.date} was made final on {meeting.finals[-1].date}. To put "
            f"something right, add to that meeting in params/meetings/{calendar.place}.yml:\n"
            "    corrections:\n"
            "      - kind: correction   # or addendum, late-paper\n"
            "        reason: What was wrong, and what is right."
        )
    problems = list(_problems(calendar, meeting))
    if problems:
        raise InputError(problems)


def _problems(calendar: Calendar, meeting: Meeting) -> Iterator[Problem]:
    where = f"params/meetings/{calendar.place}.yml"
    if calendar.example:
        yield Problem(where, "example", "true", "the board's own dates, and no line with example")
    if missing := meeting.missing_labels:
        yield Problem(
            where,
            f"meeting of {meeting.date}",
            f"to follow: {', '.join(missing)}",
            "every field filled in; write None where there is nothing to say",
        )


def _check_drafts(states: BuildStates, drafts: Sequence[PackPlan], merged: Sequence[MeetingPackPlan]) -> None:
    """Refuse to make final what nobody has seen: the drafts on the shelf have to be up to date."""
    reasons = {plan.name: why_not_done(plan, states) for plan in drafts}
    reasons |= {
        plan.name: waits_for(plan, states.project) or MergedState(plan, states.packs).reason
        for plan in merged
    }
    if stale := [f"  {name}: {reason}" for name, reason in reasons.items() if reason]:
        place = drafts[0].place
        raise NotFinal(
            "The draft on the shelf is not what would be made final:\n"
            + "\n".join(stale)
            + f"\nBuild it again, read it, then make it final: boardpacks build --place {place} "
            f"--meeting {drafts[0].meeting.date}"
        )


def _check_limits(records: Sequence[PackRecord], calendar: Calendar) -> None:
    if beyond := [line for record in records for line in check_limits(record, calendar.limits)]:
        raise NotFinal(
            "Not made final, because it is beyond what the board's portal takes:\n" + "\n".join(beyond)
        )


def _engine_of(records: Sequence[PackRecord]) -> FinalEngine:
    """Return the engine of the board's own packs; merged ones are put together without any."""
    made = {record.engine for record in records if record.kind == "board-pack"}
    return "quarto" if any(name.startswith("quarto") for name in made) else "bundled"


def _with_meeting(params: Params, calendar: Calendar, meeting: Meeting) -> Params:
    meetings = tuple(meeting if held.date == meeting.date else held for held in calendar.meetings)
    changed = calendar.model_copy(update={"meetings": meetings})
    return params.model_copy(update={"calendars": {**params.calendars, calendar.place: changed}})


def _raise_failures(results: Sequence[PackResult]) -> None:
    for result in results:
        for failure in result.failures:
            raise failure


def _shelve(folder: Path, record: PackRecord, published: Path) -> Path:
    """Put a final pack on the shelf and take its draft off; return its folder there."""
    root = root_of(published, record.part) / record.meeting.isoformat()
    target = put_files(
        {path.name: path.read_bytes() for path in sorted(folder.iterdir())}, root / record.edition
    )
    withdraw_draft(root / record.slug)
    return target
