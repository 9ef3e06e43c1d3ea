"""Typed models of everything in params/."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from boardpacks.params.articles import with_article
from boardpacks.params.assurance import Assurance
from boardpacks.params.calendars import Calendar, Part
from boardpacks.params.handling import Caution, Rebase
from boardpacks.params.judging import Frequency, Judging, Months
from boardpacks.params.own_words import COLOUR, USUAL, Words, readable_colour
from boardpacks.params.policies import NO_POLICY, POLICIES, Policy, PolicyName
from boardpacks.params.refreshing import Refresh
from boardpacks.params.strategy import Baselines, Emphasis, Foundation, Theme
from boardpacks.params.values import AreaCode, Clash, IndicatorId, Line, Model, Month, Name, Slug, Text
from boardpacks.stats.comparison import Verdict

ADDRESS = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
"""An e-mail address in ASCII. It holds nothing that could begin a header of its own."""
HOST = r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"
VARIABLE = r"^[A-Z][A-Z0-9_]*$"
"""The name of an environment variable."""
Address = Annotated[str, Field(pattern=ADDRESS, max_length=254)]
Host = Annotated[str, Field(pattern=HOST, max_length=253)]
Variable = Annotated[str, Field(pattern=VARIABLE, max_length=100)]


def month_of(day: dt.date) -> Month:
    """Return the month that a day is in: ``2026-12``."""
    return f"{day:%Y-%m}"


SYSTEM = "system"
"""Name under which the whole system takes the role of a place: it has a calendar and a pack of its own."""


class Area(Model):
    """An area that figures are published for: ONS or NHS provider code, and its name."""

    code: AreaCode
    name: Name


class Borough(Area):
    """A borough. ``tile`` is where it lies in maps of equal tiles: its row and its column, counted from 0."""

    tile: tuple[Annotated[int, Field(ge=0, le=20)], Annotated[int, Field(ge=0, le=20)]] | None = None


class CombinedArea(Area):
    """Several boroughs that a publisher gives one figure for.

    ``notes`` are publishers' remarks that mark a row as combined although it carries one borough's code.
    """

    boroughs: Annotated[tuple[AreaCode, ...], Field(min_length=2)]
    notes: tuple[Line, ...] = ()


class Trust(Area):
    """An NHS provider, with the short name that charts and tables use."""

    short_name: Name


class Deprivation(Model):
    """The index of deprivation that the snapshot's small areas are ranked by.

    ``ranked`` is how many small areas it ranks in the whole ``country``.
    """

    name: Line
    period: Line
    source: Line
    publisher: Line
    licence: Line
    ranked: Annotated[int, Field(ge=1)] | None = None
    country: Name = Field(default="England", exclude_if=lambda country: country == "England")


class Shock(Model):
    """A time in which figures were out of the ordinary; ``name`` reads inside a sentence ("the pandemic")."""

    name: Line
    since: dt.date
    until: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.since:
            raise ValueError("until on or after since")
        return self


class PublishedVerdict(Model):
    """How a publisher's remarks give its own verdict against the benchmark: ``<remark>: Worse``."""

    remark: Line
    publisher: Name

    def verdict_in(self, note: str) -> Verdict | None:
        """Return the verdict of a remark, None where it gives none."""
        found = re.search(rf"{re.escape(self.remark)}: (Better|Similar|Worse|Higher|Lower)\b", note)
        return None if found is None else _VERDICTS[found[1]]

    def without_verdict(self, note: str) -> str:
        """Return what else a remark says."""
        return re.sub(rf"(?:; )?{re.escape(self.remark)}: [A-Z][a-z]+(?: [0-9.]+)?", "", note)


_VERDICTS: Mapping[str, Verdict] = {
    "Better": "better",
    "Similar": "similar",
    "Worse": "worse",
    "Higher": "higher",
    "Lower": "lower",
}


