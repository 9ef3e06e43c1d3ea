"""Writes the board's action log: what was agreed, by whom and by when, and what has been closed."""

from __future__ import annotations

from boardpacks.facts.artefacts import Column, Table
from boardpacks.packs.compose.section import table_markdown
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import to_annex
from boardpacks.params.actions import Action
from boardpacks.project.dates import long_date

LABEL = "tbl-actions"
NONE = (
    "No action has been agreed on a measure of this pack yet. What the board agrees at this meeting comes back here "
    "until it is closed."
)
_COLUMNS = (
    Column(label="Measure", width=24),
    Column(label="Action", width=40),
    Column(label="Owner", width=18),
    Column(label="By", width=18),
)


def action_log_markdown(gathered: Gathered) -> str:
    """Return the part of the last page on actions."""
    head = "# Actions {#sec-actions .continued}"
    if not gathered.actions:
        return f"{head}\n\n{NONE}\n"
    rows = tuple(
        _row(gathered, one) for one in sorted(gathered.actions, key=lambda one: one.closed is not None)
    )
    table = Table(
        kind="table", name="actions", facts=(), title="What was agreed", columns=_COLUMNS, rows=rows
    )
    return f"{head}\n\n{to_annex(table_markdown(table, LABEL))}\n"


def _row(gathered: Gathered, action: Action) -> tuple[str, ...]:
    closed = f"**Closed** on {long_date(action.closed)}" if action.closed else long_date(action.due)
    return gathered.params.indicators[action.indicator].brief, action.action, action.owner, closed
