"""Says in a few lines what a pack's file of changes holds: judgements first, then how much else there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from boardpacks.facts.wording import LABELS
from boardpacks.params.assurance import TrendWord
from boardpacks.project.dates import long_date
from boardpacks.stats.comparison import Verdict

MOST = 8
"""Changes of judgement that the page of a pack lists; the pack has all."""

_TRENDS: dict[TrendWord, str] = {
    "getting-better": "getting better",
    "getting-worse": "getting worse",
    "increasing": "increasing",
    "decreasing": "decreasing",
    "no-change": "no significant change",
    "not-calculated": "not calculated",
}
_TURNS = ("worse", "better", "other")


class _Read(BaseModel):
    """Only what the page shows is read: a later version of the file may hold more."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Judged(_Read):
    verdict: Verdict
    trend: TrendWord


class _Judgement(_Read):
    name: str
    area_name: str
    was: _Judged | None
    now: _Judged | None
    turn: Literal["worse", "better", "other"]


class _Figure(_Read):
    own: bool
    kind: Literal["newer", "withdrawn"]


class _Revision(_Read):
    own: bool
    made: bool


class _Measure(_Read):
    kind: Literal["new", "gone"]


class _Method(_Read):
    field: str


class _Changes(_Read):
    judgements: tuple[_Judgement, ...] = ()
    figures: tuple[_Figure, ...] = ()
    revisions: tuple[_Revision, ...] = ()
    methods: tuple[_Method, ...] = ()
    measures: tuple[_Measure, ...] = ()


class _Since(_Read):
    meeting: dt.date
    version: str


class _Compared(_Read):
    since: _Since
    changes: _Changes


class _File(_Read):
    last: _Compared | None = None
    corrected: _Compared | None = None


@dataclass(frozen=True)
class Changed:
    """What has changed since an earlier pack: a heading, and lines in plain words."""

    since: str
    lines: tuple[str, ...]


def read_changes(content: bytes) -> list[Changed]:
    """Return what a file of changes tells; nothing where it is none."""
    try:
        found = _File.model_validate_json(content)
    except (ValidationError, RecursionError):
        return []
    told = []
    if found.corrected:
        told.append(
            Changed(f"Since version {found.corrected.since.version}", _lines(found.corrected.changes))
        )
    if found.last:
        day = long_date(found.last.since.meeting)
        told.append(Changed(f"Since the pack of {day}", _lines(found.last.changes)))
    return told


def _lines(changes: _Changes) -> tuple[str, ...]:
    ordered = sorted(changes.judgements, key=lambda one: _TURNS.index(one.turn))
    lines = [_judgement(one) for one in ordered[:MOST]]
    left = len(ordered) - MOST
    if left > 0:
        lines.append(f"{left} more {'judgement has' if left == 1 else 'judgements have'} changed.")
    return tuple(lines + list(_counts(changes))) or ("No judgement, figure or method has changed.",)


def _judgement(one: _Judgement) -> str:
    name = f"{one.name}, {one.area_name}" if one.area_name else one.name
    if one.was is None or one.now is None:
        return f"{name}: {'newly judged' if one.was is None else 'no longer judged'}."
    if one.was.verdict != one.now.verdict:
        return f"{name}: was {LABELS[one.was.verdict].lower()}, now {LABELS[one.now.verdict].lower()}."
    if one.was.trend != one.now.trend:
        return f"{name}: recent trend was {_TRENDS[one.was.trend]}, now {_TRENDS[one.now.trend]}."
    return f"{name}: judged otherwise than before."


def _counts(changes: _Changes) -> Iterator[str]:
    own = [one for one in changes.figures if one.own]
    newer = sum(one.kind == "newer" for one in own)
    revised = sum(one.own and not one.made for one in changes.revisions)
    new = sum(one.kind == "new" for one in changes.measures)
    for number, one, more in (
        (newer, "new figure", "new figures"),
        (len(own) - newer, "withdrawn figure", "withdrawn figures"),
        (revised, "revised figure", "revised figures"),
        (new, "new measure", "new measures"),
        (len(changes.measures) - new, "measure that is gone", "measures that are gone"),
        (len(changes.methods), "change of method", "changes of method"),
    ):
        if number:
            yield f"{number} {one if number == 1 else more}."
