"""Holds a pack to its own place: it takes nothing of another place, unless that is compared and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from boardpacks.facts.artefacts import Artefact, Fact, Figure, Statement, Table
from boardpacks.packs.check.drawn_words import read_words
from boardpacks.packs.check.held import flat
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM

WAY_OUT = (
    "Open the chapter with the place of the parameters cell, delete cells that set another, and give chapter.name or "
    "{place} where the place is named"
)


@dataclass(frozen=True)
class _Home:
    """A pack's place: its id and names, the codes of its own areas, and those of other places, by code and name."""

    place: str
    names: Set[str]
    own: Set[str]
    others: Mapping[str, str]
    names_of_more: str = "(?!)"


def check_place(chapters: Sequence[ChapterContent], params: Params, place: str) -> list[str]:
    """Return what is of another place than the pack's, one line each: notebook, cell, artefact, and the place found.

    A fact's id begins with its pack, and so do those of the facts that judgements and lines of the summary rest on.
    What an artefact, or a line of the summary, says of another place's area alone names that area.

    Parameters
    ----------
    chapters
        What the pack's notebooks handed over.
    params
        The places and their boroughs.
    place
        Id of the pack's place, or of the system, whose pack has figures of every area.
    """
    home = _home(params, place)
    return [
        f"{chapter.where(artefact)}: {fault}"
        for chapter in chapters
        for artefact in chapter.artefacts
        for fault in _faults(artefact, home)
    ]


def _home(params: Params, place: str) -> _Home:
    if place == SYSTEM:
        return _Home(place, frozenset(), frozenset(), {})
    found = params.places[place]
    own = {borough.code for borough in found.boroughs}
    others = {
        borough.code: borough.name
        for other in params.places.values()
        for borough in other.boroughs
        if borough.code not in own
    }
    longer = [
        *(trust.name for trust in params.system.trusts),
        *(one.group for one in params.places.values() if one.group),
    ]
    more = "|".join(re.escape(name) for name in sorted({*longer, params.system.name}, key=len, reverse=True))
    return _Home(place, {found.name, *(borough.name for borough in found.boroughs)}, own, others, more)


def _faults(artefact: Artefact, home: _Home) -> Iterator[str]:
    strange = dict.fromkeys(name for name in _ids(artefact) if name.partition(".")[0] != home.place)
    if strange:
        found = dict.fromkeys(name.partition(".")[0] for name in strange)
        yield (
            f"is of {' and '.join(found)}, but this is the pack of {home.place} (fact {next(iter(strange))}). {WAY_OUT}"
        )
        return
    yield from _unnamed(artefact.facts, _words(artefact), "", home)
    yield from _unheld(artefact, home)
    if isinstance(artefact, Statement):
        facts = {fact.id: fact for fact in artefact.facts}
        for line in artefact.summary:
            told = [facts[name] for name in line.facts if name in facts]
            yield from _unnamed(told, line.line, f"the summary line {line.line!r} ", home)


def _ids(artefact: Artefact) -> Iterator[str]:
    yield from (fact.id for fact in artefact.facts)
    if isinstance(artefact, Statement | Table):
        for judged in artefact.judgements:
            yield from filter(None, (judged.fact, judged.earlier, *(one.fact for one in judged.comparisons)))
    if isinstance(artefact, Statement):
        yield from (name for line in artefact.summary for name in line.facts)


def _unnamed(facts: Iterable[Fact], words: str, what: str, home: _Home) -> Iterator[str]:
    """Yield the fault of facts that are all of other places, none of which the words name."""
    areas = {fact.area: fact.area_name for fact in facts}
    strange = {code: name for code, name in areas.items() if home.others.keys() & set(code.split("+"))}
    if not strange or any(home.own & set(code.split("+")) for code in areas):
        return
    # Where several places have figures and the pack's own has none, a comparison names the own place to say so
    names = {*strange.values(), *(home.names if len(strange) > 1 else ())}
    if not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in names):
        found = " and ".join(sorted(strange.values()))
        yield (
            f"{what}has figures of {found} and none of {home.place}, and does not name {found}. Name the area, or "
            f"show the figures of {home.place}"
        )


def _unheld(artefact: Artefact, home: _Home) -> Iterator[str]:
    """Yield another place that an artefact's words name, though none of its facts is of that place."""
    codes = {code for fact in artefact.facts for code in fact.area.split("+")}
    if not codes & home.own or codes & home.others.keys():
        return  # a comparison of places may name one without a figure
    words = artefact.title if isinstance(artefact, Table) else _words(artefact)
    if isinstance(artefact, Figure):
        drawn, axes = read_words(artefact.svg)
        words = "\n".join([words, *drawn, *(tick.words for axis in axes for tick in axis)])
    words = re.sub(home.names_of_more, " ", words)
    for name in home.others.values():
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
            yield f"names {name}, but none of its facts is of {name}. {WAY_OUT}"


def _words(artefact: Artefact) -> str:
    if isinstance(artefact, Statement):
        return flat(artefact.markdown)
    if isinstance(artefact, Table):
        cells = [cell for row in artefact.rows for cell in row]
        return "\n".join(
            [artefact.title, artefact.note, *(column.label for column in artefact.columns), *cells]
        )
    return "\n".join([artefact.title, artefact.note, artefact.alt])
