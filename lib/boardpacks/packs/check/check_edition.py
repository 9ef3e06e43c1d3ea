"""Holds every number on the pages of a board edition: a fact says it, the annex has its words, or it counts results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boardpacks.facts.artefacts import Fact, Figure, Statement, Table
from boardpacks.facts.spans import FACT_SPAN, find_spans
from boardpacks.facts.wording import capital
from boardpacks.packs.check.check_numbers import vocabulary_of
from boardpacks.packs.check.held import Vocabulary, flat, forms_of, tokens
from boardpacks.packs.compose.alert_advise_assure import heading_of, sort_for_board
from boardpacks.packs.compose.counts import LEVEL
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.chart_grid import what
from boardpacks.packs.edition.choose_charts import MOST, choose_charts
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.status import status
from boardpacks.project.dates import long_date
from boardpacks.stats.comparison import UNJUDGED

MOST_FAULTS = 5
"""How many numbers of one page are named."""
_METHOD = re.compile(r"\b95% (?:confidence )?interval|\bat 95% only")
_FACT = re.compile(FACT_SPAN)
_HIDDEN = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|\{[^{}]*\}")
"""Pictures, targets of links and attributes: nothing of these is printed."""


def check_edition(pages: Mapping[str, str], gathered: Gathered, charts: int = MOST) -> list[str]:
    """Return the numbers of the pages that nothing holds, a line each: the page, the number and where it stands.

    Parameters
    ----------
    pages
        The pages in Markdown, by name.
    gathered
        What they were made from.
    charts
        Most charts on the page of a priority.

    Notes
    -----
    A number that is said as a fact was checked when its page was composed. What a notebook handed over was checked in
    the annex, and stands here word for word. The names and texts of the params say nothing of a place. What is left
    has to be a number of results.
    """
    held = _Held(
        gathered.known,
        vocabulary_of(gathered.params),
        tuple(
            sorted(
                {words for said in _handed_over(gathered) for words in _lines(said)}, key=len, reverse=True
            )
        ),
        frozenset(str(count) for count in _counts(gathered, charts)),
    )
    return [fault for page, text in pages.items() for fault in _faults(page, text, held)[:MOST_FAULTS]]


@dataclass(frozen=True)
class _Held:
    """What numbers may be: facts by id, phrases of the params, lines of the annex, numbers of results."""

    facts: Mapping[str, Fact]
    named: Vocabulary
    handed_over: tuple[str, ...]
    counts: frozenset[str]


def _lines(markdown: str) -> Iterator[str]:
    """Yield the lines of a text that have numbers beside their facts, as they are printed without these."""
    for line in markdown.splitlines():
        plain = _printed(line).strip()
        if next(tokens(plain), None) is not None:
            yield plain


def _printed(line: str) -> str:
    return flat(_HIDDEN.sub("", _FACT.sub("…", line)))


def _faults(page: str, text: str, held: _Held) -> list[str]:
    found = []
    for line in text.splitlines():
        periods = {
            form
            for span in find_spans(line)
            if span.fact in held.facts
            for form in forms_of(held.facts[span.fact])
        }
        plain = _printed(line)
        for words in held.handed_over:
            plain = plain.replace(words, "…")
        method = [(one.start(), one.end()) for one in _METHOD.finditer(plain)]
        for token in tokens(plain):
            is_method = any(start <= token.start < end for start, end in method)
            is_count = token.digits.replace(",", "") in held.counts and not token.unit and not token.ordinal
            if is_method or is_count or token.digits in periods or held.named.holds(plain, token):
                continue
            found.append(
                f"{page}: says {token.words!r}, which is no fact, no words of the annex and no number of results: "
                f"{plain[max(0, token.start - 60) : token.end + 40].strip()!r}"
            )
    return found


def _handed_over(gathered: Gathered) -> Iterator[str]:
    """Yield what notebooks handed over, and what the board and the last meeting say, in plain text."""
    for chapter in gathered.pack.chapters:
        for item in chapter.artefacts:
            if isinstance(item, Statement):
                yield item.markdown
            if isinstance(item, Figure | Table):
                yield from (item.title, item.note)
            if isinstance(item, Figure):
                yield from (what(item), capital(what(item)))
    for line in gathered.lines:
        summary = line.summary
        yield from (summary.line, summary.line.partition(": ")[2])
        if summary.concern is not None:
            yield from (f"Since {summary.concern.since}", summary.concern.words)
    yield from (gathered.moved or {}).values()
    for action in gathered.actions:
        yield from (action.action, action.owner, long_date(action.due))
        if action.closed is not None:
            yield long_date(action.closed)


def _counts(gathered: Gathered, charts: int) -> Iterator[int]:
    """Yield the numbers of results, measures and comparisons: of the pack, of each priority, and beside its charts."""
    lines, assurance = gathered.lines, gathered.params.assurance
    yield from _counts_of(gathered, lines)
    for own in gathered.params.priorities:
        of_page = [line for line in lines if line.summary.priority == own]
        shown = () if gathered.is_system else choose_charts(gathered, of_page, charts)
        drawn = {one.line for one in shown}
        yield from _counts_of(gathered, of_page)
        beside = [line for line in of_page if line not in drawn and gathered.is_shown(line)]
        yield from _counts_of(gathered, beside)
    yield from (line.summary.count for line in lines)
    attention = [one for one in lines if one.summary.verdict == "worse" or one.summary.stands_out]
    yield len({line.cause for line in attention})
    tests = sum(len(line.chances) for line in lines)
    yield from (tests, round(tests * (1 - LEVEL)), sum(line.is_uncertain for line in lines))
    if assurance is not None:
        asked, others = sort_for_board(lines, assurance)
        yield from (others, *(one.more for one in asked))
    for priority in gathered.params.priorities.values():
        for success in priority.success:
            yield from range(len(success.indicators) + 1)


def _counts_of(gathered: Gathered, lines: Sequence[SummaryLine]) -> Iterator[int]:
    found: Counter[str] = Counter()
    for line in lines:
        summary, assurance = line.summary, gathered.params.assurance
        heading = heading_of(summary, assurance) if assurance else None
        silent = summary.verdict in UNJUDGED
        kinds = (
            "all",
            summary.verdict,
            status(line),
            f"asked {heading}",
            "stands out" if summary.stands_out else "does not",
            "one side" if summary.verdict in ("higher", "lower") else "",
            "unjudged" if silent and summary.verdict != "too-old" else "",
            "silent" if silent and not summary.stands_out else "",
        )
        found.update(dict.fromkeys(kinds, summary.count))
    yield from found.values()
