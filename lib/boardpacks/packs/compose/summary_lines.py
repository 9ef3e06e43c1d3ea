"""Gathers the chapters' lines for the summary, each with what its place on the page is decided by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from boardpacks.facts.artefacts import Fact, Summary
from boardpacks.packs.compose.section import Section
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError
from boardpacks.stats.comparison import UNJUDGED
from boardpacks.stats.false_discovery import adjusted, p_value


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
    chances
        Of each result that was tested against the benchmark, how likely it is by chance alone.
    is_uncertain
        Whether it is called better or worse, but does not hold when it is allowed for that so much is compared.
    finding
        Name of the finding that its indicator is part of with others; empty where it is of none.
    """

    summary: Summary
    anchor: str
    chapter: str
    subject: str
    position: tuple[int, int]
    size: tuple[float, float]
    areas: tuple[str, ...]
    chances: tuple[float, ...] = ()
    is_uncertain: bool = False
    finding: str = ""

    @property
    def cause(self) -> str:
        """What it is counted by among findings: measures of one cause are one."""
        return self.finding or self.summary.indicator


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
        _against_chance(list(found.values()), params.judging.false_discovery),
        key=lambda entry: (
            entry.position,
            entry.chapter,
            entry.summary.line,
            entry.summary.model_dump_json(),
        ),
    )


def _against_chance(entries: Sequence[SummaryLine], false_discovery: float) -> list[SummaryLine]:
    """Mark the lines with a result that does not hold among so many comparisons."""
    held = iter(adjusted([chance for entry in entries for chance in entry.chances]))
    marked = []
    for entry in entries:
        own = [next(held) for _ in entry.chances]
        is_finding = entry.summary.verdict in ("better", "worse")
        marked.append(replace(entry, is_uncertain=is_finding and max(own, default=0.0) > false_discovery))
    return marked


def _check_priority(summary: Summary, section: Section, params: Params) -> None:
    if summary.priority is not None and summary.priority not in params.priorities:
        raise BoardpacksError(
            f"{section.chapter}: the summary line {summary.line!r} names the priority "
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
            f"{section.chapter}: the summary line {summary.line!r} rests on {', '.join(missing)}, "
            "but no fact of the pack has that id"
        )
    priority = params.priorities.get(summary.priority or "")
    comparators = {area.code for area in params.system.comparators}
    told = [known[fact] for fact in summary.facts]
    own = [fact for fact in told if fact.area not in comparators]
    finding = params.judging.finding_of(summary.indicator)
    return SummaryLine(
        summary=summary,
        anchor=anchor,
        chapter=section.title if priority is None else priority.name,
        subject=subjects.get(summary.indicator, summary.indicator),
        position=_position(summary, params),
        size=max(_sizes(own, told, params.system.benchmark.code), default=(0.0, 0.0)),
        areas=tuple(dict.fromkeys(fact.area_name for fact in own)),
        chances=tuple(_chances(own, told, params.system.benchmark.code)) if _is_tested(summary) else (),
        finding="" if finding is None else finding.name,
    )


def _position(summary: Summary, params: Params) -> tuple[int, int]:
    if summary.priority is None:
        return max(priority.order for priority in params.priorities.values()) + 1, 0
    priority = params.priorities[summary.priority]
    listed = priority.indicators
    at = listed.index(summary.indicator) if summary.indicator in listed else len(listed)
    return priority.order, at


def _is_tested(summary: Summary) -> bool:
    return summary.verdict not in UNJUDGED


def _chances(own: Sequence[Fact], told: Sequence[Fact], benchmark: str) -> Iterator[float]:
    """Yield the chance of each result that an interval was held against the benchmark for: a publisher's has none."""
    for fact, value, other in _against(own, told, benchmark):
        if (
            fact.verdict is None
            and fact.lower is not None
            and fact.upper is not None
            and fact.lower < fact.upper
        ):
            yield p_value(value, fact.lower, fact.upper, other)


def _against(
    own: Sequence[Fact], told: Sequence[Fact], benchmark: str
) -> Iterator[tuple[Fact, float, float]]:
    """Yield each fact that the benchmark has one for, with both values."""
    others = {(fact.indicator, fact.period, fact.unit): fact.value for fact in told if fact.area == benchmark}
    for fact in own:
        other = others.get((fact.indicator, fact.period, fact.unit))
        if fact.value is not None and other is not None:
            yield fact, fact.value, other


def _sizes(own: Sequence[Fact], told: Sequence[Fact], benchmark: str) -> Iterator[tuple[float, float]]:
    for fact, value, other in _against(own, told, benchmark):
        apart = abs(value - other)
        wide = 0.0 if fact.lower is None or fact.upper is None else (fact.upper - fact.lower) / 2
        yield apart / wide if wide else 0.0, apart / abs(other) if other else 0.0
