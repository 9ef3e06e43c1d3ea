"""What has to be known of a new system: read from options and a YAML file, with the rest made up from those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from boardpacks.new.area_table import AUTHORITIES, KnownArea, NoSuchArea, find_area, known_areas, peers_in
from boardpacks.params.articles import with_article
from boardpacks.params.check_model import check_model
from boardpacks.params.own_words import COLOUR, Words, readable_colour
from boardpacks.params.params_file import Document, ParamsFault
from boardpacks.params.read_yaml import read_document
from boardpacks.params.system import SYSTEM, Area
from boardpacks.params.values import Line, Model, Name, Text
from boardpacks.project.errors import InputError
from boardpacks.project.plain_name import plain_name

ENGLAND = "E92000001"
Country = Literal["England", "Wales", "Scotland", "Northern Ireland"]
_END = re.compile(r" (?:(?:Integrated |Health and )?Care (?:System|Partnership|Board)|Combined Authority)$")


class MadeOf(Model):
    """A place of several local authorities, with a name of its own."""

    name: Name
    """What the place is called."""
    made_of: Annotated[tuple[Name | Area, ...], Field(min_length=1)]
    """Its local authorities."""


class Answers(Model):
    """What `boardpacks new system` is told. Areas are names or codes of the table, or code and name of others."""

    name: Name
    """The system's full name."""
    short_name: Name | None = None
    """What sentences call it; the name without "Integrated Care Partnership" and the like where it is left out."""
    organisation: Name | None = None
    """Who issues the packs; NHS and the short name where it is left out."""
    ambition: Text | None = None
    """A sentence that the system's pack begins with; one on better and fairer health where it is left out."""
    places: Annotated[tuple[Name | MadeOf | Area, ...], Field(min_length=1)]
    """Local authorities by name or ONS code, places of several, or code and name of an area that is not English."""
    comparators: Annotated[tuple[Name | Area, ...], Field(max_length=2)] = ()
    """A country or region, or two; the first is the benchmark. England and the region where they are left out."""
    peers: Name | None = None
    """What charts call the authorities of the region; the region and its boroughs where it is left out."""
    words: Words = Words()
    """What a local authority is called here."""
    bank_holidays: Country = "England"
    """The country whose bank holidays are no working days."""
    colour: Annotated[str, AfterValidator(readable_colour)] = COLOUR
    """The colour of headings, links and the cover, such as "#4b2e83"; dark enough to be read on white."""
    figures: Line | None = None
    """A folder of tidy CSV files to take published figures from; made-up ones where it is left out."""


@dataclass(frozen=True)
class NewPlace:
    """A place of a new system: its id, its name and its authorities."""

    id: str
    name: str
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class NewSystem:
    """Everything that the files of a new system are written from.

    ``others`` are the authorities beside its own that figures are held of, so that places have peers.
    """

    name: str
    short_name: str
    organisation: str
    ambition: str
    places: tuple[NewPlace, ...]
    comparators: tuple[Area, ...]
    peers: str
    others: tuple[Area, ...]
    answers: Answers

    @property
    def own(self) -> tuple[Area, ...]:
        """Every authority of every place."""
        return tuple(area for place in self.places for area in place.areas)


def read_answers(path: Path | None, options: Mapping[str, object]) -> NewSystem:
    """Return what a new system is written from.

    Parameters
    ----------
    path
        A YAML file of answers, if there is one.
    options
        What was said by options or asked on the terminal; it goes before the file.

    Raises
    ------
    InputError
        With everything that is wrong or missing.
    """
    document, faults = read_document(path, path.name) if path else (Document("options", {}, {}, {}), [])
    found = None
    if document is not None:
        found, more = check_model(Answers, document, given=options)
        faults += more
    if found is None or document is None:
        raise InputError([fault.problem for fault in sorted(faults)])
    system = _Reader(document, found).system()
    if isinstance(system, list):
        raise InputError([fault.problem for fault in system])
    return system


