"""How every command ends: an exit status, and a message for whoever can mend what is wrong."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import typer

from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.folder import find_project
from boardpacks.project.own_faults import UnexpectedFault, as_failure
from boardpacks.runs.statuses import INTERRUPTED

STATE = "Packs published before stay as they are; nothing half-made was published."


@contextmanager
def exit_statuses(*, all_problems: bool = False, state: str = STATE) -> Iterator[None]:
    """Turn errors of users, interruptions and faults of our own into a message and an exit status.

    Parameters
    ----------
    all_problems
        Whether every problem of an input is told, and not only as many as fit on a screen.
    state
        What was done by the time that the command is stopped or fails, in a sentence.
    """
    kept = {name: signal.signal(name, _interrupt) for name in _stop_signals()}
    try:
        yield
    except BoardpacksError as error:
        shown = error.told() if all_problems and isinstance(error, InputError) else str(error)
        typer.echo(shown, err=True)
        raise typer.Exit(error.exit_status) from None
    except KeyboardInterrupt:
        typer.echo(f"Stopped. {state}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except (
        Exception
    ) as error:  # of a library or of our own: whoever runs the command can do nothing with a trace
        failure = as_failure(error, _folder_of_logs(), "A fault in boardpacks itself ended this command.")
        typer.echo(
            f"{failure}\n  state {state}" if isinstance(failure, UnexpectedFault) else str(failure), err=True
        )
        raise typer.Exit(failure.exit_status) from None
    finally:
        for name, handler in kept.items():
            signal.signal(name, handler)


def _folder_of_logs() -> Path:
    try:
        return find_project().work
    except BoardpacksError:
        return Path(tempfile.gettempdir())


def _stop_signals() -> list[signal.Signals]:
    """Signals other than Ctrl-C by which a terminal or a scheduler asks a program to end."""
    return [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
