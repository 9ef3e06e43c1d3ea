"""Typed models of the calendars: meetings, and the editions that were made final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from boardpacks.params.actions import Action, carried_forward
from boardpacks.params.agenda import (
    AgendaItem,
    Clock,
    FrontSheet,
    field_label,
)
from boardpacks.params.values import Clash, Model, OneLine, Slug, Text, without_unset

Status = Literal["draft", "final"]
FinalEngine = Literal["quarto", "bundled"]
VERSION = r"^[0-9]+\.[0-9]+$"
Version = Annotated[str, Field(pattern=VERSION)]
SHA256 = r"^[0-9a-f]{64}$"
Sha256 = Annotated[str, Field(pattern=SHA256)]

FIRST_DRAFTS = "0."
"""How the versions of drafts begin until there is a final edition."""
DRAFT_VERSION = r"^0\.[0-9]+$"
CorrectionKind = Literal["correction", "addendum", "late-paper"]


class Correction(Model):
    """Why a final pack is issued once more."""

    kind: CorrectionKind
    """What was done."""
    reason: Text
    """What was put right or added, in plain sentences that members read."""


class Final(Model):
    """An edition that was made final. ``boardpacks finalise`` writes it; leave it as it is."""

    version: Version
    """1.0, 1.1 and so on."""
    date: dt.date
    """The day on which it was made final."""
    meeting: dt.date | None = None
    """The day that the meeting was called for then: its packs lie under that day for good."""
    packs: Annotated[Mapping[str, Sha256 | None], Field(min_length=1)]
    """The digest of each of its packs by the name of its folder; null while it is being made."""
    engine: FinalEngine = "bundled"
    """What rendered them."""

    @model_serializer(mode="wrap")
    def _as_before(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        dumped = without_unset(write(self), "meeting")
        if self.engine == "bundled":
            dumped.pop("engine", None)
        return dumped


class PortalLimits(Model):
    """What a board's portal takes."""

    pages: Annotated[int, Field(ge=1)] | None = None
    """Pages of a PDF."""
    megabytes: Annotated[float, Field(gt=0, le=10_000)] | None = None
    """Size of a file, in millions of bytes."""


