"""Says a judgement in a few words: verdict, trend and control chart, as the summary and the page of changes do."""

from __future__ import annotations

from collections.abc import Mapping

from boardpacks.facts.artefacts import Summary
from boardpacks.facts.wording import capital
from boardpacks.packs.compose.counts import AT_95, WORDS
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.params.assurance import TrendWord
from boardpacks.stats.comparison import Verdict
from boardpacks.stats.spc.icons import Passing, Variation

STANDS_OUT = "Stands out, not tested"
TRENDS: Mapping[str, str] = {
    "getting-better": "getting better",
    "getting-worse": "getting worse",
    "increasing": "increasing",
    "decreasing": "decreasing",
    "no-change": "no significant change",
}
VARIATION: Mapping[str, str] = {
    "improvement-high": "improving",
    "improvement-low": "improving",
    "concern-high": "a change for the worse",
    "concern-low": "a change for the worse",
    "neutral-high": "unusually high",
    "neutral-low": "unusually low",
}
ASSURANCE: Mapping[str, str] = {
    "passes": "will consistently meet its target",
    "fails": "will consistently miss its target",
    "hit-or-miss": "may meet or miss its target",
}


def line_words(entry: SummaryLine) -> str:
    """Return what is judged of a line of the summary and how far that holds, in Markdown, wherever a pack says it."""
    told = summary_words(entry.summary)
    if entry.is_uncertain:
        told.insert(1, AT_95)
    return capital(", ".join(told))


def summary_words(summary: Summary) -> list[str]:
    """Return what is judged of a line of the summary, in Markdown."""
    return judged_words(
        summary.verdict,
        summary.trend,
        summary.variation,
        summary.assurance,
        stands_out=bool(summary.stands_out),
    )


def judged_words(
    verdict: Verdict,
    trend: TrendWord,
    variation: Variation | None,
    assurance: Passing | None,
    *,
    stands_out: bool = False,
) -> list[str]:
    """Return what is judged, in Markdown: the verdict with its shape, then what else can be told.

    That a control chart's figure is compared with no benchmark is not said where the chart itself tells something.
    """
    by_chart = variation in VARIATION or assurance in ASSURANCE
    untold = by_chart and verdict == "not-compared" and not stands_out
    told = [] if untold else [STANDS_OUT if stands_out else WORDS[verdict]]
    told += [TRENDS[trend]] if trend in TRENDS else []
    told += [VARIATION[variation]] if variation and variation in VARIATION else []
    told += [ASSURANCE[assurance]] if assurance and assurance in ASSURANCE else []
    return told
