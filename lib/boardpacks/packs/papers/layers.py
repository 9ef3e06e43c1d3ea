"""Joins the layers of papers, so that what one of them hides stays hidden."""

from __future__ import annotations

from typing import Any

import pikepdf


def add_layers(pdf: pikepdf.Pdf, found: Any) -> None:
    """Add a paper's layers, which are in the merged pack already, to the pack's."""
    if not isinstance(found, pikepdf.Dictionary):
        return
    groups = _dictionaries(found.get("/OCGs"))
    shown = found.get("/D")
    if not groups or not isinstance(shown, pikepdf.Dictionary):
        return
    hidden = _dictionaries(shown.get("/OFF"))
    if shown.get("/BaseState") == "/OFF":
        on = {group.objgen for group in _dictionaries(shown.get("/ON"))}
        hidden = [group for group in groups if group.objgen not in on]
    if "/OCProperties" not in pdf.Root:
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array(),
            D=pikepdf.Dictionary(Name="Layers", OFF=pikepdf.Array(), Order=pikepdf.Array()),
        )
    joined = pdf.Root.OCProperties
    joined.OCGs.extend(groups)
    joined.D.OFF.extend(hidden)
    joined.D.Order.extend(groups)


def _dictionaries(found: Any) -> list[pikepdf.Dictionary]:
    listed = list(found) if isinstance(found, pikepdf.Array) else []
    return [one for one in listed if isinstance(one, pikepdf.Dictionary) and one.is_indirect]
