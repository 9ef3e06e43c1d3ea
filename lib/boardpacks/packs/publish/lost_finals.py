"""Finds final packs on the shelf for coming meetings that the calendars know nothing of any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from boardpacks.packs.files.pack_record import PACK_JSON, PackRecord
from boardpacks.params.agenda import PARTS
from boardpacks.params.models import Params
from boardpacks.plan.plan import root_of
from boardpacks.project.errors import Problem

_ALLOWED = "the meeting with its finals, as boardpacks finalise wrote them"
_HINT = (
    "get it back from an earlier copy of the file. Was it moved? Change its date there, and write moved_from. Was it "
    "called off? Tell its members, then move that folder away"
)


def lost_finals(published: Path, params: Params, today: dt.date) -> Iterator[Problem]:
    """Yield a problem for each final pack of a coming meeting that no calendar names, by its digest.

    A meeting that was held may go from the calendar: its papers stay on the shelf.
    """
    known = {
        (slug, digest)
        for calendar in params.calendars.values()
        for held in calendar.meetings
        for final in held.finals
        for slug, digest in final.packs.items()
    }
    for root in (root_of(published, part) for part in PARTS):
        for path in sorted(root.glob(f"[0-9]*-*-*/*_v*/{PACK_JSON}")):
            record = _record(path)
            if record is None or record.status != "final" or record.meeting < today:
                continue
            if (record.slug, record.digest) not in known:
                shown = f"{root.name}/{path.parent.parent.name}/{path.parent.name}"
                found = f"no meeting for which {shown} was made final"
                where = f"params/meetings/{record.place}.yml"
                yield Problem(where, f"meeting on {record.meeting}", found, _ALLOWED, _HINT)


def _record(path: Path) -> PackRecord | None:
    """Return what a pack says of itself; one that is damaged is the library's to tell."""
    try:
        return PackRecord.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
