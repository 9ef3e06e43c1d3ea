"""The real packs, built once for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from boardpacks.facts.artefacts import MIME
from tests.end_to_end.truth import Truth, read_truth


@dataclass(frozen=True)
class Record:
    """An artefact's record and where it stands."""

    place: str
    notebook: str
    content: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.place}, {self.notebook}, {self.content['kind']} {self.content['name']}"


@pytest.fixture(scope="module", autouse=True)
def _warm(warm_builds: None) -> None:
    """No module of this folder starts a warm process of its own."""


@pytest.fixture(scope="session")
def records(built: Any) -> list[Record]:
    """Every artefact of every pack's executed notebooks."""
    return [record for plan in built.plans for run in plan.chapters for record in _records(run)]


@pytest.fixture(scope="session")
def truth(raw: Path) -> Truth:
    """The published figures, read without any of the project's own code."""
    return read_truth(raw)


def _records(run: Any) -> Iterator[Record]:
    notebook = json.loads(run.out.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            content = output.get("data", {}).get(MIME)
            if content and content["kind"] != "prose":  # which says only what an author wrote
                yield Record(run.place, run.out.stem, content)
