"""Writes the page that leads a pack: how many measures are better or worse, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.packs.escape import markdown_text
from boardpacks.packs.records import VERDICTS, Column, Summary, Table
from boardpacks.packs.section import Section, table_markdown
from boardpacks.params.errors import BoardpacksError
from boardpacks.params.models import Params

MOST_LINES = 6
LABEL = "tbl-summary"
UNLISTED = "{.unnumbered .unlisted}"
"""Keeps a heading out of the contents."""

_ALWAYS = ("better", "similar", "worse")
_WORDS = {
    "better": "[Better]{.verdict-better}",
    "similar": "[Similar]{.verdict-similar}",
    "worse": "[Worse]{.verdict-worse}",
    "higher": "[Higher]{.verdict-higher}",
    "lower": "[Lower]{.verdict-lower}",
    "not-tested": "Not tested",
    "not-compared": "Not compared",
}


@dataclass(frozen=True)
class _Entry:
    summary: Summary
    anchor: str
    priority: str


def summary_markdown(sections: Sequence[Section], params: Params) -> str:
    """Return the summary: counts by priority, then the measures that are worse and better than the benchmark.

    It judges nothing itself: every verdict and line is a chapter's. At most six lines stand under a heading,
    taken from the priorities in turn so that each is heard; the rest is counted. A pack whose chapters put
    nothing on the summary gets a list of its chapters and their parts.

    Raises
    ------
    BoardpacksError
        When a line names a priority that the params do not have.
    """
    entries = _entries(sections, params)
    if not entries:
        return _chapters_only(sections)
    benchmark = markdown_text(params.system.benchmark.name)
    parts = [
        f"::: {{.key-message}}\n\n{_sentence(entries, benchmark)}\n\n:::",
        table_markdown(_counts(entries, params), LABEL),
    ]
    for verdict in ("worse", "better"):
        found = [entry for entry in entries if entry.summary.verdict == verdict]
        if found:
            parts += [f"## {verdict.capitalize()} than {benchmark} {UNLISTED}", _list(found, params)]
        elif any(entry.summary.verdict in _ALWAYS for entry in entries):
            parts.append(f"No measure is {verdict} than {benchmark}.")
    return "\n\n".join(parts) + "\n"


def _entries(sections: Sequence[Section], params: Params) -> list[_Entry]:
    """Every line of a priority once, by priority and outcome; within an outcome as the chapters say them."""
    entries: dict[Summary, _Entry] = {}
    for section in sections:
        for line in section.lines:
            priority = line.summary.priority
            if priority is None:
                continue
            if priority not in params.priorities:
                raise BoardpacksError(
                    f"{section.notebook}: the summary line {line.summary.line!r} names the priority "
                    f"{priority!r}, allowed are {', '.join(params.priorities)}"
                )
            entries.setdefault(line.summary, _Entry(line.summary, line.anchor, priority))
    return sorted(entries.values(), key=lambda entry: _rank(entry, params))


def _rank(entry: _Entry, params: Params) -> tuple[int, int]:
    summary, priority = entry.summary, params.priorities[entry.priority]
    known = priority.indicators
    position = known.index(summary.indicator) if summary.indicator in known else len(known)
    return priority.order, position


def _sentence(entries: Sequence[_Entry], benchmark: str) -> str:
    counts = {verdict: _count(entries, verdict) for verdict in VERDICTS}
    judged = sum(counts[verdict] for verdict in _ALWAYS)
    one_sided = counts["higher"] + counts["lower"]
    unjudged = counts["not-tested"] + counts["not-compared"]
    every = sum(entry.summary.count for entry in entries)
    measures = "1 measure" if every == 1 else f"{every} {_word(entries)}"
    sentences = []
    if judged:
        sentences.append(
            f"**Of {measures} in this pack, {counts['better']} {_are(counts['better'])} better than "
            f"{benchmark}, "
            f"{counts['similar']} {_are(counts['similar'])} similar and "
            f"{counts['worse']} {_are(counts['worse'])} worse.**"
        )
    else:
        sentences.append(f"**This pack has {measures}.**")
    if one_sided:
        sentences.append(
            f"{one_sided} {_are(one_sided)} higher or lower than {benchmark}, where neither is better."
        )
    if unjudged:
        sentences.append(f"{unjudged} {_are(unjudged)} shown without a judgement.")
    return " ".join(sentences)


def _word(entries: Sequence[_Entry]) -> str:
    """Return what is counted: measures, unless several places or boroughs have a figure each for one of them."""
    every = sum(entry.summary.count for entry in entries)
    return "measures" if len({entry.summary.indicator for entry in entries}) == every else "results"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _count(entries: Sequence[_Entry], verdict: str, priority: str | None = None) -> int:
    return sum(
        entry.summary.count
        for entry in entries
        if entry.summary.verdict == verdict and priority in (None, entry.priority)
    )


def _counts(entries: Sequence[_Entry], params: Params) -> Table:
    shown = [verdict for verdict in VERDICTS if verdict in _ALWAYS or _count(entries, verdict)]
    there = {entry.priority for entry in entries}
    priorities = [
        item for item in sorted(params.priorities.values(), key=lambda p: p.order) if item.id in there
    ]
    rows = [
        (priority.name, *(str(_count(entries, verdict, priority.id)) for verdict in shown))
        for priority in priorities
    ]
    if len(priorities) > 1:
        rows.append(("Together", *(str(_count(entries, verdict)) for verdict in shown)))
    return Table(
        kind="table",
        name="summary",
        facts=(),
        title=f"{_word(entries).capitalize()} compared with {params.system.benchmark.name}, by priority",
        note=_note(entries, shown),
        columns=(
            Column(label="Priority", width=34),
            *(Column(label=_WORDS[verdict], align="right", width=66 / len(shown)) for verdict in shown),
        ),
        rows=tuple(rows),
    )


def _note(entries: Sequence[_Entry], shown: Sequence[str]) -> str:
    word = _word(entries)
    parts = [f"Number of {word} at their latest period."]
    if word == "results":
        parts.append("Where boroughs have figures of their own, each counts.")
    if "not-tested" in shown:
        parts.append("Not tested: no interval is published, so the difference is not judged.")
    if "not-compared" in shown:
        parts.append("Not compared: there is no figure to compare.")
    return " ".join(parts)


def _list(entries: Sequence[_Entry], params: Params) -> str:
    chosen = [entry for entry in entries if entry in _in_turn(entries)]
    lines = [
        f"- {markdown_text(entry.summary.line)} ([{markdown_text(name)}](#{entry.anchor}))"
        for entry in chosen
        for name in [params.priorities[entry.priority].name]
    ]
    left = len(entries) - len(chosen)
    return "\n".join([*lines, f"- and {left} more in the chapters"] if left else lines)


def _in_turn(entries: Sequence[_Entry]) -> list[_Entry]:
    """Choose lines from the priorities in turn: each one's first, then each one's second, and so on."""
    turns: dict[str, int] = {}
    ranked = []
    for number, entry in enumerate(entries):
        turn = turns.get(entry.priority, 0)
        turns[entry.priority] = turn + 1
        ranked.append((turn, number, entry))
    return [entry for _, _, entry in sorted(ranked, key=lambda item: item[:2])[:MOST_LINES]]


def _chapters_only(sections: Sequence[Section]) -> str:
    lines = ["The chapters of this pack set out the figures themselves:", ""]
    for section in sections:
        lines.append(f"- [{markdown_text(section.title)}](#{section.anchor})")
        lines += [f"    - [{part}](#{anchor})" for part, anchor in section.parts]
    return "\n".join(lines) + "\n"
