"""Holds the facts of a pack against the snapshot and the params: whose they are, and whether the figures are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from boardpacks.data.contents import SnapshotContents
from boardpacks.facts.artefacts import Fact
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params

Names = Mapping[str, frozenset[str]]
"""What an area is called, by its code."""


def check_facts(chapters: Sequence[ChapterContent], params: Params, contents: SnapshotContents) -> list[str]:
    """Return what is wrong with the facts of a pack, one line each: notebook, cell, artefact and fact.

    A fact is made from figures that the snapshot has: its own series' digest, and each other one behind it, is that
    of the snapshot's. And its
    area is called what the params call it. A fact of an indicator or an area that neither knows is taken as it is.

    Parameters
    ----------
    chapters
        What the pack's notebooks handed over.
    params
        Names of boroughs, comparators, combined areas and trusts.
    contents
        What the snapshot holds.
    """
    names, held, known, found = area_names(params), _digests(contents), dict[Fact, str](), []
    for chapter in chapters:
        for artefact in chapter.artefacts:
            for fact in artefact.facts:
                if fact not in known:
                    known[fact] = "; ".join(_faults(fact, names, contents, held))
                    found += [f"{chapter.where(artefact)}: {known[fact]}"] if known[fact] else []
    return found


def area_names(params: Params) -> Names:
    """Return what each area of the params may be called; a place of one borough lends it its name."""
    names: dict[str, set[str]] = {}
    for area in (*params.system.comparators, *params.system.combined_areas, *params.system.own_areas):
        names.setdefault(area.code, set()).add(area.name)
    for trust in params.system.trusts:
        names.setdefault(trust.code, set()).update((trust.name, trust.short_name))
    for place in params.places.values():
        codes = [borough.code for borough in place.boroughs]
        for borough in place.boroughs:
            names.setdefault(borough.code, set()).add(borough.name)
        own = ["+".join(codes)]
        own += [area.code for area in params.system.combined_areas if set(area.boroughs) == set(codes)]
        for code in own:
            names.setdefault(code, set()).add(place.name)
    return {code: frozenset(called) for code, called in names.items()}


def _faults(fact: Fact, names: Names, contents: SnapshotContents, held: Set[str]) -> Iterator[str]:
    called = names.get(fact.area)
    if called is not None and fact.area_name not in called:
        yield f"the fact {fact.id} calls {fact.area} {fact.area_name}; params call it {' or '.join(sorted(called))}"
    if fact.indicator not in contents.held:
        return
    behind = set(fact.series.split("+"))
    if not (_own_digests(fact, contents) <= behind <= held):
        yield (
            f"the fact {fact.id} is made from figures that are not those of the snapshot for {fact.area}: "
            "build with --force, so that the notebook runs again"
        )


def _own_digests(fact: Fact, contents: SnapshotContents) -> set[str]:
    return {contents.digest(("series", fact.indicator, code)) for code in fact.area.split("+")}


def _digests(contents: SnapshotContents) -> set[str]:
    """Return the digest of everything that the snapshot holds: a fact may be made from several series."""
    series = {
        contents.digest(("series", indicator, area))
        for indicator, areas in contents.held.items()
        for area in areas
    }
    return series | set(contents.small_areas.values())
