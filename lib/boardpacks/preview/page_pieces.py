"""Makes the page of a pack piece by piece: what frames the chapters, and each chapter; only those that have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from boardpacks.packs.compose.section import Section
from boardpacks.packs.compose.template import CHAPTERS
from boardpacks.packs.compose_pack import NUMBERS, PackText, section_path, with_metadata
from boardpacks.packs.read.read_notebook import prose_lines
from boardpacks.packs.render.bundled import part_of_page, whole_page
from boardpacks.packs.render.extension import require_extension
from boardpacks.packs.render.includes import MAIN, SourceLine, SourceText, read_source
from boardpacks.packs.render.write_project import write_project
from boardpacks.plan.fingerprints import folder_digest, text_digest
from boardpacks.project.file_digest import file_digest

LEFT_OUT = "The finished pack lists here where each number comes from."
ELSEWHERE = {
    "fig": "a chart of another chapter",
    "tbl": "a table of another chapter",
    "sec": "another chapter",
}
"""What is said instead of the number of a chart or table that is in another piece."""

_HEADING = re.compile(r"#{1,2} ")
_SECTION = re.compile(r"<(?P<end>/?)section\b")


@dataclass
class PagePieces:
    """The pieces of a page that were made last, by what they were made of.

    Parameters
    ----------
    folder
        Where the source is written; emptied each time.
    reports
        The project's templates.
    """

    folder: Path
    reports: Path
    _made: dict[str, str] = field(default_factory=dict)

    def page(self, text: PackText, *, chapters_alone: bool) -> str:
        """Return the page of a pack. Its charts and tables are numbered anew in each chapter.

        Parameters
        ----------
        chapters_alone
            Whether summary, front sheet and method are left out.

        Raises
        ------
        RenderError
            Everything that is wrong with the text of one piece.
        """
        frame = _frame(text, chapters_alone=chapters_alone)
        files = {**text.files, NUMBERS: LEFT_OUT, MAIN: frame}
        write_project(self.folder, self.reports, files, colour=text.pack.params.system.colour)
        require_extension(SourceText(self.folder, ()))
        pieces = [read_source(self.folder), *_chapters(text, self.folder)]
        extensions = self.folder / "_extensions"
        look = folder_digest(extensions, sorted(path for path in extensions.rglob("*") if path.is_file()))
        keys = [text_digest(f"{look}\0{_pictured(piece)}") for piece in pieces]
        makers = [whole_page, *([part_of_page] * len(text.sections))]
        with ThreadPoolExecutor(thread_name_prefix="piece") as pool:
            making = {
                key: pool.submit(make, piece)
                for key, make, piece in zip(keys, makers, pieces, strict=True)
                if key not in self._made
            }
        self._made = {
            key: making[key].result() if key in making else self._made[key] for key in dict.fromkeys(keys)
        }
        page, *chapters = (self._made[key] for key in keys)
        for section, chapter in zip(text.sections, chapters, strict=True):
            page = _put_in(page, section.anchor, chapter)
        return page


def _frame(text: PackText, *, chapters_alone: bool) -> str:
    """Return the source of a page whose chapters are their headings alone, so that its contents list them."""
    pack = {name: value for name, value in text.metadata["pack"].items() if name != "numbers"}
    if chapters_alone:
        pack.pop("front-sheet")
    headings = "\n\n".join(heading for section in text.sections for heading in _headings(section))
    body = CHAPTERS if chapters_alone else text.body
    return with_metadata({**text.metadata, "pack": pack}, body.replace(CHAPTERS, headings))


def _headings(section: Section) -> Iterator[str]:
    return (line for line, is_prose in prose_lines(section.text) if is_prose and _HEADING.match(line))


def _chapters(text: PackText, folder: Path) -> Iterator[SourceText]:
    settings = {
        name: value for name, value in text.metadata.items() if name not in ("pack", "toc", "subtitle")
    }
    before = with_metadata(settings, "").splitlines()
    titles = _titles(text.sections)
    for number, section in enumerate(text.sections, start=1):
        lines = [SourceLine(MAIN, at, line) for at, line in enumerate(before, start=1)]
        path, own = section_path(number, section), _without_references(section, titles).splitlines()
        lines += [SourceLine(path, at, line) for at, line in enumerate(own, start=1)]
        yield SourceText(folder, tuple(lines))


def _titles(sections: Sequence[Section]) -> Mapping[str, str]:
    return {
        **{label: heading for section in sections for heading, label in section.parts},
        **{section.anchor: section.title for section in sections},
    }


def _without_references(section: Section, titles: Mapping[str, str]) -> str:
    """Return a chapter's text with what refers to other pieces as links."""
    text = section.text
    for label in {reference.label for reference in section.references}:
        if f"{{#{label}" not in text:
            words = titles.get(label) or ELSEWHERE.get(label.partition("-")[0], label)
            text = re.sub(rf"(?<![\w\\])@{re.escape(label)}(?![\w-])", f"[{words}](#{label})", text)
    return text


def _pictured(piece: SourceText) -> str:
    """Return a piece's text with the digest of each file that it shows."""
    named = re.findall(r"\]\(([^)#\s]+)\)", piece.text)
    files = (piece.folder / path for path in dict.fromkeys(named))
    digests = [file_digest(file) for file in files if file.is_file()]
    return "\n".join([piece.text, *digests])


def _put_in(page: str, anchor: str, chapter: str) -> str:
    """Return the page with a chapter in place of its headings."""
    start = page.index(f'<section id="{anchor}"')
    depth = 0
    for found in _SECTION.finditer(page, start):
        depth += -1 if found["end"] else 1
        if depth == 0:
            break
    end = page.index(">", found.end()) + 1
    return f"{page[:start]}{chapter.strip()}{page[end:]}"
