"""The words that a system has for its own things, and the look that it gives its packs."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from boardpacks.params.values import Clash, Model, Name

COLOUR = "#005eb8"
"""What headings and links are printed in unless the params say otherwise: the NHS's blue."""
AUTHORITIES = "boroughs|districts|counties|councils|cities|authorities|local authorities"
"""Usual words for several of them, as a pattern: what is counted in a text."""
LEAST_CONTRAST = 4.5
"""Against white, for text: WCAG 2.2, level AA."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class Words(Model):
    """What a local authority is called, in the middle of a sentence."""

    borough: Annotated[Name, Field(max_length=40)] = "borough"
    """One of them."""
    boroughs: Annotated[Name, Field(max_length=40)] | None = None
    """Several of them, where that is not the usual plural."""

    @property
    def several(self) -> str:
        """Several of them: ``boroughs``, ``counties``, ``local authorities``."""
        if self.boroughs is not None:
            return self.boroughs
        if self.borough.endswith("y") and self.borough[-2:-1] not in "aeiou":
            return f"{self.borough[:-1]}ies"
        return f"{self.borough}s"

    def counted(self, count: int) -> str:
        """The word behind a number."""
        return self.borough if count == 1 else self.several


USUAL = Words()


def readable_colour(colour: str) -> str:
    """Return a colour in small letters, if text in it can be read on white.

    Raises
    ------
    Clash
        Where it is none, or too light.
    """
    colour = colour.lower()
    if not _COLOUR.fullmatch(colour):
        raise Clash(
            "a colour such as '#005eb8': # and six signs from 0 to 9 and a to f", hint="put it in quotes"
        )
    contrast = 1.05 / (luminance(colour) + 0.05)
    if contrast < LEAST_CONTRAST:
        raise Clash(
            f"a darker colour: text needs a contrast of {LEAST_CONTRAST} to white",
            found=f"{colour}, with a contrast of {contrast:.1f}",
        )
    return colour


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as ``#005eb8``, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
