"""Writes "What to do": for each alert and each measure that stands out, what a board needs to act on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from boardpacks.facts.artefacts import Column, Fact, Summary, Table
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import capital
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.headlines import urgency
from boardpacks.packs.compose.judged import line_words
from boardpacks.packs.compose.links import indicator_anchors, resolve_links
from boardpacks.packs.compose.section import Section, table_markdown
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.params.actions import Action
from boardpacks.params.models import Params
from boardpacks.project.dates import long_date

LABEL = "tbl-what-to-do"
TITLE = "What to do"
ANSWERS = "Answers: "
_NO_MARK = re.compile(r"\](?=[{(])")
CAPTION = "Alerts, measures that stand out, and what was agreed about them"
_COLUMNS = (
    Column(label="What it is, and how far from what", width=40),
    Column(label="Since when, how many people, who answers", width=34),
    Column(label="Action, owner, date", width=26),
)
_OF_PLACES = (
    Column(label="What it is, and in which places", width=84),
    Column(label="Who answers, action", width=16),
)
_ABOUT = (
    "The measures that the board is asked to act on, and after them those that stand out; in each part the most "
    "telling first. The last column is for the meeting: what is agreed comes back here until it is closed."
)


def needs_action(entry: SummaryLine, params: Params) -> bool:
    """Whether a line is a matter for the board to act on: an alert, or a measure that stands out."""
    return is_alert(entry.summary, params) or bool(entry.summary.stands_out)


def is_alert(summary: Summary, params: Params) -> bool:
    """Whether a board is alerted to a line, by the rules of the params."""
    return params.assurance is not None and heading_of(summary, params.assurance) == "alert"


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
    of_places = any(entry.summary.count > 1 for entry in entries)
    rows: list[tuple[str, str, str]] = []
    told = set()
    for group in _together([entry for entry in entries if needs_action(entry, params)], params):
        names = list(dict.fromkeys(entry.summary.indicator for entry in group))
        told.update(names)
        about = (_whats(group), " ".join(_concerned(group, params, known, moved or {})))
        rows += _rows(about, [one for one in actions if one.indicator in names], params, names)
    for name in dict.fromkeys(one.indicator for one in actions if one.indicator not in told):
        own = [one for one in actions if one.indicator == name]
        lead = _lead(name, params)
        about = (
            f"{_named(name, params)}: needs no action by the rules now.",
            f"{ANSWERS}{lead}." if lead else "",
        )
        rows += _rows(about, own, params, [])
    if not rows:
        return ""
    table = Table(
        kind="table",
        name="what-to-do",
        facts=(),
        title=CAPTION,
        columns=_OF_PLACES if of_places else _COLUMNS,
        rows=tuple(
            (what, f"{concerned.removeprefix(ANSWERS)} {action}".strip()) for what, concerned, action in rows
        )
        if of_places
        else tuple(rows),
    )
    words = table_markdown(table, LABEL)
    part = f"::: {{.close}}\n\n{words}\n\n:::" if of_places else words
    text = f"## {TITLE} {{.unnumbered .unlisted}}\n\n{_ABOUT}\n\n{part}\n"
    return resolve_links(text, indicator_anchors(sections))


def _together(entries: Sequence[SummaryLine], params: Params) -> list[list[SummaryLine]]:
    """Return lines in groups, alerts and what tells most first: those of one measure or one cause are one matter."""
    groups: dict[str, list[SummaryLine]] = {}
    for entry in entries:
        groups.setdefault(entry.cause, []).append(entry)

    ordered = [_by_measure(group, params) for group in groups.values()]
    return sorted(ordered, key=lambda group: _order(group[0], params))


def _by_measure(group: Sequence[SummaryLine], params: Params) -> list[SummaryLine]:
    """Return lines with those of a measure together, the most telling measure first."""
    measures: dict[str, list[SummaryLine]] = {}
    for entry in sorted(group, key=lambda entry: _order(entry, params)):
        measures.setdefault(entry.summary.indicator, []).append(entry)
    return [entry for lines in measures.values() for entry in lines]


def _order(entry: SummaryLine, params: Params) -> tuple[bool, tuple[bool, int, float, float, float]]:
    return not is_alert(entry.summary, params), urgency(entry)


def _rows(
    about: tuple[str, str], actions: Sequence[Action], params: Params, names: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield a matter's rows: the first has its open action, or room for one; each further action has its own.

    `names` are the measures that need action now; where they are several, an action says which one it is on.
    """
    ordered = sorted(actions, key=lambda one: one.closed is not None)
    if names and not (ordered and ordered[0].closed is None):
        yield (*about, "")
    elif ordered:
        first = ordered.pop(0)
        which = f"{_named(first.indicator, params)}: " if len(names) > 1 else ""
        yield (*about, f"{which}{_agreed(first)}")
    for one in ordered:
        which = "an earlier action" if one.closed else "a further action"
        yield (f"{_named(one.indicator, params)}: {which}", "", _agreed(one))


