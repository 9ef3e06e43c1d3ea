"""Says by which rules figures stand out that cannot be tested, and which are too old to be judged."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import listed, period
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.judging import AgeLimits, Judging
from boardpacks.params.models import Params


def judged_markdown(chapters: Sequence[ChapterContent], params: Params, facts: Sequence[Fact]) -> str:
    """Return the rules by which figures stand out, each with its reason, and the list of figures that are history."""
    return f"{_rules(params.judging)}\n\n{_history(chapters, params, facts)}\n"


def _rules(judging: Judging) -> str:
    head = (
        "A figure that cannot be tested is never called better or worse. It is said to stand out where a rule is met "
        f"(version {markdown_text(judging.version)} of the rules):"
    )
    return "\n".join([head, "", *(f"- {markdown_text(rule.because)}" for rule in judging.stands_out)])


def _history(chapters: Sequence[ChapterContent], params: Params, facts: Sequence[Fact]) -> str:
    limits = _limits(params.judging.age_limits)
    old = _too_old(chapters, params, facts)
    if not old:
        return f"No figure of this pack is older at the meeting than a board should rely on ({limits})."
    head = (
        f"Figures that are older at the meeting than a board should rely on ({limits}) are shown as history, and "
        "judged by nothing. In this pack:"
    )
    return "\n".join([head, "", *(f"- {markdown_text(line)}" for line in old)])


def _limits(limits: AgeLimits) -> str:
    told = [
        f"{name} ones over {months} months from the end of their period"
        for name, months in limits.model_dump().items()
    ]
    return listed(told)


def _too_old(chapters: Sequence[ChapterContent], params: Params, facts: Sequence[Fact]) -> list[str]:
    """Return each measure with the areas and periods of its figures that are too old."""
    known = {fact.id: fact for fact in facts}
    found: dict[str, dict[str, list[str]]] = {}
    for judgement in (one for chapter in chapters for one in chapter.judgements):
        fact = known.get(judgement.fact or "")
        if fact is not None and any(one.verdict == "too-old" for one in judgement.comparisons):
            areas = found.setdefault(params.indicators[judgement.indicator].name, {})
            names = areas.setdefault(period(fact.period), [])
            names += [fact.area_name] if fact.area_name not in names else []
    return [
        f"{name}: {'; '.join(f'{listed(areas)}, {when}' for when, areas in periods.items())}"
        for name, periods in found.items()
    ]
