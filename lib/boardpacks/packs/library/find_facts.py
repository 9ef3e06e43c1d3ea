"""Finds facts of published packs by id or by a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from boardpacks.packs.files.facts_file import FactRecord, FactsFile, read_facts
from boardpacks.packs.files.pack_record import PackRecord
from boardpacks.packs.library.published_packs import read_packs, sort_packs
from boardpacks.project.errors import BoardpacksError

MOST_NEAR = 5
"""How many near ids an error names."""


@dataclass(frozen=True)
class PublishedFacts:
    """The facts of one published pack."""

    pack: PackRecord
    facts: FactsFile


def newest_facts(published: Path) -> list[PublishedFacts]:
    """Return the facts of every place's newest published pack; whole packs go before those of chosen priorities.

    Raises
    ------
    BoardpacksError
        When no pack is published, or none of them has a file of facts.
    """
    packs, notes = read_packs(published) if published.is_dir() else ([], [])
    way_out = "Build one first: boardpacks build --place ID."
    if not packs:
        left_out = f" Left out: {'; '.join(notes)}." if notes else ""
        raise BoardpacksError(f"No pack is published in {published.name}/.{left_out} {way_out}")
    found: dict[str, PackRecord] = {}
    current = [pack.current.record for pack in sort_packs(packs, "public")[0]]
    for pack in sorted(current, key=lambda pack: (pack.meeting, not pack.about), reverse=True):
        if pack.file("facts"):
            found.setdefault(pack.slug, pack)
    if not found:
        raise BoardpacksError(f"The published packs were made before packs had a file of facts. {way_out}")
    return [PublishedFacts(pack, read_facts(_path(published, pack))) for pack in found.values()]


def find_facts(wanted: str, known: Sequence[PublishedFacts]) -> list[tuple[PublishedFacts, FactRecord]]:
    """Return the fact with this id, or else those whose id begins with it.

    Parameters
    ----------
    wanted
        An id such as ``havering.smoking_prevalence.E09000016.persons.2023``, or its beginning up to a dot. The area may
        also be given by a part of its name: ``havering.smoking_prevalence.england``.
    known
        What is published. A fact that several packs of a place say is taken from the first.

    Raises
    ------
    BoardpacksError
        When there is none; the message names those that are near.
    """
    every: dict[str, tuple[PublishedFacts, FactRecord]] = {}
    for published in known:
        for fact in published.facts.facts:
            every.setdefault(fact.id, (published, fact))
    asked = wanted.strip().rstrip(".").lower()
    found = [each for id_, each in every.items() if id_.lower() == asked]
    if not found:
        found = [each for id_, each in every.items() if id_.lower().startswith(f"{asked}.")]
    if not found and "." in asked:
        front, _, area = asked.rpartition(".")
        of_measure = [each for id_, each in every.items() if id_.lower().startswith(f"{front}.")]
        whole = [each for each in of_measure if area == each[1].area_name.lower()]
        found = whole or [each for each in of_measure if area in each[1].area_name.lower()]
    if not found:
        raise BoardpacksError(_unknown(wanted, list(every)))
    return found


def _unknown(wanted: str, ids: Sequence[str]) -> str:
    short = list(dict.fromkeys(".".join(id_.split(".")[:2]) for id_ in ids))
    near = get_close_matches(wanted, [*ids, *short], n=MOST_NEAR, cutoff=0.5)
    lines = [f"{wanted}: no fact of a published pack has this id, and none begins with it."]
    if near:
        lines += ["Near to it are:", *(f"  {id_}" for id_ in near)]
    else:
        lines.append(f"Ids begin with the place and the measure, such as {short[0]}." if short else "")
    return "\n".join(filter(None, lines))


def _path(published: Path, pack: PackRecord) -> Path:
    name = next(file.name for file in pack.files if file.kind == "facts")
    return published / pack.meeting.isoformat() / pack.edition / name
