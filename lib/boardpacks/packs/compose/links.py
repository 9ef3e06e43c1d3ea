"""Leads links to indicators to where a pack shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from boardpacks.packs.compose.section import Section
from boardpacks.packs.files.facts_file import FactsFile

_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\(#indicator-(?P<indicator>[a-z0-9_]+)\)")


def link_indicators(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the chapters with each link ``[words](#indicator-id)`` leading to the indicator's heading.

    That is the first heading under which a chapter has a line on the indicator for the summary. Where a pack does not
    show the indicator, as a pack of chosen priorities may not, the words stay and the link goes.
    """
    anchors = indicator_anchors(sections)
    return tuple(replace(section, text=resolve_links(section.text, anchors)) for section in sections)


def indicator_anchors(sections: Sequence[Section]) -> dict[str, str]:
    """Return the label of the heading under which the chapters tell of each indicator first."""
    anchors: dict[str, str] = {}
    for section in sections:
        for line in section.lines:
            anchors.setdefault(line.summary.indicator, line.anchor)
    return anchors


def measure_anchors(facts: FactsFile, sections: Sequence[Section]) -> dict[str, str]:
    """Return the label for each indicator of a pack's facts, those that no line for the summary is about too."""
    chapters = {section.chapter: section for section in sections}
    found = indicator_anchors(sections)
    for fact in facts.facts:
        first = next((one for one in fact.said if one.marked), fact.said[0])
        if section := chapters.get(first.chapter_id):
            found.setdefault(fact.observation.indicator, section.anchors.get(first.name, section.anchor))
    return found


def resolve_links(text: str, anchors: Mapping[str, str]) -> str:
    """Return Markdown with its links to indicators leading to labels; where there is none, only the words."""

    def resolved(found: re.Match[str]) -> str:
        anchor = anchors.get(found["indicator"])
        return f"[{found['words']}](#{anchor})" if anchor else found["words"]

    return _LINK.sub(resolved, text)
