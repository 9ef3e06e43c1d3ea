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
        The line of that cell's code that failed; its first line where that is not known.
    reason
        Kind and message of the exception, on one line.
    kept
        The notebook as far as it got, or None.
    line
        Number of the line that failed, from 1; None where that is not known.
    """

    notebook: str
    place: str
    cell: int | None
    code: str
    reason: str
    kept: Path | None
    line: int | None = None

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.spot}", f"  {self.reason}"]
        if self.kept is not None:
            lines.append(f"  kept  {self.kept}")
        return "\n".join(lines)

    @property
    def spot(self) -> str:
        """Notebook, cell and line, with the code there."""
        if self.cell is None:
            return f"{self.notebook} did not start"
        line = f", line {self.line}" if self.line else ""
        return f"{self.notebook}, cell {self.cell}{line}" + (f": {self.code}" if self.code else "")
