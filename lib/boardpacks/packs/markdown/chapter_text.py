"""Reads the Markdown of one notebook, cell by cell, and holds its headings against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from boardpacks.packs.markdown.read_markdown import NO_ATTACHMENTS, read_markdown
from boardpacks.packs.markdown.text_faults import Faults, MarkdownHeading, ReadMarkdown, TextError, shortened
from boardpacks.project.errors import Problem


@dataclass
class ChapterText:
    """The Markdown of a notebook as far as it has been read; labels are the chapter's, by its id."""

    notebook: str
    chapter: str
    title: str = ""
    problems: list[Problem] = field(default_factory=list)
    _labels: dict[str, str] = field(default_factory=dict)
    _level: int = 0

    def cell(
        self, source: str, number: int, attachments: Mapping[str, Mapping[str, str]] = NO_ATTACHMENTS
    ) -> ReadMarkdown:
        """Return what a Markdown cell means. The first with words opens with the chapter's title."""
        return self._prose(
            source, Faults(f"notebooks/{self.notebook}.ipynb, cell {number}"), str(number), attachments
        )

    def made(self, source: str, number: int, item: int, origin: str) -> ReadMarkdown:
        """Return what Markdown means that a code cell handed over, as the chapter's ``item``-th part."""
        where = origin or f"notebooks/{self.notebook}.ipynb, cell {number}: prose made by code"
        return self._prose(source, Faults(where), f"{number}-{item}", NO_ATTACHMENTS)

    def _prose(
        self, source: str, faults: Faults, name: str, attachments: Mapping[str, Mapping[str, str]]
    ) -> ReadMarkdown:
        made = read_markdown(source, faults, self._key(name), attachments)
        if made.text and not self._level and not made.text.startswith("# "):
            found = made.text.split("\n")[0]
            faults.add(_first_line(source), found, "the title first, a level-1 heading: # Mental health")
        self._check(made, faults)
        self._level = max(self._level, int(made.text != ""))
        return made

    def statement(self, markdown: str, name: str, number: int) -> ReadMarkdown:
        """Return what the Markdown of a statement means; the title is no statement's."""
        faults = Faults(f"notebooks/{self.notebook}.ipynb, cell {number}: statement {name!r}")
        made = read_markdown(markdown, faults, self._key(name))
        for picture in made.pictures:
            faults.add(
                picture.line - 1, picture.name, "a picture in a Markdown cell, or a chart by show_figure"
            )
        self._check(made, faults)
        return made

    def finish(self) -> None:
        """Raise TextError with everything that is wrong with the notebook's Markdown, if anything is."""
        if self.problems:
            raise TextError(self.problems)

    def _key(self, name: str) -> str:
        return f"{self.chapter.replace('_', '-')}-{name}"

    def _check(self, made: ReadMarkdown, faults: Faults) -> None:
        for heading in made.headings:
            self._check_heading(heading, faults)
        self.problems += faults.problems

    def _check_heading(self, heading: MarkdownHeading, faults: Faults) -> None:
        line, marked = heading.line - 1, f"{'#' * heading.level} {heading.words}"
        if heading.level == 1 and self._level:
            faults.add(line, marked, "one level-1 heading in a chapter, its title. Begin this one with ##")
        elif heading.level > self._level + 1 and self._level:
            allowed = (
                f"no skipped level: {'#' * (self._level + 1)} here, below a heading of level {self._level}"
            )
            faults.add(line, marked, allowed)
        self.title = self.title or heading.words
        self._level = heading.level
        where = f"{faults.where}, line {heading.line}"
        if heading.label and (before := self._labels.setdefault(heading.label, where)) != where:
            faults.add(line, shortened(f"{{#{heading.label}}}"), f"a label of its own; {before} has this one")


def _first_line(source: str) -> int:
    return next((number for number, line in enumerate(source.splitlines()) if line.strip()), 0)
