"""How every command ends: an exit status, and a message for whoever can mend what is wrong."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from boardpacks.params.errors import BoardpacksError, InputError
from boardpacks.runs.statuses import INTERRUPTED

STOPPED = "Stopped. Packs published before stay as they are; nothing half-made was published."


@contextmanager
def exit_statuses(*, all_problems: bool = False, stopped: str = STOPPED) -> Iterator[None]:
    """Turn errors of users and interruptions into a message and an exit status."""
    kept = {name: signal.signal(name, _interrupt) for name in _stop_signals()}
    try:
        yield
    except BoardpacksError as error:
        shown = error.told() if all_problems and isinstance(error, InputError) else str(error)
        typer.echo(shown, err=True)
        raise typer.Exit(error.exit_status) from None
    except KeyboardInterrupt:
        typer.echo(stopped, err=True)
        raise typer.Exit(INTERRUPTED) from None
    finally:
        for name, handler in kept.items():
            signal.signal(name, handler)


def _stop_signals() -> list[signal.Signals]:
    """Signals other than Ctrl-C by which a terminal or a scheduler asks a program to end."""
    return [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