class System(Model):
    """An integrated care system. The first comparator is the benchmark that judgements refer to.

    ``tests`` are what everything that it does is held against, and ``structures`` what it is made of, in its own
    strategy's terms. ``own_areas`` are the codes that publishers have for all of it. No trend or change starts or ends
    in one of ``shocks``. ``published_verdicts`` are judged by where no interval is held. ``disclosure`` is the
    policy of every indicator that names none of its own. A figure is to be read with caution where its publisher's
    remark has one of ``cautious_remarks``. Areas in ``too_small`` have so few residents that they are in
    no range and no rank. ``trust_charts`` are the monthly indicators of its main hospital trust that a place's
    profile has control charts of. ``words`` are those for its own things, ``colour`` that of headings and links, and
    clear working days leave out the ``bank_holidays`` of that country. ``not_held`` says where figures are that a
    publisher has and that are not held. ``left_out`` says what a cell's output that
    packs leave out is; ``engine`` is what renders the packs unless a command says otherwise.
    """

    name: Name
    short_name: Name
    organisation: Name
    ambition: Text
    tests: tuple[Line, ...] = ()
    structures: tuple[Line, ...] = ()
    comparators: Annotated[tuple[Area, ...], Field(min_length=1, max_length=2)]
    combined_areas: tuple[CombinedArea, ...] = ()
    trusts: tuple[Trust, ...] = ()
    own_areas: tuple[Area, ...] = ()
    deprivation: Deprivation | None = None
    peers: Name
    too_small: tuple[AreaCode, ...] = ()
    shocks: tuple[Shock, ...] = ()
    published_verdicts: tuple[PublishedVerdict, ...] = ()
    cautious_remarks: tuple[Line, ...] = Field(default=(), exclude_if=lambda remarks: not remarks)
    snapshot: Slug
    disclosure: PolicyName = Field(default=NO_POLICY, exclude_if=lambda name: name == NO_POLICY)
    trust_charts: tuple[IndicatorId, ...] = Field(default=(), exclude_if=lambda names: not names)
    words: Words = Field(default=USUAL, exclude_if=lambda words: words == USUAL)
    colour: Annotated[str, AfterValidator(readable_colour)] = Field(
        default=COLOUR, exclude_if=lambda colour: colour == COLOUR
    )
    bank_holidays: Literal["England", "Wales", "Scotland", "Northern Ireland"] = Field(
        default="England", exclude_if=lambda country: country == "England"
    )
    not_held: Text | None = Field(default=None, exclude_if=lambda text: text is None)
    left_out: Literal["notice", "error"] = "notice"
    # What renders the packs is no input of theirs: what is made with another engine says so itself.
    engine: Literal["auto", "quarto", "bundled"] = Field(default="auto", exclude=True)

    @property
    def benchmark(self) -> Area:
        """The comparator that better, similar and worse refer to (England)."""
        return self.comparators[0]

    @property
    def spoken_benchmark(self) -> str:
        """The benchmark's name as it stands inside a sentence: ``the United Kingdom``."""
        return with_article(self.benchmark.name)


class Place(Model):
    """A place: one or more boroughs that plan together.

    ``trust`` is the hospital trust that its residents use most, ``group`` the places that it is one of.
    ``neighbours`` are the areas most like it, such as its statistical neighbours; by default the system's boroughs.
    """

    id: Slug
    name: Name
    boroughs: Annotated[tuple[Borough, ...], Field(min_length=1)]
    trust: AreaCode | None = None
    group: Name | None = None
    emphasis: tuple[Emphasis, ...] = ()
    neighbours: tuple[AreaCode, ...] = Field(default=(), exclude_if=lambda codes: not codes)


class Outcome(Model):
    """A success measure of a priority.

    ``gap`` says in words what is not measured yet; an outcome without indicators must have one. ``lead`` is the role
    that answers for it in the system, such as "Director of public health": never a person.
    """

    id: Slug
    title: Name
    indicators: tuple[IndicatorId, ...] = ()
    gap: Text | None = None
    lead: Name | None = Field(default=None, exclude_if=lambda lead: lead is None)

    @model_validator(mode="after")
    def _measured_or_explained(self) -> Outcome:
        if not self.indicators and self.gap is None:
            raise ValueError("an outcome needs indicators, or a gap that says why it has none")
        return self


class Success(Model):
    """What a priority's success means to residents: a sentence that they should be able to say (``says``).

    ``indicators`` bear on it; ``gap`` says what of it they do not show. Without indicators no published measure does.
    """

    says: Line
    indicators: tuple[IndicatorId, ...] = ()
    gap: Line | None = None


