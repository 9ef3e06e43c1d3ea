"""The facts of a pack as a machine reads them: every number, where it is said, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from boardpacks.data.observations import PUBLISHED
from boardpacks.facts.artefacts import Concern
from boardpacks.packs.files.pack_record import SnapshotRecord, Words
from boardpacks.params.assurance import Heading, TrendWord
from boardpacks.params.values import Model
from boardpacks.project.errors import BoardpacksError
from boardpacks.stats.comparison import Beside, Verdict
from boardpacks.stats.spc.icons import Passing, Variation
from boardpacks.stats.stands_out import StandingOut

_A_LINE_EACH = ("measures", "judgements", "facts")


class SourceRecord(Model):
    """Where published figures are from, and on which terms."""

    source: str
    publisher: str
    licence: str


class ObservationRecord(Model):
    """The published figure that a fact is, or is made from; ``series`` is the digest of the figures behind it."""

    indicator: Words
    area: Words
    sex: str
    period: Words
    series: Words


class Saying(Model):
    """An artefact that holds a fact: notebook, cell as its author counts, kind and name.

    ``chapter`` is the chapter's id where that is not the notebook's name.

    ``marked`` is true where a sentence or a table's cell points to the fact, or the notebook's prose quotes it; a
    chart shows it without.
    """

    notebook: Words
    chapter: Words | None = Field(default=None, exclude_if=lambda chapter: chapter is None)
    cell: Annotated[int, Field(ge=1)]
    kind: Literal["figure", "table", "statement"]
    name: Words
    marked: bool

    @property
    def chapter_id(self) -> str:
        """Id of the chapter."""
        return self.chapter or self.notebook


class FactRecord(Model):
    """A fact. ``source`` counts the sources of the file from 0; ``rule`` says how it was compared, or why not."""

    id: Words
    name: Words
    area_name: Words
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    display: Words
    method: Words
    rule: str
    source: Annotated[int, Field(ge=0)]
    observation: ObservationRecord
    said: Annotated[tuple[Saying, ...], Field(min_length=1)]

    @property
    def is_marked(self) -> bool:
        """Whether a sentence or a table says it, and not a chart alone."""
        return any(one.marked for one in self.said)


class MeasureRecord(Model):
    """What a measure counts, in words, and whether a high or a low value is better."""

    indicator: Words
    name: Words
    definition: str
    unit: str
    polarity: Literal["high", "low", "none"]


class JudgementRecord(Model):
    """A line of the pack's summary, in plain words, with the chapters' verdict and what else they say of it.

    ``indicator`` is the id of its measure, ``chapter`` the name of its priority, or its chapter's title where it has
    none. ``count`` is the number of results that it stands for, ``trend`` the recent trend, ``variation`` and
    ``assurance`` are those of a control chart. ``stands_out`` names the rules by which it does, untested;
    ``cautioned`` marks a figure that its publisher advises caution with, ``uncertain`` a verdict that does not hold
    when it is allowed for that so much is compared. ``heading`` is what the board is asked to do with it, by the
    params' rules: alert, advise or assure. ``beside``, ``distance`` and ``misses_standard`` are what lines are
    ordered by. ``facts`` are the ids of the numbers behind it, ``concern`` what
    else a board needs of a line that needs attention.
    """

    indicator: Words
    chapter: Words
    verdict: Verdict
    count: Annotated[int, Field(ge=1)]
    trend: TrendWord
    variation: Variation | None
    assurance: Passing | None
    stands_out: tuple[StandingOut, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    cautioned: bool = Field(default=False, exclude_if=lambda cautioned: not cautioned)
    beside: Beside = Field(default="unknown", exclude_if=lambda beside: beside == "unknown")
    distance: float | None = Field(default=None, exclude_if=lambda distance: distance is None)
    misses_standard: bool = Field(default=False, exclude_if=lambda misses: not misses)
    uncertain: bool = Field(default=False, exclude_if=lambda uncertain: not uncertain)
    heading: Heading | None = Field(default=None, exclude_if=lambda heading: heading is None)
    line: Words
    facts: tuple[Words, ...]
    concern: Concern | None = Field(default=None, exclude_if=lambda concern: concern is None)


class FactsFile(Model):
    """The contents of a pack's file of facts, each fact once, in the pack's order.

    ``judgements`` are the lines of its summary by priority, ``measures`` those that its facts are of. Version 1 of the
    file had neither.
    """

    version_of_facts: Literal[1, 2] = 2
    place: Words
    snapshot: SnapshotRecord
    sources: tuple[SourceRecord, ...]
    measures: tuple[MeasureRecord, ...] = ()
    judgements: tuple[JudgementRecord, ...] = ()
    facts: tuple[FactRecord, ...]

    def as_bytes(self) -> bytes:
        """Return the contents of the file: JSON, a fact a line."""
        content = self.model_dump(mode="json")
        parts = [
            f'"{key}": {_lines(value) if key in _A_LINE_EACH else _compact(value)}'
            for key, value in content.items()
        ]
        return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def read_facts(path: Path) -> FactsFile:
    """Return the facts of a published pack.

    Raises
    ------
    BoardpacksError
        When the file cannot be read or is not as it should be.
    """
    try:
        return FactsFile.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BoardpacksError(f"{path.name} of {path.parent.name}: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        raise BoardpacksError(
            f"{path.name} of {path.parent.name}: {key}: {first['msg']}. Build the pack again."
        ) from None


def is_published(record: FactRecord) -> bool:
    """Return whether a fact is a published figure as it stands."""
    return record.method == PUBLISHED


def _lines(values: Sequence[Mapping[str, object]]) -> str:
    return "[\n" + ",\n".join(map(_compact, values)) + "\n]" if values else "[]"


def _compact(value: Mapping[str, object] | object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
