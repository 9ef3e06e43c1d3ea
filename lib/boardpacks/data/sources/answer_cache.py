"""Keeps publishers' answers on disk, so that a refresh that was stopped goes on where it was."""

from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from boardpacks.project.sealed import Damaged, read_sealed, write_sealed, write_whole


@dataclass(frozen=True)
class Got:
    """What an address answered: the content, when, and by which marks the publisher knows this edition again."""

    address: str
    content: bytes
    time: dt.datetime
    etag: str = ""
    last_modified: str = ""

    @property
    def sha256(self) -> str:
        """Hash of the content."""
        return hashlib.sha256(self.content).hexdigest()


class AnswerCache:
    """Answers by address, in a folder. One that is damaged counts as none."""

    def __init__(self, folder: Path):
        self._folder = folder

    def find(self, address: str) -> Got | None:
        """Return the answer that was kept of an address."""
        head, body = self._paths(address)
        with suppress(OSError, Damaged, KeyError, ValueError):
            kept = read_sealed(head)
            content = body.read_bytes()
            if hashlib.sha256(content).hexdigest() == kept["sha256"]:
                time = dt.datetime.fromisoformat(kept["time"])
                return Got(address, content, time, kept["etag"], kept["last_modified"])
        return None

    def keep(self, got: Got) -> None:
        """Keep an answer instead of an earlier one of its address."""
        head, body = self._paths(got.address)
        write_whole(body, got.content)
        written = asdict(got) | {"time": got.time.isoformat(), "sha256": got.sha256}
        del written["content"]
        write_sealed(head, written)

    def _paths(self, address: str) -> tuple[Path, Path]:
        name = hashlib.sha256(address.encode()).hexdigest()[:32]
        return self._folder / f"{name}.json", self._folder / f"{name}.body"
