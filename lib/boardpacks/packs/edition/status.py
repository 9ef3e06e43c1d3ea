"""Says a line's judgement as a shape with a word: what a board sees first of a measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boardpacks.facts.wording import verdict_span
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.stats.comparison import VERDICTS, Verdict

STANDS_OUT = "[Stands out]{.verdict-stands-out}"
_CHART: Sequence[tuple[str, tuple[str, ...], str]] = (
    ("assurance", ("fails",), "[Will miss]{.verdict-fails}"),
    ("variation", ("concern-high", "concern-low"), "[Concern]{.verdict-concern}"),
    ("variation", ("improvement-high", "improvement-low"), "[Improving]{.verdict-improvement}"),
    ("assurance", ("passes",), "[Will meet]{.verdict-passes}"),
    ("assurance", ("hit-or-miss",), "[May miss]{.verdict-either}"),
)
"""What a control chart tells where nothing is compared, the most urgent first."""


def status(line: SummaryLine) -> str:
    """Return the judgement of a line in Markdown that both engines show as a shape with a word."""
    summary = line.summary
    if summary.stands_out:
        return STANDS_OUT
    if summary.verdict == "not-compared":
        found = (words for name, told, words in _CHART if getattr(summary, name) in told)
        return next(found, verdict_span("not-compared"))
    return verdict_span(summary.verdict)


FIRST: tuple[Verdict, Verdict] = ("worse", "better")
ORDER = (
    verdict_span("worse"),
    STANDS_OUT,
    *(words for _, _, words in _CHART[:2]),
    verdict_span("better"),
    *(words for _, _, words in _CHART[2:]),
    *(verdict_span(verdict) for verdict in VERDICTS if verdict not in FIRST),
)
"""Every judgement, the most urgent first."""


def by_status(lines: Iterable[SummaryLine]) -> dict[str, list[SummaryLine]]:
    """Return lines by their judgement, the most urgent first."""
    found: dict[str, list[SummaryLine]] = {words: [] for words in ORDER}
    for line in lines:
        found[status(line)].append(line)
    return {words: own for words, own in found.items() if own}
