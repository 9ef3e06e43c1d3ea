"""A shared folder of executed chapters, found by what they were made from."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from boardpacks.plan.receipts import Receipt
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.sealed import Damaged, seal, unseal, write_whole

VARIABLE = "BOARDPACKS_CACHE"
"""Environment variable that names the cache where no option does."""


Holds = Callable[[Receipt], bool]
"""Whether everything that a chapter read is still what it was."""


class Store(Protocol):
    """A folder, here or elsewhere, of files that are written whole and never changed."""

    def read(self, name: str) -> bytes:
        """Return a file; FileNotFoundError when there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file: whoever reads it finds it whole or not at all."""

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted; none when there is no such folder."""

    def drop(self, name: str) -> None:
        """Delete a file, if it is there."""


@dataclass(frozen=True)
class FolderStore:
    """A folder of this machine, or one that the network makes look like one."""

    folder: Path

    def read(self, name: str) -> bytes:
        """Return a file."""
        return (self.folder / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Write a file beside its place, then rename it."""
        write_whole(self.folder / name, content)

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, drafts aside."""
        there = (self.folder / folder).glob("*")
        return sorted(path.name for path in there if not path.name.startswith("."))

    def drop(self, name: str) -> None:
        """Delete a file, if it is there."""
        (self.folder / name).unlink(missing_ok=True)


class RemoteStore:
    """A folder at an address that the package fsspec can open, such as a bucket, where a write is whole."""

    def __init__(self, url: str):
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415 - only for those who have such a cache

            self.files, self.folder = url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise BoardpacksError(
                f"The cache {url} cannot be opened: {error}. "
                "Install the package fsspec and the one for this kind of address."
            ) from None

    def read(self, name: str) -> bytes:
        """Return a file."""
        content: bytes = self.files.cat_file(f"{self.folder}/{name}")
        return content

    def write(self, name: str, content: bytes) -> None:
        """Write a file in one piece."""
        path = f"{self.folder}/{name}"
        self.files.makedirs(path.rpartition("/")[0], exist_ok=True)
        self.files.pipe_file(path, content)

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder."""
        try:
            found = self.files.ls(f"{self.folder}/{folder}", detail=False)
        except FileNotFoundError:
            return []
        return sorted(str(path).rpartition("/")[2] for path in found)

    def drop(self, name: str) -> None:
        """Delete a file, if it is there."""
        with suppress(FileNotFoundError):
            self.files.rm_file(f"{self.folder}/{name}")


def open_store(place: str) -> Store:
    """Return the store in a folder, or at an address with ``://``.

    Raises
    ------
    BoardpacksError
        When the address cannot be opened.
    """
    return RemoteStore(place) if "://" in place else FolderStore(Path(place).expanduser().resolve())


@dataclass
class Cache:
    """Executed chapters. Several builds, of several users, may use one at once.

    ``chapters/<fingerprint>/`` holds a receipt for each state of what a chapter with these inputs has read;
    ``notebooks/`` holds the executed notebooks by their own hash. ``faults`` says what was damaged and dropped.
    """

    store: Store
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, fingerprint: str, holds: Holds) -> Receipt | None:
        """Return the receipt of a chapter with these inputs that read the same, if there is one."""
        return next((receipt for _, receipt in self._receipts(fingerprint) if holds(receipt)), None)

    def fetch(self, fingerprint: str, holds: Holds) -> tuple[Receipt, bytes] | None:
        """Return receipt and executed notebook of a chapter; a damaged one is dropped and not returned."""
        for name, receipt in self._receipts(fingerprint):
            if holds(receipt):
                (wanted,) = receipt.wrote.values()
                notebook = self._notebook(wanted)
                if notebook is not None:
                    return receipt, notebook
                self.store.drop(name)
        return None

    def put(self, receipt: Receipt, notebook: bytes) -> None:
        """Add an executed chapter. The notebook goes first, so that no receipt leads nowhere."""
        fingerprint, (wrote,) = receipt.inputs.fingerprint, receipt.wrote.values()
        self.store.write(_notebook_name(wrote), notebook)
        document = seal(receipt.as_json())
        read = sorted([*read, digest] for read, digest in receipt.reads.items())
        read += sorted([*one] for one in (*receipt.indicators.items(), *receipt.files.items()))
        name = hashlib.sha256(repr(read).encode()).hexdigest()
        self.store.write(f"{_folder(fingerprint)}/{name[:32]}.json", document)

    def _receipts(self, fingerprint: str) -> Iterator[tuple[str, Receipt]]:
        for file in self.store.names(_folder(fingerprint)):
            name = f"{_folder(fingerprint)}/{file}"
            try:
                receipt = Receipt.from_json(unseal(self.store.read(name)))
                if receipt.inputs.fingerprint == fingerprint:
                    yield name, receipt
                    continue
            except FileNotFoundError:  # another build has just dropped it
                continue
            except Damaged:
                pass
            self._fault(name)

    def _notebook(self, wanted: str) -> bytes | None:
        name = _notebook_name(wanted)
        try:
            notebook = self.store.read(name)
        except FileNotFoundError:
            return None
        if hashlib.sha256(notebook).hexdigest() == wanted:
            return notebook
        self._fault(name)
        return None

    def _fault(self, name: str) -> None:
        self.store.drop(name)
        with self._lock:
            self.faults.append(f"cache: {name} was damaged. It was dropped, and its chapter is made again.")


def _folder(fingerprint: str) -> str:
    return f"chapters/{fingerprint[:2]}/{fingerprint}"


def _notebook_name(sha256: str) -> str:
    return f"notebooks/{sha256[:2]}/{sha256}.ipynb"
