"""A small pack to publish, and ways to make a call fail as a disk would."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.publish.publish_pack import FinishedPack

from ..packs.conftest import a_notebook, a_plan, some_params
from ..packs.manifests import HASH, a_manifest

__all__ = ["a_notebook", "a_plan", "some_params"]


def os_error(name: str, path: Path | None = None) -> OSError:
    """Return the error that the operating system raises; writing to an open file names no path."""
    number = getattr(errno, name)
    said = os.strerror(number)
    return OSError(number, said, str(path)) if path else OSError(number, said)


def contents(folder: Path) -> dict[str, bytes] | None:
    """Return the files of a published pack, or None when there is none."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else None


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "published"


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., FinishedPack]:
    def finish(words: str, **meeting: Any) -> FinishedPack:
        folder = tmp_path / f"rendered {words}"
        folder.mkdir(exist_ok=True)
        rendered = {}
        for kind in ("pdf", "html"):
            rendered[kind] = folder / f"pack.{kind}"
            rendered[kind].write_text(f"{words} {kind}")
        return FinishedPack(
            plan=a_plan(tmp_path, **meeting),
            snapshot=SnapshotRecord(name="embedded", sha256=HASH),
            engine="bundled",
            pages=24,
            rendered=rendered,
            data=words.encode(),
            facts=b"{}\n",
            manifest=a_manifest(),
        )

    return finish


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make a call fail whose first argument ends in `ending` (any call without one)."""

    def injure(owner: Any, name: str, error: str, ending: str | None = None) -> None:
        real = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            if ending is None:
                raise os_error(error)
            if str(args[0]).endswith(ending):
                raise os_error(error, args[0])
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, call)

    return injure
