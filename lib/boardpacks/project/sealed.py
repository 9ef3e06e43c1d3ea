"""JSON files that carry their own hash, so that damage is noticed, and that are never seen half written."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

_OPENING = b'{"sha256": "'
_BETWEEN = b'",\n"content": '
_CLOSING = b"}\n"
_DIGITS = 64


class Damaged(Exception):  # noqa: N818 - a finding, which callers act on
    """A sealed file does not hold what was written into it."""


def seal(content: object) -> bytes:
    """Return a JSON document of two keys: ``content``, and ``sha256`` of the content's bytes."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return _OPENING + hashlib.sha256(text).hexdigest().encode() + _BETWEEN + text + _CLOSING


def unseal(document: bytes) -> dict[str, Any]:
    """Return the content of a sealed document.

    Raises
    ------
    Damaged
        When it is not what `seal` gave.
    """
    start = len(_OPENING) + _DIGITS
    text = document[start + len(_BETWEEN) : -len(_CLOSING)]
    stated = document[len(_OPENING) : start]
    if hashlib.sha256(text).hexdigest().encode() != stated:
        raise Damaged("its content does not have the hash that it states")
    content = json.loads(text)
    if not isinstance(content, dict):
        raise Damaged("its content is no mapping")
    return content


def read_sealed(path: Path) -> dict[str, Any]:
    """Return the content of a sealed file.

    Raises
    ------
    FileNotFoundError
        When there is none.
    Damaged
        When it does not hold what was written into it.
    """
    return unseal(path.read_bytes())


def write_sealed(path: Path, content: object) -> None:
    """Write a sealed file; an earlier one stays until the new one is whole."""
    write_whole(path, seal(content))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half written, by several writers at once too.

    It is not forced to the disk: what a power cut leaves is told by its hash.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def write_durably(path: Path, content: bytes) -> None:
    """Write a file, and return when it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
