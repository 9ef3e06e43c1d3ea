"""Gathers what is wrong with a Markdown text, with the line that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from boardpacks.project.errors import InputError, Problem


class TextError(InputError):
    """What is wrong with the Markdown of notebooks; at most a screen of it is told."""

    LISTED = ""


@dataclass
class Faults:
    """What was found wrong with the text at ``where``; lines count from 0."""

    where: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, found: str, allowed: str, hint: str = "") -> None:
        """Note one thing that is wrong."""
        shown = " ".join(found.split())
        problem = Problem(f"{self.where}, line {line + 1}", "", shortened(shown), allowed, hint)
        if problem not in self.problems:
            self.problems.append(problem)


def shortened(text: str, most: int = 80) -> str:
    """Return a text as a message quotes it."""
    return text if len(text) <= most else f"{text[: most - 4].rstrip()} ..."


@dataclass(frozen=True)
class MarkdownHeading:
    """A heading: level, words in plain text, its own label or an empty string, line from 1."""

    level: int
    words: str
    label: str
    line: int


@dataclass(frozen=True)
class Picture:
    """A picture of a Markdown text.

    Parameters
    ----------
    path
        Where it goes in the pack's folder.
    name
        How the author named it: a path from the notebook's folder, or a pasted picture's ``attachment:...``.
    line
        Where it stands in its cell, from 1.
    pasted
        A pasted picture, in base 64.
    """

    path: str
    name: str
    line: int
    pasted: str = ""


@dataclass(frozen=True)
class ReadMarkdown:
    """A Markdown text as read.

    Parameters
    ----------
    text
        The same in Markdown that CommonMark and pandoc read alike; empty when nothing of it is shown.
    headings, pictures
        What it holds, in order.
    """

    text: str
    headings: Sequence[MarkdownHeading]
    pictures: Sequence[Picture]
