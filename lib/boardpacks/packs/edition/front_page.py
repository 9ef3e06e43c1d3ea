"""Fills the front sheet of the edition: what the board should know, and what a secretary says of the paper."""

from __future__ import annotations

from collections.abc import Iterator

from boardpacks.facts.wording import capital, sentence
from boardpacks.packs.compose.headlines import choose
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import ANNEX, said, to_annex
from boardpacks.packs.markdown.escape import markdown_text

LEFT_OUT = ("Title", "In short", "Place", "System", "Places", "Local emphasis", "Data")
"""Rows of the annex's front sheet that the edition's goes without: the page says them, or they are technical."""


def headlines(gathered: Gathered) -> list[dict[str, str]]:
    """Return the findings that lead the front sheet, by rule: three that need attention, then one that is better."""
    attention = choose(gathered.lines, "attention")
    better = choose(gathered.lines, "better", without=attention)[:1]
    return [
        *(_headline(gathered, line, "attention") for line in attention),
        *(_headline(gathered, line, "better") for line in better),
    ]


def _headline(gathered: Gathered, line: SummaryLine, kind: str) -> dict[str, str]:
    name, _, rest = line.summary.line.partition(": ")
    fact, benchmark = gathered.value(line), gathered.benchmark(line)
    value = ""
    if fact is not None and rest.startswith(fact.display):
        rest = rest.removeprefix(fact.display).lstrip(" ,")
        value = said(fact) if len(fact.display) <= MOST_LETTERS else said_short(fact.display, fact.id)
        name = f"{name} ({fact.display.partition(' ')[2]})" if len(fact.display) > MOST_LETTERS else name
    elif line.summary.count > 1:
        value = f"{line.summary.count} areas"
    words = f"**{markdown_text(name)}:** {markdown_text(rest)}"
    if benchmark is not None and gathered.params.system.benchmark.name not in rest:
        words += f"; {markdown_text(gathered.params.system.benchmark.name)} {said(benchmark)}"
    return {"value": value, "words": sentence(words), "kind": kind}


MOST_LETTERS = 8
"""Letters of a value that stand large on the page; of a longer one the number alone does."""


def said_short(display: str, fact: str) -> str:
    """Return the number alone of a value, tied to its fact."""
    return f'[{markdown_text(display.partition(" ")[0])}]{{fact="{fact}"}}'


def front_rows(gathered: Gathered) -> list[dict[str, object]]:
    """Return the rows of the front sheet; `wide` marks one that needs the whole line."""
    return [
        {"label": label, "content": to_annex(content), **({"wide": True} if len(content) > NARROW else {})}
        for label, content in _rows(gathered)
    ]


NARROW = 110
"""Letters of a row that has half a line."""


def _rows(gathered: Gathered) -> Iterator[tuple[str, str]]:
    left_out = (*LEFT_OUT, capital(gathered.params.system.words.several))
    for label, content in gathered.rows.items():
        if label not in left_out and label != "What the pack covers":
            yield label, content
    links = [f"[{markdown_text(section.title)}]({ANNEX}{section.anchor})" for section in gathered.sections]
    yield "Appendices", f"The evidence annex, with every figure: {'; '.join(links)}"
