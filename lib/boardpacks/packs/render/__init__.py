"""Two render engines, Quarto and the bundled one, from one source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Protocol

from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.packs.render.quarto import QuartoError, find_quarto, require_quarto
from boardpacks.packs.render.source_error import RenderError, SourceFault
from boardpacks.project.errors import BoardpacksError

__all__ = ["Engine", "QuartoError", "RenderError", "SourceFault", "engine", "spare_engine"]

ENGINES = ("auto", "quarto", "bundled")


class Engine(Protocol):
    """Makes PDF and HTML from a pack's source. Several threads may use one engine at once."""

    @property
    def name(self) -> str:
        """What the engine calls itself in logs and receipts."""

    def render(self, source: Path, out: Path, formats: Collection[str], date: dt.date) -> Mapping[str, Path]:
        """Render ``pack.qmd`` in `source`.

        Parameters
        ----------
        source
            A complete Quarto project: ``pack.qmd``, ``_quarto.yml``, ``_extensions/boardpack`` with fonts.
            Nothing is written there.
        out
            Folder for ``pack.pdf``, ``pack.html``, ``pack.docx`` and ``pack_large-print.pdf``; made when missing.
        formats
            Any of ``"pdf"``, ``"html"``, ``"docx"`` and ``"large-print"``.
        date
            The meeting's date: the PDF is dated midnight UTC of it. The same source and date give the same
            bytes.

        Returns
        -------
        Mapping[str, Path]
            The files made, by format.

        Raises
        ------
        RenderError
            Everything that is wrong with the source.
        """


def engine(name: str = "auto") -> Engine:
    """Return the engine called `name`.

    ``auto`` is Quarto when it is on the path and new enough, else the bundled engine.

    Raises
    ------
    BoardpacksError
        An unknown name; ``quarto`` where Quarto is missing or too old.
    """
    if name == "bundled":
        return BundledEngine()
    if name == "quarto":
        return require_quarto()
    if name == "auto":
        return find_quarto() or BundledEngine()
    raise BoardpacksError(f"No engine is called {name!r}. Choose one of {', '.join(ENGINES)}.")


def spare_engine(name: str, chosen: Engine) -> Engine | None:
    """Return the engine that makes a pack when the chosen one fails; only ``auto`` leaves a choice."""
    return BundledEngine() if name == "auto" and not isinstance(chosen, BundledEngine) else None
