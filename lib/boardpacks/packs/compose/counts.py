"""Counts the summary's lines by verdict: in the key sentence, and by priority in a table."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.facts.artefacts import Column, Table
from boardpacks.facts.wording import LABELS, verdict_span
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.params.own_words import USUAL, Words
from boardpacks.stats.comparison import UNJUDGED, VERDICTS, Verdict

JUDGED: tuple[Verdict, ...] = ("better", "similar", "worse")
AT_95 = "at 95% only"
"""What is said of a verdict that does not hold among so many comparisons."""
AT_95_MARK = "‡"
"""What stands for it where there is no room."""
LEVEL = 0.95
FEWEST_TESTS = 10
"""With fewer comparisons nothing is said of chance: less than one of them would differ by it."""
WORDS: dict[Verdict, str] = {
    verdict: LABELS[verdict] if verdict in UNJUDGED else verdict_span(verdict) for verdict in VERDICTS
}
"""Each verdict as Markdown that both render engines show in words, shape and colour."""


def key_sentence(entries: Sequence[SummaryLine], benchmark: str) -> str:
    """Return, in Markdown, how many measures are better, similar and worse than the benchmark.

    Parameters
    ----------
    entries
        At least one line of the summary.
    benchmark
        Name of the benchmark, in Markdown.
    """
    counts = {verdict: _count(entries, verdict) for verdict in VERDICTS}
    judged = sum(counts[verdict] for verdict in JUDGED)
    one_sided = counts["higher"] + counts["lower"]
    unjudged = sum(counts[verdict] for verdict in UNJUDGED if verdict != "too-old")
    every = sum(entry.summary.count for entry in entries)
    measures = "1 measure" if every == 1 else f"{every} {counted(entries)}"
    sentences = []
    if judged:
        sentences.append(
            f"**Of {measures} in this pack, {_so_many(counts['better'])} better than {benchmark}, "
            f"{_so_many(counts['similar'])} similar and {_so_many(counts['worse'])} worse.**"
        )
    else:
        sentences.append(f"**This pack has {measures}.**")
    if one_sided:
        sentences.append(f"{_so_many(one_sided)} higher or lower than {benchmark}, where neither is better.")
    if unjudged:
        standing = sum(entry.summary.count for entry in entries if entry.summary.stands_out)
        out = (
            f"; {standing} of them {'stands' if standing == 1 else 'stand'} out all the same"
            if standing
            else ""
        )
        sentences.append(f"{unjudged} could not be judged{out}.")
    sentences += _findings(entries)
    if old := counts["too-old"]:
        sentences.append(
            f"{old} {'is' if old == 1 else 'are'} too old for a board to rely on, and shown as history."
        )
    return " ".join([*sentences, *_by_chance(entries)])


def _findings(entries: Sequence[SummaryLine]) -> list[str]:
    """Say how many findings need attention, where measures of one cause make them fewer than the measures."""
    found = [entry for entry in entries if entry.summary.verdict == "worse" or entry.summary.stands_out]
    causes = {entry.cause for entry in found}
    if len(causes) == len({entry.summary.indicator for entry in found}):
        return []
    several = "1 finding" if len(causes) == 1 else f"{len(causes)} findings"
    return [f"What is worse or stands out makes {several}, as measures of one cause count once."]


def _by_chance(entries: Sequence[SummaryLine]) -> list[str]:
    """Say how many comparisons there are, how many of them chance alone would show, and what that does to the lines."""
    tests = sum(len(entry.chances) for entry in entries)
    if tests < FEWEST_TESTS:
        return []
    told = (
        f"Of {tests} comparisons, about {round(tests * (1 - LEVEL))} would show a difference by chance alone"
    )
    uncertain = sum(entry.is_uncertain for entry in entries)
    if not uncertain:
        return [f"{told}; what is called better or worse holds when that is allowed for."]
    one = uncertain == 1
    return [
        f"{told}: {uncertain} {'line' if one else 'lines'} that {'does' if one else 'do'} not hold when that is "
        f'allowed for {"is" if one else "are"} marked "{AT_95}".'
    ]


def counted(entries: Sequence[SummaryLine]) -> str:
    """Return what is counted: measures, unless several places or boroughs have a figure each for one of them."""
    every = sum(entry.summary.count for entry in entries)
    return "measures" if len({entry.summary.indicator for entry in entries}) == every else "results"


def counts_table(entries: Sequence[SummaryLine], benchmark: str, words: Words = USUAL) -> Table:
    """Return a table of the verdicts by priority, or by chapter where lines have no priority.

    Parameters
    ----------
    entries
        At least one line, in the order of the params.
    benchmark
        Name of the benchmark.
    """
    shown = [verdict for verdict in VERDICTS if verdict in JUDGED or _count(entries, verdict)]
    chapters = list(dict.fromkeys(entry.chapter for entry in entries))
    rows = [(name, *(str(_count(entries, verdict, name)) for verdict in shown)) for name in chapters]
    if len(chapters) > 1:
        rows.append(("Together", *(str(_count(entries, verdict)) for verdict in shown)))
    return Table(
        kind="table",
        name="summary",
        facts=(),
        title=f"{counted(entries).capitalize()} compared with {benchmark}, by priority",
        note=_note(entries, shown, words),
        columns=(
            Column(label="Priority", width=34),
            *(Column(label=WORDS[verdict], align="right", width=66 / len(shown)) for verdict in shown),
        ),
        rows=tuple(rows),
    )


def _count(entries: Sequence[SummaryLine], verdict: str, chapter: str | None = None) -> int:
    return sum(
        entry.summary.count
        for entry in entries
        if entry.summary.verdict == verdict and chapter in (None, entry.chapter)
    )


def _note(entries: Sequence[SummaryLine], shown: Sequence[str], words: Words) -> str:
    word = counted(entries)
    parts = [f"Number of {word} at their latest period."]
    if word == "results":
        parts.append(f"Where {words.several} have figures of their own, each counts.")
    if "not-tested" in shown:
        parts.append("Not tested: no interval or verdict of the publisher is held.")
    if "not-compared" in shown:
        small = ", or too few people live there" if word == "results" else ""
        parts.append(f"Not compared: no figure to compare with is held{small}.")
    if "too-old" in shown:
        parts.append("Too old: the period ended too long ago for a board to rely on.")
    return " ".join(parts)


def _so_many(count: int) -> str:
    return "none is" if count == 0 else "1 is" if count == 1 else f"{count} are"
