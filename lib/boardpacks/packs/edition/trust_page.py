"""Writes the page on the hospital trust of a place, or for the system on the trusts of its collaborative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpacks.facts.artefacts import Figure, Statement, Table
from boardpacks.facts.wording import capital
from boardpacks.packs.compose.section import table_markdown
from boardpacks.packs.compose.what_to_do import needs_action
from boardpacks.packs.edition.chart_grid import chart, grid, is_wide, what, wide_chart
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import to_annex
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.read.read_notebook import ChapterContent

MOST_SMALL = 4
MOST_TABLES = 2
TRUST = "trust"
"""Part of the names of what a place's profile hands over on its trust."""


def trust_page_markdown(gathered: Gathered) -> str:
    """Return the page, or nothing where the pack has nothing on a trust."""
    if gathered.is_system:
        return _collaborative_page(gathered)
    place = gathered.params.places[gathered.pack.plan.place]
    content = next((one for one in gathered.pack.chapters if any(_on_trust(one))), None)
    if content is None or place.trust is None:
        return ""
    trust = gathered.params.trust(place.trust)
    items = list(_on_trust(content))
    title = f"The hospital trust: {trust.short_name}"
    statements = [item.markdown for item in items if isinstance(item, Statement)]
    intro = f"{trust.name} is the trust that residents of {place.name} use most. It serves other places too."
    return _page(title, [markdown_text(intro), *map(_short, statements)], items, gathered)


def _on_trust(content: ChapterContent) -> Iterator[Figure | Table | Statement]:
    yield from (item for item in content.artefacts if f"-{TRUST}" in f"-{item.name}")


def _collaborative_page(gathered: Gathered) -> str:
    """Return the page of the first chapter on a provider collaborative: its matrix of variation and assurance."""
    wanted = {
        spec.id
        for spec in gathered.params.chapters
        if spec.scope == "system" and "collaborative" in spec.notebook
    }
    content = next((one for one in gathered.pack.chapters if one.id in wanted), None)
    if content is None:
        return ""
    urgent = {line.summary.indicator for line in gathered.lines if needs_action(line, gathered.params)}
    items = [
        item
        for item in content.artefacts
        if (item.kind == "table" and item.name == GLANCE)
        or (item.kind == "figure" and item.facts and item.facts[0].indicator in urgent)
    ]
    told = [item.markdown for item in content.artefacts if item.kind == "statement" and item.name in LEADING]
    return _page(content.title, [_short(text) for text in told], items, gathered, most=2)


GLANCE = "glance"
"""Name of the matrix of variation and assurance in a chapter on a collaborative."""
LEADING = ("about",)
"""Names of the statements that lead its page."""


def _page(
    title: str,
    words: Sequence[str],
    items: Sequence[Figure | Table | Statement],
    gathered: Gathered,
    *,
    most: int = MOST_SMALL,
) -> str:
    figures = [item for item in items if isinstance(item, Figure)]
    tables = [item for item in items if isinstance(item, Table)][:MOST_TABLES]
    small = [one for one in figures if not is_wide(one)][:most]
    wide = [] if small else [one for one in figures if is_wide(one)][:2]
    parts = [
        f"# {markdown_text(title)} {{#sec-trust}}",
        *words,
        *(to_annex(table_markdown(one, f"tbl-{one.name}")) for one in tables),
        grid([_chart(gathered, one) for one in small]),
        *(
            wide_chart(markdown_text(one.title), capital(what(one)), gathered.figures[one.name][0], one.alt)
            for one in wide
        ),
        f"::: {{.note}}\n\n{NOTE}\n\n:::",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


NOTE = (
    "Control charts as NHS England's programme Making Data Count makes them. Months without a figure held here are "
    "gaps in a line."
)


def _chart(gathered: Gathered, figure: Figure) -> str:
    return chart(
        _title(gathered, figure), capital(what(figure)), gathered.figures[figure.name][0], figure.alt
    )


def _title(gathered: Gathered, figure: Figure) -> str:
    """Return a title that has room: the short name of the measure, and what is judged of it."""
    indicator = gathered.params.indicators.get(figure.facts[0].indicator) if figure.facts else None
    judged = figure.title.rpartition(", ")[2] if gathered.is_system else figure.title.rpartition(": ")[2]
    return markdown_text(figure.title if indicator is None else f"{indicator.brief}, {judged}")


def _short(markdown: str) -> str:
    """Return the first paragraph of a statement."""
    return to_annex(markdown.strip().partition("\n\n")[0])
