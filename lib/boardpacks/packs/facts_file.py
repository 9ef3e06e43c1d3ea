"""The facts of a pack as a machine reads them: every number, where it is said, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from boardpacks.chapter.spans import find_spans
from boardpacks.data.observations import PUBLISHED
from boardpacks.packs.entries import Entry
from boardpacks.packs.pack_record import SnapshotRecord, Words
from boardpacks.packs.records import ChapterContent, Fact, Markdown
from boardpacks.packs.said import spans_of
from boardpacks.params.assurance import Passing, Trend, Variation, Verdict
from boardpacks.params.errors import BoardpacksError
from boardpacks.params.models import Params
from boardpacks.stats.comparison import RULE

COMPARATOR = "places are compared with it"
"""Rule of the figures of the areas that places are compared with."""

_A_LINE_EACH = ("measures", "judgements", "facts")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(_Model):
    """Where published figures are from, and on which terms."""

    source: str
    publisher: str
    licence: str


class Observation(_Model):
    """The published figure that a fact is, or is made from; ``series`` is the digest of the figures behind it."""

    indicator: Words
    area: Words
    sex: str
    period: Words
    series: Words


class Saying(_Model):
    """An artefact that holds a fact: notebook, cell as its author counts, kind and name.

    ``marked`` is true where a sentence or a table's cell points to the fact, or the notebook's prose quotes it; a
    chart shows it without.
    """

    notebook: Words
    cell: Annotated[int, Field(ge=1)]
    kind: Literal["figure", "table", "statement"]
    name: Words
    marked: bool


class FactRecord(_Model):
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
    observation: Observation
    said: Annotated[tuple[Saying, ...], Field(min_length=1)]

    @property
    def is_marked(self) -> bool:
        """Whether a sentence or a table says it, and not a chart alone."""
        return any(one.marked for one in self.said)


class MeasureRecord(_Model):
    """What a measure counts, in words, and whether a high or a low value is better."""

    indicator: Words
    name: Words
    definition: str
    unit: str
    polarity: Literal["high", "low", "none"]


class JudgementRecord(_Model):
    """A line of the pack's summary, in plain words, with the chapters' verdict and what else they say of it.

    ``indicator`` is the id of its measure, ``chapter`` the name of its priority, or its chapter's title where it has
    none. ``count`` is the number of results that it stands for, ``trend`` the recent trend, ``variation`` and
    ``assurance`` are those of a control chart. ``facts`` are the ids of the numbers behind it.
    """

    indicator: Words
    chapter: Words
    verdict: Verdict
    count: Annotated[int, Field(ge=1)]
    trend: Trend
    variation: Variation | None
    assurance: Passing | None
    line: Words
    facts: tuple[Words, ...]


class FactsFile(_Model):
    """The contents of a pack's file of facts, each fact once, in the pack's order.

    ``judgements`` are the lines of its summary by priority, ``measures`` those that its facts are of. Version 1 of the
    file had neither.
    """

    version_of_facts: Literal[1, 2] = 2
    place: Words
    snapshot: SnapshotRecord
    sources: tuple[Source, ...]
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


def facts_file(
    place: str,
    chapters: Sequence[ChapterContent],
    params: Params,
    snapshot: SnapshotRecord,
    entries: Sequence[Entry] = (),
) -> FactsFile:
    """Return what a pack says of its facts.

    Parameters
    ----------
    place
        Id of the pack's place, or of the system.
    chapters
        What its notebooks handed over, in the pack's order.
    params
        They say what places are compared with, and what is not compared.
    snapshot
        The snapshot that the figures come from.
    entries
        The lines of the pack's summary.
    """
    known: dict[str, Fact] = {}
    said: dict[str, list[Saying]] = {}
    for chapter in chapters:
        prose = [item.text for item in chapter.items if isinstance(item, Markdown)]
        quoted = {span.fact for text in prose for span in find_spans(text)}
        for artefact in chapter.artefacts:
            marked = quoted | {span.fact for span in spans_of(artefact)}
            cell = chapter.cells[artefact.name]
            for fact in artefact.facts:
                known.setdefault(fact.id, fact)
                said.setdefault(fact.id, []).append(
                    Saying(
                        notebook=chapter.notebook,
                        cell=cell,
                        kind=artefact.kind,
                        name=artefact.name,
                        marked=fact.id in marked,
                    )
                )
    numbers: dict[Source, int] = {}
    records = [
        _record(
            fact, numbers.setdefault(_source(fact), len(numbers)), comparison_rule(fact, params), said[id_]
        )
        for id_, fact in known.items()
    ]
    return FactsFile(
        place=place,
        snapshot=snapshot,
        sources=tuple(numbers),
        measures=tuple(_measures(known.values(), params)),
        judgements=tuple(map(_judgement, entries)),
        facts=tuple(records),
    )


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


def comparison_rule(fact: Fact, params: Params) -> str:
    """Return the rule by which a fact is compared with the benchmark, or why it is not; empty where neither is so."""
    indicator = params.indicators.get(fact.indicator)
    benchmark = params.system.spoken_benchmark
    if indicator is None or fact.unit != indicator.unit or fact.method.endswith("among the peers"):
        return ""
    if fact.area in {area.code for area in params.system.comparators}:
        return COMPARATOR
    if indicator.additive:
        return "not compared: a count grows with its area"
    if fact.lower is None or fact.upper is None or fact.lower == fact.upper:
        return f"not tested against {benchmark}: no usable 95% interval"
    return f"{RULE}, against {benchmark}"


def is_published(record: FactRecord) -> bool:
    """Return whether a fact is a published figure as it stands."""
    return record.method == PUBLISHED


def _measures(facts: Iterable[Fact], params: Params) -> Iterator[MeasureRecord]:
    for name in dict.fromkeys(fact.indicator for fact in facts):
        if known := params.indicators.get(name):
            yield MeasureRecord(
                indicator=known.id,
                name=known.name,
                definition=known.measures,
                unit=known.unit,
                polarity=known.polarity,
            )


def _judgement(entry: Entry) -> JudgementRecord:
    told = entry.summary
    return JudgementRecord(
        indicator=told.indicator,
        chapter=entry.chapter,
        verdict=told.verdict,
        count=told.count,
        trend=told.trend,
        variation=told.variation,
        assurance=told.assurance,
        line=told.line,
        facts=told.facts,
    )


def _source(fact: Fact) -> Source:
    return Source(source=fact.source, publisher=fact.publisher, licence=fact.licence)


def _record(fact: Fact, source: int, rule: str, said: Sequence[Saying]) -> FactRecord:
    observation = Observation(
        indicator=fact.indicator, area=fact.area, sex=fact.sex, period=fact.period, series=fact.series
    )
    return FactRecord(
        id=fact.id,
        name=fact.indicator_name,
        area_name=fact.area_name,
        value=fact.value,
        lower=fact.lower,
        upper=fact.upper,
        unit=fact.unit,
        display=fact.display,
        method=fact.method,
        rule=rule,
        source=source,
        observation=observation,
        said=tuple(said),
    )


def _lines(values: Sequence[Mapping[str, object]]) -> str:
    return "[\n" + ",\n".join(map(_compact, values)) + "\n]" if values else "[]"


def _compact(value: Mapping[str, object] | object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