class Priority(Model):
    """One of the system's priorities with every outcome that it is judged by.

    ``success`` is what it means to residents; ``introduction`` opens its chapters, in Markdown that may quote facts:
    ``{fact smoking_prevalence}``, ``{place}``.
    """

    id: Slug
    name: Name
    aim: Text
    introduction: Text | None = Field(default=None, exclude_if=lambda introduction: introduction is None)
    success: tuple[Success, ...] = Field(default=(), exclude_if=lambda success: not success)
    order: Annotated[int, Field(ge=1)]
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all its indicators, in the order of its outcomes."""
        return tuple(i for outcome in self.outcomes for i in outcome.indicators)


class Target(Model):
    """A published target: what it is called inside a sentence, its value in the indicator's unit, and by when.

    ``source`` is the publication that sets it.
    """

    label: Line
    value: float
    by: Month | None = None
    source: Line | None = Field(default=None, exclude_if=lambda source: source is None)


class Doubt(Model):
    """Published months that cannot be right: ``reason`` says in plain sentences how one knows."""

    months: Annotated[tuple[Month, ...], Field(min_length=1)]
    reason: Text


class Break(Model):
    """A day from which an indicator's figures cannot be compared with those before, and why, in one sentence."""

    since: dt.date
    reason: Text


class Release(Model):
    """When a publisher brings new figures: `every` so many months, `after` so many from the end of their period.

    ``owner`` is who looks after them here.
    """

    every: Annotated[int, Field(ge=1, le=120)]
    after: Annotated[int, Field(ge=0, le=60)]
    owner: Line | None = None


