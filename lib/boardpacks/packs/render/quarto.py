"""Renders with the Quarto that is on the path."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from boardpacks.packs.render.documents import LARGE_PRINT, document_name
from boardpacks.packs.render.extension import require_extension
from boardpacks.packs.render.includes import MAIN, SourceText, read_source
from boardpacks.packs.render.pandoc import contents_depth, parse
from boardpacks.packs.render.source_error import RenderError, SourceFault
from boardpacks.packs.render.typst_pdf import typst_fault
from boardpacks.packs.render.word import word_document
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.sealed import write_whole

MINIMUM = (1, 10, 0)
"""Quarto 1.10 brought the Typst that keeps to PDF/UA-1 and PDF/A-3a at once, which the attachments need."""

TARGETS = {"pdf": "boardpack-typst", "html": "boardpack-html", LARGE_PRINT: "boardpack-typst"}
"""The extension's own formats: plain ``typst`` would leave out its template and filters."""

OUTPUT = "rendered"
"""Folder below the source that Quarto writes to."""

TIME_LIMIT = 600
"""Seconds after which a render counts as hung; a pack takes about five."""

MOST_LINES = 12
"""Lines of what Quarto said that an error passes on, from the first that says what went wrong."""

WIDEST = 160

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TYPST = re.compile(r"^(?:ERROR: )?error: (?P<message>.+)$", re.MULTILINE)
_HINT = re.compile(r"^\s*=\s*hint: (?P<hint>.+)$", re.MULTILINE)
_SPOILT = re.compile(
    r"(?:^|\.{3})warning: (?P<said>(?:unknown font|layout did not converge)[^\n]*)", re.MULTILINE
)
_FILTER = re.compile(r"^ERROR \((?P<file>[^\n]+):(?P<line>\d+)\) (?P<said>.+)$", re.MULTILINE)
_OWN_SETTINGS = ("QUARTO_PROFILE", "QUARTO_LOG", "QUARTO_LOG_LEVEL", "QUARTO_LOG_FORMAT", "TYPST_FONT_PATHS")


class QuartoError(RenderError):
    """Quarto stopped, or its document is not what it should be; ``reason`` says why in one line.

    Parameters
    ----------
    command
        The command as it was run.
    stderr
        Quarto's own words.
    source
        What was rendered: a fault that Typst names is told as the bundled engine tells it.
    """

    def __init__(self, command: tuple[str, ...], stderr: str, source: SourceText):
        self.command = command
        self.stderr = stderr.strip()
        fault = _fault(command, self.stderr, source)
        self.reason = str(fault).splitlines()[0]
        super().__init__([fault])


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
        text = read_source(source)
        require_extension(text)
        # The house rules first: the same errors as from the bundled engine, with file and line.
        tree = parse(text)
        depth = contents_depth(tree)
        out.mkdir(parents=True, exist_ok=True)

        def make(kind: str) -> Path:
            with tempfile.TemporaryDirectory(prefix="boardpacks-quarto-") as name:
                copy = Path(name) / "source"
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns(".quarto", OUTPUT))
                return self._render_one(
                    self.command(kind, depth), copy, text, out / document_name(kind), date
                )

        with ThreadPoolExecutor(len(TARGETS), thread_name_prefix="quarto") as pool:
            made = {kind: pool.submit(make, kind) for kind in TARGETS if kind in formats}
        documents = {kind: document.result() for kind, document in made.items()}
        if "docx" in formats:
            documents["docx"] = out / document_name("docx")
            write_whole(documents["docx"], word_document(tree, text, date))
        return documents

    def command(self, kind: str, depth: int = 0) -> tuple[str, ...]:
        """Return the command that makes the document of this kind, to be run in the source folder.

        Parameters
        ----------
        kind
            A format.
        depth
            How many levels of headings the contents list. In the page each heading is one level lower.
        """
        own: dict[str, tuple[str, ...]] = {
            "html": ("--metadata", f"toc-depth:{depth + 1}") if depth else (),
            LARGE_PRINT: ("--metadata", f"{LARGE_PRINT}:true"),
        }
        target = ("--to", TARGETS[kind], "--output", document_name(kind), "--output-dir", OUTPUT)
        return (str(self.program), "render", MAIN, *target, *own.get(kind, ()))

    def _render_one(
        self, command: tuple[str, ...], folder: Path, source: SourceText, target: Path, date: dt.date
    ) -> Path:
        status, said = _run(command, folder, date)
        if status is None:
            raise QuartoError(command, f"no result after {TIME_LIMIT} seconds", source)
        # Quarto ends well when a filter stops, and Typst makes PDFs with another font or with wrong page numbers.
        if status or _FILTER.search(said) or _SPOILT.search(said):
            raise QuartoError(command, said, source)
        made = folder / OUTPUT / target.name
        if not made.is_file():
            raise QuartoError(command, f"it ended well but left no {target.name}\n{said}", source)
        write_whole(target, made.read_bytes())
        return target


def _run(command: tuple[str, ...], folder: Path, date: dt.date) -> tuple[int | None, str]:
    """Return exit status and error output; no status when it took too long. Nothing of Quarto's stays behind."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(date),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            _, said = process.communicate(timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            _stop(process)
            return None, ""
        except BaseException:
            _stop(process)
            raise
        return process.returncode, _COLOUR.sub("", said)


def _stop(process: subprocess.Popen[str]) -> None:
    """End Quarto with all that it has started: it is a script around other programs."""
    if os.name == "nt":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _fault(command: tuple[str, ...], said: str, source: SourceText) -> SourceFault:
    """Say what went wrong: where Typst says it, in plain words with file and line."""
    if stopped := _FILTER.search(said):
        where = f"{Path(stopped['file']).name}, line {stopped['line']}"
        return SourceFault(
            f"_extensions/{source.extension.name}/{where}", f"the filter stopped: {stopped['said']}"
        )
    if spoilt := _SPOILT.search(said):
        return SourceFault(MAIN, f"Typst made a faulty PDF: {spoilt['said']}.")
    if found := _TYPST.search(said):
        # Quarto passes on what Typst writes, and writes it again itself.
        hints = list(dict.fromkeys(hint["hint"] for hint in _HINT.finditer(said)))
        return typst_fault(found["message"], said, hints, source)
    lines = said.splitlines() or ["it said nothing"]
    start = next((number for number, line in enumerate(lines) if line.startswith("ERROR")), -MOST_LINES)
    told = [line[:WIDEST] for line in lines[start:] if line.strip() and not line.startswith("    at ")]
    first, *more = told[:MOST_LINES]
    words = "".join(f"\n  {line}" for line in [f"command  {' '.join(command)}", *more])
    return SourceFault(MAIN, f"Quarto stopped: {first}{words}")


def find_quarto() -> QuartoEngine | None:
    """Return Quarto when it is on the path and at least version 1.10, else ``None``."""
    try:
        return require_quarto()
    except BoardpacksError:
        return None


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
    """Return this process's environment without what could change a document, and with the document's date."""
    kept = {name: value for name, value in os.environ.items() if name not in _OWN_SETTINGS}
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    return {**kept, "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), "TZ": "UTC", "NO_COLOR": "1"}
