"""Hands an artefact over: shown in JupyterLab as usual, with the record that a pack reads beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from IPython.display import display

from boardpacks.chapter.judgements import Judgement
from boardpacks.chapter.make_facts import Fact
from boardpacks.facts.artefacts import MIME
from boardpacks.facts.spans import find_spans, without_spans

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NOTHING_DERIVED: Mapping[str, str] = MappingProxyType({})
GIVEN = "values"
"""What plotted values are called that were said in ``values=``."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Column:
    """A column of a table: its label, alignment, and width as a share of the others' widths."""

    label: str
    align: Literal["left", "right", "centre"] = "left"
    width: float = 10


def show_figure(  # noqa: PLR0913 - what a chart needs, by name
    name: str,
    drawing: Figure | Axes | str,
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
    _show(
        {
            "kind": "figure",
            "name": name,
            "title": title,
            "note": " ".join(filter(None, (note, made))),
            "alt": alt,
            "facts": list(facts),
            **_of_drawing(svg, values),
            **({"derived": list(derived)} if derived else {}),
        },
        text=f"{title}\n{alt}",
        shown={"image/svg+xml": str(svg)},
    )


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
    record = {
        "kind": "table",
        "name": name,
        "title": title,
        "note": note,
        "facts": list(facts),
        "columns": [{"label": c.label, "align": c.align, "width": c.width} for c in columns],
        "rows": [list(row) for row in rows],
        **_judged(judgements),
    }
    _show(record, text=title, shown={"text/html": _html(columns, rows, title)})


def show_statement(
    name: str,
    markdown: str,
    *,
    facts: Sequence[Fact],
    summary: Sequence[Mapping[str, Any]] = (),
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
    _show(
        {
            "kind": "statement",
            "name": name,
            "markdown": markdown,
            "facts": list(facts),
            "summary": list(summary),
            **_judged(judgements),
        },
        text=without_spans(markdown),
        shown={"text/markdown": without_spans(markdown)},
    )


def _drawn(drawing: Figure | Axes, name: str) -> str:
    from matplotlib.figure import Figure  # noqa: PLC0415 - the build reads records without it

    from boardpacks.charts.svg import to_svg  # noqa: PLC0415

    figure = getattr(drawing, "figure", drawing)  # of axes, and of a grid of seaborn's
    if not isinstance(figure, Figure):
        raise ValueError(
            f"figure {name!r}: found {type(drawing).__name__}. Hand over a figure of matplotlib or seaborn, or SVG"
        )
    return to_svg(figure)


def _of_drawing(svg: str, values: Sequence[float]) -> dict[str, Any]:
    """Return what is known of a drawing: what it plots and the words cut off; nothing of another program's."""
    plotted = getattr(svg, "plotted", None)
    if plotted is None and not values:
        return {}
    told = [{"what": one.what, "values": list(one.values)} for one in plotted or ()]
    if values:
        told.append({"what": GIVEN, "values": [float(value) for value in values]})
    return {"drawn": {"plotted": told, "cut_off": list(getattr(svg, "cut_off", ()))}}


def _show(record: dict[str, Any], *, text: str, shown: dict[str, str]) -> None:
    name = record["name"]
    if not _NAME.fullmatch(name):
        raise ValueError(f"artefact name {name!r}: use lower-case letters, digits and single hyphens")
    if "title" in record and not record["title"].strip():
        raise ValueError(f"{record['kind']} {name!r} needs a title")
    display({"text/plain": text, **shown, MIME: {"schema": 1, **record}}, raw=True)  # type: ignore[no-untyped-call]


def _judged(judgements: Sequence[Judgement]) -> dict[str, Any]:
    return {"judgements": list(judgements)} if judgements else {}


def _html(columns: Sequence[Column], rows: Sequence[Sequence[str]], title: str) -> str:
    def cells(tag: str, words: Sequence[str]) -> str:
        return "".join(f"<{tag}>{_cell(word)}</{tag}>" for word in words)

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    head = cells("th", [column.label for column in columns])
    return f"<table><caption>{html.escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(markdown: str) -> str:
    """Return a cell as JupyterLab shows it: each number tells the id of its fact when the mouse rests on it."""
    parts, end = [], 0
    for span in find_spans(markdown):
        parts.append(_plain(markdown[end : span.start]))
        parts.append(f'<span title="{html.escape(span.fact)}">{html.escape(span.words)}</span>')
        end = span.end
    return "".join([*parts, _plain(markdown[end:])])


def _plain(markdown: str) -> str:
    """Return a cell's words without the marks of verdicts, facts, links and bold."""
    return html.escape(without_spans(markdown).replace("**", ""))
