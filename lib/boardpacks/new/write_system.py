"""Writes the project folder of a new system: params, figures and their snapshot, notebooks, reports and the rest."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.data.read_figures import COLUMNS
from boardpacks.data.write_from_raw import write_from_raw
from boardpacks.new.answers import NewSystem
from boardpacks.new.copy_sources import copy_notebooks, copy_reports
from boardpacks.new.example_figures import LOOKS, example_rows
from boardpacks.new.starter import STARTER, starter_indicators
from boardpacks.new.take_figures import take_figures
from boardpacks.new.write_params import params_files
from boardpacks.new.write_readme import raw_readme, readme
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project

EDITOR = {"files.associations": {"**/params/**/*.yml": "yaml"}, "[yaml]": {"editor.tabSize": 2}}
"""Settings of Visual Studio Code."""


@dataclass(frozen=True)
class _Figures:
    """The figures of a new system: a file's name, its rows, and the indicators that they are of."""

    file: str
    rows: Sequence[Sequence[object]]
    indicators: Sequence[str]


def write_system(system: NewSystem, folder: Path, today: dt.date) -> Project:
    """Write a project folder that a first build can be made of, as a whole or not at all.

    Raises
    ------
    BoardpacksError
        When there is something in the folder already, or what was written would not pass the checks.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BoardpacksError(f"{folder} is there already: name a new folder, or an empty one.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as temporary:
        made = Path(temporary) / folder.name
        made.mkdir()
        figures = _figures(system, today)
        _write_params(system, figures, made, today)
        _write_raw(figures, system, made)
        copy_notebooks(made)
        copy_reports(made)
        _write_around(system, made)
        kind = "Example figures" if system.answers.figures is None else "Published figures"
        write_from_raw(Project(made), title=f"{kind} for {system.name}")
        if folder.exists():
            folder.rmdir()
        shutil.move(made, folder)
    return Project(folder.resolve())


def _figures(system: NewSystem, today: dt.date) -> _Figures:
    areas = (*system.own, *system.others)
    if system.answers.figures is None:
        rows = list(example_rows(areas, system.comparators, today))
        return _Figures("example-figures.csv", rows, tuple(LOOKS))
    needed = (*system.own, *system.comparators)
    taken = take_figures(Path(system.answers.figures), starter_indicators(), needed, system.others)
    return _Figures("figures.csv", taken.rows, taken.indicators)


def _write_params(system: NewSystem, figures: _Figures, folder: Path, today: dt.date) -> None:
    for name, text in params_files(system, figures.indicators, today).items():
        path = folder / "params" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _write_raw(figures: _Figures, system: NewSystem, folder: Path) -> None:
    raw = Project(folder).raw
    raw.mkdir(parents=True)
    (raw / figures.file).write_text(_csv(COLUMNS, figures.rows), encoding="utf-8")
    (raw / "README.md").write_text(raw_readme(system, figures.file), encoding="utf-8")


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _write_around(system: NewSystem, folder: Path) -> None:
    (folder / "README.md").write_text(readme(system), encoding="utf-8")
    shutil.copyfile(STARTER / "Makefile", folder / "Makefile")
    shutil.copyfile(STARTER / "gitignore", folder / ".gitignore")
    editor = folder / ".vscode" / "settings.json"
    editor.parent.mkdir()
    editor.write_text(json.dumps(EDITOR, indent=2) + "\n", encoding="utf-8")
