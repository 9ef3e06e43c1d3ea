"""Changes a project: in a copy first, which is checked, and then in the project, whole or not at all."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
        held = known_params(project).system.snapshot
        copy = _copied(project, Path(temporary).resolve() / "changed", held)
        before = _contents(copy, held)
        made = change(copy)
        if found := _faults(copy, today):
            earlier = _faults(_copied(project, Path(temporary).resolve() / "before", held), today)
            _refuse_new(found, earlier)
        agreed(made)
        _bring_over(copy, project, before, held)
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


def _copied(project: Project, root: Path, held: str) -> Project:
    """Copy what a build reads, the snapshot ``held`` included: none of its results, which may be large."""
    copy = Project(root)
    pairs = {
        project.params: copy.params,
        project.notebooks: copy.notebooks,
        project.raw: copy.raw,
        project.snapshots / held: copy.snapshots / held,
    }
    pairs |= {path: copy.reports / path.name for path in project.reports.glob("*") if project.is_source(path)}
    for path, other in pairs.items():
        if path.is_dir():
            shutil.copytree(path, other, ignore=shutil.ignore_patterns(".*"))
        elif path.is_file():
            other.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, other)
    return copy


def _contents(project: Project, held: str) -> dict[str, bytes]:
    """Return the files that a change may touch, by their paths within the project."""
    folders = (project.params, project.notebooks, project.raw, project.snapshots / held)
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(project.root).as_posix(): path.read_bytes() for path in paths}


def _refuse_new(found: Sequence[str], earlier: Sequence[str]) -> None:
    known = Counter(_WHERE.sub("", one) for one in earlier)
    new = []
    for one in found:
        alike = _WHERE.sub("", one)
        if known[alike]:
            known[alike] -= 1
        else:
            new.append(one)
    if new:
        head = f"{len(new)} problem{'s' if len(new) != 1 else ''} would come of it:"
        raise WouldBreak("\n".join([head, *new, "Nothing was written."]))


def _faults(project: Project, today: dt.date) -> list[str]:
    kinds = find_faults(project, today).kinds
    return [str(fault).replace(f"{project.root}/", "") for faults in kinds.values() for fault in faults]


def _bring_over(copy: Project, project: Project, before: Mapping[str, bytes], held: str) -> None:
    """Write what a change made of the files; when anything fails, put back what stood there."""
    changed = {
        path: content for path, content in _contents(copy, held).items() if before.get(path) != content
    }
    snapshot = project.snapshots / held
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
                shutil.copytree(copy.snapshots / held, aside)
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
