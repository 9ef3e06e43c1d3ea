"""Words of a meeting pack's cover and agenda."""

from __future__ import annotations

from boardpacks.packs.papers.plan_papers import MeetingPackPlan
from boardpacks.packs.papers.sheets import CoverSheet
from boardpacks.params.models import Params

PRIVATE = "Part II of the meeting is held in private."
"""All that the public pack says of the private part."""


def meeting_cover(plan: MeetingPackPlan, params: Params, *, late: bool = False) -> CoverSheet:
    """Return what the cover and the agenda of a meeting pack say, or those of its late papers."""
    meeting = plan.meeting
    draft = plan.status == "draft"
    private = plan.part == "confidential"
    title = f"{plan.place_name} {'late papers' if late else 'meeting pack'}"
    others = not private and any(item.part == "confidential" for item in meeting.agenda)
    return CoverSheet(
        title=f"{title}, part II" if private else title,
        subtitle=_subtitle(late=late, private=private),
        organisation=params.system.organisation,
        system=params.system.name,
        board=plan.calendar.board,
        date=plan.day,
        version=meeting.version,
        status="DRAFT" if draft else None,
        marks=(*(("CONFIDENTIAL",) if private else ()), *(("DRAFT",) if draft else ())),
        about=", ".join(part for part in (meeting.hours, meeting.venue) if part),
        notes=(PRIVATE,) if others and not late else (),
        agenda="Late papers" if late else "Agenda",
        kind="Late papers" if late else "Meeting pack",
        colour=params.system.colour,
    )


def _subtitle(*, late: bool, private: bool) -> str:
    if late:
        return "Papers that came after the meeting pack"
    return "Confidential: agenda and papers for the private part" if private else "Agenda and papers"
