"""Leads links to indicators to where a pack shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from boardpacks.packs.section import Section

_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\(#indicator-(?P<indicator>[a-z0-9_]+)\)")


def link_indicators(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the chapters with each link ``[words](#indicator-id)`` leading to the indicator's heading.

    That is the first heading under which a chapter has a line on the indicator for the summary. Where a pack does not
    show the indicator, as a pack of chosen priorities may not, the words stay and the link goes.
    """
    anchors: dict[str, str] = {}
    for section in sections:
        for line in section.lines:
            anchors.setdefault(line.summary.indicator, line.anchor)

    def resolved(found: re.Match[str]) -> str:
        anchor = anchors.get(found["indicator"])
        return f"[{found['words']}](#{anchor})" if anchor else found["words"]

    return tuple(replace(section, text=_LINK.sub(resolved, section.text)) for section in sections)
