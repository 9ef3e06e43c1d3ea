"""Writes charts in a grid of two across the page, each with a title that says its finding."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.facts.artefacts import Figure
from boardpacks.packs.edition.chart_title import chart_title
from boardpacks.packs.edition.choose_charts import Chosen
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.markdown.escape import attribute, markdown_text


def chart_grid(gathered: Gathered, chosen: Sequence[Chosen]) -> str:
    """Return charts of measures, each under its title and a quiet line that says what is measured."""
    charts = [
        chart(
            chart_title(gathered, one.line),
            f"{gathered.indicator(one.line).name}, {what(one.figure)}",
            one.path,
            one.figure.alt,
        )
        for one in chosen
    ]
    return grid(charts)


def grid(charts: Sequence[str]) -> str:
    """Return charts two across the page."""
    return "\n\n".join([":::: {.charts}", *charts, "::::"]) if charts else ""


def chart(title: str, about: str, path: str, alt: str) -> str:
    """Return one chart: `title` is Markdown, the other words are plain text."""
    figures = f'[]{{.chart-figures of="{path.removesuffix(".svg")}.csv" what="{attribute(about)}"}}'
    return (
        f"::: {{.chart}}\n\n**{title}**\\\n[{markdown_text(about)}]{{.about}} {figures}\n\n"
        f'![]({path}){{fig-alt="{attribute(alt)}"}}\n\n:::'
    )


NARROW = 330.0
"""Width in points up to which two charts stand side by side."""


def size(figure: Figure) -> tuple[float, float]:
    """Return width and height of a drawing in points; nothing where it does not say."""
    box = figure.svg.partition('viewBox="')[2].partition('"')[0].split()
    return (float(box[2]), float(box[3])) if len(box) == 4 else (0.0, 0.0)


def is_wide(figure: Figure) -> bool:
    """Whether a drawing needs the whole width of the page."""
    return size(figure)[0] > NARROW


def wide_chart(title: str, about: str, path: str, alt: str) -> str:
    """Return one chart across the page; see `chart`."""
    return chart(title, about, path, alt).replace(".chart}", ".wide-chart}", 1)


def what(figure: Figure) -> str:
    """Return unit and periods of a chart, as the first sentence of its note has them."""
    said = figure.note.partition(". ")[0].rstrip(".")
    return said[:1].lower() + said[1:]
