"""Makes the static fonts that charts, PDF and HTML share."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from boardpacks.project.errors import BoardpacksError
from boardpacks.project.signs import ARABIC, HEBREW, LATIN, MORE

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

RECIPE = "2"
"""Number of the recipe below. Raise it when the fonts come out differently, so that old ones are made anew."""


@dataclass(frozen=True)
class Family:
    """A family of fonts and where it comes from: its package, and the signs that are taken of it.

    ``screen`` are those of them that web pages carry; for other scripts a reader's own fonts do there.
    """

    name: str
    package: str
    signs: tuple[int, ...]
    screen: tuple[int, ...] = ()

    @property
    def stem(self) -> str:
        """What its files begin with."""
        return self.name.replace(" ", "")

    @property
    def licence(self) -> str:
        """Name of the file with its licence."""
        return "OFL.txt" if self.screen else f"OFL-{self.stem}.txt"


BLANK = 0x20
"""Without a blank of the same font, Typst loses the last letter of Arabic words in a drawing."""

INTER = Family("Inter", "fontpkg-inter", (*LATIN, *MORE), LATIN)
CAIRO = Family("Cairo", "fontpkg-cairo", (BLANK, *ARABIC))
HEEBO = Family("Heebo", "fontpkg-heebo", (BLANK, *HEBREW))
FAMILIES = (INTER, CAIRO, HEEBO)


@dataclass(frozen=True)
class Cut:
    """One static font that is cut from a variable one: its style name, weight, source file and family."""

    style: str
    weight: int
    source: str = "Inter[opsz,wght].ttf"
    family: Family = INTER

    @property
    def linked(self) -> bool:
        """Whether the style is one of the four that every program groups under one family name."""
        return self.style in {"Regular", "Bold", "Italic"}

    @property
    def kinds(self) -> tuple[str, ...]:
        """Endings of its files: one for paper, and one for the screen if web pages carry it."""
        return ("ttf", "woff2") if self.family.screen else ("ttf",)

    @property
    def stem(self) -> str:
        """What its files are called, but for the ending."""
        return f"{self.family.stem}-{self.style}"


CUTS = (
    Cut("Regular", 400),
    Cut("SemiBold", 600),
    Cut("Bold", 700),
    Cut("Italic", 400, "Inter-Italic[opsz,wght].ttf"),
    Cut("Regular", 400, "Cairo[slnt,wght].ttf", CAIRO),
    Cut("Bold", 700, "Cairo[slnt,wght].ttf", CAIRO),
    Cut("Regular", 400, "Heebo[wght].ttf", HEEBO),
    Cut("Bold", 700, "Heebo[wght].ttf", HEEBO),
)
FILES = (
    *(f"{cut.stem}.{kind}" for cut in CUTS for kind in cut.kinds),
    *(family.licence for family in FAMILIES),
)

STAMP = "recipe.txt"
FEATURES = (
    *("kern", "mark", "mkmk", "ccmp", "locl", "calt", "tnum", "lnum", "case", "frac", "sups", "subs"),
    *("init", "medi", "fina", "isol", "rlig", "liga", "curs"),  # Arabic letters join
)
TABULAR = "0123456789.,:+\u2212%"


def ensure_fonts(folder: Path) -> None:
    """Make static fonts in `folder`, unless they are there.

    Writes ``Inter-{Regular,SemiBold,Bold,Italic}`` as ``.ttf`` (charts, PDF) and ``.woff2`` (HTML), the fonts that
    stand in for it in the PDF where words are Arabic or Hebrew, and the licence of each family. The bytes depend on
    the installed packages of the families only. Each file appears whole or not at all, and several processes may call
    this at once.

    Parameters
    ----------
    folder
        Folder for the fonts; made when missing.

    Raises
    ------
    BoardpacksError
        When a family's package is not installed.
    """
    if _complete(folder):
        return
    sources = {cut.family: _sources(cut.family) for cut in CUTS}
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fonts-", dir=folder.parent) as name:
        made = Path(name)
        for family, source in sorted({(cut.family, cut.source) for cut in CUTS}, key=str):
            cuts = [cut for cut in CUTS if (cut.family, cut.source) == (family, source)]
            for kind, signs in (("ttf", family.signs), ("woff2", family.screen)):
                if signs:
                    small = _subset(sources[family] / source, signs)
                    for cut in cuts:
                        _make(cut, small, made, kind)
        for family, files in sources.items():
            (made / family.licence).write_bytes((files.parent / "LICENSE").read_bytes())
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


def _sources(family: Family) -> Path:
    spec = find_spec(family.package.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise BoardpacksError(f"The fonts cannot be made: the package {family.package} is not installed.")
    return Path(spec.origin).parent / "files"


def _subset(source: Path, signs: tuple[int, ...]) -> bytes:
    """Return the variable font with our signs only: cutting it afterwards takes a tenth of the time."""
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
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    small = BytesIO()
    font.save(small)
    return small.getvalue()


def _make(cut: Cut, variable: bytes, folder: Path, kind: str) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    source = TTFont(BytesIO(variable), recalcTimestamp=False)
    wanted = {"wght": cut.weight, "opsz": 14, "slnt": 0}
    axes = {axis.axisTag: wanted[axis.axisTag] for axis in source["fvar"].axes}
    font = instancer.instantiateVariableFont(source, axes, updateFontNames=False)
    _name(font, cut)
    if cut.family.name == INTER.name:
        _keep_hyphens_narrow(font)
    if kind != "ttf":
        font.flavor = kind
    font.save(folder / f"{cut.stem}.{kind}")


def _name(font: TTFont, cut: Cut) -> None:
    names = font["name"]
    name = cut.family.name
    family, style = (name, cut.style) if cut.linked else (f"{name} {cut.style}", "Regular")
    entries = {1: family, 2: style, 4: f"{name} {cut.style}", 6: cut.stem}
    if not cut.linked:
        entries |= {16: name, 17: cut.style}
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