class Meeting(Model):
    """A date on a board's calendar, with everything that its papers say of it."""

    date: dt.date
    """The day."""
    starts: Clock | None = None
    """When it begins."""
    ends: Clock | None = None
    """When it ends."""
    venue: OneLine | None = None
    """Where it is."""
    moved_from: dt.date | None = None
    """The day that it was called for, where it was moved after an edition was final."""
    draft: Annotated[str, Field(pattern=DRAFT_VERSION)] = "0.1"
    """Version of the packs until the first is final."""
    front_sheet: FrontSheet = FrontSheet()
    """What the front sheet says."""
    agenda: tuple[AgendaItem, ...] = ()
    """The items, if the meeting's papers are put together."""
    corrections: tuple[Correction, ...] = ()
    """After an edition is final, each asks for one more: 1.1, 1.2 and so on."""
    finals: tuple[Final, ...] = ()
    """Written by boardpacks finalise, oldest first."""

    HINTS: ClassVar[Mapping[str, str]] = {
        "status": "leave it out: boardpacks finalise makes a pack final",
        "version": "draft: is the draft's version; boardpacks finalise gives the final ones",
    }

    @model_validator(mode="after")
    def _consistent(self) -> Meeting:
        self._check_times()
        self._check_pack_item()
        self._check_finals()
        self._check_moved()
        return self

    @model_serializer(mode="wrap")
    def _as_before(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        return without_unset(write(self), "moved_from")

    def _check_moved(self) -> None:
        """A date that members have in their calendars is not changed without saying so."""
        if self.moved_from and not self.finals:
            allowed = "no such key: no edition is final yet, so change the date alone"
            raise Clash(allowed, path=("moved_from",))
        if not self.finals:
            return
        issued = [final for final in self.finals if self.date_of(final.version) != self.date]
        if not issued:
            if self.moved_from:
                raise Clash(
                    "no such key: the meeting is on the day that it was called for", path=("moved_from",)
                )
            return
        was, version = self.date_of(issued[-1].version), issued[-1].version
        said = f"{self.date}, but version {version} was made final for the meeting on {was}"
        if self.moved_from != was:
            hint = (
                f"if it was moved, write moved_from: {was} below its date, and add a correction that says so"
            )
            raise Clash(f"{was}, the date as it was", path=("date",), found=said, hint=hint)
        if issued[-1] is self.finals[-1] and len(self.corrections) < len(self.finals):
            allowed = f"{was}, the date as it was, or a correction that says that the meeting was moved"
            raise Clash(
                allowed,
                path=("date",),
                found=said,
                hint="add it to corrections, or to the form's Corrections",
            )

    def _check_times(self) -> None:
        if self.ends and self.starts is None:
            raise Clash("the key starts too: when the meeting begins", path=("ends",))
        if self.starts and self.ends and self.ends <= self.starts:
            raise Clash(f"a time after {self.starts}, when the meeting starts", path=("ends",))

    def _check_pack_item(self) -> None:
        owned = [(number, item) for number, item in enumerate(self.agenda) if item.own is not None]
        kinds = [item.own for _, item in owned]
        for at, (number, item) in enumerate(owned):
            if item.own is not None and item.own in kinds[:at]:
                raise Clash(f"{item.own}: true at one item at most", path=("agenda", number, item.own))
        for number, item in owned:
            sheet = self.front_sheet
            if item.part != sheet.part:
                allowed = f"part: {sheet.part}, as the front sheet of the pack has it"
                raise Clash(allowed, path=("agenda", number, "part"), found=f"part: {item.part}")
            if item.pack and sheet.item not in (None, item.item):
                allowed = f"{sheet.item}, as the front sheet of the pack has it"
                raise Clash(allowed, path=("agenda", number, "item"))

    def _check_finals(self) -> None:
        if len(self.corrections) > len(self.finals):
            count = len(self.finals)
            raise Clash(
                f"{count} at most, one for each final edition" if count else "none: no edition is final yet",
                path=("corrections",),
                hint="boardpacks finalise makes a pack final",
            )
        expected = [f"1.{number}" for number in range(len(self.corrections) + 1)][: len(self.finals)]
        if [final.version for final in self.finals] != expected:
            raise Clash(
                f"finals with the versions {', '.join(expected)}, as boardpacks finalise wrote them",
                path=("finals",),
                found=", ".join(final.version for final in self.finals),
                hint="put finals back as they were: only boardpacks finalise writes them",
            )

    @property
    def hours(self) -> str:
        """When it begins and ends: ``14:00 to 16:00``; empty where its beginning is to follow."""
        return f"{self.starts} to {self.ends}" if self.starts and self.ends else self.starts or ""

    @property
    def status(self) -> Status:
        """Whether the edition that the calendar asks for was made final."""
        return "final" if len(self.finals) > len(self.corrections) else "draft"

    @property
    def version(self) -> str:
        """Version of the edition that the calendar asks for."""
        if not self.finals:
            return self.draft
        return self.finals[-1].version if self.status == "final" else f"1.{len(self.finals)}"

    def final_of(self, slug: str) -> Final | None:
        """Return the entry that makes a pack's edition final, by the pack's slug; None while it is a draft."""
        final = self.finals[-1] if self.status == "final" else None
        return final if final is not None and slug in final.packs else None

    def engine_of(self, slug: str) -> FinalEngine | None:
        """Return the engine that made the first final edition of a pack; None while there is none."""
        first = self.finals[0] if self.finals else None
        return first.engine if first is not None and first.packs.get(slug) else None

    def made_final(self, date: dt.date, packs: Mapping[str, str | None]) -> Meeting:
        """Return the meeting once this edition, a draft until now, was made final."""
        final = Final(version=f"1.{len(self.finals)}", date=date, meeting=self.date, packs=packs)
        return self.model_copy(update={"finals": (*self.finals, final)})

    def date_of(self, version: str) -> dt.date:
        """Return the day that the meeting was called for when a version was made final: its packs lie there."""
        final = next(each for each in self.finals if each.version == version)
        return final.meeting or self.moved_from or self.date

    @property
    def earlier_dates(self) -> tuple[dt.date, ...]:
        """The days that it was called for and is not held on, in the order of its final editions."""
        dates = (self.date_of(final.version) for final in self.finals)
        return tuple(date for date in dict.fromkeys(dates) if date != self.date)

    @property
    def first_date(self) -> dt.date:
        """The day that it was first called for: what calendar programs know it by, wherever it is moved."""
        return self.date_of(self.finals[0].version) if self.finals else self.date

    def as_of(self, version: str, finalised: dt.date | None, slug: str) -> Meeting:
        """Return the meeting as it stood when an edition of a pack was made: as a draft, or final since a day."""
        if version.startswith(FIRST_DRAFTS):
            return self.model_copy(update={"draft": version, "corrections": (), "finals": ()})
        number = int(version.partition(".")[2])
        own = self.finals[number : number + 1]
        finals = self.finals[:number]
        if finalised:
            names = own[0].packs if own else (slug,)
            finals = (*finals, Final(version=version, date=finalised, packs=dict.fromkeys(names)))
        elif own and slug not in own[0].packs:
            finals = (*finals, *own)
        return self.model_copy(update={"corrections": self.corrections[:number], "finals": finals})

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of what is still to follow, of the meeting and of its front sheet: its pack stays a draft so long."""
        own = [name for name in ("starts", "venue") if getattr(self, name) is None]
        return (*own, *self.front_sheet.missing)

    @property
    def missing_labels(self) -> tuple[str, ...]:
        """What is still to follow, as its labels have it."""
        return tuple(field_label(name) for name in self.missing)

    @property
    def corrects(self) -> str | None:
        """Version of the final edition that this one puts right; None for the first."""
        earlier = self.finals[: len(self.corrections)]
        return earlier[-1].version if earlier else None

    @property
    def corrected_date(self) -> dt.date | None:
        """The day for which the edition that this one puts right was made, if the meeting was moved since."""
        date = self.date_of(self.corrects) if self.corrects else self.date
        return date if date != self.date else None

    @property
    def correction(self) -> Correction | None:
        """Why this edition was made, if it puts an earlier one right."""
        return self.corrections[-1] if self.corrections else None


class Calendar(Model):
    """The meetings of one place's board, or of the system's (``place: system``), in order of date."""

    place: Slug
    """Id of the place, or system."""
    board: OneLine
    """The board's name."""
    example: bool = False
    """True while the dates are not the real ones: packs say so, and none can be made final."""
    papers_due_days: Annotated[int, Field(ge=0, le=60)] = 5
    """Clear working days between the papers and the meeting."""
    large_print: bool = False
    """Whether each pack has its PDFs in large print too."""
    editions: Literal["both", "annex"] = Field(default="both", exclude_if=lambda editions: editions == "both")
    """Board edition and annex, or the annex alone."""
    limits: PortalLimits = PortalLimits()
    """What the board's portal takes."""
    meetings: Annotated[tuple[Meeting, ...], Field(min_length=1)]
    """In order of date."""
    actions: tuple[Action, ...] = Field(default=(), exclude_if=lambda actions: not actions)
    """The board's action log."""

    @model_validator(mode="after")
    def _annex_beside_an_edition(self) -> Calendar:
        if self.editions == "annex":
            for at, meeting in enumerate(self.meetings):
                for number, item in enumerate(meeting.agenda):
                    if item.annex:
                        allowed = "pack: true, since editions: annex makes the annex the whole pack"
                        raise Clash(
                            allowed, path=("meetings", at, "agenda", number, "annex"), found="annex: true"
                        )
        return self

    def actions_at(self, meeting: Meeting) -> tuple[Action, ...]:
        """Return the actions that the pack of a meeting shows, as they stood on its day."""
        before = [held.date for held in self.meetings if held.date < meeting.date]
        return carried_forward(self.actions, meeting.date, before[-1] if before else None)

    def next_meeting(self, today: dt.date) -> Meeting:
        """Return the first meeting on or after `today`, or the last one when all have been held."""
        return next((meeting for meeting in self.meetings if meeting.date >= today), self.meetings[-1])
