"""Writes "What to do": for each alert and each measure that stands out, what a board needs to act on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from boardpacks.facts.artefacts import Column, Fact, Table
from boardpacks.facts.spans import fact_span
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.judged import line_words
from boardpacks.packs.compose.links import indicator_anchors, resolve_links
from boardpacks.packs.compose.section import Section, table_markdown
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.params.actions import Action
from boardpacks.params.models import Params
from boardpacks.project.dates import long_date

LABEL = "tbl-what-to-do"
TITLE = "What to do"
_NO_MARK = re.compile(r"\](?=[{(])")
CAPTION = "Alerts, measures that stand out, and what was agreed about them"
_COLUMNS = (
    Column(label="What it is, and how far from what", width=40),
    Column(label="Since when, how many people, who answers", width=34),
    Column(label="Action, owner, date", width=26),
)
_ABOUT = (
    "The measures that the board is asked to act on, and those that stand out. The last column is for the meeting: "
    "what is agreed comes back here until it is closed."
)


def needs_action(entry: SummaryLine, params: Params) -> bool:
    """Whether a line is a matter for the board to act on: an alert, or a measure that stands out."""
    summary = entry.summary
    is_alert = params.assurance is not None and heading_of(summary, params.assurance) == "alert"
    return is_alert or bool(summary.stands_out)


def what_to_do_markdown(
    entries: Sequence[SummaryLine],
    sections: Sequence[Section],
    params: Params,
    facts: Sequence[Fact],
    actions: Sequence[Action] = (),
    moved: Mapping[SummaryLine, str] | None = None,
) -> str:
    """Return the part of the summary that says what to do, or nothing where there is nothing to do.

    Parameters
    ----------
    entries
        The summary's lines, in the order of the params.
    sections
        The chapters, which the names of measures lead to.
    facts
        Those of the pack.
    actions
        What the board agreed earlier, as far as the pack shows it. An action on a measure that needs none now stands
        below the others.
    moved
        How each line has moved since the last meeting, in a sentence; None where there is no earlier pack.
    """
    known = {fact.id: fact for fact in facts}
    rows: list[tuple[str, ...]] = []
    told = set()
    for group in _together([entry for entry in entries if needs_action(entry, params)]):
        name = group[0].summary.indicator
        own = [one for one in actions if one.indicator == name] if name not in told else []
        told.add(name)
        concerned = [
            sentence
            for entry in group
            for sentence in _concerned(entry, params, known, (moved or {}).get(entry, ""))
        ]
        about = (_whats(group, params, known), " ".join(dict.fromkeys(concerned)))
        rows += _rows(about, own, params, new=True)
    for name in dict.fromkeys(one.indicator for one in actions if one.indicator not in told):
        own = [one for one in actions if one.indicator == name]
        about = (f"{_named(name, params)}: needs no action by the rules now.", _answers(name, params))
        rows += _rows(about, own, params, new=False)
    if not rows:
        return ""
    table = Table(
        kind="table", name="what-to-do", facts=(), title=CAPTION, columns=_COLUMNS, rows=tuple(rows)
    )
    text = f"## {TITLE} {{.unnumbered .unlisted}}\n\n{_ABOUT}\n\n{table_markdown(table, LABEL)}\n"
    return resolve_links(text, indicator_anchors(sections))


def _together(entries: Sequence[SummaryLine]) -> Iterable[Sequence[SummaryLine]]:
    """Return lines in groups: those of one measure that name places alone are one matter, verdicts first."""
    groups: dict[tuple[str, SummaryLine | None], list[SummaryLine]] = {}
    for entry in entries:
        key = entry.summary.indicator, entry if entry.summary.concern else None
        groups.setdefault(key, []).append(entry)
    return [sorted(group, key=lambda entry: bool(entry.summary.stands_out)) for group in groups.values()]


def _rows(
    about: tuple[str, str], actions: Sequence[Action], params: Params, *, new: bool
) -> Iterator[tuple[str, ...]]:
    """Yield a measure's rows: the first has its open action, or room for one; each further action has its own."""
    ordered = sorted(actions, key=lambda one: one.closed is not None)
    if new and not (ordered and ordered[0].closed is None):
        yield (*about, "")
    elif ordered:
        yield (*about, _agreed(ordered.pop(0)))
    for one in ordered:
        which = "an earlier action" if one.closed else "a further action"
        yield (f"{_named(one.indicator, params)}: {which}", "", _agreed(one))


def _agreed(action: Action) -> str:
    # What a board wrote is no mark of a fact, a link or a verdict, even where it looks like one.
    action_, owner = (_NO_MARK.sub("] ", words.rstrip(".")) for words in (action.action, action.owner))
    told = f"{action_}. {owner}, by {long_date(action.due)}."
    return f"**Closed** on {long_date(action.closed)}: {told}" if action.closed else told


def _whats(group: Sequence[SummaryLine], params: Params, known: Mapping[str, Fact]) -> str:
    """Return what the lines of one row say; a name that the one before has is not said again."""
    names = ["", *(entry.summary.line.partition(": ")[0] for entry in group)]
    return " ".join(
        _what(entry, params, known, is_named=name != before)
        for entry, before, name in zip(group, names, names[1:], strict=False)
    )


def _what(entry: SummaryLine, params: Params, known: Mapping[str, Fact], *, is_named: bool) -> str:
    """Return a line with its judgement, its name as a link, and the benchmark's figure where it has none."""
    summary = entry.summary
    name, _, rest = summary.line.partition(": ")
    lead = f". {_linked(name, summary.indicator)}" if is_named else ""
    return f"{line_words(entry)}{lead}: {rest}{_level(entry, params, known)}."


def _level(entry: SummaryLine, params: Params, known: Mapping[str, Fact]) -> str:
    benchmark = params.system.benchmark
    told = [known[fact] for fact in entry.summary.facts]
    level = next((fact.display for fact in told if fact.area == benchmark.code), "")
    is_said = benchmark.name in entry.summary.line or entry.summary.count > 1
    return f"; {benchmark.name} {level}" if level and not is_said else ""


def _concerned(entry: SummaryLine, params: Params, known: Mapping[str, Fact], moved: str) -> Iterable[str]:
    concern, benchmark = entry.summary.concern, params.system.spoken_benchmark
    if concern is not None and concern.since:
        yield f"Behind {benchmark} since {concern.since}."
    if concern is not None and concern.people:
        number = fact_span(known[concern.people].display, concern.people)
        yield f"At {benchmark}'s level: about {number} {concern.words}."
    if answers := _answers(entry.summary.indicator, params):
        yield answers
    if moved:
        yield moved


def _answers(indicator: str, params: Params) -> str:
    """Return who answers for a measure: by its outcome, else by a part of a provider collaborative that it measures."""
    parts = (
        *(outcome for priority in params.priorities.values() for outcome in priority.outcomes),
        *(part for collaborative in params.collaboratives.values() for part in collaborative.parts),
    )
    leads = [part.lead for part in parts if indicator in part.indicators and part.lead]
    return f"Answers: {leads[0]}." if leads else ""


def _named(indicator: str, params: Params) -> str:
    return _linked(params.indicators[indicator].name, indicator)


def _linked(name: str, indicator: str) -> str:
    return name if set(name) & set("[]{}") else f"[{name}](#indicator-{indicator})"
