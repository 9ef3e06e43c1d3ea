"""Makes a run of the tests the same wherever it is started: in the background, by cron, from a git hook, by anybody."""

from __future__ import annotations

import os
import signal
import time

KEPT = {"BOARDPACKS_REQUIRE_BROWSER", "BOARDPACKS_KILLS"}
WITHOUT = (
    "BOARDPACKS_",  # switches of the user's own builds
    "COLUMNS LINES TERMINAL_WIDTH FORCE_COLOR NO_COLOR CLICOLOR_FORCE PY_COLORS",  # how wide and colourful output is
    "TZ LANG LANGUAGE LC_",
    "GIT_",  # a hook's: tests that make repositories would work on the one that is committed to
    "HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy",  # tests serve pages on this machine
    "PYTHONWARNINGS PYTHONUTF8 PYTHONIOENCODING MPLBACKEND SOURCE_DATE_EPOCH QUARTO_PROFILE",
)


def settle() -> None:
    """Undo what the way that the tests were started does to them and to the processes that they start."""
    for name in ("SIGINT", "SIGQUIT", "SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_IGN:  # shells do so in the background, nohup too
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
    os.umask(0o022)
    starts = tuple(word for line in WITHOUT for word in line.split())
    for name in [name for name in os.environ if name.startswith(starts) and name not in KEPT]:
        del os.environ[name]
    # The age of figures is told by the month of the tests' meetings, whatever day it is
    os.environ.update(
        BOARDPACKS_AS_OF="2026-12", TZ="Europe/London", GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1"
    )
    if hasattr(time, "tzset"):
        time.tzset()
