"""Reads an executed notebook: its Markdown and the records that its cells handed over."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import nbformat
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from boardpacks.build.notebook import cell_number
from boardpacks.chapter.artefacts import MIME
from boardpacks.packs.markdown.chapter import ChapterText
from boardpacks.packs.markdown.faults import Picture
from boardpacks.packs.said import misquotations, misstatements
from boardpacks.params.assurance import Passing, Trend, Variation, Verdict
from boardpacks.params.errors import BoardpacksError
from boardpacks.params.signs import ALLOWED, foreign_signs, named
from boardpacks.stats.change import Direction as Change
from boardpacks.stats.trend import Direction

SVG = "image/svg+xml"
MOST_FAULTS = 5
"""How many numbers of one artefact an error names."""
VERDICTS: tuple[str, ...] = get_args(Verdict)

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Words = Annotated[str, Field(pattern=r"\S")]
Number = Annotated[float, Field(allow_inf_nan=False)]

_FENCE = re.compile(r"[ >]*(?:[-*] |\d+[.)] |\[\^[\w-]+\]: )*(?P<mark>`{3,}(?=[^`]*$)|~{3,})")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Fact(_Model):
    """One number said in a pack, as the chapter found it in the snapshot.

    ``value``, ``lower`` and ``upper`` are in ``unit``; ``display`` is how the pack prints the value;
    ``method`` is ``published``, or says how the number was made from published ones. ``series`` is the digest of
    the published figures behind it: a snapshot with the same digest has the same figures.
    """

    id: Words
    indicator: Words
    indicator_name: Words
    area: Words
    area_name: Words
    sex: str
    period: Words
    value: Number | None
    lower: Number | None
    upper: Number | None
    unit: str
    display: Words
    source: str
    publisher: str
    licence: str
    series: Words
    method: Words


class Plotted(_Model):
    """The values of one line, set of bars or cloud of points, and what it is called."""

    what: str
    values: tuple[Number, ...]


class Drawn(_Model):
    """What a drawing plots, and its words that are cut off."""

    plotted: tuple[Plotted, ...]
    cut_off: tuple[str, ...]


class Figure(_Model):
    """A chart: ``title`` says what it shows, ``alt`` describes it, ``svg`` is the drawing.

    ``derived`` are the labels of what is plotted and worked out, no fact.
    """

    kind: Literal["figure"]
    name: Name
    facts: tuple[Fact, ...]
    title: Words
    note: str
    alt: Words
    svg: str = ""
    drawn: Drawn | None = None
    derived: tuple[str, ...] = ()


class Column(_Model):
    """A column of a table: label, alignment and width as a share of the others' widths."""

    label: Words
    align: Literal["left", "right", "centre"] = "left"
    width: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None


class Against(_Model):
    """How a series compares with one area: the fact that it is held against, None where there is none."""

    name: Words
    fact: str | None
    verdict: Verdict


class Judgement(_Model):
    """What a chapter says of the latest value of one series of a place.

    ``fact`` is the id of the latest value, None where the place has no published figure at all. ``comparisons`` are in
    the order of the system's comparators. ``direction`` is that of the recent trend, ``change`` how the value
    differs from the fact ``earlier``.
    """

    indicator: Words
    place: Words
    area_name: Words
    fact: str | None
    comparisons: tuple[Against, ...] = ()
    trend: Trend = "not-calculated"
    direction: Direction = "not-calculated"
    earlier: str | None = None
    change: Change = "not-tested"


class Table(_Model):
    """A table. Cells are plain text, verdicts such as ``[Better]{.verdict-better}``, and numbers that say a fact."""

    kind: Literal["table"]
    name: Name
    facts: tuple[Fact, ...]
    title: Words
    note: str = ""
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
    judgements: tuple[Judgement, ...] = ()


class Summary(_Model):
    """A line on the pack's summary, in plain text: its verdict, and how many results it stands for.

    A line without a ``priority`` stands under its chapter's title. ``trend`` is the recent trend of its series;
    ``variation`` and ``assurance`` are those of a control chart, if there is one; ``facts`` are the ids of the
    numbers behind the line.
    """

    verdict: Verdict
    line: Words
    indicator: Words
    priority: Words | None = None
    count: Annotated[int, Field(ge=1)] = 1
    trend: Trend = "not-calculated"
    variation: Variation | None = None
    assurance: Passing | None = None
    facts: tuple[str, ...] = ()


