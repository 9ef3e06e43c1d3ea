"""Says of each line that needs action how it has moved since the last meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from boardpacks.facts.artefacts import Summary
from boardpacks.facts.wording import period
from boardpacks.packs.changes.judged_changes import judged_areas
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.compose.what_to_do import needs_action
from boardpacks.packs.files.changes_file import FigureChange, PackComparison
from boardpacks.packs.files.facts_file import FactsFile, JudgementRecord
from boardpacks.params.models import Params

SINCE = "since the last meeting"


def movements(
    entries: Sequence[SummaryLine], then: FactsFile, changes: PackComparison, params: Params
) -> dict[SummaryLine, str]:
    """Return a sentence for each line that needs action: new, worse, better or unchanged since the last pack.

    A line is new where, by today's rules, the last pack had none that needed action. Else a judgement that changed
    decides; else the figure, which is then given as it was. Of a line for several places their number decides.

    Parameters
    ----------
    then
        Facts of the last pack.
    changes
        How this pack differs from it.
    """
    earlier = _needed_action(entries, then, params)
    return {
        entry: _moved(entry, earlier.get(entry.summary.indicator, {}), changes, params)
        for entry in entries
        if needs_action(entry, params)
    }


def _needed_action(
    entries: Sequence[SummaryLine], then: FactsFile, params: Params
) -> dict[str, dict[str, None]]:
    """Return the names of the areas that each indicator needed action in, by its lines of the last pack."""
    pattern = {entry.summary.indicator: entry for entry in entries}
    found: dict[str, dict[str, None]] = {}
    for record in then.judgements:
        like = pattern.get(record.indicator)
        if like is not None and needs_action(_as_line(record, like), params):
            areas = judged_areas(then.model_copy(update={"judgements": (record,)}))
            found.setdefault(record.indicator, {}).update(dict.fromkeys(name for _, name in areas.values()))
    return found


def _as_line(record: JudgementRecord, like: SummaryLine) -> SummaryLine:
    told = record.model_dump(exclude={"chapter", "concern", "uncertain", "heading"})
    return replace(like, summary=Summary(priority=like.summary.priority, **told))


def _moved(entry: SummaryLine, earlier: Mapping[str, None], changes: PackComparison, params: Params) -> str:
    areas = entry.areas or ("",)
    if not earlier.keys() & set(areas):
        return f"New {SINCE}."
    if len(areas) > 1 or len(earlier) > 1:
        return _by_number(len(areas) - len(earlier))
    own = [one for one in changes.judgements if _is_of(entry, one.indicator, one.area_name)]
    if turns := {one.turn for one in own} - {"other"}:
        return f"{turns.pop().capitalize()} {SINCE}." if len(turns) == 1 else f"Changed {SINCE}."
    figures = [one for one in changes.figures if one.own and _is_of(entry, one.indicator, one.area_name)]
    return _by_figure(figures, params)


def _is_of(entry: SummaryLine, indicator: str, area: str) -> bool:
    return indicator == entry.summary.indicator and area in (entry.areas or ("",))


def _by_number(more: int) -> str:
    if not more:
        return f"In as many places as at {SINCE.removeprefix('since ')}."
    return f"{'Worse' if more > 0 else 'Better'} {SINCE}: in {'more' if more > 0 else 'fewer'} places."


def _by_figure(figures: Iterable[FigureChange], params: Params) -> str:
    """Say a newer figure as better or worse with the one before, which lets a reader see by how much."""
    newer = [one for one in figures if one.kind == "newer" and one.was.display != one.now.display]
    if len(newer) != 1:
        return f"Unchanged {SINCE}."
    (one,) = newer
    polarity = params.indicators[one.indicator].polarity
    before = f"{SINCE}: {one.was.display} in {period(one.was.period)} then"
    if polarity == "none" or one.was.value is None or one.now.value is None:
        return f"A newer figure {before}."
    is_better = (one.now.value > one.was.value) == (polarity == "high")
    return f"A {'better' if is_better else 'worse'} figure {before}."
