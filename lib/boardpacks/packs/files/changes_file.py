"""What has changed between two packs, as a machine reads it: the contents of a pack's file of changes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from boardpacks.packs.files.pack_record import Sha256, Words
from boardpacks.params.assurance import TrendWord
from boardpacks.params.calendars import CorrectionKind, Status
from boardpacks.params.values import Model
from boardpacks.stats.comparison import Verdict
from boardpacks.stats.spc.icons import Passing, Variation

Turn = Literal["worse", "better", "other"]
Reason = Literal["new-figure", "revised-history", "changed-method", "other-areas"]
Aspect = Literal["name", "definition", "unit", "polarity", "target", "source", "publisher", "method", "rule"]


class Judged(Model):
    """What the summary of a pack says of a measure in one area; see ``boardpacks.packs.read.read_notebook.Summary``."""

    verdict: Verdict
    trend: TrendWord
    variation: Variation | None
    assurance: Passing | None


class JudgementChange(Model):
    """A judgement that is another one now; None where a pack's summary has none though it has the figures.

    ``area`` and ``area_name`` are empty where the summary's line names no fact; ``name`` is how the line begins then.
    ``turn`` says whether it changed for the worse or the better: "other" where neither can be said, or both.
    ``because`` says what else changed that it may rest on.
    """

    indicator: Words
    name: Words
    area: str
    area_name: str
    was: Judged | None
    now: Judged | None
    turn: Turn
    because: tuple[Reason, ...]


class SaidNumber(Model):
    """A number as a pack says it, and the id of its fact."""

    fact: Words
    value: float | None
    lower: float | None
    upper: float | None
    display: Words


class LatestFigure(SaidNumber):
    """The latest figure of a series, and its period as the publisher writes it."""

    period: Words


class FigureChange(Model):
    """A series whose latest figure is of another period: a newer one, or an older one where a figure was withdrawn.

    ``own`` tells the areas that the pack is about from those that they are compared with.
    """

    indicator: Words
    name: Words
    area: Words
    area_name: Words
    sex: str
    own: bool
    kind: Literal["newer", "withdrawn"]
    was: LatestFigure
    now: LatestFigure


class Revision(Model):
    """A number of the same measure, area, sex and period that has another value or interval now, beyond rounding.

    ``made`` marks numbers that are made from published ones, such as ranks.
    """

    indicator: Words
    name: Words
    area: Words
    area_name: Words
    period: Words
    own: bool
    made: bool
    was: SaidNumber
    now: SaidNumber


class MethodChange(Model):
    """Something about how a measure is made, called or judged that is another thing now."""

    indicator: Words
    name: Words
    field: Aspect
    was: str
    now: str


class MeasureChange(Model):
    """A measure that is new in the pack, or gone from it; with an area where only that one's figures are."""

    indicator: Words
    name: Words
    area_name: str | None
    kind: Literal["new", "gone"]


class PackComparison(Model):
    """How a pack differs from an earlier one."""

    judgements: tuple[JudgementChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    revisions: tuple[Revision, ...] = ()
    methods: tuple[MethodChange, ...] = ()
    measures: tuple[MeasureChange, ...] = ()


class Since(Model):
    """The earlier pack: where it lies below the folder of published packs, and the digest of its file of facts."""

    title: Words
    meeting: dt.date
    status: Status
    version: Words
    folder: Words
    facts: Sha256


class ArtefactChange(Model):
    """A figure, table or statement that is new, gone, or has other numbers, words or another drawing."""

    kind: Literal["figure", "table", "statement"]
    name: Words
    title: str
    how: Literal["new", "gone", "changed"]
    parts: tuple[str, ...] = ()


class ChapterChange(Model):
    """A chapter that is new, gone or changed; ``text`` says whether its author's own text changed."""

    notebook: Words
    title: Words
    how: Literal["new", "gone", "changed"]
    text: bool = False
    artefacts: tuple[ArtefactChange, ...] = ()


class FieldChange(Model):
    """A field of the front sheet, in Markdown; None where an edition does not have it."""

    label: Words
    was: str | None
    now: str | None


class SinceLast(Model):
    """What has changed since the last pack, that of an earlier meeting."""

    since: Since
    changes: PackComparison


class SinceVersion(Model):
    """What has changed since the final edition that this one puts right, and why."""

    since: Since
    kind: CorrectionKind
    reason: Words
    front_sheet: tuple[FieldChange, ...]
    chapters: tuple[ChapterChange, ...]
    changes: PackComparison


class ChangesFile(Model):
    """The contents of a pack's file of changes."""

    version_of_changes: Literal[1] = 1
    place: Words
    meeting: dt.date
    version: Annotated[str, Field(min_length=1)]
    last: SinceLast | None = None
    corrected: SinceVersion | None = None

    def as_bytes(self) -> bytes:
        """Return the contents of the file."""
        return (self.model_dump_json(indent=1) + "\n").encode()
