"""How figures of an indicator are to be read: what publishers caution, and since when control limits are new ones."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from boardpacks.params.values import AreaCode, Line, Model, Month, Text


class Caution(Model):
    """What a publisher says against resting on figures."""

    text: Text
    """In whole sentences."""
    source: Line
    """Where the publisher says so."""
    periods: tuple[Line, ...] = ()
    """Those that it concerns, as they are labelled; all where it is left out."""
    areas: tuple[AreaCode, ...] = ()
    """Codes of those that it concerns; all where it is left out."""

    def concerns(self, period: str, area: str) -> bool:
        """Whether it concerns the figure of a period and an area; that of several areas if it concerns any of them."""
        of_area = not self.areas or not set(area.split("+")).isdisjoint(self.areas)
        return of_area and (not self.periods or period in self.periods)


class Rebase(Model):
    """A month from which control limits are made anew."""

    since: Month
    """The month."""
    reason: Text
    """Why, in a sentence."""
    trusts: Annotated[tuple[AreaCode, ...], Field(max_length=50)] = ()
    """Those that it is true of; all where it is left out."""

    def concerns(self, trust: str) -> bool:
        """Whether it is true of a trust."""
        return not self.trusts or trust in self.trusts
