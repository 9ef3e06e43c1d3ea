"""Limits what a chapter may hand over, so that a notebook that prints without end harms nobody.

The limit is kept twice. The kernel refuses to print too much, or to show one huge thing, before it travels
(:mod:`boardpacks.execute.warm.guard_output`); the builder counts what arrives, and ends the kernel when it is too much.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_OUTPUT = 20_000_000
"""Characters that all outputs of one chapter may have together, pictures included."""

TOO_LARGE = f"the notebook's outputs are larger than {MOST_OUTPUT // 1_000_000} MB together"


FLOODED = 98
"""Exit status of a kernel that ends itself because too much is printed."""


class OutputTooLarge(Exception):  # noqa: N818 - the notebook's author reads the name
    """Raised in the cell that prints or shows too much."""


class Meter:
    """Adds up the size of a chapter's outputs."""

    def __init__(self, most: int = MOST_OUTPUT) -> None:
        self._left = most

    @property
    def full(self) -> bool:
        """Whether it was too much."""
        return self._left < 0

    def add(self, content: Any) -> None:
        """Count every text in the content of a message."""
        if isinstance(content, str):
            self._left -= len(content)
        elif isinstance(content, Mapping):
            for part in content.values():
                self.add(part)
        elif isinstance(content, (list, tuple)):
            for part in content:
                self.add(part)
