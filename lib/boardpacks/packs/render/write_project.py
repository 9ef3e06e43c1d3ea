"""Writes a composed source into a folder, as a Quarto project that both engines read."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from boardpacks.packs.compose.attachments import Attachment
from boardpacks.packs.render.colour_extension import colour_extension
from boardpacks.params.own_words import COLOUR
from boardpacks.project.errors import BoardpacksError

SETTINGS = "_quarto.yml"
PROJECT = {"type": "default", "render": ["pack.qmd"]}
"""What Quarto renders in a composed project."""


def yaml_text(metadata: Mapping[str, object]) -> str:
    """Return metadata as YAML, in their order."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.allow_unicode = True
    yaml.width = 100_000
    out = io.StringIO()
    yaml.dump(dict(metadata), out)
    return out.getvalue()


def _settings(path: Path) -> str:
    """Return Quarto's settings for a composed project: those of ``reports/``, where packs are not rendered."""
    try:
        settings = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}
    except FileNotFoundError:
        settings = {}
    except YAMLError as error:
        raise BoardpacksError(f"reports/{SETTINGS} is not YAML\n{error}") from None
    return yaml_text({**settings, "project": PROJECT})


def write_project(
    folder: Path,
    reports: Path,
    files: Mapping[str, str | bytes],
    attachments: Sequence[Attachment] = (),
    *,
    colour: str = COLOUR,
) -> None:
    """Write texts and pictures by path into `folder`, emptied first, with what both engines need beside them.

    ``colour`` is what headings and links are printed in.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("images", "_extensions"):
        if (reports / name).is_dir():
            shutil.copytree(reports / name, folder / name)
    colour_extension(folder / "_extensions" / "boardpack", colour)
    (folder / SETTINGS).write_text(_settings(reports / SETTINGS), encoding="utf-8", newline="\n")
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    for attachment in attachments:
        (folder / attachment.name).write_bytes(attachment.content)
