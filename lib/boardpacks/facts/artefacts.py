"""What a notebook hands over to a pack: facts, and the artefacts that say them, as models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import Field

from boardpacks.params.assurance import Trend
from boardpacks.params.values import Model
from boardpacks.project.errors import BoardpacksError
from boardpacks.stats.change import Direction as Change
from boardpacks.stats.comparison import Verdict
from boardpacks.stats.recent_trend import Direction
from boardpacks.stats.spc.icons import Assurance as Passing
from boardpacks.stats.spc.icons import Variation

MIME = "application/vnd.boardpacks.artefact+json"
"""Type under which an artefact's record stands in a cell's output."""

SVG = "image/svg+xml"
"""Type under which the drawing of a figure stands beside its record."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Words = Annotated[str, Field(pattern=r"\S")]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Fact(Model):
    """One number said in a pack, as the chapter found it in the snapshot.

    ``value``, ``lower`` and ``upper`` are in ``unit``; ``display`` is how the pack prints the value;
    ``method`` is ``published``, or says how the number was made from published ones. ``series`` is the digest of
    the published figures behind it: a snapshot with the same digest has the same figures.
    """

    id: Words
    indicator: Words
    indicator_name: Words
    area: Words
    area_name: Words
    sex: str
    period: Words
    value: Number | None
    lower: Number | None
    upper: Number | None
    unit: str
    display: Words
    source: str
    publisher: str
    licence: str
    series: Words
    method: Words


class PlottedRecord(Model):
    """The values of one line, set of bars or cloud of points, and what it is called."""

    what: str
    values: tuple[Number, ...]


class Drawn(Model):
    """What a drawing plots, and its words that are cut off."""

    plotted: tuple[PlottedRecord, ...]
    cut_off: tuple[str, ...]


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


class ColumnRecord(Model):
    """A column of a table: label, alignment and width as a share of the others' widths."""

    label: Words
    align: Literal["left", "right", "centre"] = "left"
    width: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None


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
    trend: Trend = "not-calculated"
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
    columns: Annotated[tuple[ColumnRecord, ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
    judgements: tuple[Judgement, ...] = ()


class Summary(Model):
    """A line on the pack's summary, in plain text: its verdict, and how many results it stands for.

    A line without a ``priority`` stands under its chapter's title. ``trend`` is the recent trend of its series;
    ``variation`` and ``assurance`` are those of a control chart, if there is one; ``facts`` are the ids of the
    numbers behind the line.
    """

    verdict: Verdict
    line: Words
    indicator: Words
    priority: Words | None = None
    count: Annotated[int, Field(ge=1)] = 1
    trend: Trend = "not-calculated"
    variation: Variation | None = None
    assurance: Passing | None = None
    facts: tuple[str, ...] = ()


class Statement(Model):
    """Sentences, in Markdown, that the statistics allow the chapter to say; a span ties a number to its fact."""

    kind: Literal["statement"]
    name: Name
    facts: tuple[Fact, ...]
    markdown: Words
    summary: tuple[Summary, ...] = ()
    judgements: tuple[Judgement, ...] = ()


Artefact = Figure | Table | Statement


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