def _agreed(action: Action) -> str:
    # What a board wrote is no mark of a fact, a link or a verdict, even where it looks like one.
    action_, owner = (_NO_MARK.sub("] ", words.rstrip(".")) for words in (action.action, action.owner))
    told = f"{action_}. {owner}, by {long_date(action.due)}."
    return f"**Closed** on {long_date(action.closed)}: {told}" if action.closed else told


def _whats(group: Sequence[SummaryLine]) -> str:
    """Return what the lines of one row say; a judgement or a name that the one before has is not said again."""
    several = len({entry.summary.indicator for entry in group}) > 1
    told = [f"**{group[0].finding}.**"] if several else []
    judged = name = ""
    for entry in group:
        own, _, rest = entry.summary.line.partition(": ")
        sign = "" if line_words(entry) == judged else line_words(entry)
        named = "" if own == name else _linked(own, entry.summary.indicator)
        told.append(
            f"{'. '.join(filter(None, (sign, named)))}: {rest}." if sign or named else f"{capital(rest)}."
        )
        judged, name = line_words(entry), own
    return " ".join(told)


def _concerned(
    group: Sequence[SummaryLine], params: Params, known: Mapping[str, Fact], moved: Mapping[SummaryLine, str]
) -> Iterator[str]:
    """Yield since when lines of a row are behind, how many people that concerns, who answers, how each has moved."""
    benchmark = params.system.spoken_benchmark
    since = {
        entry: f"Behind {benchmark} since {entry.summary.concern.since}."
        for entry in group
        if entry.summary.concern is not None and entry.summary.concern.since
    }
    yield from _each(group, since)
    yield from _people(group, params, known)
    if leads := dict.fromkeys(lead for entry in group if (lead := _lead(entry.summary.indicator, params))):
        yield f"{ANSWERS}{'; '.join(leads)}."
    yield from _each(group, moved)


def _people(group: Sequence[SummaryLine], params: Params, known: Mapping[str, Fact]) -> Iterator[str]:
    """Yield how many people the lines of a row concern, with the name of each where the words are those of another."""
    concerned = [
        (entry, entry.summary.concern)
        for entry in group
        if entry.summary.concern is not None and entry.summary.concern.people
    ]
    words = [concern.words for _, concern in concerned]
    for entry, concern in concerned:
        number = fact_span(known[concern.people].display, concern.people)
        lead = f"At {params.system.spoken_benchmark}'s level"
        if words.count(concern.words) > 1:
            lead = f"{entry.summary.line.partition(': ')[0]}: at{lead[2:]}"
        yield f"{lead}: about {number} {concern.words}."


def _each(group: Sequence[SummaryLine], told: Mapping[SummaryLine, str]) -> Iterator[str]:
    """Yield what is told of the lines of a row: once where it is one thing of all, else with the name of each."""
    sentences = {told.get(entry, "") for entry in group}
    if len(sentences) == 1:
        yield from filter(None, sentences)
        return
    for entry in group:
        if entry in told:
            name = entry.summary.line.partition(": ")[0]
            yield f"{name}: {told[entry][:1].lower()}{told[entry][1:]}"


def _lead(indicator: str, params: Params) -> str:
    """Return who answers for a measure: by its outcome, else by a part of a provider collaborative that it measures."""
    parts = (
        *(outcome for priority in params.priorities.values() for outcome in priority.outcomes),
        *(part for collaborative in params.collaboratives.values() for part in collaborative.parts),
    )
    leads = [part.lead for part in parts if indicator in part.indicators and part.lead]
    return leads[0] if leads else ""


def _named(indicator: str, params: Params) -> str:
    return _linked(params.indicators[indicator].name, indicator)


def _linked(name: str, indicator: str) -> str:
    return name if set(name) & set("[]{}") else f"[{name}](#indicator-{indicator})"
