"""Reads an executed notebook: its Markdown and the records that its cells handed over."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import nbformat

from boardpacks.facts.artefacts import (
    MIME,
    SVG,
    Artefact,
    Fact,
    Figure,
    Judgement,
    Prose,
    Statement,
    Table,
    from_record,
    merge_facts,
)
from boardpacks.facts.check_words import misquotations, misstatements
from boardpacks.packs.markdown.chapter_text import ChapterText
from boardpacks.packs.markdown.text_faults import Picture
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.notebook import cell_number
from boardpacks.project.signs import ALLOWED, foreign_signs, named

MOST_FAULTS = 5
"""How many numbers of one artefact an error names."""

_FENCE = re.compile(r"[ >]*(?:[-*] |\d+[.)] |\[\^[\w-]+\]: )*(?P<mark>`{3,}(?=[^`]*$)|~{3,})")


@dataclass(frozen=True)
class Markdown:
    """A Markdown cell of the notebook, or Markdown that a code cell handed over.

    Parameters
    ----------
    text
        What it means, in Markdown that CommonMark and pandoc read alike.
    cell
        Its number as the author counts.
    source
        The text as its author wrote it.
    pictures
        The pictures that it shows.
    is_made
        Whether code handed it over.
    origin
        Where its author wrote it, where that is not the notebook.
    """

    text: str
    cell: int = 1
    source: str = ""
    pictures: tuple[Picture, ...] = ()
    is_made: bool = False
    origin: str = ""

    def stands_in(self, notebook: str) -> str:
        """Return notebook and cell, or where else its author wrote it, as messages name them."""
        return self.origin or f"notebooks/{notebook}.ipynb, cell {self.cell}"

    def where(self, notebook: str, words: str) -> str:
        """Return where it stands and, where its author wrote these words in a Markdown cell, the line."""
        lines = [] if self.is_made else self.source.splitlines()
        line = next((number for number, line in enumerate(lines, start=1) if words in line), None)
        return self.stands_in(notebook) + (f", line {line}" if line else "")


Item = Markdown | Figure | Table | Statement


@dataclass(frozen=True)
class ChapterContent:
    """What a pack takes from one executed notebook.

    Parameters
    ----------
    notebook
        Name of the notebook without its ending.
    title
        The level-1 heading that the notebook opens with, without an attribute block.
    items
        Markdown cells and artefacts in the notebook's order. The first is the Markdown with the title.
    cells
        Number of the cell that shows each artefact, by the artefact's name, as the notebook's author counts.
    chapter
        Id of the chapter where it is not the notebook's name.
    """

    notebook: str
    title: str
    items: tuple[Item, ...]
    cells: Mapping[str, int]
    chapter: str | None = None

    @property
    def id(self) -> str:
        """Id of the chapter."""
        return self.chapter or self.notebook

    @property
    def artefacts(self) -> tuple[Artefact, ...]:
        """The items that are figures, tables or statements."""
        return tuple(item for item in self.items if not isinstance(item, Markdown))

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement of its tables and statements, in order."""
        return tuple(
            judgement
            for artefact in self.artefacts
            if isinstance(artefact, Table | Statement)
            for judgement in artefact.judgements
        )

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of its artefacts, in order, each once."""
        return merge_facts([artefact.facts for artefact in self.artefacts])

    def where(self, artefact: Artefact) -> str:
        """Return notebook, cell and name of an artefact, as findings name it."""
        return f"{self.notebook}, cell {self.cells[artefact.name]}: {artefact.kind} {artefact.name!r}"


def read_chapter(path: Path, notebook: str = "") -> ChapterContent:
    """Return what the executed notebook at `path` hands over to the pack.

    Parameters
    ----------
    path
        The executed notebook: it is called as the chapter's id.
    notebook
        Name of the notebook that was executed, without its ending; by default the chapter's id.

    Raises
    ------
    BoardpacksError
        When the file is no notebook, a cell failed, a record is not as agreed, a name is used twice, or the
        notebook does not open with one level-1 heading. The message names notebook and cell.
    """
    items: list[Item] = []
    cell_of_name: dict[str, int] = {}
    cells = _cells(path)
    notebook = notebook or path.stem
    text = ChapterText(notebook, path.stem)
    for index, cell in enumerate(cells):
        number = cell_number(cells, index)
        where = f"{notebook}, cell {number}"
        if cell.cell_type == "markdown" and cell.source.strip():
            made = text.cell(cell.source, number, cell.get("attachments", {}))
            if made.text:
                items.append(Markdown(made.text, number, cell.source, tuple(made.pictures)))
        for output in cell.get("outputs", []):
            artefact = _artefact(output, where)
            if artefact is None:
                continue
            if isinstance(artefact, Prose):
                made = text.made(artefact.markdown, number, len(items), artefact.origin)
                pictures = tuple(made.pictures)
                items.append(Markdown(made.text, number, artefact.markdown, pictures, True, artefact.origin))
                continue
            if artefact.name in cell_of_name:
                raise BoardpacksError(
                    f"{where}: the name {artefact.name!r} was used before, in cell "
                    f"{cell_of_name[artefact.name]}. Names are unique in a notebook."
                )
            if not items:
                raise BoardpacksError(
                    f"{where}: {artefact.kind} {artefact.name!r} comes before the chapter's title. "
                    "A notebook opens with a Markdown cell such as '# Mental health'."
                )
            if isinstance(artefact, Statement):
                said = text.statement(artefact.markdown, artefact.name, number)
                artefact = artefact.model_copy(update={"markdown": said.text})
            cell_of_name[artefact.name] = number
            items.append(artefact)
    text.finish()
    if not items:
        raise BoardpacksError(
            f"{notebook}: no Markdown cell found. A notebook opens with its title, '# Mental health'."
        )
    chapter = None if notebook == path.stem else path.stem
    content = ChapterContent(notebook, text.title, tuple(items), cell_of_name, chapter)
    _check_quotations(content)
    return content


def prose_lines(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield each line of `markdown` and whether it is prose, which a line of a fenced code block is not."""
    fence = ""
    for line in markdown.splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark["mark"].startswith(fence) and not line.strip(" \t`~"):
                fence = ""
            yield line, False
        elif mark:
            fence = mark["mark"]
            yield line, False
        else:
            yield line, True


