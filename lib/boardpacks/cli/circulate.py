"""boardpacks circulate."""

from __future__ import annotations

import datetime as dt
import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.load import load_circulation, load_params
from boardpacks.params.recipients import Circulation
from boardpacks.params.select import select_meeting
from boardpacks.project.errors import BoardpacksError, InputError, Problem, near
from boardpacks.project.folder import find_project
from boardpacks.runs.statuses import FAILED

if TYPE_CHECKING:
    from boardpacks.circulation.prepare import Prepared

STATE = "The record says what was sent until then; run the same command again to go on from there."


def circulate(
    meeting: Annotated[
        str,
        typer.Argument(
            help="A place, for its next meeting, or a place and a date: PLACE/2026-12-09.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder of published packs. Default: reports/published."),
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Show what would be sent, and to whom.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --send: really send it.")] = False,
    again: Annotated[
        list[str] | None,
        typer.Option(
            "--again", metavar="LIST", help="With --send: a list that gets it once more. Repeatable."
        ),
    ] = None,
) -> None:
    """Prepare the messages that bring a final pack to its readers.

    Who gets what is in params/circulation.yml. Written are a draft e-mail for each list,
    calendar entries, a zip and a record, into reports/circulation. Nothing is sent unless
    --send --yes says so, and only final editions are circulated.

    \b
    Examples:
      boardpacks circulate havering
      boardpacks circulate havering/2026-12-09
      boardpacks circulate havering --send           what would be sent
      boardpacks circulate havering --send --yes     send it

    \b
    Exit status: 0 done, 1 not everything was sent, 2 wrong input or a draft,
    74 the disk failed, 75 it is being sent already, 130 stopped.
    """
    with exit_statuses(state=STATE):
        from boardpacks.circulation.final_edition import find_edition  # noqa: PLC0415
        from boardpacks.circulation.letters import plan_letters  # noqa: PLC0415
        from boardpacks.circulation.prepare import circulation_folder, prepare, utc  # noqa: PLC0415
        from boardpacks.circulation.tell import NEXT, tell_prepared  # noqa: PLC0415

        project, lists = find_project(), tuple(again or ())
        if (yes or lists) and not send:
            raise BoardpacksError("--yes and --again go with --send: without it nothing is sent.")
        params = load_params(project.params)
        settings = _settings(load_circulation(project.params), lists)
        published = out or project.published
        edition = find_edition(*select_meeting(params, meeting, dt.date.today()), published)
        letters = plan_letters(edition, settings)
        folder = circulation_folder(published.absolute(), edition)
        command = _typed(meeting, out, send=send, yes=yes, again=lists)
        prepared = prepare(
            edition, letters, settings, folder, when=utc(dt.datetime.now(dt.UTC)), command=command
        )
        for line in tell_prepared(prepared):
            typer.echo(line)
        if not send:
            typer.echo(f"\n{NEXT}")
        sent = not send or _send(prepared, settings, lists, command, really=yes)
    if not sent:
        raise typer.Exit(FAILED)


def _send(
    prepared: Prepared, settings: Circulation, again: Sequence[str], command: str, *, really: bool
) -> bool:
    """Show or do the sending, and return whether nothing is left to be done."""
    from boardpacks.circulation.hold import hold_circulation  # noqa: PLC0415
    from boardpacks.circulation.send_letters import DONE, plan_sending, send_letters  # noqa: PLC0415
    from boardpacks.circulation.tell import tell_plan, tell_sent  # noqa: PLC0415

    if settings.smtp is None:
        allowed = "a mail server, as docs/circulation.md says"
        hint = "without one, send the drafts from your mail program"
        raise InputError([Problem("params/circulation.yml", "smtp", "nothing", allowed, hint)])
    if not really:
        for line in tell_plan(plan_sending(prepared.letters, prepared.folder, again), settings):
            typer.echo(line)
        return True
    with hold_circulation(prepared.folder):
        sent = send_letters(
            plan_sending(prepared.letters, prepared.folder, again),
            settings.smtp,
            prepared.folder,
            environment=os.environ,
            now=lambda: dt.datetime.now(dt.UTC),
            command=command,
        )
    for line in tell_sent(sent):
        typer.echo(line)
    return all(each.outcome in DONE for each in sent)


def _settings(settings: Circulation | None, again: Sequence[str]) -> Circulation:
    if settings is None:
        raise InputError(
            [
                Problem(
                    "params/circulation.yml",
                    "",
                    "no such file",
                    "who gets the papers of which boards: see docs/circulation.md",
                    "begin with a copy of docs/circulation-example.yml",
                )
            ]
        )
    known = [each.id for each in settings.lists]
    unknown = [name for name in again if name not in known]
    if unknown:
        raise InputError(
            [Problem("--again", "", repr(name), ", ".join(known), near(name, known)) for name in unknown]
        )
    return settings


def _typed(meeting: str, out: Path | None, *, send: bool, yes: bool, again: Sequence[str]) -> str:
    """Return the command as it is written down in the record."""
    words = ["boardpacks", "circulate", meeting, *(["--out", str(out)] if out else [])]
    words += [*(["--send"] if send else []), *(["--yes"] if yes else [])]
    return shlex.join([*words, *(word for each in again for word in ("--again", each))])