class Statement(_Model):
    """Sentences, in Markdown, that the statistics allow the chapter to say; a span ties a number to its fact."""

    kind: Literal["statement"]
    name: Name
    facts: tuple[Fact, ...]
    markdown: Words
    summary: tuple[Summary, ...] = ()
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True)
class Markdown:
    """A Markdown cell of the notebook.

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
    """

    text: str
    cell: int = 1
    source: str = ""
    pictures: tuple[Picture, ...] = ()

    def where(self, notebook: str, words: str) -> str:
        """Return notebook, cell and, where its author wrote these words, the line, as messages name them."""
        lines = self.source.splitlines()
        line = next((number for number, line in enumerate(lines, start=1) if words in line), None)
        return f"notebooks/{notebook}.ipynb, cell {self.cell}" + (f", line {line}" if line else "")


Artefact = Figure | Table | Statement
Item = Markdown | Figure | Table | Statement

_RECORD: TypeAdapter[Artefact] = TypeAdapter(Annotated[Artefact, Field(discriminator="kind")])


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
    """

    notebook: str
    title: str
    items: tuple[Item, ...]
    cells: Mapping[str, int]

    @property
    def artefacts(self) -> tuple[Artefact, ...]:
        """The items that are figures, tables or statements."""
        return tuple(item for item in self.items if not isinstance(item, Markdown))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of its artefacts, in order, each once."""
        return merge_facts([artefact.facts for artefact in self.artefacts])


def read_chapter(path: Path) -> ChapterContent:
    """Return what the executed notebook at `path` hands over to the pack.

    Raises
    ------
    BoardpacksError
        When the file is no notebook, a cell failed, a record is not as agreed, a name is used twice, or the
        notebook does not open with one level-1 heading. The message names notebook and cell.
    """
    items: list[Item] = []
    cell_of_name: dict[str, int] = {}
    cells = _cells(path)
    text = ChapterText(path.stem)
    for index, cell in enumerate(cells):
        number = cell_number(cells, index)
        where = f"{path.stem}, cell {number}"
        if cell.cell_type == "markdown" and cell.source.strip():
            made = text.cell(cell.source, number, cell.get("attachments", {}))
            if made.text:
                items.append(Markdown(made.text, number, cell.source, tuple(made.pictures)))
        for output in cell.get("outputs", []):
            artefact = _artefact(output, where)
            if artefact is None:
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
            f"{path.stem}: no Markdown cell found. A notebook opens with its title, '# Mental health'."
        )
    content = ChapterContent(path.stem, text.title, tuple(items), cell_of_name)
    _check_quotations(content)
    return content


def merge_facts(groups: Iterable[Sequence[Fact]]) -> tuple[Fact, ...]:
    """Return every fact of `groups` once, in order.

    Raises
    ------
    BoardpacksError
        When one fact id stands for two different numbers.
    """
    merged: dict[str, Fact] = {}
    for group in groups:
        for fact in group:
            known = merged.setdefault(fact.id, fact)
            if known != fact:
                raise BoardpacksError(
                    f"fact {fact.id}: said once as {known.display} ({known.period}) and once as "
                    f"{fact.display} ({fact.period}). One fact has one value in a pack."
                )
    return tuple(merged.values())


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
        _refuse(misquotations(item.text, content.facts), f"{content.notebook}, cell {item.cell}")


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


def _artefact(output: Any, where: str) -> Artefact | None:
    if output.output_type == "error":
        raise BoardpacksError(f"{where}: the cell failed with {output.ename}: {output.evalue}")
    data = output.get("data", {})
    if MIME not in data:
        return None
    record = data[MIME]
    if not isinstance(record, dict):
        raise BoardpacksError(f"{where}: the record is {type(record).__name__}, not a JSON object")
    if record.get("schema") != 1:
        raise BoardpacksError(
            f"{where}: the record has schema {record.get('schema')!r}; this version reads schema 1. "
            "Run the notebook again with the installed boardpacks."
        )
    record = {key: value for key, value in record.items() if key != "schema"}
    if record.get("kind") == "figure":
        record |= {"svg": _svg(data, str(record.get("name")), where)}
    try:
        artefact = _RECORD.validate_json(json.dumps(record))
    except ValidationError as error:
        raise BoardpacksError(_faults(error, record, where)) from None
    _check_signs(_shown(artefact), f"{where}: {artefact.kind} {artefact.name!r}")
    if isinstance(artefact, Table):
        _check_rows(artefact, where)
    _refuse(misstatements(artefact), f"{where}: {artefact.kind} {artefact.name!r}")
    return artefact


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


def _faults(error: ValidationError, record: dict[str, Any], where: str) -> str:
    name = record.get("name", "?")
    lines = [f"{where}: the record of {record.get('kind', 'an artefact')} {name!r} is not as agreed:"]
    kinds = ("figure", "table", "statement")
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"] if part not in kinds) or "record"
        found = (
            "" if fault["type"] == "missing" else f", found {json.dumps(fault['input'], default=str)[:80]}"
        )
        lines.append(f"  {key}: {fault['msg']}{found}")
    return "\n".join(lines)
