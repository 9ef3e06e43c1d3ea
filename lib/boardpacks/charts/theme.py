"""The one look of all charts: font, colours, lines and sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.rcsetup import cycler

WIDTH: Final = 6.5
"""Width in inches of a chart that fills the text width of an A4 page of a pack."""
BESIDE: Final = 3.35
"""Width in inches of a chart that stands beside its words, or beside another one: 85 mm, and as it is on a phone."""

TEXT: Final = "#212B32"
GREY: Final = "#425563"
LINE: Final = "#AEB7BD"
PALE: Final = "#E8EDEE"

Role = Literal["place", "second", "third", "comparator", "benchmark"]


@dataclass(frozen=True)
class Style:
    """How a series is drawn: never told apart by colour alone.

    ``tint`` fills its interval band, ``dash`` is a matplotlib line style.
    """

    colour: str
    tint: str
    width: float
    dash: str | tuple[float, tuple[float, ...]]
    marker: str


STYLES: Final[Mapping[Role, Style]] = {
    "place": Style("#003087", "#DCE4F2", 2.2, "-", "o"),
    "second": Style("#7C2855", "#F0E4EB", 2.2, "-", "s"),
    "third": Style("#00662F", "#E3EFE8", 2.2, "-", "^"),
    "comparator": Style("#425563", "#FFFFFF", 1.4, (0, (5, 2)), ""),
    "benchmark": Style("#212B32", "#FFFFFF", 1.4, (0, (1, 1.6)), ""),
}
CYCLE: Final = ("#003087", "#7C2855", "#00662F", "#425563", "#0072CE", "#AE2573")
"""Colours of an analyst's own series, in order, where a chart names none: each can be told from white and its like."""
PLACE_ROLES: Final[tuple[Role, ...]] = ("place", "second", "third")
"""Roles of a place's own series, where its boroughs are published apart."""

COMPARATOR_ROLES: Final[tuple[Role, ...]] = ("benchmark", "comparator")
"""Roles of the system's comparators, in their order."""


def apply_theme(fonts: Path) -> None:
    """Give matplotlib the packs' look.

    Parameters
    ----------
    fonts
        Folder of the static Inter fonts.
    """
    for path in sorted(fonts.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))
    mpl.rcParams.update(
        {
            "font.family": "Inter",
            "font.size": 8.5,
            "axes.titlesize": 9,
            "axes.titleweight": "semibold",
            "axes.titlelocation": "left",
            "axes.titlecolor": TEXT,
            "axes.labelcolor": GREY,
            "axes.edgecolor": LINE,
            "axes.linewidth": 0.8,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.axisbelow": True,
            "axes.prop_cycle": cycler(color=CYCLE),
            "grid.color": PALE,
            "grid.linewidth": 0.8,
            "xtick.color": GREY,
            "ytick.color": GREY,
            "xtick.major.size": 3,
            "ytick.major.size": 0,
            "text.color": TEXT,
            "text.parse_math": False,
            "legend.frameon": False,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.facecolor": "none",
            "svg.fonttype": "none",
            "svg.hashsalt": "boardpacks",
            "path.simplify": False,
        }
    )
