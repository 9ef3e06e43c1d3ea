"""What is told of a chapter that could not be executed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from boardpacks.project.errors import BoardpacksError


@dataclass(eq=False)
class ChapterFailed(BoardpacksError):  # noqa: N818 - says what happened to a chapter, not an error's name
    """A chapter could not be executed.

    Parameters
    ----------
    notebook
        Name of the notebook file.
    place
        Id of the place.
    cell
        Number of the cell from 1, as in the notebook that the analyst wrote; None when no cell ran.
    code
        First line of that cell's code.
    reason
        Kind and message of the exception, on one line.
    kept
        The notebook as far as it got, or None.
    """

    notebook: str
    place: str
    cell: int | None
    code: str
    reason: str
    kept: Path | None

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.spot}", f"  {self.reason}"]
        if self.kept is not None:
            lines.append(f"  kept  {self.kept}")
        return "\n".join(lines)

    @property
    def spot(self) -> str:
        """Notebook and cell, with the cell's first line."""
        if self.cell is None:
            return f"{self.notebook} did not start"
        return f"{self.notebook}, cell {self.cell}" + (f": {self.code}" if self.code else "")
