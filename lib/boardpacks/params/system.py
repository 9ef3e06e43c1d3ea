"""Typed models of the system and its places."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from boardpacks.params.articles import with_article
from boardpacks.params.own_words import COLOUR, USUAL, Words, readable_colour
from boardpacks.params.policies import NO_POLICY, PolicyName
from boardpacks.params.strategy import Emphasis
from boardpacks.params.values import AreaCode, IndicatorId, Line, Model, Name, Slug, Text
from boardpacks.stats.comparison import Verdict

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

    name: Name
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

    name: Name
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
