"""Writes "What to do": for each alert and each measure that stands out, what a board needs to act on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from boardpacks.facts.artefacts import Column, Fact, Summary, Table
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import CLASSES, LABELS
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.by_place import by_place_columns, by_place_note, by_place_row, is_by_place
from boardpacks.packs.compose.counts import WORDS
from boardpacks.packs.compose.headlines import urgency
from boardpacks.packs.compose.judged import STANDS_OUT, line_words
from boardpacks.packs.compose.links import indicator_anchors, resolve_links
from boardpacks.packs.compose.section import Section, table_markdown
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.params.actions import Action
from boardpacks.params.models import Params
from boardpacks.project.dates import long_date
from boardpacks.stats.comparison import UNJUDGED

LABEL = "tbl-what-to-do"
TITLE = "What to do"
_NO_MARK = re.compile(r"\](?=[{(])")
CAPTION = "Alerts, measures that stand out, and what was agreed about them"
OF_NO_PLACE = "What concerns no single place, and what was agreed"
_OF_NO_PLACE = (
    Column(label="What it is", width=82),
    Column(label="Who answers", width=18),
)
_ABOUT = (
    "The measures that the board is asked to act on, and after them those that stand out: they could not be tested, "
    "and meet a rule. In each part the most telling come first."
)
_STANDS_OUT = "[Stands out]{.verdict-stands-out}"


Row = tuple[str, ...]
ACTION, CLOSED, OWNER, BY = "**Action:**", "**Closed**", "**Owner:**", "**By:**"
ACTION_MARKS = (ACTION, CLOSED)
TO_FILL_IN: Row = (ACTION, OWNER, BY)
"""The row that a secretary or a chair writes into."""


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
    groups = _together([entry for entry in entries if needs_action(entry, params)], params)
    by_place = any(entry.summary.count > 1 for entry in entries)
    if by_place:
        tables = _by_place(groups, actions, params, known, moved or {})
    else:
        rows = [
            row
            for group in groups
            for row in (*_matter(group, params, known, moved or {}), *_action_rows(group, actions, params))
        ]
        rows += _left_over(groups, actions, params)
        columns = _columns(params, has_moved=moved is not None)
        tables = [_table(CAPTION, columns, rows)] if rows else []
    if not tables:
        return ""
    written = (table_markdown(table, f"{LABEL}{f'-{at}' if at else ''}") for at, table in enumerate(tables))
    kind = ".by-place" if by_place else ".close .matters"
    part = "\n\n".join([f"::: {{{kind}}}", *written, ":::"])
    text = f"## {TITLE} {{.unnumbered .unlisted}}\n\n{_ABOUT}\n\n{part}\n"
    return resolve_links(text, indicator_anchors(sections))


def _table(title: str, columns: tuple[Column, ...], rows: Sequence[Row], note: str = "") -> Table:
    return Table(
        kind="table",
        name="what-to-do",
        facts=(),
        title=title,
        note=note,
        columns=columns,
        rows=tuple(rows),
    )


def _by_place(
    groups: Sequence[Sequence[SummaryLine]],
    actions: Sequence[Action],
    params: Params,
    known: Mapping[str, Fact],
    moved: Mapping[SummaryLine, str],
) -> list[Table]:
    """Return a table of places, and one of what belongs to none and of what was agreed."""
    placed: list[Row] = []
    others: list[Row] = []
    for group in groups:
        placed += _placed(
            [entry for entry in group if is_by_place(entry, params, known)], params, known, moved
        )
        rest = [entry for entry in group if not is_by_place(entry, params, known)]
        rows = [*_matter(rest, params, known, moved), *_action_rows(group, actions, params)] if rest else []
        rows = rows or list(_action_rows(group, actions, params))
        others += [_brief(row) for row in rows if row != TO_FILL_IN]
    others += [_brief(row) for row in _left_over(groups, actions, params)]
    return [
        *([_table(CAPTION, by_place_columns(params), placed, by_place_note(params))] if placed else []),
        *([_table(OF_NO_PLACE if placed else CAPTION, _OF_NO_PLACE, others)] if others else []),
    ]


def _placed(
    group: Sequence[SummaryLine],
    params: Params,
    known: Mapping[str, Fact],
    moved: Mapping[SummaryLine, str],
) -> Iterator[Row]:
    """Yield a row for each measure and judgement; who answers, and the name of several, stand in the first."""
    rows: dict[tuple[str, str], list[SummaryLine]] = {}
    for entry in group:
        rows.setdefault((entry.summary.indicator, _sign(entry)), []).append(entry)
    several = len({indicator for indicator, _ in rows}) > 1
    head, who = (f"**{group[0].finding}:** " if several else ""), _leads(group, params)
    for (indicator, sign), entries in rows.items():
        told = dict.fromkeys(moved[entry] for entry in entries if entry in moved)
        name = " ".join([f"{head}{sign} {_linked(params.indicators[indicator].brief, indicator)}", *told])
        yield by_place_row(name, entries, who, params, known)
        head = who = ""


def _sign(entry: SummaryLine) -> str:
    """Return the judgement of a row as a shape with a letter."""
    verdict = entry.summary.verdict
    if entry.summary.stands_out:
        return "[O]{.verdict-stands-out}"
    return WORDS[verdict] if verdict in UNJUDGED else f"[{LABELS[verdict][0]}]{{.{CLASSES[verdict]}}}"


def _brief(row: Row) -> Row:
    what, concerned, who = row
    if what.startswith(ACTION_MARKS):
        return (" ".join(row), "")
    return (" ".join(filter(None, (what, concerned))), who)


def _columns(params: Params, *, has_moved: bool) -> tuple[Column, ...]:
    benchmark = params.system.spoken_benchmark
    return (
        Column(label="What it is, and how far from what", width=55),
        Column(
            label=f"Since when behind {benchmark}; at {benchmark}'s level{'; movement' if has_moved else ''}",
            width=26,
        ),
        Column(label="Who answers", width=19),
    )


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


def _matter(
    group: Sequence[SummaryLine],
    params: Params,
    known: Mapping[str, Fact],
    moved: Mapping[SummaryLine, str],
) -> Iterator[Row]:
    """Yield a row for each line of a matter; who answers stands in the first."""
    several = len({entry.summary.indicator for entry in group}) > 1
    head, who = (f"**{group[0].finding}.** " if several else ""), _leads(group, params)
    for entry in group:
        own, _, rest = entry.summary.line.partition(": ")
        judged = line_words(entry).replace(STANDS_OUT, _STANDS_OUT)
        what = f"{head}{judged}. {_linked(own, entry.summary.indicator)}: {rest}."
        concern = entry.summary.concern
        since = f"Since {concern.since}." if concern is not None and concern.since else ""
        yield what, " ".join(filter(None, (since, _people(entry, known), moved.get(entry, "")))), who
        head = who = ""


def _people(entry: SummaryLine, known: Mapping[str, Fact]) -> str:
    concern = entry.summary.concern
    if concern is None or not concern.people:
        return ""
    return f"About {fact_span(known[concern.people].display, concern.people)} {concern.words}."


def _action_rows(group: Sequence[SummaryLine], actions: Sequence[Action], params: Params) -> Iterator[Row]:
    """Yield the rows of the actions on a matter, the open ones first, or one to fill in where none is open.

    Where the matter has several measures, an action says which one it is on.
    """
    names = dict.fromkeys(entry.summary.indicator for entry in group)
    own = [one for one in actions if one.indicator in names]
    if not any(one.closed is None for one in own):
        yield TO_FILL_IN
    yield from _agreed(own, params, is_named=len(names) > 1)


def _left_over(
    groups: Sequence[Sequence[SummaryLine]], actions: Sequence[Action], params: Params
) -> Iterator[Row]:
    """Yield the rows of actions on measures that need none now."""
    told = {entry.summary.indicator for group in groups for entry in group}
    for name in dict.fromkeys(one.indicator for one in actions if one.indicator not in told):
        measure = params.indicators[name].name
        yield (f"{_linked(measure, name)}: needs no action by the rules now.", "", _lead(name, params))
        yield from _agreed([one for one in actions if one.indicator == name], params, is_named=False)


def _agreed(actions: Sequence[Action], params: Params, *, is_named: bool) -> Iterator[Row]:
    for one in sorted(actions, key=lambda one: one.closed is not None):
        name = _linked(params.indicators[one.indicator].name, one.indicator)
        which = f"{name}: " if is_named else ""
        # What a board wrote is no mark of a fact, a link or a verdict, even where it looks like one.
        action, owner = (_NO_MARK.sub("] ", words.rstrip(".")) for words in (one.action, one.owner))
        mark = f"{CLOSED} on {long_date(one.closed)}:" if one.closed else ACTION
        yield f"{mark} {which}{action}.", f"{OWNER} {owner}.", f"{BY} {long_date(one.due)}."


def _leads(group: Sequence[SummaryLine], params: Params) -> str:
    return "; ".join(
        dict.fromkeys(lead for entry in group if (lead := _lead(entry.summary.indicator, params)))
    )


def _lead(indicator: str, params: Params) -> str:
    """Return who answers for a measure: by its outcome, else by a part of a provider collaborative that it measures."""
    parts = (
        *(outcome for priority in params.priorities.values() for outcome in priority.outcomes),
        *(part for collaborative in params.collaboratives.values() for part in collaborative.parts),
    )
    leads = [part.lead for part in parts if indicator in part.indicators and part.lead]
    return leads[0] if leads else ""


def _linked(name: str, indicator: str) -> str:
    return name if set(name) & set("[]{}") else f"[{name}](#indicator-{indicator})"
