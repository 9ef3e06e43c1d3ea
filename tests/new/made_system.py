"""A system that `boardpacks new system` has made, for tests of what comes after."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from boardpacks.new.answers import read_answers
from boardpacks.new.write_system import write_system
from boardpacks.project.folder import Project
from tests.new.test_answers import TEN

TODAY = dt.date(2026, 11, 28)


def made(folder: Path, **answers: object) -> Project:
    answers = {"name": "Greater Manchester", "places": TEN, "words": {"borough": "district"}} | answers
    return write_system(read_answers(None, answers), folder / "made", TODAY)
