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
    """ONS code or NHS provider code."""
    name: Name
    """What it is called in sentences, tables and charts."""


class Borough(Area):
    """A borough."""

    tile: tuple[Annotated[int, Field(ge=0, le=20)], Annotated[int, Field(ge=0, le=20)]] | None = None
    """Where it lies in maps of equal tiles: its row and its column, counted from 0."""


class CombinedArea(Area):
    """Several boroughs that a publisher gives one figure for."""

    boroughs: Annotated[tuple[AreaCode, ...], Field(min_length=2)]
    """Codes of the boroughs."""
    notes: tuple[Line, ...] = ()
    """Publishers' remarks that mark a row as combined although it carries one borough's code."""


class Trust(Area):
    """An NHS provider."""

    short_name: Name
    """What charts and tables call it."""


class Deprivation(Model):
    """The index of deprivation that the snapshot's small areas are ranked by."""

    name: Line
    """What it is called in a sentence."""
    period: Line
    """The year of the index."""
    source: Line
    """Where its ranks were taken from."""
    publisher: Line
    """Who publishes it."""
    licence: Line
    """The licence that it is under."""
    ranked: Annotated[int, Field(ge=1)] | None = None
    """How many small areas it ranks in the whole country."""
    country: Name = Field(default="England", exclude_if=lambda country: country == "England")
    """The country whose small areas it ranks."""


class Shock(Model):
    """A time in which figures were out of the ordinary."""

    name: Line
    """What it is called inside a sentence: the pandemic."""
    since: dt.date
    """Its first day."""
    until: dt.date
    """Its last day."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.since:
            raise ValueError("until on or after since")
        return self


class PublishedVerdict(Model):
    """How a publisher's remarks give its own verdict against the benchmark: ``<remark>: Worse``."""

    remark: Line
    """What stands before the colon."""
    publisher: Name
    """Whose verdict it is, as packs name it."""

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
    """An integrated care system."""

    name: Name
    """The system's full name."""
    short_name: Name
    """What sentences call it."""
    organisation: Name
    """Who issues the packs."""
    ambition: Text
    """What the system wants, in a sentence that its pack begins with."""
    tests: tuple[Line, ...] = ()
    """What everything that it does is held against, in its strategy's terms."""
    structures: tuple[Line, ...] = ()
    """What it is made of, in its strategy's terms."""
    comparators: Annotated[tuple[Area, ...], Field(min_length=1, max_length=2)]
    """One or two areas to compare with. The first is the benchmark that better and worse refer to."""
    combined_areas: tuple[CombinedArea, ...] = ()
    """Boroughs that a publisher gives one figure for."""
    trusts: tuple[Trust, ...] = ()
    """The NHS providers whose figures are shown."""
    own_areas: tuple[Area, ...] = ()
    """Codes that publishers have for the whole system."""
    deprivation: Deprivation | None = None
    """The index of deprivation that is quoted."""
    peers: Name
    """What charts call the other areas of the same kind, such as the boroughs of a region."""
    too_small: tuple[AreaCode, ...] = ()
    """Areas with so few residents that they are in no range and no rank."""
    shocks: tuple[Shock, ...] = ()
    """Times in which no trend or change starts or ends."""
    published_verdicts: tuple[PublishedVerdict, ...] = ()
    """Publishers' own verdicts, which are taken where no interval is held."""
    cautious_remarks: tuple[Line, ...] = Field(default=(), exclude_if=lambda remarks: not remarks)
    """A figure with one of these in its publisher's remark is to be read with caution."""
    snapshot: Slug
    """Name of the snapshot that packs are made from."""
    disclosure: PolicyName = Field(default=NO_POLICY, exclude_if=lambda name: name == NO_POLICY)
    """The policy of every indicator that names none of its own: docs/disclosure.md."""
    trust_charts: tuple[IndicatorId, ...] = Field(default=(), exclude_if=lambda names: not names)
    """Monthly indicators of trusts that a place's profile has control charts of."""
    words: Words = Field(default=USUAL, exclude_if=lambda words: words == USUAL)
    """What a local authority is called here."""
    colour: Annotated[str, AfterValidator(readable_colour)] = Field(
        default=COLOUR, exclude_if=lambda colour: colour == COLOUR
    )
    """The colour of headings, links and the cover; text in it has to be readable on white."""
    bank_holidays: Literal["England", "Wales", "Scotland", "Northern Ireland"] = Field(
        default="England", exclude_if=lambda country: country == "England"
    )
    """The country whose bank holidays are no working days."""
    not_held: Text | None = Field(default=None, exclude_if=lambda text: text is None)
    """Where figures are that a publisher has and that are not held, for the page on how to read a pack."""
    left_out: Literal["notice", "error"] = "notice"
    """What becomes of output that packs leave out: named as a notice, or an error."""
    # What renders the packs is no input of theirs: what is made with another engine says so itself.
    engine: Literal["auto", "quarto", "bundled"] = Field(default="auto", exclude=True)
    """What renders the packs, unless a command says otherwise."""

    @property
    def benchmark(self) -> Area:
        """The comparator that better, similar and worse refer to (England)."""
        return self.comparators[0]

    @property
    def spoken_benchmark(self) -> str:
        """The benchmark's name as it stands inside a sentence: ``the United Kingdom``."""
        return with_article(self.benchmark.name)


