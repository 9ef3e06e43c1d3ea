"""Hands an artefact over: shown in JupyterLab as usual, with the record that a pack reads beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from IPython.display import display
from pydantic import ValidationError

from boardpacks.chapter.known_names import with_escaped_names
from boardpacks.charts.drawn import GIVEN, Drawn, Plotted
from boardpacks.facts.artefacts import (
    MIME,
    SVG,
    Artefact,
    Column,
    Fact,
    Figure,
    Judgement,
    Prose,
    Statement,
    Summary,
    Table,
    not_as_agreed,
    to_record,
)
from boardpacks.facts.spans import find_spans, without_spans

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

__all__ = ["Column", "show_figure", "show_prose", "show_statement", "show_table"]

NOTHING_DERIVED: Mapping[str, str] = MappingProxyType({})

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def show_figure(  # noqa: PLR0913 - what a chart needs, by name
    name: str,
    drawing: Canvas | Axes | str,
    *,
    title: str,
    note: str,
    alt: str,
    facts: Sequence[Fact],
    derived: Mapping[str, str] = NOTHING_DERIVED,
    values: Sequence[float] = (),
) -> None:
    """Hand over a chart.

    What it plots is compared with its facts: a pack is refused whose chart draws a value that none of them holds.

    Parameters
    ----------
    name
        Unique in the notebook: lower-case letters, digits and hyphens.
    drawing
        A figure of matplotlib or seaborn, or its axes; or SVG that `boardpacks.charts.svg.to_svg` or another program
        made.
    title
        What the chart shows, in one line.
    note
        Measure, place, period and source.
    alt
        Description for people who do not see the chart; a chart without one is refused.
    facts
        Every number that the chart shows.
    derived
        Lines or points that are worked out and no facts, such as a fitted line: by their label in the chart, in words
        how they were made, which the note then says; an empty text where it says so already.
    values
        What is plotted, where another program made the SVG: it cannot be read off a drawing.

    Raises
    ------
    ValueError
        When the name is not as it should be, or title or description is empty.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> from boardpacks.chapter.hand_over import show_figure
    >>> from boardpacks.chapter.make_facts import facts_of
    >>> smoking = chapter.measure("smoking_prevalence")
    >>> latest = smoking.readings[0].latest
    >>> facts = facts_of([latest], smoking.indicator, "havering", chapter.snapshot)
    >>> figure, axes = plt.subplots(layout="constrained")
    >>> bars = axes.barh([latest.area_name], [latest.value])
    >>> show_figure("smoking", figure, title="Smoking", note="Adults, 2023", alt="A bar.", facts=facts)
    Smoking
    ...
    """
    if not alt.strip():
        raise ValueError(f"figure {name!r} needs a description (alt text)")
    svg = drawing if isinstance(drawing, str) else _drawn(drawing, name)
    made = " ".join(f"{label}: {how.rstrip('.')}." for label, how in derived.items() if how)
    with _agreed("figure", name, title):
        figure = Figure(
            kind="figure",
            name=name,
            facts=tuple(facts),
            title=title,
            note=" ".join(filter(None, (note, made))),
            alt=alt,
            drawn=_of_drawing(svg, values),
            derived=tuple(derived),
        )
    _show(figure, text=f"{title}\n{alt}", shown={SVG: str(svg)})


def show_table(
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    title: str,
    note: str,
    facts: Sequence[Fact],
    judgements: Sequence[Judgement] = (),
) -> None:
    """Hand over a table of finished words.

    Cells may hold verdicts such as ``[Better]{.verdict-better}``, and numbers as `boardpacks.chapter.make_facts.said`
    marks them.

    ``judgements`` are what it says of series: quoted facts and the check of prose rest on them.

    Raises
    ------
    ValueError
        When the name is not as it should be, the title is empty, there are no rows, or a row has too few cells.

    Examples
    --------
    >>> from boardpacks.chapter.hand_over import Column, show_table
    >>> columns = [Column("Service"), Column("Open to")]
    >>> show_table("services", columns, [["Stop smoking", "adults"]], title="Services", note="", facts=[])
    Services
    """
    if not rows or any(len(row) != len(columns) for row in rows):
        raise ValueError(f"table {name!r} needs rows of {len(columns)} cells each")
    with _agreed("table", name, title):
        table = Table(
            kind="table",
            name=name,
            facts=tuple(facts),
            title=title,
            note=note,
            columns=tuple(columns),
            rows=tuple(tuple(row) for row in rows),
            judgements=tuple(judgements),
        )
    _show(table, text=title, shown={"text/html": _html(columns, rows, title)})


def show_statement(
    name: str,
    markdown: str,
    *,
    facts: Sequence[Fact],
    summary: Sequence[Summary] = (),
    judgements: Sequence[Judgement] = (),
) -> None:
    """Hand over sentences, the lines that they put on the pack's summary, and what they say of series.

    Raises
    ------
    ValueError
        When the name is not as it should be, or there are no words.

    Examples
    --------
    >>> from boardpacks.chapter.hand_over import show_statement
    >>> show_statement("welcome", "This chapter is **new**.", facts=[])
    This chapter is **new**.
    """
    if not markdown.strip():
        raise ValueError(f"statement {name!r} needs words")
    words = without_spans(markdown)
    markdown = with_escaped_names(markdown)
    with _agreed("statement", name):
        statement = Statement(
            kind="statement",
            name=name,
            facts=tuple(facts),
            markdown=markdown,
            summary=tuple(summary),
            judgements=tuple(judgements),
        )
    _show(statement, text=words, shown={"text/markdown": without_spans(markdown)})


def show_prose(markdown: str, *, origin: str = "") -> None:
    """Hand over Markdown as if it stood in a Markdown cell: ``{place}`` and ``{fact NAME}`` are filled in.

    Parameters
    ----------
    markdown
        The text.
    origin
        Where its author wrote it, for messages, where that is not the notebook.

    Examples
    --------
    >>> from boardpacks.chapter.hand_over import show_prose
    >>> show_prose("How {place} is doing.")
    How {place} is doing.
    """
    if not markdown.strip():
        raise ValueError("show_prose needs words")
    escaped = with_escaped_names(markdown)
    prose = Prose(kind="prose", markdown=escaped, origin=origin)
    _show(prose, text=markdown, shown={"text/markdown": escaped})


def _drawn(drawing: Canvas | Axes, name: str) -> str:
    from matplotlib.figure import Figure as Canvas  # noqa: PLC0415 - the build reads records without it

    from boardpacks.charts.svg import to_svg  # noqa: PLC0415

    figure = getattr(drawing, "figure", drawing)  # of axes, and of a grid of seaborn's
    if not isinstance(figure, Canvas):
        raise ValueError(
            f"figure {name!r}: found {type(drawing).__name__}. Hand over a figure of matplotlib or seaborn, or SVG"
        )
    return to_svg(figure)


def _of_drawing(svg: str, values: Sequence[float]) -> Drawn | None:
    """Return what is known of a drawing: what it plots and the words cut off; nothing of another program's."""
    drawn: Drawn | None = getattr(svg, "drawn", None)
    if not values:
        return drawn
    given = Plotted(GIVEN, tuple(float(value) for value in values))
    return Drawn((*drawn.plotted, given), drawn.cut_off, drawn.marks) if drawn else Drawn((given,), ())


