"""Every exit status, and which command ends with it."""

from __future__ import annotations

from boardpacks.runs.statuses import MEANINGS
from reference.commands import statuses_told
from reference.markdown import as_code, linked, page, table


def exit_statuses_page() -> str:
    """Return the page of exit statuses."""
    return page(
        "Exit statuses",
        "Every command ends with 0 where all went well and with 2 where what it was given is wrong. What a scheduler "
        "should do about each stands in [scheduling](../scheduling.md#exit-statuses).",
        table(("Status", "Of a build"), ((str(status), said) for status, said in MEANINGS.items())),
        "## By command",
        "Those that are not listed end with 0, or with 2 where something is wrong. Any may end with 1 where the fault "
        "is in boardpacks itself, with 74 where a disk or a folder fails, and with 130 when it was stopped.",
        table(
            ("Command", "Statuses"),
            ((as_code(typed), linked(said)) for typed, said in statuses_told().items()),
        ),
    )
