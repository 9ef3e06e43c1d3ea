"""What a notebook hands over to a pack: facts, and the artefacts that say them, as models."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from boardpacks.charts.drawn import Drawn
from boardpacks.params.assurance import TrendWord
from boardpacks.params.values import Model
from boardpacks.project.errors import BoardpacksError
from boardpacks.stats.change import Direction as Change
from boardpacks.stats.comparison import Beside, Verdict
from boardpacks.stats.recent_trend import Direction
from boardpacks.stats.spc.icons import Passing, Variation
from boardpacks.stats.stands_out import StandingOut

MIME = "application/vnd.boardpacks.artefact+json"
"""Type under which an artefact's record stands in a cell's output."""

SVG = "image/svg+xml"
"""Type under which the drawing of a figure stands beside its record."""

SCHEMA = 1
"""Version of a record."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Words = Annotated[str, Field(pattern=r"\S")]


PARTS_OF_A_VALUE = 5
"""Of the id of a value: pack, indicator, area, sex and period."""


class Fact(Model):
    """One number said in a pack, as the chapter found it in the snapshot.

    ``value``, ``lower`` and ``upper`` are in ``unit``; ``display`` is how the pack prints the value;
    ``method`` is ``published``, or says how the number was made from published ones. ``series`` is the digest of
    the published figures behind it: a snapshot with the same digest has the same figures. ``limits_by`` says how
    ``lower`` and ``upper`` were worked out here, where they are not the publisher's; ``verdict`` is the publisher's own
    against the benchmark, where the figure is judged by that. ``inputs`` are the ids of the facts that an analyst
    worked it out from.
    """

    id: Words
    indicator: Words
    indicator_name: Words
    area: Words
    area_name: Words
    sex: str
    period: Words
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    display: Words
    source: str
    publisher: str
    licence: str
    series: Words
    method: Words
    limits_by: str = Field(default="", exclude_if=lambda by: not by)
    verdict: Verdict | None = Field(default=None, exclude_if=lambda verdict: verdict is None)
    inputs: tuple[str, ...] = Field(default=(), exclude_if=lambda inputs: not inputs)

    @property
    def is_value(self) -> bool:
        """Whether it is the value of an area in a period, and not worked out from one as a rank or a change is."""
        return self.id.count(".") == PARTS_OF_A_VALUE - 1


class Figure(Model):
    """A chart: ``title`` says what it shows, ``alt`` describes it, ``svg`` is the drawing.

    ``derived`` are the labels of what is plotted and worked out, no fact.
    """

    kind: Literal["figure"]
    name: Name
    facts: tuple[Fact, ...]
    title: Words
    note: str
    alt: Words
    svg: str = ""
    drawn: Drawn | None = None
    derived: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table: its label, alignment, and width as a share of the others' widths."""

    label: Words
    align: Literal["left", "right", "centre"] = "left"
    width: Annotated[float, Field(gt=0)] = 10


class Against(Model):
    """How a series compares with one area: the fact that it is held against, None where there is none."""

    name: Words
    fact: str | None
    verdict: Verdict


class Judgement(Model):
    """What a chapter says of the latest value of one series of a place.

    ``fact`` is the id of the latest value, None where the place has no published figure at all. ``comparisons`` are in
    the order of the system's comparators. ``direction`` is that of the recent trend, ``change`` how the value
    differs from the fact ``earlier``.
    """

    indicator: Words
    place: Words
    area_name: Words
    fact: str | None
    comparisons: tuple[Against, ...] = ()
    trend: TrendWord = "not-calculated"
    direction: Direction = "not-calculated"
    earlier: str | None = None
    change: Change = "not-tested"


class Table(Model):
    """A table. Cells are plain text, verdicts such as ``[Better]{.verdict-better}``, and numbers that say a fact."""

    kind: Literal["table"]
    name: Name
    facts: tuple[Fact, ...]
    title: Words
    note: str = ""
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
    judgements: tuple[Judgement, ...] = ()


class Concern(Model):
    """What a board needs beside a line that needs attention.

    ``since`` says in words since when the figures are behind the benchmark. ``people`` is the id of the fact that says
    how many people it concerns, and ``words`` what that number is of.
    """

    since: str = ""
    people: str = ""
    words: str = ""


