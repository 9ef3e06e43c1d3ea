"""Gives packs and pages the system's own colour: headings, rules, links and the cover, never a judgement."""

from __future__ import annotations

import re
from pathlib import Path

from boardpacks.params.own_words import COLOUR

COLOURED = ("typst-template.typ", "boardpack.css")
"""Files of the extension that say once what the colours are."""
_NAMES = ("blue|band", "navy|band-edge|dark", "wash")
"""What they are called there: the colour, the darker and the pale one."""
_DARK, _PALE = "#003087", "#edf4fa"


def colour_extension(extension: Path, colour: str) -> None:
    """Put a colour, a darker and a pale one of it in place of the blues in a copy of the extension."""
    for name in COLOURED if colour != COLOUR else ():
        path = extension / name
        path.write_text(coloured(path.read_text(encoding="utf-8"), colour), encoding="utf-8", newline="\n")


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(own + share * (far - own)):02x}" for own, far in pairs)


def coloured(text: str, colour: str) -> str:
    """Return a text in which the names of the three blues have a colour, a darker and a pale one of it as values."""
    if colour == COLOUR:
        return text
    shades = {COLOUR: colour, _DARK: mixed(colour, "#000000", 0.35), _PALE: mixed(colour, "#ffffff", 0.92)}
    for (own, shade), names in zip(shades.items(), _NAMES, strict=True):
        text = re.sub(rf'(\b(?:{names}): (?:rgb\(")?){own}', rf"\g<1>{shade}", text, flags=re.IGNORECASE)
    return text
