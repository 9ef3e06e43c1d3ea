"""Notes which files a chapter's process reads beside params and snapshot, so that they count when they change."""

from __future__ import annotations

import ast
import os
import re
import site
import sys
import sysconfig
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.util import source_from_cache
from pathlib import Path

from boardpacks.project.file_digest import file_digest

FILES = "files"
"""Under this word the files stand among what was read."""

_SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/run", "/usr/share")
LONGEST_NAME = 1000
_ENDING = re.compile(r"\.[A-Za-z0-9_]+$")
_FONTS = (".ttf", ".otf", ".ttc", ".pfb", ".afm")

# For the whole process, on purpose: an audit hook is, and a chapter has a process to itself.
_read: dict[str, None] = {}
_written: set[str] = set()
_project: list[Path] = []
_hashing = threading.local()


def watch(notebooks: Path, private: Path) -> None:
    """Note from now on every file that is opened for reading in this process, whatever opens it by Python.

    Left out are Python's own files and packages, fonts, what the process has written itself, what a build records by
    other ways (params, snapshots, files beside the notebooks), and folders of the system. What a library opens past
    Python, as pyarrow and polars do and pandas for Parquet, is not seen: `take_opened` looks for its name in the code.

    Parameters
    ----------
    notebooks
        Folder of the notebooks, inside the project.
    private
        Folder of the process's own, such as its profile.
    """
    project = notebooks.resolve().parent
    skipped = tuple(
        f"{os.path.realpath(folder)}{os.sep}"
        for folder in (
            *{sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), *site.getsitepackages()},
            site.getusersitepackages(),
            Path(__file__).parents[1],
            private,
            project / "params",
            project / "data" / "snapshots",
            project / "reports" / "_extensions",
            *_SYSTEM,
            *(os.environ.get(name) for name in ("MPLCONFIGDIR", "XDG_CACHE_HOME") if os.environ.get(name)),
            Path.home() / ".cache",
            Path.home() / ".config",
            Path.home() / ".ipython",
            Path.home() / ".jupyter",
        )
        if folder
    )

    def note(event: str, args: tuple[object, ...]) -> None:
        if event not in ("open", "sqlite3.connect") or getattr(_hashing, "now", False):
            return
        path = _path(args[0])
        if not path:
            return
        if event == "open" and _writes(args[1], args[2]):
            _written.add(path)
        elif not path.startswith(skipped) and Path(path).suffix not in _FONTS:
            _read[path] = None

    _project[:] = [project, notebooks.resolve()]
    sys.addaudithook(note)


def take_opened(code: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the files that were read and are there, each with the digest of its content.

    Files that some code names as they stand count too: a library may open them past Python.

    Files inside the project go by their path from its folder, others by their whole path.
    """
    if not _project:
        return []
    project, notebooks = _project
    named = {os.path.realpath(notebooks / text) for source in code for text in _texts(source)}
    skipped = (f"{project / 'params'}{os.sep}", f"{project / 'data' / 'snapshots'}{os.sep}")
    read = _read.keys() | {path for path in named if not path.startswith(skipped)}
    paths = {Path(_source(path)) for path in read - _written}
    _hashing.now = True
    try:
        return [
            (_name(path, project), content_digest(path))
            for path in sorted(paths)
            if path.is_file() and path.parent != notebooks
        ]
    finally:
        _hashing.now = False


def _texts(code: str) -> Iterator[str]:
    """Yield the texts in some code that may name a file."""
    with suppress(SyntaxError, ValueError):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if 0 < len(text) < LONGEST_NAME and "\0" not in text and _ENDING.search(text):
                    yield text


def content_digest(path: Path) -> str:
    """Return the digest of a file's content, or an empty string when it is not there."""
    try:
        return file_digest(path)
    except OSError:
        return ""


def _name(path: Path, project: Path) -> str:
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else str(path)


def _path(named: object) -> str:
    if isinstance(named, bytes):
        named = os.fsdecode(named)
    if not isinstance(named, str | os.PathLike) or str(named).startswith((":memory:", "<")) or not str(named):
        return ""
    try:
        return os.path.realpath(os.fspath(named))
    except (OSError, ValueError):
        return ""


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return not ("r" in mode or "+" in mode)
    return isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR) == os.O_WRONLY


def _source(path: str) -> str:
    """Return the source of a compiled module: its content counts."""
    try:
        return source_from_cache(path) if path.endswith(".pyc") else path
    except ValueError:
        return path
