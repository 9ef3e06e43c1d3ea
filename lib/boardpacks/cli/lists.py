"""boardpacks places, boardpacks priorities."""

from __future__ import annotations

import datetime as dt

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.load import load_params
from boardpacks.project.folder import find_project


def places() -> None:
    """List the places, their boroughs and their next meetings.

    \b
    Examples:
      boardpacks places
      boardpacks places | grep havering
    """
    with exit_statuses():
        from rich.markup import escape  # noqa: PLC0415

        from boardpacks.cli.progress import open_console, plain_table  # noqa: PLC0415

        params = load_params(find_project().params)
        table = plain_table("Id", "Place", params.system.words.several.capitalize(), "Next meeting")
        for id_, calendar in params.calendars.items():
            known = params.places.get(id_)
            name = known.name if known else params.system.name
            boroughs = ", ".join(borough.name for borough in known.boroughs) if known else "all"
            date = calendar.next_meeting(dt.date.today()).date.isoformat()
            table.add_row(
                id_, escape(name), escape(boroughs), date + (" (example)" if calendar.example else "")
            )
        open_console().print(table)


def priorities() -> None:
    """List the priorities, and how many of their outcomes have a measure.

    \b
    Examples:
      boardpacks priorities
    """
    with exit_statuses():
        from rich.markup import escape  # noqa: PLC0415

        from boardpacks.cli.progress import open_console, plain_table  # noqa: PLC0415

        params = load_params(find_project().params)
        counts = "Outcomes", "Measured", "Indicators"
        table = plain_table("Id", "Priority", *counts, numbers=counts)
        for priority in params.priorities.values():
            measured = sum(bool(outcome.indicators) for outcome in priority.outcomes)
            numbers = len(priority.outcomes), measured, len(priority.indicators)
            table.add_row(priority.id, escape(priority.name), *map(str, numbers))
        open_console().print(table)
