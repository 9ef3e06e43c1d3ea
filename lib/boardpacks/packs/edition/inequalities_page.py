"""Writes the page on inequalities: gaps inside the place and between places, and who has no figures at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpacks.facts.artefacts import Figure, Statement
from boardpacks.facts.wording import capital
from boardpacks.packs.edition.chart_grid import chart, chart_grid, grid, is_wide, what, wide_chart
from boardpacks.packs.edition.choose_charts import Chosen
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import to_annex
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.read.read_notebook import ChapterContent

MOST_STATEMENTS = 2
MOST_SMALL = 2


def inequalities_page_markdown(gathered: Gathered, chapter: str) -> str:
    """Return the page of a chapter on inequalities, or nothing where the pack has none."""
    section = next((one for one in gathered.sections if one.chapter == chapter), None)
    content = next((one for one in gathered.pack.chapters if one.id == chapter), None)
    found = gathered.params.inequalities
    if section is None or content is None or found is None:
        return ""
    leading = list(_leading(gathered, found.leading))
    figures = [item for item in content.artefacts if isinstance(item, Figure)]
    wide = [one for one in figures if is_wide(one)][:1]
    small = [one for one in figures if not is_wide(one)][: MOST_SMALL - len(leading)]
    parts = [
        f"# {markdown_text(section.title)} {{#sec-inequalities}}",
        *_statements(content),
        chart_grid(gathered, leading),
        grid([_small(gathered, one) for one in small]),
        *(
            wide_chart(markdown_text(one.title), capital(what(one)), gathered.figures[one.name][0], one.alt)
            for one in wide
        ),
        f"**Not seen here.** {markdown_text(found.not_published)}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _leading(gathered: Gathered, names: Sequence[str]) -> Iterator[Chosen]:
    """Yield the charts of the measures that lead the page, as far as the pack has them."""
    for name in names:
        line = next((one for one in gathered.lines if one.summary.indicator == name), None)
        if line is not None and (found := gathered.figure(line)):
            yield Chosen(line, *found)


def _statements(content: ChapterContent) -> list[str]:
    """Return how the chapter's first statements begin."""
    found = [item.markdown for item in content.artefacts if isinstance(item, Statement)]
    return [to_annex(_opening(text)) for text in found[:MOST_STATEMENTS]]


def _opening(markdown: str) -> str:
    """Return the first two paragraphs of a statement, with the list that belongs to the second one."""
    blocks = markdown.strip().split("\n\n")
    return "\n\n".join(blocks[: 3 if len(blocks) > 2 and blocks[1].rstrip().endswith(":") else 2])


def _small(gathered: Gathered, figure: Figure) -> str:
    return chart(
        markdown_text(figure.title), capital(what(figure)), gathered.figures[figure.name][0], figure.alt
    )
