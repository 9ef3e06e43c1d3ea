"""Makes a pack again in a clean folder, from a copy of the sources and by a program of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import boardpacks
from boardpacks.meetings.register import write_edition
from boardpacks.packs.files.pack_manifest import PackOrder
from boardpacks.params.load import load_params
from boardpacks.plan.plan import pack_slug, root_of
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project

PROGRAM = "from boardpacks.cli import main; main()"
LIBRARY = Path("lib")
MOST_LINES = 12

_NOT_COPIED = ("__pycache__", ".ipynb_checkpoints", ".*.receipt.json")


class NotRebuilt(BoardpacksError):  # noqa: N818 - says what happened
    """The pack could not be made again; the message is what the build said."""


def copy_sources(project: Project, folder: Path) -> None:
    """Copy what packs are made from into a new folder: no results, receipts or caches."""
    ignore = shutil.ignore_patterns(*_NOT_COPIED)
    for source in (project.params, project.root / "data", project.notebooks):
        shutil.copytree(source, folder / source.name, ignore=ignore)
    results = {str(path) for path in project.reports.iterdir() if not project.is_source(path)}

    def ignore_results(parent: str, names: list[str]) -> set[str]:
        return {name for name in names if os.path.join(parent, name) in results} | ignore(parent, names)  # noqa: PTH118

    shutil.copytree(project.reports, folder / "reports", ignore=ignore_results)


def take_fonts(project: Project, folder: Path) -> None:
    """Copy the fonts, which are made from a package and take long, where a checkout has none of its own."""
    target = Project(folder).fonts
    if project.fonts.is_dir() and not target.exists():
        shutil.copytree(project.fonts, target)


def take_earlier(order: PackOrder, published: Path, folder: Path) -> None:
    """Copy the packs that the pack was compared with below the published packs of a folder of copied sources.

    Parameters
    ----------
    published
        Folder of the published packs that they lie in.

    Raises
    ------
    NotRebuilt
        Naming the first that is not there, or has other facts.
    """
    for earlier in order.earlier:
        source = published / earlier.folder
        if not _has_facts(source, earlier.facts):
            raise NotRebuilt(
                f"The pack says what has changed since {earlier.folder}, but that is not in {published.name}, or it is "
                "another edition. Put the folder back as it was published, and verify again."
            )
        shutil.copytree(source, root_of(Project(folder).published, order.part) / earlier.folder)


def _has_facts(pack: Path, sha256: str) -> bool:
    return any(file_digest(path) == sha256 for path in pack.glob("*_facts.json"))


def rebuild(folder: Path, order: PackOrder) -> Path:
    """Build a pack in a folder of copied sources, and return the folder of the new pack.

    It is done by the library that the folder holds, if it holds one, else by this one; in a process of its own,
    so that nothing of this one's can have a part in it.

    Raises
    ------
    NotRebuilt
        With what the build said.
    """
    _set_edition(folder, order)
    published = Project(folder).published
    command = [sys.executable, "-P", "-c", PROGRAM, "build", *_options(order), f"--out={published}"]
    done = subprocess.run(
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    made = root_of(published, order.part) / order.meeting.isoformat() / order.edition
    if done.returncode or not made.is_dir():
        said = (done.stderr.strip() or done.stdout.strip()).replace(f"{folder}{os.sep}", "").splitlines()
        raise NotRebuilt("\n".join(said[:MOST_LINES]) or f"the build ended with {done.returncode}")
    return made


def _set_edition(folder: Path, order: PackOrder) -> None:
    """Let the calendar in a folder of copied sources ask for the edition that the pack is of."""
    path = Project(folder).params / "meetings" / f"{order.place}.yml"
    try:
        calendar = load_params(Project(folder).params).calendars[order.place]
        meeting = next(held for held in calendar.meetings if held.date == order.meeting)
    except (BoardpacksError, KeyError, StopIteration):
        return  # the build says what is wrong
    slug = pack_slug(order.place, order.priorities, order.part, order.chapters)
    write_edition(path, meeting.as_of(order.version, order.finalised, slug))


def _options(order: PackOrder) -> list[str]:
    engine = "quarto" if order.engine.startswith("quarto") else order.engine
    options = [f"--place={order.place}", f"--meeting={order.meeting.isoformat()}", f"--engine={engine}"]
    options += [f"--priority={priority}" for priority in order.priorities]
    options += [] if order.editions == "both" else [f"--edition={order.editions}"]
    options += [f"--chapter={chapter}" for chapter in order.chapters]
    return [*options, *(f"--format={name}" for name in order.formats), "--no-notify"]


def _environment(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name != "BOARDPACKS_CACHE"}
    library = folder / LIBRARY
    if not (library / "boardpacks").is_dir():
        library = Path(boardpacks.__file__).parents[1]
    paths = [str(library), own.get("PYTHONPATH", "")]
    return {**own, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "NO_COLOR": "1"}
