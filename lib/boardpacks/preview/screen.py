"""What a preview shows at the moment: the last good page, and whether it is being made anew or something failed."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

State = Literal["working", "fresh", "failed", "found"]
"""A page is being made; it is as the files are; it could not be made; it is, but no pack would pass with it."""


@dataclass(frozen=True)
class Told:
    """What a browser is told.

    Parameters
    ----------
    number
        Counts what was told.
    page
        Name of the page that is to be seen; another one means that it has to be loaded again.
    state
        How the page stands to the files.
    words
        That in one line.
    faults
        What went wrong or was found, each as many lines as it takes.
    """

    number: int
    page: str
    state: State
    words: str
    faults: tuple[str, ...] = ()


class Screen:
    """The page that browsers see, and what they are told of it. Safe to use from threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._over = False
        self._pages = 0
        self._html = ""
        self._shown = Told(0, self._page_name(), "working", "The pack is being made for the first time.")

    @property
    def shown(self) -> Told:
        """What is told now."""
        with self._changed:
            return self._shown

    @property
    def html(self) -> str:
        """The last good page; empty before there is one."""
        with self._changed:
            return self._html

    @property
    def over(self) -> bool:
        """Whether the preview has ended."""
        with self._changed:
            return self._over

    def show(self, html: str, words: str) -> None:
        """Show a page; browsers load it when it is another one."""
        with self._changed:
            if html != self._html:
                self._html, self._pages = html, self._pages + 1
            self._say("fresh", words, ())

    def tell(self, state: State, words: str, faults: Sequence[str] = ()) -> None:
        """Tell how the page stands to the files; the page stays as it is."""
        with self._changed:
            self._say(state, words, tuple(faults))

    def wait(self, number: int, seconds: float) -> Told | None:
        """Return what is told as soon as it is other than what had `number`; None when nothing new is told in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._over or self._shown.number != number, seconds)
            return None if self._over or self._shown.number == number else self._shown

    def end(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _say(self, state: State, words: str, faults: tuple[str, ...]) -> None:
        told = replace(self._shown, page=self._page_name(), state=state, words=words, faults=faults)
        self._shown = replace(told, number=told.number + 1)
        self._changed.notify_all()

    def _page_name(self) -> str:
        # the process counts too: a browser may have a page of the preview before this one
        return f"{os.getpid()}-{self._pages}"
