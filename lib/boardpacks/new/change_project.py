"""Changes a project: in a copy first, which is checked, and then in the project, whole or not at all."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from boardpacks.data.replace import put_in_place
from boardpacks.packs.dry_run.find_faults import find_faults
from boardpacks.params.load import read_params
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.folder import Project
from boardpacks.project.sealed import write_whole
from boardpacks.project.write_errors import explained

T = TypeVar("T")
_WHERE = re.compile(r"line \d+|\[\d+\]")
"""What differs between two tellings of one fault when lines or entries are put in before it."""


class WouldBreak(BoardpacksError):  # noqa: N818 - says what would happen
    """What came of a change would be refused by a build."""


def change_project(
    project: Project,
    today: dt.date,
    change: Callable[[Project], T],
    agreed: Callable[[T], object] = lambda made: None,
) -> T:
    """Change a project, if a build takes what comes of it, and return what the change returns.

    Parameters
    ----------
    project
        The project.
    today
        Packs of coming meetings are looked at from this day on.
    change
        Changes the params, notebooks, raw figures or current snapshot of the copy that it is given.
    agreed
        Told of what came of it before anything is written. What it raises stops that.

    Raises
    ------
    BoardpacksError
        When a build would refuse what it did not refuse before. Nothing is written then.
    CannotWrite
        When the disk or the folder fails: all is put back as it was.
    """
    with tempfile.TemporaryDirectory(prefix="boardpacks-") as temporary:
        copy = _copied(project, Path(temporary).resolve() / "changed")
        before = _contents(copy)
        made = change(copy)
        _refuse_new_faults(project, copy, Path(temporary).resolve() / "before", today)
        agreed(made)
        _bring_over(copy, project, before)
    return made


def known_params(project: Project) -> Params:
    """Return the params of a project as far as they are sound: what was wrong before is no fault of a change.

    Raises
    ------
    InputError
        When ``system.yml`` cannot be read.
    """
    read = read_params(project.params)
    if read.params is None:
        raise InputError(read.problems)
    return read.params


def _copied(project: Project, root: Path) -> Project:
    """Copy what a build reads: none of its results, which may be large."""
    copy = Project(root)
    held = _snapshot(project)
    pairs = {
        project.params: copy.params,
        project.notebooks: copy.notebooks,
        project.raw: copy.raw,
        held: copy.snapshots / held.name,
    }
    pairs |= {path: copy.reports / path.name for path in project.reports.glob("*") if project.is_source(path)}
    for path, other in pairs.items():
        if path.is_dir():
            shutil.copytree(path, other, ignore=shutil.ignore_patterns(".*"))
        elif path.is_file():
            other.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, other)
    return copy


def _snapshot(project: Project) -> Path:
    return project.snapshots / known_params(project).system.snapshot


def _contents(project: Project) -> dict[str, bytes]:
    """Return the files that a change may touch, by their paths within the project."""
    folders = (project.params, project.notebooks, project.raw, _snapshot(project))
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(project.root).as_posix(): path.read_bytes() for path in paths}


def _refuse_new_faults(project: Project, copy: Project, root: Path, today: dt.date) -> None:
    found = _faults(copy, today)
    if not found:
        return
    earlier = Counter(_WHERE.sub("", one) for one in _faults(_copied(project, root), today))
    new = []
    for one in found:
        alike = _WHERE.sub("", one)
        if earlier[alike]:
            earlier[alike] -= 1
        else:
            new.append(one)
    if new:
        head = f"{len(new)} problem{'s' if len(new) != 1 else ''} would come of it:"
        raise WouldBreak("\n".join([head, *new, "Nothing was written."]))


def _faults(project: Project, today: dt.date) -> list[str]:
    kinds = find_faults(project, today).kinds
    return [str(fault).replace(f"{project.root}/", "") for faults in kinds.values() for fault in faults]


def _bring_over(copy: Project, project: Project, before: Mapping[str, bytes]) -> None:
    """Write what a change made of the files; when anything fails, put back what stood there."""
    changed = {path: content for path, content in _contents(copy).items() if before.get(path) != content}
    snapshot = _snapshot(project)
    own = f"{snapshot.relative_to(project.root).as_posix()}/"
    files = {path: content for path, content in changed.items() if not path.startswith(own)}
    stood = {path: _read(project.root / path) for path in files}
    if meanwhile := [path for path, content in stood.items() if content != before.get(path)]:
        raise BoardpacksError(
            f"{', '.join(meanwhile)} changed in the meantime. Nothing was written: give the command again."
        )
    with explained(project.root):
        try:
            for path, content in files.items():
                write_whole(project.root / path, content)
            if len(files) < len(changed):
                aside = snapshot.with_name(f".{snapshot.name}.new")
                shutil.copytree(_snapshot(copy), aside)
                put_in_place(aside, snapshot)
        except BaseException:
            for path, earlier in stood.items():
                if earlier is None:
                    (project.root / path).unlink(missing_ok=True)
                else:
                    write_whole(project.root / path, earlier)
            raise


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
