"""A warm process that is kept between builds: it takes longer to start than most chapters of tests take to run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from boardpacks.execute import kernel
from boardpacks.execute.warm import Fork, WarmProcess, start_warm, warm_is_possible


class KeptWarm:
    """The first build starts it, and every other finds it there: what a build closes stays open."""

    def __init__(self) -> None:
        self._start = start_warm
        self._process: WarmProcess | None = None

    def start(
        self, cwd: Path, environment: Mapping[str, str], tell: Callable[[str], None]
    ) -> KeptWarm | None:
        """Stand in for the start of a warm process."""
        if self._process is None or not self._process.alive:
            self._process = self._start(cwd, environment, tell)
        return self if self._process else None

    @property
    def alive(self) -> bool:
        """Whether it can be forked."""
        return self._process is not None and self._process.alive

    def fork(self, cwd: Path, environment: Mapping[str, str], log: BinaryIO) -> Fork:
        """Fork it."""
        assert self._process is not None
        return self._process.fork(cwd, environment, log)

    def close(self) -> None:
        """Leave it open for the next build."""

    def end(self) -> None:
        """Close it."""
        if self._process is not None:
            self._process.close()

    @contextmanager
    def used(self) -> Iterator[None]:
        """Have all builds in here share it."""
        with pytest.MonkeyPatch.context() as patch:
            if warm_is_possible():
                patch.setattr(kernel, "start_warm", self.start)
            yield
