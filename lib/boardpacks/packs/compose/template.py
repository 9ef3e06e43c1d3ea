"""Reads the templates of documents, pack.qmd and board.qmd, and fills in what they say of the pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from boardpacks.project.errors import BoardpacksError

CHAPTERS = "<!-- chapters -->"
"""Where pack.qmd wants the chapters."""

FILLED = ("title", "subtitle", "date", "pack")
"""Metadata that the build fills; pack.qmd may hold everything else."""

_FRONT = re.compile(r"\A---\n(?P<yaml>.*?)^---\n(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)
_META = re.compile(r"\{\{<\s*meta\s+(?P<path>[\w.-]+)\s*>\}\}")


def read_pack_template(reports: Path) -> tuple[dict[str, object], str]:
    """Return the metadata and the text of the pack's template.

    Raises
    ------
    BoardpacksError
        When it is not as it should be.
    """
    front, body = read_template(reports, "pack.qmd")
    if (found := body.count(CHAPTERS)) != 1:
        raise BoardpacksError(
            f"reports/pack.qmd: needs one line {CHAPTERS} where the chapters go, found {found or 'none'}"
        )
    return front, body


def read_template(reports: Path, name: str) -> tuple[dict[str, object], str]:
    """Return the metadata and the text of a document's template.

    Raises
    ------
    BoardpacksError
        When it is missing, or its metadata is not as it should be.
    """
    where = f"reports/{name}"
    try:
        text = (reports / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BoardpacksError(f"{where} is missing: it says what the document consists of") from None
    found = _FRONT.match(text)
    if found is None:
        raise BoardpacksError(f"{where}: begins with metadata between two lines of ---, found none")
    try:
        front = YAML(typ="safe", pure=True).load(found["yaml"]) or {}
    except YAMLError as error:
        raise BoardpacksError(f"{where}: its metadata is not YAML\n{error}") from None
    for key in FILLED:
        if key in front:
            raise BoardpacksError(f"{where}: leave {key!r} out of the metadata, the build fills it")
    return dict(front), found["body"]


def fill_template(text: str, metadata: Mapping[str, object], where: str) -> str:
    """Put metadata in place of shortcodes such as ``{{< meta pack.benchmark >}}``."""

    def value(found: re.Match[str]) -> str:
        here: object = metadata
        for key in found["path"].split("."):
            here = here.get(key) if isinstance(here, Mapping) else None
        if not isinstance(here, str):
            raise BoardpacksError(f"{where}: {found[0]} names no text in the pack's metadata")
        return here

    return _META.sub(value, text)