class Indicator(Model):
    """One published measure.

    ``name`` reads in the middle of a sentence and as a row label ("Adults who smoke"), ``short`` is what a scorecard
    and the title of a small chart call it, by default the name; ``measures`` says in one plain
    sentence what is counted. ``interval`` says where 95% intervals come from: they are published, worked out here from
    unrounded counts, or there are none. ``additive`` marks counts that may be added over boroughs; ``counts_rounded``
    marks counts that the publisher rounds, so that nothing can be made from them. ``counts_of`` is what the count is
    of, as it reads after "about 90 more": "children with both doses". ``note`` is said wherever the measure is shown,
    ``areas_note`` only for a place that lacks figures of its own. ``areas`` says whose figures there are: those of
    ``trusts`` and of the ``system`` as a whole belong to no one place. A ``cumulative`` one has counted on since one
    day, so that it has no trend. The first of ``targets`` is the one that control charts draw and judge by; which side
    of a target is good is the polarity's to say. Months in ``doubts`` are shown in control charts but neither judged
    nor used. ``breaks`` are known changes of the series: no trend or change is told across one. ``shocks`` and
    ``age_limit`` are those of its own, in place of the system's. ``cautions`` are said beside it, and keep it from
    being an alert. ``cash`` marks amounts of money of each year's own prices, which are not compared over time: those
    in pounds are, unless they say otherwise. Control charts of one with ``no_limits`` have none, for the reason that it
    gives in a sentence; ``rebased`` says since when they have new ones. ``also_called`` are other words that prose has
    for the indicator, by which the check of prose knows it. ``release`` says when newer figures are to be expected,
    ``refresh`` where they are asked for; ``disclosure`` is the policy that its figures are shown under, where it is not
    the system's.
    """

    id: IndicatorId
    name: Name
    short: Annotated[Name, Field(max_length=32)] | None = Field(
        default=None, exclude_if=lambda short: short is None
    )
    measures: Text
    unit: Line
    decimals: Annotated[int, Field(ge=0, le=4)]
    polarity: Literal["high", "low", "none"]
    frequency: Frequency
    areas: Literal["boroughs", "trusts", "system"] = "boroughs"
    interval: Literal["published", "counts", "none"]
    additive: bool = False
    cumulative: bool = False
    counts_rounded: bool = False
    counts_of: Name | None = Field(default=None, exclude_if=lambda counted: counted is None)
    source: Line
    publisher: Line
    licence: Line
    fingertips_id: int | None = None
    note: Text | None = None
    areas_note: Text | None = None
    targets: tuple[Target, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    breaks: tuple[Break, ...] = ()
    shocks: tuple[Shock, ...] | None = Field(default=None, exclude_if=lambda shocks: shocks is None)
    age_limit: Months | None = Field(default=None, exclude_if=lambda limit: limit is None)
    cautions: tuple[Caution, ...] = Field(default=(), exclude_if=lambda cautions: not cautions)
    cash: bool | None = Field(default=None, exclude_if=lambda cash: cash is None)
    no_limits: Text | None = Field(default=None, exclude_if=lambda reason: reason is None)
    rebased: tuple[Rebase, ...] = Field(default=(), exclude_if=lambda rebased: not rebased)
    also_called: tuple[Line, ...] = ()
    # When figures come and where from is no input of packs: the figures are.
    release: Release | None = Field(default=None, exclude=True)
    refresh: Refresh | None = Field(default=None, exclude=True)
    disclosure: PolicyName | None = Field(default=None, exclude_if=lambda name: name is None)

    def __hash__(self) -> int:  # not every field can be hashed
        return hash(self.id)

    @property
    def brief(self) -> str:
        """What a scorecard and the title of a small chart call it."""
        return self.short or self.name

    @property
    def standard(self) -> Target | None:
        """The target that holds at any time: a standard or a duty; None where there is none."""
        return next((target for target in self.targets if target.by is None), None)

    @model_validator(mode="after")
    def _targets_have_a_side(self) -> Indicator:
        if self.targets and self.polarity == "none":
            raise ValueError(
                "polarity high or low where there are targets: it says which side of them is good"
            )
        return self

    @model_validator(mode="after")
    def _control_charts_have_limits(self) -> Indicator:
        has_charts = self.areas == "trusts" and self.frequency == "monthly"
        if self.rebased and not has_charts:
            raise Clash("rebased only where areas is trusts and frequency is monthly", path=("rebased",))
        if self.rebased and self.no_limits is not None:
            raise Clash("rebased or no_limits: what has no limits has no new ones", path=("rebased",))
        return self

    @property
    def is_cash(self) -> bool:
        """Whether its figures are money of each year's own prices."""
        return "\u00a3" in self.unit if self.cash is None else self.cash


class MutualAid(Model):
    """What members of a collaborative have done for one another: sentences, and who reported it."""

    text: Text
    source: Line


class Collaborative(Model):
    """A provider collaborative: providers of one kind of care that plan together.

    ``name`` reads in the middle of a sentence, before the word "collaborative". Each of ``priorities`` (for the year
    ``year``) and ``pathways`` names the indicators that measure it, or says in ``gap`` why none does.
    """

    id: Slug
    name: Name
    about: Text
    trusts: tuple[AreaCode, ...] = ()
    year: Line | None = None
    priorities: tuple[Outcome, ...] = ()
    pathways: tuple[Outcome, ...] = ()
    themes: tuple[Line, ...] = ()
    decisions: Text | None = None
    mutual_aid: MutualAid | None = None

    @property
    def parts(self) -> tuple[Outcome, ...]:
        """Its priorities and pathways."""
        return (*self.priorities, *self.pathways)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all indicators of its priorities and pathways, each once."""
        return tuple(dict.fromkeys(i for part in self.parts for i in part.indicators))


class GapMeasure(Model):
    """An indicator whose gap between boroughs is followed, why it was chosen, and its chart, if it gets one."""

    indicator: IndicatorId
    reason: Text
    chart: Literal["map", "bars", "then-and-now"] | None = None


class PairedGroup(Model):
    """A group of people, as a sentence begins with it ("Women"), and the indicator that holds its figures."""

    name: Name
    indicator: IndicatorId


class GroupPair(Model):
    """Two groups of people whose figures are published apart, in one unit.

    ``name`` says what is measured; ``title`` is the heading, by default that name, and ``note`` what is said below it.
    """

    id: Slug
    name: Name
    title: Name | None = Field(default=None, exclude_if=lambda title: title is None)
    note: Text | None = Field(default=None, exclude_if=lambda note: note is None)
    first: PairedGroup
    second: PairedGroup

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.title or self.name


class Inequalities(Model):
    """What the chapter on health inequalities follows (``params/inequalities.yml``, which may be missing).

    ``population`` is the indicator that boroughs are weighed by; those with fewer residents than ``fewest_residents``
    are left out of gaps. ``leading`` measures lead the page of a board edition. ``not_published`` says which groups of
    people have no figures of their own.
    """

    population: IndicatorId
    fewest_residents: Annotated[int, Field(ge=0)] = 0
    measures: Annotated[tuple[GapMeasure, ...], Field(min_length=1)]
    groups: tuple[GroupPair, ...] = ()
    leading: tuple[IndicatorId, ...] = Field(default=(), exclude_if=lambda names: not names)
    not_published: Text


class ChapterSpec(Model):
    """One chapter of the packs: a notebook for every place, once for the system, or for all of them.

    ``id`` tells apart chapters of one notebook, and names their files and labels: by default the notebook's name, with
    the priority's behind it where several chapters are of one notebook. ``parameters`` are given to the notebook
    beside ``place``, and beside ``priority`` where it has such a parameter; ``collaboratives`` are ids of the provider
    collaboratives that the chapter concerns. A chapter of ``part: confidential`` goes into a pack of its own for the
    private part of the meeting.
    """

    notebook: IndicatorId
    id: Annotated[IndicatorId, Field(validate_default=True)] = ""
    scope: Literal["place", "system", "all"]
    priority: Slug | None = None
    parameters: Mapping[str, str | int | float | bool] = {}
    collaboratives: tuple[Slug, ...] = ()
    part: Part = "public"

    @field_validator("id", mode="before")
    @classmethod
    def _named_as_its_notebook(cls, given: object, told: ValidationInfo) -> object:
        return told.data.get("notebook", "unnamed") if given == "" else given

    def belongs_to(self, place: str) -> bool:
        """Whether the pack of a place, or of the system, has this chapter."""
        return self.scope in ("all", SYSTEM if place == SYSTEM else "place")


class MailServer(Model):
    """A mail server that takes messages. The password is in an environment variable, never here."""

    host: Host
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    starttls: bool = True
    user: Line | None = None
    password_env: Variable | None = None

    @model_validator(mode="after")
    def _password_kept_safe(self) -> Self:
        if (self.user is None) != (self.password_env is None):
            raise ValueError("user and password_env together, or neither")
        if self.password_env is not None and not self.starttls:
            raise ValueError("starttls: true with a password, which would be sent in the open otherwise")
        return self


class Email(MailServer):
    """How a mail server is asked to send a message, and to whom."""

    sender: Annotated[Address, Field(alias="from")]
    to: Annotated[tuple[Address, ...], Field(min_length=1, max_length=50)]
    on: Literal["failure", "always"] = "failure"


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
    """Everything in params/, checked as a whole. Mappings keep the order of the files.

    ``as_of`` is no file's: a chapter's is the month of its meeting, by which the age of figures is told.
    """

    system: System
    places: Mapping[str, Place]
    priorities: Mapping[str, Priority]
    indicators: Mapping[str, Indicator]
    calendars: Mapping[str, Calendar]
    chapters: tuple[ChapterSpec, ...]
    inequalities: Inequalities | None = None
    collaboratives: Mapping[str, Collaborative] = {}
    themes: tuple[Theme, ...] = ()
    foundations: tuple[Foundation, ...] = ()
    baselines: Baselines | None = None
    assurance: Assurance | None = None
    judging: Judging = Judging()
    as_of: Month | None = None

    def boroughs(self) -> tuple[Borough, ...]:
        """Every borough of every place."""
        return tuple(borough for place in self.places.values() for borough in place.boroughs)

    def trust(self, code: str) -> Trust:
        """Return the trust with this provider code."""
        return next(trust for trust in self.system.trusts if trust.code == code)

    def shocks_of(self, indicator: Indicator) -> tuple[Shock, ...]:
        """Return the times out of the ordinary of an indicator: its own, or else the system's."""
        return self.system.shocks if indicator.shocks is None else indicator.shocks

    def age_limit_of(self, indicator: Indicator) -> int:
        """Return how many months old a figure may be at the meeting, from the end of its period, to be judged."""
        return indicator.age_limit or self.judging.age_limits.of(indicator.frequency)

    def policies(self) -> dict[str, Policy]:
        """Return the policy of disclosure control of each indicator that is under one."""
        named = {name: own.disclosure or self.system.disclosure for name, own in self.indicators.items()}
        return {name: POLICIES[policy] for name, policy in named.items() if policy in POLICIES}
