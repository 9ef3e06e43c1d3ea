"""Typed models of everything in params/."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from boardpacks.params.assurance import Assurance

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
IndicatorId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
AREA_CODE = r"^([A-Z][0-9]{8}|[A-Z0-9]{3})$"
"""An ONS area code, or an NHS provider code."""
AreaCode = Annotated[str, Field(pattern=AREA_CODE)]
ADDRESS = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
"""An e-mail address in ASCII. It holds nothing that could begin a header of its own."""
HOST = r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"
VARIABLE = r"^[A-Z][A-Z0-9_]*$"
"""The name of an environment variable."""
Address = Annotated[str, Field(pattern=ADDRESS, max_length=254)]
Host = Annotated[str, Field(pattern=HOST, max_length=253)]
Variable = Annotated[str, Field(pattern=VARIABLE, max_length=100)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]

SYSTEM = "system"
"""Name under which the whole system takes the role of a place: it has a calendar and a pack of its own."""


class Model(BaseModel):
    """A frozen record that takes no unknown key and converts no value of a wrong type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Area(Model):
    """An area that figures are published for: ONS or NHS provider code, and its name."""

    code: AreaCode
    name: Line


class CombinedArea(Area):
    """Several boroughs that a publisher gives one figure for.

    ``note`` is the publisher's remark that marks a row as combined although it carries one borough's code.
    """

    boroughs: Annotated[tuple[AreaCode, ...], Field(min_length=2)]
    note: Line | None = None


class Trust(Area):
    """An NHS provider, with the short name that charts and tables use."""

    short_name: Line


class Deprivation(Model):
    """The index of deprivation that the snapshot's small areas are ranked by."""

    name: Line
    period: Line
    source: Line
    publisher: Line
    licence: Line


class System(Model):
    """An integrated care system. The first comparator is the benchmark that judgements refer to."""

    name: Line
    short_name: Line
    organisation: Line
    ambition: Text
    comparators: Annotated[tuple[Area, ...], Field(min_length=1, max_length=2)]
    combined_areas: tuple[CombinedArea, ...] = ()
    trusts: tuple[Trust, ...] = ()
    deprivation: Deprivation | None = None
    peers: Line
    snapshot: Slug

    @property
    def benchmark(self) -> Area:
        """The comparator that better, similar and worse refer to (England)."""
        return self.comparators[0]


class Place(Model):
    """A place: one or more boroughs that plan together."""

    id: Slug
    name: Line
    boroughs: Annotated[tuple[Area, ...], Field(min_length=1)]
    trust: AreaCode
    group: Line
    emphasis: tuple[Text, ...] = ()


class Outcome(Model):
    """A success measure of a priority.

    ``gap`` says in words what is not measured yet; an outcome without indicators must have one.
    """

    id: Slug
    title: Line
    indicators: tuple[IndicatorId, ...] = ()
    gap: Text | None = None

    @model_validator(mode="after")
    def _measured_or_explained(self) -> Outcome:
        if not self.indicators and self.gap is None:
            raise ValueError("an outcome needs indicators, or a gap that says why it has none")
        return self


