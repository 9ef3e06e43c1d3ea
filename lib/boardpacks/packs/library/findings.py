"""Reads from a published pack what it found: the lines of its summary, each with its number and its judgement."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from boardpacks.facts.artefacts import Summary
from boardpacks.facts.wording import CLASSES, LABELS
from boardpacks.packs.library.published_packs import PublishedEdition
from boardpacks.params.assurance import Heading


@dataclass(frozen=True)
class FoundLine:
    """A line of a pack's summary: the measure and its name, the priority, the number, and what is judged.

    ``heading`` is what the board is asked to do with it; None where that is nothing, or an older pack does not say.
    """

    summary: Summary
    chapter: str
    is_uncertain: bool
    heading: Heading | None
    area: str
    display: str

    @property
    def value(self) -> str:
        """The number without its unit."""
        return self.display.partition(" ")[0]

    @property
    def unit(self) -> str:
        """The unit that stands behind the number, if one does."""
        return self.display.partition(" ")[2]

    @property
    def name(self) -> str:
        """Name of the measure, with which every line begins."""
        return self.summary.line.partition(":")[0]

    @property
    def sign(self) -> str:
        """What shape and colour repeat of the judgement."""
        if self.summary.stands_out:
            return "stands-out"
        return CLASSES[self.summary.verdict].removeprefix("verdict-")

    @property
    def judged(self) -> str:
        """The judgement in a word or two."""
        return "Stands out" if self.summary.stands_out else LABELS[self.summary.verdict]


@dataclass(frozen=True)
class PackFindings:
    """What a pack found; nothing where it has no file of facts, or a damaged one."""

    lines: tuple[FoundLine, ...] = ()

    def counts(self) -> list[str]:
        """Return in words how many results are alerts, stand out and are better: what a list says of a pack."""
        if not self.lines:
            return []
        alerts = sum(one.summary.count for one in self.lines if one.heading == "alert")
        worse = sum(one.summary.count for one in self.lines if one.summary.verdict == "worse")
        out = sum(one.summary.count for one in self.lines if one.summary.stands_out)
        better = sum(one.summary.count for one in self.lines if one.summary.verdict == "better")
        says_headings = any(one.heading for one in self.lines)
        first = f"{alerts} alert{'' if alerts == 1 else 's'}" if says_headings else f"{worse} worse"
        return [first, f"{out} stand{'s' if out == 1 else ''} out", f"{better} better"]


def read_findings(edition: PublishedEdition, published: Path) -> PackFindings:
    """Return what an edition found."""
    file = edition.record.file("facts")
    if file is None:
        return PackFindings()
    try:
        told = json.loads((published / edition.folder / file.name).read_bytes())
    except (ValueError, RecursionError):
        return PackFindings()
    known = told if isinstance(told, dict) else {}
    facts = {str(fact.get("id")): fact for fact in _records(known.get("facts"))}
    return PackFindings(tuple(_lines(_records(known.get("judgements")), facts)))


def _lines(judgements: Sequence[dict[str, Any]], facts: Mapping[str, dict[str, Any]]) -> Iterator[FoundLine]:
    for each in judgements:
        known = {name: each[name] for name in Summary.model_fields if name in each and name != "priority"}
        try:
            summary = Summary.model_validate_json(json.dumps(known))
        except (ValidationError, RecursionError):
            continue
        fact = facts.get(summary.facts[0], {}) if summary.facts else {}
        heading = each.get("heading")
        yield FoundLine(
            summary,
            str(each.get("chapter", "")),
            each.get("uncertain") is True,
            heading if heading in get_args(Heading) else None,
            str(fact.get("area_name", "")),
            str(fact.get("display", "")),
        )


def _records(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
