"""Charts are drawn with the packs' look, and no figure stays open."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.charts.theme import apply_theme
from boardpacks.project.folder import Project


@pytest.fixture(scope="session")
def look(checkout: Project) -> None:
    """Matplotlib with the packs' fonts and colours."""
    ensure_fonts(checkout.fonts)
    apply_theme(checkout.fonts)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")
