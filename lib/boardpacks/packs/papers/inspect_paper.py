"""Asks a process of its own what a paper is, and says in plain words why one is refused or not accessible."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

import boardpacks
from boardpacks.packs.papers.find_papers import Paper
from boardpacks.packs.papers.paper_limits import MOST_SECONDS
from boardpacks.packs.papers.sound import Way
from boardpacks.project.errors import Problem

_PROGRAM = "from boardpacks.packs.papers.look_process import main; main()"
_MEND = (
    "To mend it in Word: set the language, headings and words for pictures, then File, Save As, PDF, Options, and "
    'tick "Document structure tags for accessibility" and "Document properties"'
)
_MOST_NAMED = 3


@dataclass(frozen=True)
class Findings:
    """What was found in a paper that can be inserted.

    Parameters
    ----------
    pages
        Number of its pages.
    tagged
        Whether it has tags that screen readers follow.
    language
        Its language as it states it, or an empty string.
    title
        Its own title, or an empty string.
    scans
        Numbers of pages that are only pictures, in a paper without tags.
    faults
        What the rules of PDF/UA-1 find in it.
    way
        How it has to be opened.
    full
        Numbers of pages on which something stands where a stamp goes.
    """

    pages: int
    tagged: bool = True
    language: str = "en-GB"
    title: str = ""
    scans: tuple[int, ...] = ()
    faults: tuple[str, ...] = ()
    way: Way = "as it is"
    full: tuple[int, ...] = ()

    @property
    def accessible(self) -> bool:
        """Whether a pack with this paper may still say that it keeps to PDF/UA."""
        return self.tagged and bool(self.language) and not self.faults

    def reasons(self) -> tuple[str, ...]:
        """Return why the paper is not accessible, in words."""
        said = []
        if not self.tagged:
            said.append(
                "it is not tagged, so screen readers have to guess headings, tables and the order of reading"
            )
        if not self.language:
            said.append("it does not say which language it is in")
        if self.scans:
            said.append(
                f"{_pages(self.scans)} only a picture of words, which cannot be read aloud or searched"
            )
        for fault in self.faults[:_MOST_NAMED]:
            said.append(fault)
        if len(self.faults) > _MOST_NAMED:
            said.append(f"and {len(self.faults) - _MOST_NAMED} more faults")
        if said and not self.title:
            said.append("it has no title")
        return tuple(said)


_FINDINGS = TypeAdapter(Findings)


def inspect_paper(paper: Paper) -> Findings | Problem:
    """Return what was found in a paper, or why it is refused.

    The file is only ever opened in a process with limits of memory and time, until it was found to be sound.
    """
    key = f"file of agenda item {paper.item.item}"
    too_much = Problem(
        paper.shown,
        key,
        "a PDF that takes more time or memory than a paper may",
        f"a PDF that can be looked at within {MOST_SECONDS} seconds",
        "open it where it was made and save it as a PDF again",
    )
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _PROGRAM, str(paper.path)],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=MOST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return too_much
    try:
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:  # it was ended while it wrote
        answer = None
    if answer is None:
        return too_much
    if "refused" in answer:
        return Problem(paper.shown, key, **answer["refused"])
    return _FINDINGS.validate_python(answer)


def mended_warning(paper: Paper, findings: Findings) -> str:
    """Return the warning of a paper that could only be read once it was put right, or an empty string."""
    if findings.way != "made anew":
        return ""
    return (
        f"{paper.shown} (agenda item {paper.item.item}): the file's own table of contents was damaged and was made "
        f"anew. Nothing of its {findings.pages} page{'s' if findings.pages > 1 else ''} was found missing; look at "
        "them in the meeting pack, or save the paper as a PDF again."
    )


def accessibility_warning(paper: Paper, findings: Findings) -> str:
    """Return the warning of a paper that is not accessible, or an empty string."""
    if findings.accessible:
        return ""
    return (
        f"{paper.shown} (agenda item {paper.item.item}) is not accessible: {'; '.join(findings.reasons())}. "
        f"The meeting pack cannot say that it keeps to PDF/UA. {_MEND}."
    )


def _pages(numbers: tuple[int, ...]) -> str:
    if len(numbers) == 1:
        return f"page {numbers[0]} is"
    shown = ", ".join(map(str, numbers[:_MOST_NAMED]))
    return (
        f"pages {shown} {f'and {len(numbers) - _MOST_NAMED} more ' if len(numbers) > _MOST_NAMED else ''}are"
    )


def _environment() -> dict[str, str]:
    library = str(Path(boardpacks.__file__).parents[1])
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [library, os.environ.get("PYTHONPATH", "")])),
    }
