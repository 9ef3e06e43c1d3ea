"""How figures of an indicator are to be read: what publishers caution, and since when control limits are new ones."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from boardpacks.params.values import AreaCode, Line, Model, Month, Text


class Caution(Model):
    """What a publisher says against resting on figures: ``text`` in whole sentences, and ``source``, where it says so.

    It concerns the figures of ``periods`` and ``areas``, as they are labelled; of all where there are none.
    """

    text: Text
    source: Line
    periods: tuple[Line, ...] = ()
    areas: tuple[AreaCode, ...] = ()

    def concerns(self, period: str, area: str) -> bool:
        """Whether it concerns the figure of a period and an area; that of several areas if it concerns any of them."""
        of_area = not self.areas or not set(area.split("+")).isdisjoint(self.areas)
        return of_area and (not self.periods or period in self.periods)


class Rebase(Model):
    """A month from which control limits are made anew, and why; of all ``trusts`` where none is named."""

    since: Month
    reason: Text
    trusts: Annotated[tuple[AreaCode, ...], Field(max_length=50)] = ()

    def concerns(self, trust: str) -> bool:
        """Whether it is true of a trust."""
        return not self.trusts or trust in self.trusts