class Place(Model):
    """A place: one or more boroughs that plan together."""

    id: Slug
    """In small letters with hyphens; its file has the same name."""
    name: Name
    """What it is called."""
    boroughs: Annotated[tuple[Borough, ...], Field(min_length=1)]
    """Its local authorities. A borough belongs to one place."""
    trust: AreaCode | None = None
    """The hospital trust that its residents use most, one of those in system.yml."""
    group: Name | None = None
    """The places that it is one of."""
    emphasis: tuple[Emphasis, ...] = ()
    """What the strategy stresses for this place."""
    neighbours: tuple[AreaCode, ...] = Field(default=(), exclude_if=lambda codes: not codes)
    """The areas most like it, such as its statistical neighbours; the system's boroughs where it has none."""


class Outcome(Model):
    """A success measure of a priority."""

    id: Slug
    """In small letters with hyphens; notebooks call it by that."""
    title: Name
    """Its heading in packs."""
    indicators: tuple[IndicatorId, ...] = ()
    """The indicators that it is judged by. An indicator belongs to one outcome at most."""
    gap: Text | None = None
    """What no published figure measures, in a plain sentence; needed where there are no indicators."""
    lead: Name | None = Field(default=None, exclude_if=lambda lead: lead is None)
    """The role that answers for it, such as Director of public health; never a person."""

    @model_validator(mode="after")
    def _measured_or_explained(self) -> Outcome:
        if not self.indicators and self.gap is None:
            raise ValueError("an outcome needs indicators, or a gap that says why it has none")
        return self


class Success(Model):
    """What a priority's success means to residents."""

    says: Line
    """A sentence that residents should be able to say."""
    indicators: tuple[IndicatorId, ...] = ()
    """The indicators that bear on it."""
    gap: Line | None = None
    """What of it they do not show."""


class Priority(Model):
    """One of the system's priorities with every outcome that it is judged by."""

    id: Slug
    """In small letters with hyphens; its file has the same name."""
    name: Name
    """What it is called."""
    aim: Text
    """What the system wants, in a plain sentence."""
    introduction: Text | None = Field(default=None, exclude_if=lambda introduction: introduction is None)
    """What its chapters open with, in Markdown that may quote facts; the aim where it is left out."""
    success: tuple[Success, ...] = Field(default=(), exclude_if=lambda success: not success)
    """What it means to residents, for its page in the board edition."""
    order: Annotated[int, Field(ge=1)]
    """Its place among the priorities, from 1."""
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    """What it is judged by."""

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all its indicators, in the order of its outcomes."""
        return tuple(i for outcome in self.outcomes for i in outcome.indicators)


class Target(Model):
    """A published target."""

    label: Line
    """What it is called inside a sentence."""
    value: float
    """In the indicator's unit; the polarity says which side is good."""
    by: Month | None = None
    """The month by which it is to be met; without it, it holds at any time."""
    source: Line | None = Field(default=None, exclude_if=lambda source: source is None)
    """The publication that sets it."""


class Doubt(Model):
    """Published months that cannot be right."""

    months: Annotated[tuple[Month, ...], Field(min_length=1)]
    """The months: 2025-02."""
    reason: Text
    """How one knows, in plain sentences."""


class Break(Model):
    """A change after which figures cannot be compared with those before."""

    since: dt.date
    """First day of the first period of the new kind."""
    reason: Text
    """Why, in one sentence."""