class Summary(Model):
    """A line on the pack's summary, in plain text: its verdict, and how many results it stands for.

    A line without a ``priority`` stands under its chapter's title. ``trend`` is the recent trend of its series;
    ``variation`` and ``assurance`` are those of a control chart, if there is one; ``stands_out`` names the rules by
    which a figure does that could not be tested; ``cautioned`` marks what is never an alert on its own, because its
    publisher advises caution; ``facts`` are the ids of the numbers behind the line; ``concern`` is told of one that
    needs attention. ``beside`` tells on which side of the comparator its figures lie, tested or not, ``distance`` how
    far behind, in widths of the middle half of the peers, and ``misses_standard`` whether one misses a standard.
    """

    verdict: Verdict
    line: Words
    indicator: Words
    priority: Words | None = None
    count: Annotated[int, Field(ge=1)] = 1
    trend: TrendWord = "not-calculated"
    variation: Variation | None = None
    assurance: Passing | None = None
    stands_out: tuple[StandingOut, ...] = ()
    cautioned: bool = Field(default=False, exclude_if=lambda cautioned: not cautioned)
    facts: tuple[str, ...] = ()
    concern: Concern | None = Field(default=None, exclude_if=lambda concern: concern is None)
    beside: Beside = Field(default="unknown", exclude_if=lambda beside: beside == "unknown")
    distance: float | None = Field(default=None, exclude_if=lambda distance: distance is None)
    misses_standard: bool = Field(default=False, exclude_if=lambda misses: not misses)


class Statement(Model):
    """Sentences, in Markdown, that the statistics allow the chapter to say; a span ties a number to its fact."""

    kind: Literal["statement"]
    name: Name
    facts: tuple[Fact, ...]
    markdown: Words
    summary: tuple[Summary, ...] = ()
    judgements: tuple[Judgement, ...] = ()


class Prose(Model):
    """Markdown that code hands over: a pack takes it as if it stood in a Markdown cell.

    ``origin`` says where its author wrote it, where that is not the notebook.
    """

    kind: Literal["prose"]
    markdown: Words
    origin: str = ""


Artefact = Figure | Table | Statement
_RECORD: TypeAdapter[Artefact | Prose] = TypeAdapter(Annotated[Artefact | Prose, Field(discriminator="kind")])
_LEFT_OUT = ("svg", "drawn", "derived", "judgements")
"""What a record does not hold: a drawing, which stands beside it, and of these others what there is none of."""


def to_record(artefact: Artefact | Prose) -> dict[str, object]:
    """Return what is handed over as the record that stands in a cell's output."""
    empty = {name for name in _LEFT_OUT if name == "svg" or not getattr(artefact, name, None)}
    return {"schema": SCHEMA, **artefact.model_dump(mode="json", exclude=empty, exclude_unset=True)}


def from_record(record: Mapping[str, object]) -> Artefact | Prose:
    """Return the artefact, or the prose, of a record.

    Raises
    ------
    BoardpacksError
        When it is of another version or not as agreed; each line of the message names a field and what was found.
    """
    if record.get("schema") != SCHEMA:
        raise BoardpacksError(
            f"the record has schema {record.get('schema')!r}; this version reads schema {SCHEMA}. "
            "Run the notebook again with the installed boardpacks."
        )
    try:
        return _RECORD.validate_json(json.dumps({key: record[key] for key in record if key != "schema"}))
    except ValidationError as error:
        kind, name = record.get("kind", "an artefact"), record.get("name", "?")
        raise BoardpacksError(not_as_agreed(error, str(kind), name)) from None


def not_as_agreed(error: ValidationError, kind: str, name: object) -> str:
    """Return what is wrong with a record, a line for each field."""
    lines = [f"the record of {kind} {name!r} is not as agreed:"]
    for fault in error.errors():
        key = ".".join(
            str(part) for part in fault["loc"] if part not in ("figure", "table", "statement", "prose")
        )
        found = (
            "" if fault["type"] == "missing" else f", found {json.dumps(fault['input'], default=str)[:80]}"
        )
        lines.append(f"  {key or 'record'}: {fault['msg']}{found}")
    return "\n".join(lines)


def merge_facts(groups: Iterable[Sequence[Fact]]) -> tuple[Fact, ...]:
    """Return every fact of `groups` once, in order.

    Raises
    ------
    BoardpacksError
        When one fact id stands for two different numbers.
    """
    merged: dict[str, Fact] = {}
    for group in groups:
        for fact in group:
            known = merged.setdefault(fact.id, fact)
            if known != fact:
                raise BoardpacksError(
                    f"fact {fact.id}: said once as {known.display} ({known.period}) and once as "
                    f"{fact.display} ({fact.period}). One fact has one value in a pack."
                )
    return tuple(merged.values())
