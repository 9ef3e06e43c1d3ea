"""Reads a source with its includes, and remembers which line came from which file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from boardpacks.packs.render.source_error import RenderError, SourceFault

MAIN = "pack.qmd"

_INCLUDE = re.compile(r"^[ \t]*\{\{<\s*include\s+(?P<name>\S+|\"[^\"]+\"|'[^']+')\s*>\}\}[ \t]*$")
_FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
_CELL = re.compile(r"\s*\{[A-Za-z]")


@dataclass(frozen=True)
class SourceLine:
    """A line of the whole text: the file it stands in (from the source folder), its number there, its text."""

    file: str
    number: int
    text: str

    @property
    def where(self) -> str:
        """File and line as errors name them."""
        return f"{self.file}, line {self.number}"


@dataclass(frozen=True)
class SourceText:
    """A pack's source as one text.

    Parameters
    ----------
    folder
        Absolute path of the Quarto project.
    lines
        Every line of ``pack.qmd`` with the included files in their places.
    """

    folder: Path
    lines: tuple[SourceLine, ...]

    @property
    def text(self) -> str:
        """The Markdown that pandoc reads."""
        return "\n".join(line.text for line in self.lines) + "\n"

    @property
    def extension(self) -> Path:
        """Folder of the format extension that the source carries with it."""
        return self.folder / "_extensions" / "boardpack"

    def where(self, needle: str, last: bool = False) -> str:
        """Return file and line of the first (or last) line that holds `needle`, or the main file's name."""
        lines = reversed(self.lines) if last else iter(self.lines)
        return next((line.where for line in lines if needle and needle in line.text), MAIN)

    def line(self, number: int) -> str:
        """Return file and line of a line of the whole text, counted from 1."""
        return self.lines[min(max(number, 1), len(self.lines)) - 1].where if self.lines else MAIN


def read_source(folder: Path) -> SourceText:
    """Read ``pack.qmd`` in `folder`, with every include put in as text, as Quarto does it.

    An include stands on a line of its own. Its path counts from the file it stands in, or from the source
    folder when it starts with a slash. Code blocks are left alone.

    Raises
    ------
    RenderError
        An include that is missing, includes itself or lies outside the source; an executable cell.
    """
    root = folder.resolve()
    return SourceText(root, tuple(_expand(root / MAIN, root, (), MAIN)))


def _expand(path: Path, root: Path, seen: tuple[Path, ...], wanted_by: str) -> list[SourceLine]:
    path = path.resolve()
    if not path.is_relative_to(root):
        raise _error(wanted_by, f"the include {path.name} lies outside the pack's folder. Copy it in.")
    name = path.relative_to(root).as_posix()
    if path in seen:
        loop = " → ".join(file.relative_to(root).as_posix() for file in (*seen[seen.index(path) :], path))
        raise _error(wanted_by, f"the includes go round in a loop: {loop}.")
    if not path.is_file():
        raise _error(wanted_by, f"the file {name} does not exist.")
    lines: list[SourceLine] = []
    fence = ""
    for number, text in enumerate(_read(path, name), start=1):
        line = SourceLine(name, number, text)
        include = None if fence else _INCLUDE.match(text)
        if include is None:
            fence = _fence_after(line, fence)
            lines.append(line)
            continue
        target = include["name"].strip("\"'")
        start = root / target.lstrip("/") if target.startswith("/") else path.parent / target
        lines += _expand(start, root, (*seen, path), line.where)
        # Text of two files never runs together into one paragraph.
        lines.append(SourceLine(name, number, ""))
    return lines


def _read(path: Path, name: str) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise _error(name, "the file is not UTF-8 text. Save it as UTF-8.") from error


def _fence_after(line: SourceLine, fence: str) -> str:
    """Return the code fence that is open after `line`, or an empty string."""
    mark = _FENCE.match(line.text)
    if mark is None:
        return fence
    if not fence:
        if _CELL.match(mark["info"]):
            raise _error(
                line.where,
                f"executable cell {mark['info'].strip()}. Packs run no code: run it in a notebook and "
                "use what it hands over.",
            )
        return mark["fence"]
    closes = mark["fence"].startswith(fence) and not mark["info"].strip()
    return "" if closes else fence


def _error(where: str, message: str) -> RenderError:
    return RenderError([SourceFault(where, message)])