@contextmanager
def _agreed(kind: str, name: str, title: str = "-") -> Iterator[None]:
    """Say of an artefact that is not as a pack wants it what is wrong."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"artefact name {name!r}: use lower-case letters, digits and single hyphens")
    if not title.strip():
        raise ValueError(f"{kind} {name!r} needs a title")
    try:
        yield
    except ValidationError as error:
        raise ValueError(not_as_agreed(error, kind, name)) from None


def _show(artefact: Artefact | Prose, *, text: str, shown: dict[str, str]) -> None:
    display({"text/plain": text, **shown, MIME: to_record(artefact)}, raw=True)  # type: ignore[no-untyped-call]


def _html(columns: Sequence[Column], rows: Sequence[Sequence[str]], title: str) -> str:
    def cells(tag: str, words: Sequence[str]) -> str:
        return "".join(f"<{tag}>{cell_html(word)}</{tag}>" for word in words)

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    head = cells("th", [column.label for column in columns])
    return f"<table><caption>{html.escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell_html(markdown: str) -> str:
    """Return a cell as JupyterLab shows it: each number tells the id of its fact when the mouse rests on it."""
    parts, end = [], 0
    for span in find_spans(markdown):
        parts.append(_escaped(markdown[end : span.start]))
        parts.append(f'<span title="{html.escape(span.fact)}">{html.escape(span.words)}</span>')
        end = span.end
    return "".join([*parts, _escaped(markdown[end:])])


def plain_words(markdown: str) -> str:
    """Return words without the marks of verdicts, facts, links and bold."""
    return without_spans(markdown).replace("**", "")


def _escaped(markdown: str) -> str:
    return html.escape(plain_words(markdown))