class Release(Model):
    """When a publisher brings new figures."""

    every: Annotated[int, Field(ge=1, le=120)]
    """So many months lie between them."""
    after: Annotated[int, Field(ge=0, le=60)]
    """So many months after the end of their period."""
    owner: Line | None = None
    """Who looks after them here."""


class Indicator(Model):
    """One published measure."""

    id: IndicatorId
    """Small letters and underscores."""
    name: Name
    """A row label that also reads inside a sentence: Adults who smoke."""
    short: Annotated[Name, Field(max_length=32)] | None = Field(
        default=None, exclude_if=lambda short: short is None
    )
    """What a scorecard and the title of a small chart call it; the name where it is left out."""
    measures: Text
    """What is counted, in one plain sentence."""
    unit: Line
    """Such as % or per 100,000."""
    decimals: Annotated[int, Field(ge=0, le=4)]
    """How many are printed."""
    polarity: Literal["high", "low", "none"]
    """Which is better; none where neither is, and nothing is judged."""
    frequency: Frequency
    """How often figures are published."""
    areas: Literal["boroughs", "trusts", "system"] = "boroughs"
    """Whose figures there are; those of trusts and of the system belong to no one place."""
    interval: Literal["published", "counts", "none"]
    """Where 95% intervals come from: published, worked out here from counts, or none."""
    additive: bool = False
    """Whether counts may be added over boroughs."""
    cumulative: bool = False
    """Whether it has counted on since one day, so that it has no trend."""
    counts_rounded: bool = False
    """Whether the publisher rounds the counts, so that nothing can be made from them."""
    counts_of: Name | None = Field(default=None, exclude_if=lambda counted: counted is None)
    """What a count is of, after "about 90 more": children with both doses."""
    source: Line
    """Where the figures were taken from."""
    publisher: Line
    """Who publishes them."""
    licence: Line
    """The licence that they are under."""
    fingertips_id: int | None = None
    """Its number in Fingertips."""
    note: Text | None = None
    """What a reader has to know, said wherever the measure is shown."""
    areas_note: Text | None = None
    """The same, said only for a place that lacks figures of its own."""
    targets: tuple[Target, ...] = ()
    """The first is the one that control charts draw and judge by."""
    doubts: tuple[Doubt, ...] = ()
    """Months that control charts show and that nothing is judged by."""
    breaks: tuple[Break, ...] = ()
    """Known changes of the series; no trend or change is told across one."""
    shocks: tuple[Shock, ...] | None = Field(default=None, exclude_if=lambda shocks: shocks is None)
    """Times out of the ordinary of its own, in place of the system's."""
    age_limit: Months | None = Field(default=None, exclude_if=lambda limit: limit is None)
    """How many months old a figure may be at the meeting to be judged, in place of judging.yml."""
    cautions: tuple[Caution, ...] = Field(default=(), exclude_if=lambda cautions: not cautions)
    """What publishers say against resting on figures; it keeps them from being an alert."""
    cash: bool | None = Field(default=None, exclude_if=lambda cash: cash is None)
    """Whether it is money of each year's own prices, which is not compared over time; pounds are, unless false."""
    no_limits: Text | None = Field(default=None, exclude_if=lambda reason: reason is None)
    """Why its control charts have no limits, in a sentence."""
    rebased: tuple[Rebase, ...] = Field(default=(), exclude_if=lambda rebased: not rebased)
    """Months from which control limits are made anew."""
    also_called: tuple[Line, ...] = ()
    """Other words that sentences have for it, by which boardpacks lint knows it."""
    # When figures come and where from is no input of packs: the figures are.
    release: Release | None = Field(default=None, exclude=True)
    """When newer figures are to be expected."""
    refresh: Refresh | None = Field(default=None, exclude=True)
    """Where newer figures are asked for: docs/sources.md."""
    disclosure: PolicyName | None = Field(default=None, exclude_if=lambda name: name is None)
    """The policy that its figures are shown under, where it is not the system's."""

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
    """What members of a collaborative have done for one another."""

    text: Text
    """In plain sentences."""
    source: Line
    """Who reported it."""