def _check_quotations(content: ChapterContent) -> None:
    quoting = [item for item in content.items if isinstance(item, Markdown) and "{fact=" in item.text]
    for item in quoting:
        _refuse(
            misquotations(item.text, content.facts), item.origin or f"{content.notebook}, cell {item.cell}"
        )


def _refuse(faults: Sequence[str], where: str) -> None:
    if faults:
        raise BoardpacksError("\n".join(f"{where}: {fault}" for fault in faults[:MOST_FAULTS]))


def _cells(path: Path) -> list[Any]:
    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise BoardpacksError(f"{path.name}: the executed notebook is missing") from None
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        raise BoardpacksError(f"{path.name}: not a Jupyter notebook ({first_line})") from None
    return list(notebook.cells)


def _artefact(output: Any, where: str) -> Artefact | Prose | None:
    if output.output_type == "error":
        raise BoardpacksError(f"{where}: the cell failed with {output.ename}: {output.evalue}")
    data = output.get("data", {})
    if MIME not in data:
        return None
    record = data[MIME]
    if not isinstance(record, dict):
        raise BoardpacksError(f"{where}: the record is {type(record).__name__}, not a JSON object")
    if record.get("kind") == "figure":
        record |= {"svg": _svg(data, str(record.get("name")), where)}
    try:
        artefact = from_record(record)
    except BoardpacksError as error:
        raise BoardpacksError(f"{where}: {error}") from None
    if isinstance(artefact, Prose):
        return artefact
    if not _is_surely_plain(artefact):
        _check_signs(_shown(artefact), f"{where}: {artefact.kind} {artefact.name!r}")
    if isinstance(artefact, Table):
        _check_rows(artefact, where)
    _refuse(misstatements(artefact), f"{where}: {artefact.kind} {artefact.name!r}")
    return artefact


def _is_surely_plain(artefact: Artefact) -> bool:
    """Whether packs can show every sign of an artefact, as its JSON has them: to look at each word is slow."""
    drawing = unescape(artefact.svg) if isinstance(artefact, Figure) else ""
    record = artefact.model_dump_json(exclude={"svg", "drawn"})
    has_escaped_signs = "\\" in record.replace("\\\\", "").replace('\\"', "").replace("\\n", "")
    return not has_escaped_signs and not foreign_signs(record) and not foreign_signs(drawing)


def _shown(artefact: Artefact) -> str:
    """Return every word of an artefact, those of a drawing with them."""
    drawing = unescape(artefact.svg) if isinstance(artefact, Figure) else ""
    return "\n".join([*words_in(artefact.model_dump(exclude={"svg", "drawn"})), drawing])


def words_in(value: Any) -> Iterator[str]:
    """Yield every text in a dumped model, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (word for inner in value.values() for word in words_in(inner))
    elif isinstance(value, list | tuple):
        yield from (word for inner in value for word in words_in(inner))


def _check_signs(text: str, where: str) -> None:
    if signs := foreign_signs(text):
        raise BoardpacksError(f"{where}: packs cannot show {named(signs)}. Use {ALLOWED}.")


def _svg(data: Any, name: str, where: str) -> str:
    svg = data.get(SVG)
    if not isinstance(svg, str) or not svg.strip():
        raise BoardpacksError(f"{where}: figure {name!r} has no SVG beside its record")
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        raise BoardpacksError(f"{where}: the SVG of figure {name!r} is broken ({error})") from None
    tags = {element.tag.rpartition("}")[2] for element in root.iter() if isinstance(element.tag, str)}
    if root.tag.rpartition("}")[2] != "svg" or tags & {"script", "foreignObject"}:
        raise BoardpacksError(f"{where}: the SVG of figure {name!r} is not a plain drawing")
    return svg


def _check_rows(table: Table, where: str) -> None:
    for number, row in enumerate(table.rows, start=1):
        if len(row) != len(table.columns):
            raise BoardpacksError(
                f"{where}: table {table.name!r}, row {number} has {len(row)} cells for "
                f"{len(table.columns)} columns"
            )
