"""Settles the library into the kernel of JupyterLab; a build's kernels are left as they are."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from boardpacks.chapter.own_place import VARIABLE as PLACE

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_CELLS: list[int] = []
"""Numbers of the executions that asked for it, of the one kernel that a process has."""
MOST_ROWS = 20
"""Rows of a data frame that are shown whole; of a longer one its first and last."""


def settle_in() -> None:
    """Show a pack's artefacts as JupyterLab can, complete ids, and keep what is printed short.

    Does nothing in a build, and where there is no kernel. What a cell hands over to a pack stays as it is.
    """
    shell = _lab_shell()
    if shell is None:
        return
    from boardpacks.lab.fonts_of_page import load_fonts  # noqa: PLC0415 - a build starts without it

    if not _CELLS:
        _settle(shell)
    if shell.execution_count not in _CELLS:  # a cell that is run again shows its output anew
        load_fonts()
        _CELLS.append(shell.execution_count)


def _lab_shell() -> InteractiveShell | None:
    """Return the shell of a kernel that somebody works in; None in a build, a terminal or a script."""
    if PLACE in os.environ or "IPython" not in sys.modules:
        return None
    from IPython import get_ipython  # noqa: PLC0415 - a script has none

    shell: InteractiveShell | None = get_ipython()
    if shell is None or not hasattr(shell, "kernel") or not hasattr(shell.display_pub, "register_hook"):
        return None
    return shell


def _settle(shell: InteractiveShell) -> None:
    import pandas as pd  # noqa: PLC0415
    from matplotlib_inline.config import InlineBackend  # noqa: PLC0415

    from boardpacks.lab.complete_ids import id_matcher  # noqa: PLC0415
    from boardpacks.lab.lab_view import view_hook  # noqa: PLC0415
    from boardpacks.lab.short_errors import shorten_errors  # noqa: PLC0415
    from boardpacks.lab.short_forms import shorten_forms  # noqa: PLC0415

    shell.display_pub.register_hook(view_hook(shell))  # type: ignore[attr-defined]
    shell.Completer.custom_matchers.append(id_matcher(shell))
    shorten_forms(shell)
    shorten_errors()
    pd.set_option("display.max_rows", MOST_ROWS)
    drawn = InlineBackend.instance(parent=shell)
    drawn.print_figure_kwargs = {
        **drawn.print_figure_kwargs,
        "facecolor": "white",
    }  # dark words need a light ground
    drawn.figure_formats = {"retina"}
