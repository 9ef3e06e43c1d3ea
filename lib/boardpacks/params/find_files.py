"""Finds and reads the files of params/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpacks.params.params_file import Document, ParamsFault, fault
from boardpacks.params.read_yaml import read_document
from boardpacks.project.errors import near

FOLDERS = ("places", "priorities", "indicators", "meetings")
SINGLE = ("system", "chapters")
OPTIONAL = (
    "notify",
    "circulation",
    "inequalities",
    "collaboratives",
    "themes",
    "foundations",
    "baselines",
    "assurance",
    "judging",
    "checks",
    "imports",
)


@dataclass(frozen=True)
class Files:
    """What could be read, by file name without ending, in the order of the names.

    ``names`` holds the file names of each folder, unreadable files included.
    """

    names: Mapping[str, tuple[str, ...]]
    label: str
    places: Mapping[str, Document]
    priorities: Mapping[str, Document]
    indicators: Mapping[str, Document]
    meetings: Mapping[str, Document]
    system: Document | None = None
    chapters: Document | None = None
    notify: Document | None = None
    circulation: Document | None = None
    inequalities: Document | None = None
    collaboratives: Document | None = None
    themes: Document | None = None
    foundations: Document | None = None
    baselines: Document | None = None
    assurance: Document | None = None
    judging: Document | None = None
    checks: Document | None = None
    imports: Document | None = None

    def folder(self, name: str) -> Mapping[str, Document]:
        """Return the documents of one of the four folders."""
        found: Mapping[str, Document] = getattr(self, name)
        return found


def find_files(folder: Path) -> tuple[Files, list[ParamsFault]]:
    """Read every YAML file of params/.

    Parameters
    ----------
    folder
        The ``params`` folder.

    Returns
    -------
    files, faults
        Faults are missing and misplaced files, and those that cannot be read as YAML.
    """
    label = folder.name or str(folder)
    if not folder.is_dir():
        files = Files(dict.fromkeys(FOLDERS, ()), label, {}, {}, {}, {})
        return files, [fault(label, 0, "no such folder", f"a folder that holds {', '.join(_expected())}")]
    faults = _misplaced(folder, label)
    singles: dict[str, Document] = {}
    for name in (*SINGLE, *OPTIONAL):
        path, shown = folder / f"{name}.yml", f"{label}/{name}.yml"
        if path.is_file():
            _read(path, shown, name, singles, faults)
        elif name in SINGLE:
            faults.append(fault(shown, 0, "no such file", "a YAML file: every project needs it"))
    folders: dict[str, dict[str, Document]] = {name: {} for name in FOLDERS}
    names: dict[str, tuple[str, ...]] = {}
    for name in FOLDERS:
        paths = sorted((folder / name).glob("*.yml")) if (folder / name).is_dir() else []
        names[name] = tuple(path.stem for path in paths)
        if not paths:
            faults.append(fault(f"{label}/{name}", 0, "no .yml file", "a folder with at least one .yml file"))
        for path in paths:
            _read(path, f"{label}/{name}/{path.name}", path.stem, folders[name], faults)
    found: dict[str, Any] = {**folders, **singles}
    return Files(names, label, **found), faults


def _read(path: Path, shown: str, name: str, into: dict[str, Document], faults: list[ParamsFault]) -> None:
    document, found = read_document(path, shown)
    faults += found
    if document is not None:
        into[name] = document


def _expected() -> list[str]:
    return [*(f"{name}.yml" for name in SINGLE), *(f"{name}/" for name in FOLDERS)]


def _misplaced(folder: Path, label: str) -> list[ParamsFault]:
    """YAML files that nothing would read, so that a wrong name is not silently left out."""
    faults = []
    for path in sorted([*folder.rglob("*.yml"), *folder.rglob("*.yaml")]):
        parts = path.relative_to(folder).parts
        shown = "/".join((label, *parts))
        if path.suffix == ".yaml":
            hint = f"rename it to {path.stem}.yml"
            faults.append(fault(shown, 0, "the ending .yaml", "the ending .yml", hint))
        elif len(parts) == 1 and path.stem not in (*SINGLE, *OPTIONAL):
            hint = near(path.stem, (*SINGLE, *OPTIONAL))
            allowed = ", ".join([*_expected(), *(f"{name}.yml" for name in OPTIONAL)])
            faults.append(fault(shown, 0, "a file that nothing reads", allowed, hint))
        elif len(parts) > 2 or (len(parts) == 2 and parts[0] not in FOLDERS):
            hint = near(parts[0], FOLDERS)
            faults.append(fault(shown, 0, "a file that nothing reads", ", ".join(_expected()), hint))
    return faults
