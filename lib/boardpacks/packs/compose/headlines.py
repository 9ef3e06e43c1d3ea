"""Chooses the three things that are better and the three that need attention, by rules that a reader can check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from boardpacks.facts.artefacts import Summary
from boardpacks.packs.compose.summary_lines import SummaryLine

MOST = 3
Side = Literal["attention", "better"]

_FALLEN = frozenset(("last-of-peers", "sharp-change"))
"""Rules that make what meets both the first thing that a board reads."""
_MILD = frozenset(("behind-peers", "standard-missed", "wide-gap"))
"""Rules that many places meet at once."""
_GOOD = {
    "trend": ("getting-better",),
    "variation": ("improvement-high", "improvement-low"),
    "assurance": ("passes",),
}
_BAD = {"trend": ("getting-worse",), "variation": ("concern-high", "concern-low"), "assurance": ("fails",)}


def side(summary: Summary) -> Side | None:
    """Return whether a line tells of something better, of something that needs attention, or of neither.

    The verdict against the benchmark decides. What stands out without one needs attention. Else the trend and what a
    monthly chart shows decide if they point one way.
    """
    if summary.verdict in ("better", "worse"):
        return "better" if summary.verdict == "better" else "attention"
    if summary.stands_out:
        return "attention"
    good, bad = _has(summary, _GOOD), _has(summary, _BAD)
    if good == bad:
        return None
    return "better" if good else "attention"


def choose(
    entries: Sequence[SummaryLine], wanted: Side, *, without: Sequence[SummaryLine] = ()
) -> list[SummaryLine]:
    """Return up to three entries of one side, the most telling first.

    What is the last of its peers after a sharp change goes before verdicts, these before what else stands out, and that
    before trends; what stands out though it lies on the better side of the benchmark comes last. Among lines alike in
    that, a priority that has none yet goes first; then the line whose trend points the same way, the one true of most
    places, what misses a standard or changed sharply, and what lies furthest from the benchmark, in the spread of the
    peers before all. No two have one subject (an outcome) or one finding, and none has an indicator of `without`.

    Parameters
    ----------
    entries
        In the order of the params, which decides where all else is equal.
    wanted
        The side.
    without
        Lines that are on the page already.
    """
    said = {entry.summary.indicator for entry in without}
    left = [
        entry for entry in entries if side(entry.summary) == wanted and entry.summary.indicator not in said
    ]
    chosen: list[SummaryLine] = []
    while left and len(chosen) < MOST:
        heard = Counter((_rung(entry), entry.chapter) for entry in chosen)
        best = min(
            left,
            key=lambda entry: (_rung(entry), heard[_rung(entry), entry.chapter], weight(entry, wanted)),
        )
        chosen.append(best)
        left = [entry for entry in left if entry.subject != best.subject]
        left = [entry for entry in left if not (best.finding and entry.finding == best.finding)]
    return chosen


def weight(entry: SummaryLine, wanted: Side) -> tuple[int, int, int, int, float, float, float]:
    """Return what lines of one side are ordered by: the smallest is the most telling."""
    along, against = (_GOOD, _BAD) if wanted == "better" else (_BAD, _GOOD)
    signs = _has(entry.summary, against) - _has(entry.summary, along)
    intervals, share = entry.size
    far = entry.summary.distance or 0.0
    urgent, apart = (0, far) if wanted == "better" else (-_urgent(entry.summary), -far)
    return _rung(entry), signs, -entry.summary.count, urgent, apart, -intervals, -share


def urgency(entry: SummaryLine) -> tuple[bool, int, float, float, float]:
    """Return what measures that need action are ordered by: the smallest is the most telling.

    What stands out though it lies on the better side of the benchmark comes last. Sharp changes and missed standards
    come first, both of them before one; then the measure furthest behind the benchmark in the spread of its peers, or
    where there are none in halves of its interval and as a share of the benchmark.
    """
    summary = entry.summary
    intervals, share = entry.size
    return is_ahead(summary), -_urgent(summary), -(summary.distance or 0.0), -intervals, -share


def _urgent(summary: Summary) -> int:
    """Return how many signs of urgency a line has: a standard that is missed, a sharp change."""
    misses = summary.misses_standard or summary.assurance == "fails"
    return misses + ("sharp-change" in summary.stands_out)


def is_ahead(summary: Summary) -> bool:
    """Whether a line tells of what stands out though it lies on the better side of the benchmark."""
    return bool(summary.stands_out) and summary.beside == "ahead"


def _rung(entry: SummaryLine) -> int:
    """Return 0 for the last after a sharp change, 1 for a verdict, 2 and 3 for what else stands out, 4 for the rest.

    What stands out on the better side of the benchmark has 5.
    """
    if is_ahead(entry.summary):
        return 5
    if _FALLEN.issubset(entry.summary.stands_out):
        return 0
    if entry.summary.verdict in ("better", "worse"):
        return 1
    if not entry.summary.stands_out:
        return 4
    return 3 if _MILD.issuperset(entry.summary.stands_out) else 2


def _has(summary: Summary, signs: dict[str, tuple[str, ...]]) -> bool:
    return any(getattr(summary, name) in words for name, words in signs.items())