@dataclass(frozen=True)
class _Reader:
    """Turns answers into a system; what is wrong is told with its place in the file."""

    document: Document
    answers: Answers

    def system(self) -> NewSystem | list[ParamsFault]:
        faults: list[ParamsFault] = []
        places = tuple(self._places(faults))
        comparators = tuple(self._comparators(places, faults))
        faults += self._repeated(places, comparators)
        if faults:
            return faults
        answers = self.answers
        short = answers.short_name or _END.sub("", answers.name)
        own = [area for place in places for area in place.areas]
        region = _region(own)
        around = peers_in(region.code) if region else ()
        codes = {area.code for area in own}
        return NewSystem(
            name=answers.name,
            short_name=short,
            organisation=answers.organisation or f"NHS {short}",
            ambition=answers.ambition
            or f"Better and fairer health for everyone who lives in {with_article(short)}.",
            places=places,
            comparators=comparators,
            peers=answers.peers or f"{region.name if region else short} {answers.words.several}",
            others=tuple(Area(code=one.code, name=one.name) for one in around if one.code not in codes),
            answers=answers,
        )

    def _places(self, faults: list[ParamsFault]) -> Iterator[NewPlace]:
        taken = {SYSTEM}
        for number, place in enumerate(self.answers.places):
            where = ("places", number)
            parts = place.made_of if isinstance(place, MadeOf) else (place,)
            areas = [self._area(part, where, faults, *AUTHORITIES, "county") for part in parts]
            if any(area is None for area in areas):
                continue
            found = tuple(area for area in areas if area is not None)
            name = place.name if isinstance(place, MadeOf) else found[0].name
            yield NewPlace(slug(name, taken), name, found)

    def _comparators(self, places: Sequence[NewPlace], faults: list[ParamsFault]) -> Iterator[Area]:
        for number, one in enumerate(self.answers.comparators):
            area = self._area(one, ("comparators", number), faults, "country", "region")
            if area is not None:
                yield area
        if not self.answers.comparators:
            yield shown_area(find_area(ENGLAND, "country"))
            if region := _region([area for place in places for area in place.areas]):
                yield shown_area(region)

    def _area(
        self, one: str | Area, where: tuple[str, int], faults: list[ParamsFault], *kinds: str
    ) -> Area | None:
        if isinstance(one, Area):
            return one
        try:
            return shown_area(find_area(one, *kinds))
        except NoSuchArea as none:
            found = repr(one)
            what = "an English local authority" if "district" in kinds else "a country or region"
            allowed = f"the name or code of {what}"
            faults.append(self.document.fault(where, found=found, allowed=allowed, hint=none.hint))
            return None

    def _repeated(self, places: Sequence[NewPlace], comparators: Sequence[Area]) -> Iterator[ParamsFault]:
        seen: set[str] = set()
        for number, place in enumerate(places):
            for area in place.areas:
                if area.code in seen:
                    yield self.document.fault(
                        ("places", number), found=f"{area.name} for the second time", allowed="each area once"
                    )
                seen.add(area.code)
        if len({area.code for area in comparators}) < len(comparators):
            yield self.document.fault(
                ("comparators",), found=f"{comparators[0].name} twice", allowed="each area once"
            )


def slug(name: str, taken: set[str]) -> str:
    """Return an id that a name gives, unlike those that are taken, and take it."""
    made = plain_name(name.replace("&", " and "), longest=50)
    made = made if made[:1].isalpha() else f"place-{made}".rstrip("-")
    free = next(one for one in (made, *(f"{made}-{n}" for n in range(2, 1000))) if one not in taken)
    taken.add(free)
    return free


def shown_area(area: KnownArea) -> Area:
    """Return an area as packs call it: ``Bristol``, not ``Bristol, City of``."""
    first, _, rest = area.name.partition(", ")
    return Area(code=area.code, name=first if rest in ("City of", "County of") else area.name)


def _region(areas: Sequence[Area]) -> KnownArea | None:
    """Return the region that most of the areas lie in; None where the table knows none of them."""
    known = {area.code: area for area in known_areas()}
    regions = [known[area.code].region for area in areas if area.code in known and known[area.code].region]
    return known[max(sorted(set(regions)), key=regions.count)] if regions else None
