"""Small pieces of Markdown that several pages of the edition say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from boardpacks.facts.artefacts import Fact
from boardpacks.facts.check_words import number_of
from boardpacks.facts.spans import fact_span
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.markdown.escape import markdown_text

ANNEX = "annex:"
"""How a link begins that leads to a heading of the evidence annex."""
_LINK = re.compile(r"\]\(#(?=[a-z])")


def to_annex(markdown: str) -> str:
    """Return Markdown whose links to headings of the pack lead to the evidence annex."""
    return _LINK.sub(f"]({ANNEX}", markdown)


def number(fact: Fact) -> str:
    """Return a fact's number without its unit, tied to the fact."""
    return fact_span(number_of(fact), fact.id)


def said(fact: Fact) -> str:
    """Return a fact as the pack prints it, tied to the fact."""
    return fact_span(fact.display, fact.id)


def named(gathered: Gathered, line: SummaryLine) -> str:
    """Return the short name of a line's measure with its number, as a link to where the annex shows it."""
    fact = gathered.value(line)
    value = f" {number(fact)}" if fact else ""
    borough = gathered.borough(fact) if fact else ""
    area = f" ({markdown_text(borough)})" if borough else ""
    return f"{linked(gathered, line)}{area}{value}"


def linked(gathered: Gathered, line: SummaryLine) -> str:
    """Return the short name of a line's measure as a link to where the annex shows it."""
    return f"[{markdown_text(gathered.indicator(line).brief)}]({ANNEX}{line.anchor})"


def counted(lines: Iterable[SummaryLine]) -> int:
    """Return how many results lines stand for."""
    return sum(line.summary.count for line in lines)
