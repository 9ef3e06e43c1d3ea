"""Says a judgement in a few words: verdict, trend and control chart, as the summary and the page of changes do."""

from __future__ import annotations

from collections.abc import Mapping

from boardpacks.packs.compose.counts import WORDS
from boardpacks.params.assurance import TrendWord
from boardpacks.stats.comparison import Verdict
from boardpacks.stats.spc.icons import Passing, Variation

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
}
ASSURANCE: Mapping[str, str] = {
    "passes": "will consistently pass its target",
    "fails": "will consistently fail its target",
    "hit-or-miss": "may hit or miss its target",
}


def judged_words(
    verdict: Verdict,
    trend: TrendWord,
    variation: Variation | None,
    assurance: Passing | None,
    *,
    stands_out: bool = False,
) -> list[str]:
    """Return what is judged, in Markdown: the verdict with its shape, then what else can be told."""
    told = ["Stands out, not tested" if stands_out else WORDS[verdict]]
    told += [TRENDS[trend]] if trend in TRENDS else []
    told += [VARIATION[variation]] if variation and variation in VARIATION else []
    told += [ASSURANCE[assurance]] if assurance and assurance in ASSURANCE else []
    return told
