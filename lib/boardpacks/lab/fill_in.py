"""Fills the facts that a text quotes in for JupyterLab, in the words that a pack says."""

from __future__ import annotations

import re

from boardpacks.chapter.chapter import Chapter
from boardpacks.chapter.judgements import judgements_of
from boardpacks.chapter.make_facts import facts_of, peer_facts
from boardpacks.chapter.measure import Measure
from boardpacks.facts.artefacts import Fact
from boardpacks.packs.compose.quotes import fill_text
from boardpacks.packs.read.index_facts import FactIndex
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import near

_QUOTED = re.compile(r"\{fact\s+(?P<indicator>[a-z][a-z0-9_]*)")


def fill_in(markdown: str, chapter: Chapter) -> str:
    """Return a text as the chapter's pack says it; of what a pack would refuse, as it stands, with the reason below."""
    if "{" not in markdown:
        return markdown
    filled, problems = fill_text(markdown, _index(markdown, chapter), "")
    if not problems:
        return filled
    told = [
        f"`{one.key or one.found}`: allowed is {one.allowed}. {one.hint or _nearest(one.key, chapter)}".rstrip()
        for one in problems
    ]
    return "\n".join([markdown, "", *(f"> **Not filled in:** {line}\n" for line in told)])


def _index(markdown: str, chapter: Chapter) -> FactIndex:
    """Return what chapters may say of the indicators that a text quotes."""
    params, pack = chapter.params, chapter.place.id if chapter.place else SYSTEM
    facts: dict[str, Fact] = {}
    judgements = {}
    held = params.indicators.keys() & chapter.snapshot.manifest.indicators.keys()
    for name in {found["indicator"] for found in _QUOTED.finditer(markdown)} & held:
        measures = [chapter.measure(name, place) for place in params.places.values()]
        facts |= {fact.id: fact for one in measures for fact in _facts(one, chapter, pack)}
        judgements[name] = tuple(judgements_of(measures, pack))
    return FactIndex(params, pack, facts, judgements)


def _facts(measure: Measure, chapter: Chapter, pack: str) -> list[Fact]:
    found: list[Fact] = []
    for reading in measure.readings:
        told = [reading.latest, *(one.other for one in reading.comparisons), *reading.earlier_told]
        found += facts_of(told, measure.indicator, pack, chapter.snapshot)
        if reading.among_peers is not None:
            found += peer_facts(
                reading.latest, reading.among_peers, measure.indicator, pack, chapter.snapshot
            )
    return found


def _nearest(quote: str, chapter: Chapter) -> str:
    named = _QUOTED.search(quote)
    return near(named["indicator"], list(chapter.params.indicators)) if named else ""
