"""The error of a source that cannot be rendered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.project.errors import BoardpacksError


@dataclass(frozen=True)
class SourceFault:
    """One thing that is wrong with a source.

    Parameters
    ----------
    where
        File and, where known, line: ``sections/smoking.qmd, line 12``.
    message
        What is wrong and how to mend it, in plain words.
    """

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class RenderError(BoardpacksError):
    """A source cannot be made into a PDF or an HTML page.

    Parameters
    ----------
    faults
        Everything that is wrong, in reading order; at least one.
    """

    def __init__(self, faults: Sequence[SourceFault]):
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)
