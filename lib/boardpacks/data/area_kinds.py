"""Tells what an area is from its code: the first three characters of an ONS code name its kind."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

Kind = Literal["borough", "combined", "region", "country", "trust", "other"]

_BOROUGHS = ("E06", "E07", "E08", "E09", "W06", "S12", "N09")
_REGIONS = ("E12",)
_COUNTRIES = ("E92", "W92", "S92", "N92", "K02", "K03", "K04")
_TRUST = r"(R[A-Z0-9]|TA)[A-Z0-9]"
"""Codes of NHS trusts and care trusts."""


def area_kind(code: str, combined: Collection[str] = (), trusts: Collection[str] = ()) -> Kind:
    """Return the kind of an area: only local authorities are boroughs, which are compared with each other.

    Counties, integrated care boards, their parts and everything unknown are ``other``, in no range and no rank.

    Parameters
    ----------
    combined, trusts
        Codes that the params name as such.
    """
    if code in combined:
        return "combined"
    if code in trusts or re.fullmatch(_TRUST, code):
        return "trust"
    if code.startswith(_BOROUGHS):
        return "borough"
    if code.startswith(_REGIONS):
        return "region"
    return "country" if code.startswith(_COUNTRIES) else "other"
