"""Gives a page something more to draw with, without touching what other pages share with it."""

from __future__ import annotations

from typing import Any

import pikepdf


def add_resource(page: Any, kind: str, stem: str, thing: Any) -> str:
    """Add `thing` to a page's resources of a kind, and return the name that it has there."""
    own = pikepdf.Dictionary(dict(page.Resources.items()))
    listed = own.get(kind)
    known = pikepdf.Dictionary(dict(listed.items()) if isinstance(listed, pikepdf.Dictionary) else {})
    number = 0
    while f"/{stem}{number}" in known:
        number += 1
    known[f"/{stem}{number}"] = thing
    own[kind] = known
    page.Resources = own
    return f"/{stem}{number}"
