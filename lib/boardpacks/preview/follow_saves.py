"""Shows a preview until it is ended: watches the files, and makes the page anew after each save."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection
from pathlib import Path
from threading import Thread

from watchfiles import watch

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.execute.kernel import BuildStopped, Kernels, private_folder
from boardpacks.preview.live_pack import LivePack, NotMade
from boardpacks.preview.saves import Saved, all_saved, watched_folders
from boardpacks.preview.screen import Screen
from boardpacks.preview.screen_server import serve_screen
from boardpacks.project.folder import Project
from boardpacks.project.own_faults import as_failure

QUIET = 30
"""Milliseconds without a change after which files count as saved."""

MOST_QUIET = 400
"""Milliseconds after which they do all the same."""

EVERYTHING: frozenset[Saved] = frozenset(("inputs",))
"""What the first page is made for."""

START_AGAIN = "The library changed. End the preview with Ctrl-C and start it again to see the effect."


class Follower:
    """Makes the page anew, one time after another; a newer save ends what an older one began."""

    def __init__(self, pack: LivePack, screen: Screen) -> None:
        self._pack = pack
        self._screen = screen
        self._waiting: frozenset[Saved] = frozenset()
        self._thread: Thread | None = None

    def follow(self, saved: Collection[Saved]) -> None:
        """Begin to make the page anew, and return at once."""
        self.stop()
        if "library" in saved:
            self._screen.tell("failed", START_AGAIN)
            if len(saved) == 1:
                return
        self._waiting |= frozenset(saved)
        self._pack.kernels.resume()
        self._thread = Thread(target=self._make, args=(time.monotonic(),), name="preview-page")
        self._thread.start()

    def stop(self) -> None:
        """End what is being done, and return when it has ended."""
        if self._thread is not None:
            self._pack.kernels.stop()
            self._thread.join()
            self._thread = None

    def _make(self, began: float) -> None:
        try:
            page = self._pack.make(self._waiting, lambda words: self._screen.tell("working", words))
            self._waiting = frozenset()
            words = f"Made at {dt.datetime.now():%H:%M:%S} in {time.monotonic() - began:.1f} seconds."
            self._screen.show(page.html, words)
            if found := self._pack.check(page):
                self._screen.tell("found", "A build would refuse this.", found)
        except BuildStopped:
            return
        except NotMade as error:
            self._screen.tell("failed", "The page below is the last good one.", error.faults)
        except Exception as error:  # of our own: it is told, and the preview goes on
            failure = as_failure(error, self._pack.project.work, "A fault in boardpacks itself.")
            self._screen.tell("failed", "The page below is the last good one.", [str(failure)])


def preview(
    project: Project,
    place: str,
    chapters: tuple[str, ...],
    today: dt.date,
    *,
    port: int,
    started: Callable[[int], None],
) -> None:
    """Show a place's pack until somebody interrupts.

    Nothing is published, and nothing of the project is written but what every build needs: fonts, and the list of what
    the snapshot holds.

    Parameters
    ----------
    chapters
        Ids of the chapters to show; none for the whole pack.
    port
        Where to listen; 0 for any port that is free.
    started
        Told the port when the page can be opened.

    Raises
    ------
    BoardpacksError
        When the port is not to be had.
    KeyboardInterrupt
        When somebody interrupts; nothing is left behind.
    """
    screen = Screen()
    with private_folder() as folder, Kernels() as kernels, serve_screen(screen, port) as found:
        kernels.begin(project.notebooks)
        ensure_fonts(project.fonts)
        pack = LivePack(project, place, chapters, today, Path(folder), kernels)
        follower = Follower(pack, screen)
        try:
            started(found)
            follower.follow(EVERYTHING)
            for changes in watch(
                *watched_folders(project), step=QUIET, debounce=MOST_QUIET, raise_interrupt=True
            ):
                if saved := all_saved((path for _, path in changes), project):
                    follower.follow(saved)
        finally:
            follower.stop()
