"""Folders as bytes that are known by their hash, so that a machine is sent only what it lacks."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Archive:
    """Some files as bytes; the same files give the same bytes.

    Parameters
    ----------
    digest
        SHA-256 of the content.
    content
        A zip file.
    """

    digest: str
    content: bytes


def pack_folders(root: Path, folders: Iterable[Path]) -> Archive:
    """Pack all files of some folders under `root`; hidden ones and compiled code are left out."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            name = path.relative_to(root)
            if "__pycache__" not in name.parts and not any(part.startswith(".") for part in name.parts):
                packed.writestr(_entry(name.as_posix()), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return Archive(hashlib.sha256(content.getvalue()).hexdigest(), content.getvalue())


def unpack(archive: Archive, folder: Path) -> None:
    """Unpack into `folder`, which is there as a whole or not at all; one that is there stays as it is.

    Raises
    ------
    ValueError
        When the content is not what its hash says.
    """
    if hashlib.sha256(archive.content).hexdigest() != archive.digest:
        raise ValueError("an archive was damaged on its way")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as name:
        draft = Path(name) / "whole"
        draft.mkdir()
        with zipfile.ZipFile(io.BytesIO(archive.content)) as packed:
            packed.extractall(draft)
        move_whole(draft, folder)


def move_whole(draft: Path, folder: Path) -> None:
    """Give a finished folder its name, unless another thread or process was first."""
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry whose time is the same everywhere."""
    return zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
