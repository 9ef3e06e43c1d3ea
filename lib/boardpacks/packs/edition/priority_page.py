"""Writes the page of a priority: what success means to residents, the charts that matter most, and all the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from boardpacks.facts.wording import listed, verdict_span
from boardpacks.packs.compose.counts import counted as called
from boardpacks.packs.compose.headlines import is_ahead
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.chart_grid import chart_grid
from boardpacks.packs.edition.choose_charts import Chosen, choose_charts, distance
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import counted, linked, named
from boardpacks.packs.edition.status import STANDS_OUT, by_status
from boardpacks.packs.edition.system_charts import system_charts_markdown
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.params.priority import Priority, Success
from boardpacks.stats.comparison import UNJUDGED

LEADS = (("worse", "Furthest behind"), ("better", "Best"))
MOST_TOLD = 20
"""Measures up to which all of them are named below the charts."""
MOST_NAMED = 2
"""Measures that are named after one sentence of residents."""
UNTOLD = (verdict_span("similar"), *map(verdict_span, UNJUDGED))
"""Judgements whose measures the page of a long priority counts, and the scorecard names."""
NONE = "No measure here yet."


def priority_page_markdown(
    gathered: Gathered, priority: Priority, most: int, *, follows: bool = False
) -> str:
    """Return the page, or nothing where the pack has no measure of the priority.

    Where it `follows` that of another priority and has no charts, it goes on below that one: of many places no chart
    has room on a page.
    """
    lines = [line for line in gathered.lines if line.summary.priority == priority.id]
    if not lines:
        return ""
    chosen = [] if gathered.is_system else choose_charts(gathered, lines, most)
    charts = (
        system_charts_markdown(gathered, priority) if gathered.is_system else chart_grid(gathered, chosen)
    )
    goes_on = " .continued" if follows and not charts else ""
    parts = [
        f"# {markdown_text(priority.name)} {{#sec-{priority.id}{goes_on}}}",
        f"::: {{.message}}\n\n{_message(gathered, lines)}\n\n:::",
        _success(gathered, priority.success, lines),
        _sentences(gathered, lines),
        charts,
        _also(gathered, lines, chosen),
        f"::: {{.note}}\n\n{_sources(chosen)}\n\n:::" if chosen else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _message(gathered: Gathered, lines: Sequence[SummaryLine]) -> str:
    """Return the page in one line: how many measures are behind, stand out and are ahead."""
    benchmark = markdown_text(gathered.params.system.spoken_benchmark)
    worse, better = (
        counted(line for line in lines if line.summary.verdict == verdict) for verdict in ("worse", "better")
    )
    out = counted(line for line in lines if line.summary.stands_out)
    if counted(lines) == 1:
        side = f"is {'worse' if worse else 'better'} than {benchmark}" if worse or better else "stands out"
        unknown = f"is not known to be better or worse than {benchmark}"
        return f"Its only measure {side if worse or better or out else unknown}."
    every = f"{counted(lines)} {called(lines)}"
    told = [f"{worse} worse than {benchmark}"] if worse else []
    told += [f"{out} that {'stands' if out == 1 else 'stand'} out"] if out else []
    told += [f"{better} better"] if better else []
    if not told:
        return f"None of {every} is known to be better or worse than {benchmark}."
    return f"Of {every}: {listed(told)}."


def _success(gathered: Gathered, success: Iterable[Success], lines: Sequence[SummaryLine]) -> str:
    rows = [f"- “{markdown_text(one.says)}” [{_bears(gathered, one, lines)}]{{.bears}}" for one in success]
    if not rows:
        return ""
    return "\n".join(["::: {.success}", "", "**What success means to residents**", "", *rows, "", ":::"])


def _bears(gathered: Gathered, success: Success, lines: Sequence[SummaryLine]) -> str:
    """Return the measures that bear on what residents should be able to say, or the word that none does."""
    found = {
        linked(gathered, line): None
        for name in success.indicators
        for line in lines
        if line.summary.indicator == name
    }
    names = list(found)[:MOST_NAMED]
    more = len(found) - len(names)
    told = f"{', '.join(names)}{f' and {more} more' if more else ''}." if names else NONE
    return f"{told} {markdown_text(success.gap)}" if success.gap else told


def _sentences(gathered: Gathered, lines: Sequence[SummaryLine]) -> str:
    """Return two or three sentences: what is furthest behind, what is ahead, and how much cannot be judged."""
    told = []
    for verdict, lead in () if gathered.is_system else LEADS:
        own = sorted(
            (line for line in lines if line.summary.verdict == verdict and gathered.value(line)),
            key=lambda line: -distance(gathered, line),
        )
        if own:
            told.append(f"{lead}: {markdown_text(own[0].summary.line)}.")
    silent = counted(
        line for line in lines if line.summary.verdict in UNJUDGED and not line.summary.stands_out
    )
    if 0 < silent < counted(lines):  # of all of them the message says it
        told.append(f"{silent} of its {called(lines)} could not be judged.")
    return " ".join(told)


def _also(gathered: Gathered, lines: Sequence[SummaryLine], chosen: Sequence[Chosen]) -> str:
    """Return every other measure of the priority by its judgement: nothing vanishes."""
    shown = {one.line for one in chosen}
    benchmark = markdown_text(gathered.params.system.spoken_benchmark)
    left = [line for line in lines if line not in shown and gathered.is_shown(line)]
    ahead = [line for line in left if is_ahead(line.summary) and not gathered.is_system]
    rest = by_status(line for line in left if line not in ahead)
    if ahead:
        rest[f"{STANDS_OUT} on the better side of {benchmark}"] = ahead
    if not rest:
        return ""
    name = linked if gathered.is_system else named
    is_long = counted(line for own in rest.values() for line in own) > MOST_TOLD
    told = {words: own for words, own in rest.items() if not (is_long and words in UNTOLD)}
    names = _each_once({words: [name(gathered, line) for line in own] for words, own in told.items()})
    rows = [f"{words}: {'; '.join(own)}" for words, own in names.items()]
    others = [f"{counted(own)} {words}" for words, own in rest.items() if words not in told]
    if others:
        rows.append(f"{' · '.join(others)}: see the [scorecard](#sec-scorecard).")
    return "\n\n".join(["::: {.also}", "**Also measured**", *rows, ":::"])


def _each_once(names: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return names under the most urgent of the judgements that they have, each once."""
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for words, own in names.items():
        new = [name for name in dict.fromkeys(own) if name not in seen]
        seen.update(new)
        if new:
            found[words] = new
    return found


def _sources(chosen: Sequence[Chosen]) -> str:
    publishers = dict.fromkeys(fact.publisher for one in chosen for fact in one.figure.facts)
    return f"Charts: {markdown_text('; '.join(publishers))}."
