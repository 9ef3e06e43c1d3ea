"""Gathers the facts of a pack for its file: every number, where it is said, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from boardpacks.facts.artefacts import Fact
from boardpacks.facts.check_words import spans_of
from boardpacks.facts.spans import find_spans
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.files.facts_file import (
    FactRecord,
    FactsFile,
    JudgementRecord,
    MeasureRecord,
    ObservationRecord,
    Saying,
    SourceRecord,
)
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.read.read_notebook import ChapterContent, Markdown
from boardpacks.params.models import Params
from boardpacks.stats.comparison import RULE

_AS_IN_THE_FACT = ("id", "area_name", "value", "lower", "upper", "unit", "display", "method")

COMPARATOR = "places are compared with it"
"""Rule of the figures of the areas that places are compared with."""


def gather_facts(
    place: str,
    chapters: Sequence[ChapterContent],
    params: Params,
    snapshot: SnapshotRecord,
    entries: Sequence[SummaryLine] = (),
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
                        chapter=chapter.chapter,
                        cell=cell,
                        kind=artefact.kind,
                        name=artefact.name,
                        marked=fact.id in marked,
                    )
                )
    numbers: dict[SourceRecord, int] = {}
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
        judgements=tuple(_judgement(entry, params) for entry in entries),
        facts=tuple(records),
    )


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
    if fact.verdict is not None:
        return f"the publisher's own verdict against {benchmark}"
    if fact.lower is None or fact.upper is None or fact.lower == fact.upper:
        return f"not tested against {benchmark}: no usable 95% interval"
    return "; ".join([f"{RULE}, against {benchmark}", *([fact.limits_by] if fact.limits_by else [])])


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


def _judgement(entry: SummaryLine, params: Params) -> JudgementRecord:
    told = entry.summary.model_dump(exclude={"priority"})
    heading = heading_of(entry.summary, params.assurance) if params.assurance else None
    return JudgementRecord(chapter=entry.chapter, uncertain=entry.is_uncertain, heading=heading, **told)


def _source(fact: Fact) -> SourceRecord:
    return SourceRecord(source=fact.source, publisher=fact.publisher, licence=fact.licence)


def _record(fact: Fact, source: int, rule: str, said: Sequence[Saying]) -> FactRecord:
    told = fact.model_dump()
    return FactRecord(
        name=fact.indicator_name,
        rule=rule,
        source=source,
        observation=ObservationRecord(**{key: told[key] for key in ObservationRecord.model_fields}),
        said=tuple(said),
        **{key: told[key] for key in _AS_IN_THE_FACT},
    )
