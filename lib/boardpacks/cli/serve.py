"""boardpacks serve."""

from __future__ import annotations

from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.project.folder import find_project

PORT = 8765


def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where it listens; 0 for any port that is free.")
    ] = PORT,
    confidential: Annotated[
        bool, typer.Option("--confidential", help="Show the library of the private parts instead.")
    ] = False,
) -> None:
    """Show the library in a browser on this computer.

    Nobody else can reach it. The library needs no server: opening index.html works as
    well. Ctrl-C ends it.

    \b
    Examples:
      boardpacks serve
      boardpacks serve --port 9000
      boardpacks serve --confidential

    \b
    Exit status: 0 ended with Ctrl-C, 2 no library yet, or the port is taken.
    """
    with exit_statuses():
        from boardpacks.packs.library.server import open_server  # noqa: PLC0415
        from boardpacks.plan.plan import root_of  # noqa: PLC0415

        published = find_project().published
        folder = root_of(published, "confidential") if confidential else published
        with open_server(folder, port) as server:
            typer.echo(f"The library is at http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                typer.echo("Ended.")
