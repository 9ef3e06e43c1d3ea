"""Renders with the Quarto that is on the path."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from boardpacks.packs.render.documents import LARGE_PRINT, document_name
from boardpacks.packs.render.errors import Fault, RenderError
from boardpacks.packs.render.includes import MAIN, read_source
from boardpacks.packs.render.pandoc import parse
from boardpacks.params.errors import BoardpacksError

MINIMUM = (1, 9, 0)
"""Quarto 1.9 brought ``pdf-standard``, without which there is no PDF/UA."""

TARGETS = {"pdf": "boardpack-typst", "html": "boardpack-html", LARGE_PRINT: "boardpack-typst"}
"""The extension's own formats: plain ``typst`` would leave out its Typst partials."""

TIME_LIMIT = 600
"""Seconds after which a render counts as hung; a pack takes about five."""

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


class QuartoError(RenderError):
    """Quarto stopped. Carries the command and what Quarto wrote to its error output.

    Parameters
    ----------
    command
        The command as it was run.
    stderr
        Quarto's own words.
    """

    def __init__(self, command: tuple[str, ...], stderr: str):
        self.command = command
        self.stderr = stderr.strip()
        said = self.stderr or "it said nothing"
        super().__init__([Fault(MAIN, f"Quarto stopped.\n  command  {' '.join(command)}\n  said     {said}")])


@dataclass(frozen=True)
class QuartoEngine:
    """Quarto as an engine. Each render works on a copy of the source, so that several can run at once.

    Parameters
    ----------
    program
        The ``quarto`` executable.
    version
        Its version.
    """

    program: Path
    version: tuple[int, int, int]

    @property
    def name(self) -> str:
        """``quarto`` and its version."""
        return f"quarto {_dotted(self.version)}"

    def render(self, source: Path, out: Path, formats: Collection[str], date: dt.date) -> Mapping[str, Path]:
        """Make the documents in `out`; see :class:`boardpacks.packs.render.Engine`."""
        # The house rules first: the same errors as from the bundled engine, with file and line.
        parse(read_source(source))
        out.mkdir(parents=True, exist_ok=True)
        made: dict[str, Path] = {}
        for kind in (kind for kind in TARGETS if kind in formats):
            with tempfile.TemporaryDirectory(prefix="boardpacks-quarto-") as name:
                copy = Path(name) / "source"
                shutil.copytree(source, copy)
                made[kind] = self._render_one(kind, copy, out, date)
        return made

    def command(self, kind: str) -> tuple[str, ...]:
        """Return the command that makes the document of this kind, to be run in the source folder."""
        own = {"html": ("--metadata", "toc-depth:3"), LARGE_PRINT: ("--metadata", f"{LARGE_PRINT}:true")}
        target = ("--to", TARGETS[kind], "--output", document_name(kind), "--output-dir", "rendered")
        return (str(self.program), "render", MAIN, *target, *own.get(kind, ()))

    def _render_one(self, kind: str, folder: Path, out: Path, date: dt.date) -> Path:
        command = self.command(kind)
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=_environment(date),
                capture_output=True,
                text=True,
                check=False,
                timeout=TIME_LIMIT,
            )
        except subprocess.TimeoutExpired as error:
            raise QuartoError(command, f"no result after {TIME_LIMIT} seconds") from error
        if done.returncode:
            raise QuartoError(command, done.stderr)
        made = next((path for path in sorted(folder.rglob(document_name(kind)))), None)
        if made is None:
            raise QuartoError(command, f"it ended well but left no {document_name(kind)}\n{done.stderr}")
        return _take(made, out / document_name(kind))


def find_quarto() -> QuartoEngine | None:
    """Return Quarto when it is on the path and at least version 1.9.0, else ``None``."""
    program = shutil.which("quarto")
    version = _version(Path(program)) if program else None
    if program is None or version is None or version < MINIMUM:
        return None
    return QuartoEngine(Path(program), version)


def require_quarto() -> QuartoEngine:
    """Return Quarto, or say what is in the way.

    Raises
    ------
    BoardpacksError
        Quarto is not on the path, does not tell its version, or is too old.
    """
    program = shutil.which("quarto")
    wanted = f"Quarto {_dotted(MINIMUM)} or newer"
    way_out = "Install it from quarto.org, or use --engine bundled, which needs nothing else."
    if program is None:
        raise BoardpacksError(f"{wanted} is not on the path. {way_out}")
    version = _version(Path(program))
    if version is None:
        raise BoardpacksError(f"{program} does not tell its version; {wanted} is needed. {way_out}")
    if version < MINIMUM:
        raise BoardpacksError(f"{program} is version {_dotted(version)}; {wanted} is needed. {way_out}")
    return QuartoEngine(Path(program), version)


def _version(program: Path) -> tuple[int, int, int] | None:
    try:
        done = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(done.stdout)
    return (int(found[1]), int(found[2]), int(found[3])) if found and done.returncode == 0 else None


def _dotted(version: tuple[int, int, int]) -> str:
    return ".".join(str(part) for part in version)


def _environment(date: dt.date) -> dict[str, str]:
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), "TZ": "UTC"}


def _take(made: Path, target: Path) -> Path:
    """Move `made` to `target` so that `target` is never seen half written, across file systems too."""
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
        whole = Path(name) / target.name
        shutil.copyfile(made, whole)
        whole.replace(target)
    return target