class Priority(Model):
    """One of the system's priorities with every outcome that it is judged by."""

    id: Slug
    name: Line
    aim: Text
    order: Annotated[int, Field(ge=1)]
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all its indicators, in the order of its outcomes."""
        return tuple(i for outcome in self.outcomes for i in outcome.indicators)


class Indicator(Model):
    """One published measure.

    ``name`` reads in the middle of a sentence and as a row label ("Adults who smoke"); ``measures`` says in
    one plain sentence what is counted. ``additive`` marks counts that may be added over boroughs;
    ``counts_rounded`` marks counts that the publisher rounds, so that nothing can be made from them. ``note`` is
    said wherever the measure is shown, ``areas_note`` only for a place that lacks figures of its own.
    """

    id: IndicatorId
    name: Line
    measures: Text
    unit: Line
    decimals: Annotated[int, Field(ge=0, le=4)]
    polarity: Literal["high", "low", "none"]
    frequency: Literal["annual", "monthly"]
    areas: Literal["boroughs", "trusts"] = "boroughs"
    interval: Literal["published", "none"]
    additive: bool = False
    counts_rounded: bool = False
    source: Line
    publisher: Line
    licence: Line
    fingertips_id: int | None = None
    note: Text | None = None
    areas_note: Text | None = None


class FrontSheet(Model):
    """What a board secretary adds to the front sheet; anything left out is shown as "To follow"."""

    item: Line | None = None
    title: Line | None = None
    author: Line | None = None
    sponsor: Line | None = None
    purpose: Line | None = None
    recommendation: Text | None = None


class Meeting(Model):
    """A date on a board's calendar. The pack's version and status belong to it."""

    date: dt.date
    status: Literal["draft", "final"] = "draft"
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+$")] = "0.1"
    front_sheet: FrontSheet = FrontSheet()


class Calendar(Model):
    """The meetings of one place's board, or of the system's (``place: system``), in order of date.

    ``example`` marks dates that are not known yet: packs then say that the date is to be confirmed.
    ``papers_due_days`` is how many clear working days lie between the day when papers are issued and the
    meeting.
    """

    place: Slug
    board: Line
    example: bool = False
    papers_due_days: Annotated[int, Field(ge=0, le=60)] = 5
    meetings: Annotated[tuple[Meeting, ...], Field(min_length=1)]


class Chapter(Model):
    """One notebook of the packs: for every place, once for the system, or for all of them.

    ``parameters`` are given to the notebook beside ``place``.
    """

    notebook: IndicatorId
    scope: Literal["place", "system", "all"]
    priority: Slug | None = None
    parameters: Mapping[str, str | int | float | bool] = {}

    def belongs_to(self, place: str) -> bool:
        """Whether the pack of a place, or of the system, has this chapter."""
        return self.scope in ("all", SYSTEM if place == SYSTEM else "place")


class Email(Model):
    """How a mail server is asked to send a message. The password is in an environment variable, never here."""

    host: Host
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    starttls: bool = True
    user: Line | None = None
    password_env: Variable | None = None
    sender: Annotated[Address, Field(alias="from")]
    to: Annotated[tuple[Address, ...], Field(min_length=1, max_length=50)]
    on: Literal["failure", "always"] = "failure"

    @model_validator(mode="after")
    def _password_kept_safe(self) -> Email:
        if (self.user is None) != (self.password_env is None):
            raise ValueError("user and password_env together, or neither")
        if self.password_env is not None and not self.starttls:
            raise ValueError("starttls: true with a password, which would be sent in the open otherwise")
        return self


class Webhook(Model):
    """An address that a message is posted to. The address is a secret, so a variable holds it."""

    url_env: Variable
    on: Literal["failure", "always"] = "failure"


class Notify(Model):
    """Who is told of scheduled builds, and when (``params/notify.yml``, which may be missing)."""

    email: Email | None = None
    webhook: Webhook | None = None

    @model_validator(mode="after")
    def _somebody(self) -> Notify:
        if self.email is None and self.webhook is None:
            raise ValueError("email, webhook or both; without notifications leave the file out")
        return self

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the environment variables that hold its secrets."""
        named = (self.email and self.email.password_env, self.webhook and self.webhook.url_env)
        return tuple(name for name in named if name)


class Params(Model):
    """Everything in params/, checked as a whole. Mappings keep the order of the files."""

    system: System
    places: Mapping[str, Place]
    priorities: Mapping[str, Priority]
    indicators: Mapping[str, Indicator]
    calendars: Mapping[str, Calendar]
    chapters: tuple[Chapter, ...]
    assurance: Assurance | None = None

    def boroughs(self) -> tuple[Area, ...]:
        """Every borough of every place."""
        return tuple(borough for place in self.places.values() for borough in place.boroughs)

    def trust(self, code: str) -> Trust:
        """Return the trust with this provider code."""
        return next(trust for trust in self.system.trusts if trust.code == code)
