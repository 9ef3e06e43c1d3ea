"""Says what a build would do and why, without doing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from boardpacks.packs.publish.build_states import BuildStates
from boardpacks.plan.plan import ChapterRun, PackPlan
from boardpacks.plan.stale_chapters import ChapterStates, Origin

UP_TO_DATE = "up to date"
_PACK = "the pack"
_WORDS: Mapping[Origin, str] = {
    "text": "takes its new text and does not run",
    "another pack": "taken from another pack",
    "cache": "taken from the cache",
}


def explain(plans: Sequence[PackPlan], states: BuildStates) -> Iterator[str]:
    """Yield a heading for each pack, and a line for each of its chapters and for the pack itself."""
    for plan in plans:
        yield f"{plan.place_name}, {plan.meeting.date.isoformat()}"
        state = states.packs.look(plan)
        if state.is_finished:
            yield f"  final, version {plan.version}: it stays as it is"
            continue
        names = [run.chapter.id for run in plan.chapters]
        width = max(map(len, [*names, _PACK]))
        words = [_chapter(run, states.chapters) for run in plan.chapters]
        for name, said in zip(names, words, strict=True):
            yield f"  {name:{width}}  {said}"
        current = all(said == UP_TO_DATE for said in words)
        reason = state.reason if current else "its chapters change"
        yield f"  {_PACK:{width}}  {f'made: {reason}' if reason else UP_TO_DATE}"


def why_not_done(plan: PackPlan, states: BuildStates) -> str:
    """Return the first reason why a pack would be made now; an empty string when it is up to date."""
    state = states.packs.look(plan)
    if state.is_finished:
        return ""
    for run in plan.chapters:
        if not states.chapters.look(run).is_current:
            return f"{run.chapter.id}: {'; '.join(states.chapters.look(run).reasons)}"
    return state.reason


def is_done(plans: Sequence[PackPlan], states: BuildStates) -> bool:
    """Whether everything is up to date: chapters, packs and the library page."""
    return not any(why_not_done(plan, states) for plan in plans) and states.packs.library_is_current()


def _chapter(run: ChapterRun, found: ChapterStates) -> str:
    finding = found.look(run)
    if finding.is_current:
        return UP_TO_DATE
    why = "; ".join(finding.reasons)
    origin = found.is_elsewhere(run)
    return f"{_WORDS[origin]}: {why}" if origin else f"runs: {why}"
