"""What each method of a chapter needs, so that a notebook can be held against the params before it runs.

It stands beside the methods and imports nothing that is slow; a test holds it against them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Others = Literal["none", "peers", "neighbours"]
"""Which areas stand beside the place and its comparators in a frame."""
OTHERS = get_args(Others)
LEVELS = (1, 2, 3)
"""Of headings: a pack's contents know no deeper ones."""
MOST_COLUMNS = 4
"""Indicators in one table of places: more do not fit on a page."""

NameKind = Literal["", "indicator", "outcome", "priority", "home", "collaborative", "groups"]
"""What the names are that a method is given: ids of the params; ``home`` is a priority or a chapter."""


@dataclass(frozen=True)
class Needs:
    """What a method needs.

    Parameters
    ----------
    names
        What the names are that it is given, if any.
    argument, at
        Which of its arguments gives them, by name and by position.
    of_place
        Whether only a chapter of a place has it: for the whole system it raises an error.
    of_priority
        Whether a chapter without a priority has to name one, or cannot ask for it at all.
    """

    names: NameKind = ""
    argument: str = ""
    at: int = 0
    of_place: bool = False
    of_priority: bool = False


_NOTHING = Needs()

METHODS: Mapping[str, Needs] = {
    "about": _NOTHING,
    "borough_gaps": _NOTHING,
    "collaborative": Needs("collaborative", "collaborative"),
    "compare_places": Needs("indicator", "indicators", 1),
    "control_chart": Needs("indicator", "indicator", of_place=True),
    "deprivation": Needs(of_place=True),
    "derived": _NOTHING,
    "describe": _NOTHING,
    "emphasis": Needs(of_place=True),
    "frame": Needs("indicator", "indicators"),
    "gap": Needs("outcome", "outcome"),
    "group_gap": Needs("groups", "groups"),
    "group_pairs": _NOTHING,
    "heading": _NOTHING,
    "inequality_slopes": _NOTHING,
    "introduce": Needs(of_priority=True),
    "latest_table": Needs("outcome", "outcome", of_place=True),
    "measure": Needs("indicator", "indicator"),
    "multiples": Needs("priority", "priority", of_priority=True),
    "name": _NOTHING,
    "neighbourhoods": _NOTHING,
    "outcome": Needs("outcome", "outcome"),
    "params": _NOTHING,
    "place": _NOTHING,
    "places_chart": Needs("outcome", "outcome"),
    "places_table": Needs("outcome", "outcome"),
    "priority": _NOTHING,
    "ranks_table": Needs("priority", "priority", of_priority=True),
    "rug": Needs("priority", "priority", of_priority=True),
    "say": _NOTHING,
    "scorecard": _NOTHING,
    "scorecard_notes": _NOTHING,
    "show": Needs("indicator", "indicator", of_place=True),
    "show_chart": _NOTHING,
    "show_table": _NOTHING,
    "snapshot": _NOTHING,
    "spine": Needs(of_place=True, of_priority=True),
    "started_from": Needs("home", "name"),
    "trust_charts": Needs(of_place=True),
    "trust_table": Needs(of_place=True),
    "unmeasured_groups": _NOTHING,
}
"""Everything that a notebook may ask a chapter for, by name."""

SECTIONS: Mapping[str, NameKind] = {
    "indicators": "indicator",
    "priorities": "priority",
    "collaboratives": "collaborative",
}
"""Parts of ``chapter.params`` that are looked up by id: ``chapter.params.indicators["smoking_prevalence"]``."""
