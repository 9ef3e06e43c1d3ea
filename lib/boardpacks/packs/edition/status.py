"""Says a line's judgement as a shape with a word: what a board sees first of a measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.stats.comparison import Verdict

STANDS_OUT = "[Stands out]{.verdict-stands-out}"
_WORDS: Mapping[Verdict, str] = {
    "better": "[Better]{.verdict-better}",
    "worse": "[Worse]{.verdict-worse}",
    "similar": "[Similar]{.verdict-similar}",
    "higher": "[Higher]{.verdict-higher}",
    "lower": "[Lower]{.verdict-lower}",
    "not-tested": "[Not tested]{.verdict-none}",
    "not-compared": "[Not compared]{.verdict-none}",
    "too-old": "[Too old]{.verdict-none}",
}
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
        return next(found, _WORDS["not-compared"])
    return _WORDS[summary.verdict]


ORDER = (
    _WORDS["worse"],
    STANDS_OUT,
    *(words for _, _, words in _CHART[:2]),
    _WORDS["better"],
    *(words for _, _, words in _CHART[2:]),
    *(_WORDS[verdict] for verdict in ("higher", "lower", "similar", "not-tested", "not-compared", "too-old")),
)
"""Every judgement, the most urgent first."""


def by_status(lines: Iterable[SummaryLine]) -> dict[str, list[SummaryLine]]:
    """Return lines by their judgement, the most urgent first."""
    found: dict[str, list[SummaryLine]] = {words: [] for words in ORDER}
    for line in lines:
        found[status(line)].append(line)
    return {words: own for words, own in found.items() if own}