class Collaborative(Model):
    """A provider collaborative: providers of one kind of care that plan together."""

    id: Slug
    """In small letters with hyphens."""
    name: Name
    """Reads before the word collaborative."""
    about: Text
    """What it is, in plain sentences."""
    trusts: tuple[AreaCode, ...] = ()
    """Codes of its members."""
    year: Line | None = None
    """The year of its priorities."""
    priorities: tuple[Outcome, ...] = ()
    """What it works on this year; each has indicators, a gap, or both."""
    pathways: tuple[Outcome, ...] = ()
    """Its kinds of care; each has indicators, a gap, or both."""
    themes: tuple[Line, ...] = ()
    """What runs through all of its work."""
    decisions: Text | None = None
    """Who decides, in a sentence."""
    mutual_aid: MutualAid | None = None
    """What members have done for one another."""

    @property
    def parts(self) -> tuple[Outcome, ...]:
        """Its priorities and pathways."""
        return (*self.priorities, *self.pathways)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all indicators of its priorities and pathways, each once."""
        return tuple(dict.fromkeys(i for part in self.parts for i in part.indicators))


class GapMeasure(Model):
    """An indicator whose gap between boroughs is followed."""

    indicator: IndicatorId
    """Its id."""
    reason: Text
    """Why it was chosen, in a sentence."""
    chart: Literal["map", "bars", "then-and-now"] | None = None
    """The chart that it gets, if any."""


class PairedGroup(Model):
    """A group of people."""

    name: Name
    """As a sentence begins with it: Women."""
    indicator: IndicatorId
    """The indicator that holds its figures."""


class GroupPair(Model):
    """Two groups of people whose figures are published apart, in one unit."""

    id: Slug
    """In small letters with hyphens; chapter.group_gap calls it by that."""
    name: Name
    """What is measured."""
    title: Name | None = Field(default=None, exclude_if=lambda title: title is None)
    """The heading; the name where it is left out."""
    note: Text | None = Field(default=None, exclude_if=lambda note: note is None)
    """What is said below it."""
    first: PairedGroup
    """The one group."""
    second: PairedGroup
    """The other one."""

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.title or self.name


class Inequalities(Model):
    """What the chapter on health inequalities follows (``params/inequalities.yml``, which may be missing)."""

    population: IndicatorId
    """The indicator that boroughs are weighed by."""
    fewest_residents: Annotated[int, Field(ge=0)] = 0
    """Boroughs with fewer residents are left out of gaps."""
    measures: Annotated[tuple[GapMeasure, ...], Field(min_length=1)]
    """The indicators whose gaps between boroughs are followed."""
    groups: tuple[GroupPair, ...] = ()
    """Pairs of groups of people that are set side by side."""
    leading: tuple[IndicatorId, ...] = Field(default=(), exclude_if=lambda names: not names)
    """The measures that lead the page of a board edition."""
    not_published: Text
    """Which groups of people have no figures of their own, in a sentence."""


class ChapterSpec(Model):
    """One chapter of the packs."""

    notebook: IndicatorId
    """The notebook's name, without its ending."""
    id: Annotated[IndicatorId, Field(validate_default=True)] = ""
    """Tells chapters of one notebook apart; the notebook's name, with the priority's behind it where it is needed."""
    scope: Literal["place", "system", "all"]
    """Made for every place, once for the system, or for all of them."""
    priority: Slug | None = None
    """The priority that it is of."""
    parameters: Mapping[str, str | int | float | bool] = {}
    """What the notebook is given beside its place and priority."""
    collaboratives: tuple[Slug, ...] = ()
    """The provider collaboratives that it concerns."""
    part: Part = "public"
    """Confidential ones go into a pack of their own for the private part of the meeting."""

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
    """Its name."""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    """Its port."""
    starttls: bool = True
    """Whether the connection is encrypted."""
    user: Line | None = None
    """Who logs in; left out for a server without a login."""
    password_env: Variable | None = None
    """The environment variable that holds the password."""

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
    """Who the message is from."""
    to: Annotated[tuple[Address, ...], Field(min_length=1, max_length=50)]
    """Who gets it."""
    on: Literal["failure", "always"] = "failure"
    """After a build that failed, or always."""


class Webhook(Model):
    """An address that a message is posted to. The address is a secret, so a variable holds it."""

    url_env: Variable
    """The environment variable that holds the address."""
    on: Literal["failure", "always"] = "failure"
    """After a build that failed, or always."""


class Notify(Model):
    """Who is told of scheduled builds, and when (``params/notify.yml``, which may be missing)."""

    email: Email | None = None
    """A message by mail."""
    webhook: Webhook | None = None
    """A message to a chat program."""

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
