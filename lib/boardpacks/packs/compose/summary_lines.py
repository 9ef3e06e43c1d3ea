"""Gathers the chapters' lines for the summary, each with what its place on the page is decided by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boardpacks.facts.artefacts import Fact, Summary
from boardpacks.packs.compose.section import Section
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError


@dataclass(frozen=True)
class SummaryLine:
    """One line of a chapter, as the summary weighs it.

    Parameters
    ----------
    summary
        The line as the chapter handed it over.
    anchor
        Label of the heading that it stands under.
    chapter
        Name of its priority, or its chapter's title where it has none.
    subject
        Id of the outcome that its indicator judges, or of the indicator where it judges none: two lines of one
        subject say much the same.
    position
        Where its priority and its indicator stand in the params.
    size
        How far the value lies from the benchmark: in halves of its 95% interval, and as a share of the benchmark.
    areas
        Names of the areas that it is true of, as far as its facts say.
    """

    summary: Summary
    anchor: str
    chapter: str
    subject: str
    position: tuple[int, int]
    size: tuple[float, float]
    areas: tuple[str, ...]


def gather_lines(sections: Sequence[Section], params: Params, facts: Sequence[Fact]) -> list[SummaryLine]:
    """Return every line once, by priority and outcome, then by its words: whatever the order of the chapters.

    Raises
    ------
    BoardpacksError
        When a line names a priority that the params do not have, or rests on a fact that the pack does not have.
    """
    known = {fact.id: fact for fact in facts}
    found: dict[Summary, SummaryLine] = {}
    for section in sections:
        for line in section.lines:
            _check_priority(line.summary, section, params)
            if line.summary not in found:
                found[line.summary] = _entry(line.summary, line.anchor, section, params, known)
    # Whatever order chapters come in, the page is the same, be it that lines differ in a sign only
    return sorted(
        found.values(),
        key=lambda entry: (
            entry.position,
            entry.chapter,
            entry.summary.line,
            entry.summary.model_dump_json(),
        ),
    )


def _check_priority(summary: Summary, section: Section, params: Params) -> None:
    if summary.priority is not None and summary.priority not in params.priorities:
        raise BoardpacksError(
            f"{section.notebook}: the summary line {summary.line!r} names the priority "
            f"{summary.priority!r}, allowed are {', '.join(params.priorities)}"
        )


def _entry(
    summary: Summary, anchor: str, section: Section, params: Params, known: Mapping[str, Fact]
) -> SummaryLine:
    subjects = {
        indicator: outcome.id
        for priority in params.priorities.values()
        for outcome in priority.outcomes
        for indicator in outcome.indicators
    }
    missing = [fact for fact in summary.facts if fact not in known]
    if missing:
        raise BoardpacksError(
            f"{section.notebook}: the summary line {summary.line!r} rests on {', '.join(missing)}, "
            "but no fact of the pack has that id"
        )
    priority = params.priorities.get(summary.priority or "")
    comparators = {area.code for area in params.system.comparators}
    told = [known[fact] for fact in summary.facts]
    own = [fact for fact in told if fact.area not in comparators]
    return SummaryLine(
        summary=summary,
        anchor=anchor,
        chapter=section.title if priority is None else priority.name,
        subject=subjects.get(summary.indicator, summary.indicator),
        position=_position(summary, params),
        size=max(_sizes(own, told, params.system.benchmark.code), default=(0.0, 0.0)),
        areas=tuple(dict.fromkeys(fact.area_name for fact in own)),
    )


def _position(summary: Summary, params: Params) -> tuple[int, int]:
    if summary.priority is None:
        return max(priority.order for priority in params.priorities.values()) + 1, 0
    priority = params.priorities[summary.priority]
    listed = priority.indicators
    at = listed.index(summary.indicator) if summary.indicator in listed else len(listed)
    return priority.order, at


def _sizes(own: Sequence[Fact], told: Sequence[Fact], benchmark: str) -> Iterator[tuple[float, float]]:
    others = {(fact.indicator, fact.period, fact.unit): fact.value for fact in told if fact.area == benchmark}
    for fact in own:
        other = others.get((fact.indicator, fact.period, fact.unit))
        if fact.value is None or other is None:
            continue
        apart = abs(fact.value - other)
        wide = 0.0 if fact.lower is None or fact.upper is None else (fact.upper - fact.lower) / 2
        yield apart / wide if wide else 0.0, apart / abs(other) if other else 0.0
