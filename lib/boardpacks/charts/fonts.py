"""Makes the static Inter fonts that charts, PDF and HTML share."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from boardpacks.params.errors import BoardpacksError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

RECIPE = "1"
"""Number of the recipe below. Raise it when the fonts come out differently, so that old ones are made anew."""


@dataclass(frozen=True)
class Cut:
    """One static font that is cut from a variable one: its style name, weight and source file."""

    style: str
    weight: int
    source: str = "Inter[opsz,wght].ttf"

    @property
    def linked(self) -> bool:
        """Whether the style is one of the four that every program groups under one family name."""
        return self.style in {"Regular", "Bold", "Italic"}


CUTS = (
    Cut("Regular", 400),
    Cut("SemiBold", 600),
    Cut("Bold", 700),
    Cut("Italic", 400, "Inter-Italic[opsz,wght].ttf"),
)
FILES = (*(f"Inter-{cut.style}.{kind}" for cut in CUTS for kind in ("ttf", "woff2")), "OFL.txt")

STAMP = "recipe.txt"
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "calt", "tnum", "lnum", "case", "frac", "sups", "subs")
TABULAR = "0123456789.,:+\u2212%"
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A: names of people and places
    *(0x1E80, 0x1E81, 0x1E82, 0x1E83, 0x1E84, 0x1E85, 0x1EF2, 0x1EF3),  # Welsh
    *range(0x2010, 0x2028),
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044),
    *range(0x2070, 0x2090),
    *(0x20AC, 0x2116, 0x2122),
    *range(0x2190, 0x219A),  # arrows
    *(0x2206, 0x2211, 0x2212, 0x2215, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265, 0x2126, 0x03BC, 0x03C3),
    *(0x25A0, 0x25A1, 0x25B2, 0x25B3, 0x25BC, 0x25BD, 0x25B6, 0x25C0, 0x25C6, 0x25C7, 0x25CB, 0x25CF),
    *(0x2605, 0x2606, 0x2713, 0x2717, 0x26A0),
)


def ensure_fonts(folder: Path) -> None:
    """Make static Inter fonts in `folder`, unless they are there.

    Writes ``Inter-{Regular,SemiBold,Bold,Italic}`` as ``.ttf`` (charts, PDF) and ``.woff2`` (HTML) with the
    licence ``OFL.txt``. The bytes depend on the installed ``fontpkg-inter`` only. Each file appears whole or
    not at all, and several processes may call this at once.

    Parameters
    ----------
    folder
        Folder for the fonts; made when missing.

    Raises
    ------
    BoardpacksError
        When the package ``fontpkg-inter`` is not installed.
    """
    if _complete(folder):
        return
    sources = _sources()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fonts-", dir=folder.parent) as name:
        made = Path(name)
        for source in sorted({cut.source for cut in CUTS}):
            small = _subset(sources / source)
            for cut in CUTS:
                if cut.source == source:
                    _make(cut, small, made)
        (made / "OFL.txt").write_bytes((sources.parent / "LICENSE").read_bytes())
        (made / STAMP).write_text(RECIPE + "\n", encoding="utf-8")
        # The stamp goes last: whoever sees it sees every font too.
        for file in (*FILES, STAMP):
            os.replace(made / file, folder / file)  # noqa: PTH105  Path.replace says less plainly: atomic


def _complete(folder: Path) -> bool:
    try:
        stamp = (folder / STAMP).read_text(encoding="utf-8").strip()
    except OSError:
        return False
    return stamp == RECIPE and all((folder / file).is_file() for file in FILES)


def _sources() -> Path:
    spec = find_spec("fontpkg_inter")
    if spec is None or spec.origin is None:
        raise BoardpacksError("The fonts cannot be made: the package fontpkg-inter is not installed.")
    return Path(spec.origin).parent / "files"


def _subset(source: Path) -> bytes:
    """Return the variable font with our characters only: cutting it afterwards takes a tenth of the time."""
    from fontTools import subset  # noqa: PLC0415  half a second that a call with fonts in place saves
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    small = BytesIO()
    font.save(small)
    return small.getvalue()


def _make(cut: Cut, variable: bytes, folder: Path) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    font = instancer.instantiateVariableFont(
        TTFont(BytesIO(variable), recalcTimestamp=False),
        {"wght": cut.weight, "opsz": 14},
        updateFontNames=False,
    )
    _name(font, cut)
    _keep_hyphens_narrow(font)
    font.save(folder / f"Inter-{cut.style}.ttf")
    font.flavor = "woff2"
    font.save(folder / f"Inter-{cut.style}.woff2")


def _name(font: TTFont, cut: Cut) -> None:
    names = font["name"]
    family, style = ("Inter", cut.style) if cut.linked else (f"Inter {cut.style}", "Regular")
    entries = {1: family, 2: style, 4: f"Inter {cut.style}", 6: f"Inter-{cut.style}"}
    if not cut.linked:
        entries |= {16: "Inter", 17: cut.style}
    for platform in sorted({(n.platformID, n.platEncID, n.langID) for n in names.names}):
        for number, text in entries.items():
            names.setName(text, number, *platform)
    for number in {16, 17, 25} - set(entries):
        names.removeNames(nameID=number)
    selection = {"Bold": 0x20, "Italic": 0x01}.get(cut.style, 0x40)
    font["OS/2"].usWeightClass = cut.weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | selection
    font["head"].macStyle = {"Bold": 1, "Italic": 2}.get(cut.style, 0)


def _keep_hyphens_narrow(font: TTFont) -> None:
    """Let tabular figures change figures only: Inter's also widen the hyphen of "four-hour" in a table."""
    cmap = font.getBestCmap()
    figures = {cmap[ord(c)] for c in TABULAR if ord(c) in cmap}
    gsub = font["GSUB"].table
    tabular = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(tabular):
        for table in gsub.LookupList.Lookup[index].SubTable:
            single = getattr(table, "ExtSubTable", table)
            if hasattr(single, "mapping"):
                single.mapping = {old: new for old, new in single.mapping.items() if old in figures}
