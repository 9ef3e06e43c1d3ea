"""Looks after what pages draw with: fonts, pictures and forms."""

from __future__ import annotations

from typing import Any

import pikepdf

_OF_STREAMS = ("/Length", "/Filter", "/DecodeParms")


def straighten_resources(pdf: pikepdf.Pdf) -> None:
    """Make the resources of pages and forms dictionaries where some program has written a stream, as readers do."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            found = thing.get("/Resources")
            if isinstance(found, pikepdf.Stream):
                thing.Resources = pikepdf.Dictionary(
                    {key: value for key, value in found.items() if key not in _OF_STREAMS}
                )


def add_resource(page: Any, kind: str, stem: str, thing: Any) -> str:
    """Add `thing` to a page's resources of a kind, and return the name that it has there.

    What other pages share with it is not touched.
    """
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
