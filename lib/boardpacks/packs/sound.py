"""Tells whether a published pack's files are those that it lists."""

from __future__ import annotations

import hashlib
from pathlib import Path

from boardpacks.packs.pack_record import PackRecord


def check_files(folder: Path, record: PackRecord) -> None:
    """Hold every file of a pack against its record.

    Raises
    ------
    ValueError
        Naming the first file that is missing or was changed.
    """
    for file in record.files:
        path = folder / file.name
        if not path.is_file():
            raise ValueError(f"{file.name} is missing")
        if hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
            raise ValueError(f"{file.name} was changed after publishing")
