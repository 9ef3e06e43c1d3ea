"""Runs the pandoc that comes with the package, and says in plain words what it found wrong."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from boardpacks.packs.render.includes import MAIN, SourceText
from boardpacks.packs.render.source_error import RenderError, SourceFault
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.signs import ALLOWED, foreign_signs, named

RULES = Path(__file__).with_name("rules.lua")
PROBLEM = "boardpack-problem"
"""First field of the lines in which our filters report what is wrong with a source."""

_WARNING_LINE = re.compile(r"^\[WARNING\]\s*(?P<message>.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_META = '"meta":'
_AT_LINE = re.compile(r"\bline (\d+)(?: column \d+)?")


@dataclass(frozen=True)
class Tree:
    """A document as pandoc has parsed it: the JSON that it hands on, which takes time to read and to write."""

    content: bytes

    @cached_property
    def meta(self) -> dict[str, Any]:
        """Its metadata."""
        text = self.content.decode()
        meta: dict[str, Any] = json.JSONDecoder().raw_decode(text, text.index(_META) + len(_META))[0]
        return meta

    @cached_property
    def blocks(self) -> list[Any]:
        """Its text."""
        blocks: list[Any] = json.loads(self.content)["blocks"]
        return blocks


def parse(source: SourceText) -> Tree:
    """Return pandoc's document tree of `source`, once our rules have found nothing wrong with it.

    Raises
    ------
    RenderError
        Signs that no font of the packs has, and every breach of the rules in ``rules.lua``, with file and line.
    """
    if faults := [
        SourceFault(line.where, f"packs cannot show {named(signs)}. Use {ALLOWED}.")
        for line in source.lines
        if (signs := foreign_signs(line.text))
    ]:
        raise RenderError(faults)
    args = ["--from", "markdown+smart", "--to", "json", "--lua-filter", str(RULES), "--fail-if-warnings"]
    return Tree(_run(args, source.text.encode(), source))


def contents_depth(tree: Tree) -> int:
    """Return how many levels of headings the contents list, or 0 for no contents.

    Raises
    ------
    RenderError
        When ``toc-depth`` is no number.
    """
    if not tree.meta.get("toc", {}).get("c"):
        return 0
    wanted = setting(tree, "toc-depth") or "2"
    if not wanted.isdecimal():
        raise RenderError([SourceFault(MAIN, f"toc-depth: {wanted!r} is not a number; 2 is usual.")])
    return int(wanted)


def setting(tree: Tree, key: str) -> str:
    """Return a word or number of the metadata as text, or an empty string."""
    value = tree.meta.get(key, {}).get("c", "")
    return value if isinstance(value, str) else str(value[0].get("c", ""))


def write(tree: Tree, args: Sequence[str], source: SourceText) -> str:
    """Return `tree` as pandoc writes it with `args`; paths in it count from the source folder."""
    return _run(["--from", "json", *args], tree.content, source).decode()


def write_file(tree: Tree, args: Sequence[str], source: SourceText, date: dt.date) -> bytes:
    """Return `tree` as a file that pandoc writes with `args`, dated midnight UTC of `date`."""
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    dated = {**os.environ, "SOURCE_DATE_EPOCH": str(int(midnight.timestamp()))}
    return _run(["--from", "json", *args, "--output", "-"], tree.content, source, dated)


def data_file(name: str) -> bytes:
    """Return one of the files that pandoc brings."""
    args = [str(_pandoc()), "--print-default-data-file", name]
    return subprocess.run(args, capture_output=True, check=True).stdout


def _run(
    args: Sequence[str], text: bytes, source: SourceText, environment: Mapping[str, str] | None = None
) -> bytes:
    done = subprocess.run(
        [str(_pandoc()), *args],
        input=text,
        capture_output=True,
        cwd=source.folder,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise RenderError(_faults(done.stderr.decode(errors="replace"), source))
    return done.stdout


def _pandoc() -> Path:
    # Importing pypandoc runs pandoc to see whether it is there; its folder is all that is wanted.
    spec = find_spec("pypandoc")
    if spec is None or spec.origin is None:
        raise BoardpacksError("The bundled engine needs the package pypandoc_binary, which is not installed.")
    return Path(spec.origin).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")


def _faults(stderr: str, source: SourceText) -> list[SourceFault]:
    problems = [line.split("\t", 3) for line in stderr.splitlines() if line.startswith(PROBLEM + "\t")]
    if problems:
        return [
            SourceFault(source.where(needle, last=which == "last"), message)
            for _, which, needle, message in problems
        ]
    warnings = [" ".join(found["message"].split()) for found in _WARNING_LINE.finditer(stderr)]
    if warnings:
        return [_located(message, source) for message in warnings]
    said = stderr.split("stack traceback:", maxsplit=1)[0].strip() or "pandoc stopped without saying why"
    return [_located(" ".join(said.split()), source)]


def _located(message: str, source: SourceText) -> SourceFault:
    """Turn pandoc's line of the whole text into the file and line that the user wrote."""
    at = _AT_LINE.search(message)
    where = source.line(int(at[1])) if at else MAIN
    words = _AT_LINE.sub(lambda found: source.line(int(found[1])), message)
    return SourceFault(where, words)
