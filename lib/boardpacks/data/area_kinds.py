"""Tells what an area is: by the table of areas, the params, or the first three characters of its ONS code."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

Kind = Literal["borough", "combined", "county", "region", "country", "trust", "icb", "sub-icb", "other"]
"""What an area is. A borough is a local authority of any sort, a county one whose districts are authorities too."""

_BOROUGHS = ("E06", "E07", "E08", "E09", "W06", "S12", "N09")
_COUNTIES = ("E10", "E11")
_REGIONS = ("E12",)
_COUNTRIES = ("E92", "W92", "S92", "N92", "K02", "K03", "K04")
_ICBS = ("E54",)
_SUB_ICBS = ("E38",)
_TRUST = r"(R[A-Z0-9]|TA)[A-Z0-9]"
"""Codes of NHS trusts and care trusts."""
_BEGINNINGS: dict[Kind, tuple[str, ...]] = {
    "borough": _BOROUGHS,
    "county": _COUNTIES,
    "region": _REGIONS,
    "country": _COUNTRIES,
    "icb": _ICBS,
    "sub-icb": _SUB_ICBS,
}


def area_kind(code: str, combined: Collection[str] = (), trusts: Collection[str] = ()) -> Kind:
    """Return the kind of an area as far as its code and the params tell; ``other`` where they do not.

    Parameters
    ----------
    combined, trusts
        Codes that the params name as such.
    """
    if code in combined:
        return "combined"
    if code in trusts or re.fullmatch(_TRUST, code):
        return "trust"
    return next((kind for kind, begins in _BEGINNINGS.items() if code.startswith(begins)), "other")


def peer_kinds(kind: str) -> tuple[str, ...]:
    """Return the kinds of area that one of this kind is compared with: its own, combined ones beside boroughs."""
    return ("borough", "combined") if kind in ("borough", "combined") else (kind,)
