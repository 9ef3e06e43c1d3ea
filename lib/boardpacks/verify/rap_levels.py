"""Holds a project against the levels of the NHS RAP Community of Practice, with evidence from its repository.

The levels (baseline, silver, gold) are those of the community's maturity framework, in our own words:
https://nhsdigital.github.io/rap-community-of-practice/introduction_to_RAP/levels_of_RAP/
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from boardpacks.data.raw_files import find_raw_files
from boardpacks.params.load import load_params
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project

Level = Literal["baseline", "silver", "gold"]
Answer = Literal["yes", "in part", "no", "not known"]

CI = (".github/workflows/*.y*ml", ".gitlab-ci.yml", "azure-pipelines.yml", "Jenkinsfile", ".ci/*")
RUNS_TESTS = re.compile(r"\b(make test|pytest|boardpacks check|make check)\b")
SCHEDULED = re.compile(r"^\s*(schedule:|- cron:|schedules:)", re.MULTILINE)
DEPENDENCIES = ("pyproject.toml", "requirements.txt", "environment.yml", "constraints.txt", "Pipfile")
STYLES = {"pyproject.toml": "[tool.ruff", "ruff.toml": "", ".flake8": "", ".pre-commit-config.yaml": ""}
FOLDERS = ("params", "data", "notebooks", "reports")
MOST_DOCSTRINGS = 0.95
"""Share of public functions and classes with a docstring from which on code counts as documented."""


@dataclass(frozen=True)
class Found:
    """The answer to an item, and where one can see it."""

    answer: Answer
    evidence: str


@dataclass(frozen=True)
class Item:
    """One item of a level, and what looks for it."""

    level: Level
    what: str
    look: Callable[[Project], Found]


def rap_levels(project: Project) -> Iterator[str]:
    """Yield the lines of the report: level by level, item by item, each with its answer and evidence."""
    reached = True
    for level in ("baseline", "silver", "gold"):
        found = [(item, item.look(project)) for item in ITEMS if item.level == level]
        met = sum(one.answer == "yes" for _, one in found)
        reached = reached and met == len(found)
        told = "reached" if reached else "not shown to be reached"
        yield f"{level.capitalize()}: {met} of {len(found)} items, {told}"
        for item, one in found:
            yield f"  {one.answer:<9}  {item.what}"
            yield f"             {one.evidence}"
    yield "What cannot be seen from the repository is not known; ask whoever looks after it."


def _open_source(project: Project) -> Found:
    notebooks = sorted(project.notebooks.glob("*.ipynb"))
    seen = f"notebooks/: {len(notebooks)} in Python, executed by boardpacks (MIT)"
    return Found("yes", seen) if notebooks else Found("no", "notebooks/ has no notebook")


def _version_control(project: Project) -> Found:
    commits = _git(project, "rev-list", "--count", "HEAD")
    if not commits:
        return Found("no", "git log: this folder is in no git repository with a commit")
    loose = _git(project, "status", "--porcelain", "--", *FOLDERS).splitlines()
    if loose:
        return Found(
            "in part", f"git status: {len(loose)} files in {', '.join(FOLDERS)} are not as committed"
        )
    return Found("yes", f"git log: {commits} commits, and nothing in {', '.join(FOLDERS)} is uncommitted")


def _readme(project: Project) -> Found:
    text = _read(project, "README.md")
    if (found := re.search(r"make packs?\b|boardpacks build", text)) is None:
        return Found("no", "README.md is missing or names no command that makes packs")
    line = text.count("\n", 0, found.start()) + 1
    return Found("yes", f"README.md, line {line}: the command that makes packs")


def _reviewed(project: Project) -> Found:
    commits = int(_git(project, "rev-list", "--count", "--no-merges", "HEAD") or 0)
    named = len(_git(project, "log", "--no-merges", "--format=%h", "--grep=^Reviewed-by:").splitlines())
    if commits and named == commits:
        return Found("yes", f"git log --grep Reviewed-by: all {commits} commits name a reviewer")
    seen = f"git log --grep Reviewed-by: {named} of {commits} commits name a reviewer"
    return Found("not known", f"{seen}; what the repository's host knows is not seen here")


def _in_the_open(project: Project) -> Found:
    remote = re.sub(r"//[^/@]*@", "//", _git(project, "remote", "get-url", "origin"))
    licence = next((name for name in ("LICENSE", "LICENCE", "LICENSE.md") if _read(project, name)), "")
    if not remote:
        return Found("no", f"git remote: there is no origin{f'; {licence} is there' if licence else ''}")
    seen = f"git remote: {remote}; {licence or 'no licence'}"
    return Found("not known", f"{seen}; whether everyone can read it, and packs link to it, is not seen here")


def _by_code(project: Project) -> Found:
    try:
        indicators = load_params(project.params).indicators.values()
    except BoardpacksError:
        return Found("not known", "boardpacks params check: params/ cannot be read")
    by_hand = [one.id for one in indicators if one.refresh is None]
    seen = (
        f"boardpacks build makes every pack; {len(by_hand)} of {len(indicators)} indicators have no `refresh`"
    )
    return Found(
        "in part" if by_hand else "yes", f"{seen}: somebody adds their figures with boardpacks data add"
    )


def _documented(project: Project) -> Found:
    pages = len(list((project.root / "docs").glob("**/*.md")))
    named, told = _docstrings(project.root / "lib")
    code = f"lib/: {told} of {named} public functions and classes have a docstring" if named else ""
    seen = "; ".join(filter(None, [f"docs/: {pages} pages", code]))
    if not pages:
        return Found("no", seen)
    return Found("yes" if not named or told >= MOST_DOCSTRINGS * named else "in part", seen)


def _organised(project: Project) -> Found:
    missing = [name for name in FOLDERS if not (project.root / name).is_dir()]
    there = f"{', '.join(f'{name}/' for name in FOLDERS)}, as docs/house.md has them"
    return Found("no", f"there is no folder {', '.join(missing)}") if missing else Found("yes", there)


def _reusable(project: Project) -> Found:
    homes: dict[str, list[str]] = {}
    for path in sorted(project.notebooks.glob("*.ipynb")):
        for name in re.findall(r'"def (\w+)\(', path.read_text("utf-8", errors="replace")):
            homes.setdefault(name, []).append(path.name)
    copied = [f"{name} in {', '.join(paths)}" for name, paths in homes.items() if len(paths) > 1]
    if copied:
        return Found("in part", f"notebooks/: defined more than once: {'; '.join(copied)}")
    return Found(
        "yes", f"notebooks/ use the library's functions, and define {len(homes) or 'none'} of their own"
    )


def _style(project: Project) -> Found:
    held = [name for name, words in STYLES.items() if (text := _read(project, name)) and words in text]
    return Found("yes", held[0]) if held else Found("no", f"none of {', '.join(STYLES)} sets a style")


def _tests(project: Project) -> Found:
    tests = len(list((project.root / "tests").glob("**/test_*.py")))
    none = "tests/ has no tests; boardpacks check checks params, notebooks, data and a pack"
    return Found("yes", f"tests/: {tests} files of tests") if tests else Found("no", none)


def _dependencies(project: Project) -> Found:
    there = [name for name in DEPENDENCIES if (project.root / name).is_file()]
    return Found("yes", ", ".join(there)) if there else Found("no", f"none of {', '.join(DEPENDENCIES)}")


def _logs(project: Project) -> Found:
    reports = len(list(project.runs.glob("*")))
    none = "reports/runs: no build has left a report here yet; each does"
    return Found("yes", f"reports/runs: {reports} reports of builds") if reports else Found("not known", none)


def _tidy(project: Project) -> Found:
    try:
        files = find_raw_files(project.raw)
    except BoardpacksError as error:
        return Found("no", f"data/raw: {str(error).splitlines()[-1].strip()}")
    return Found("yes", f"data/raw: {len(files.observations)} CSV files with a row for each figure")


def _packaged(project: Project) -> Found:
    if "[build-system]" in _read(project, "pyproject.toml"):
        return Found("yes", "pyproject.toml")
    if any((project.root / "lib").glob("**/*.py")):
        return Found("no", "lib/ has code, and no pyproject.toml makes a package of it")
    return Found(
        "yes", f"pip show boardpacks: {metadata.version('boardpacks')}; this folder has no code of its own"
    )


def _ci(project: Project) -> Found:
    files = _ci_files(project)
    tested = [path for path in files if RUNS_TESTS.search(path.read_text("utf-8", errors="replace"))]
    if tested:
        return Found(
            "yes", f"{_shown(project, tested[0])} runs tests; whether it is switched on is not seen here"
        )
    return Found("no", f"{_shown(project, files[0])} runs no tests" if files else f"none of {', '.join(CI)}")


def _scheduled(project: Project) -> Found:
    held = [
        path for path in _ci_files(project) if SCHEDULED.search(path.read_text("utf-8", errors="replace"))
    ]
    none = "crontab -l, systemctl list-timers: schedules of machines are not in the repository"
    return Found("yes", _shown(project, held[0])) if held else Found("not known", none)


def _changes(project: Project) -> Found:
    tags = len(_git(project, "tag").splitlines())
    is_there = _read(project, "CHANGELOG.md")
    return Found(
        "yes" if is_there else "no", f"{'' if is_there else 'no '}CHANGELOG.md; git tag: {tags or 'none'}"
    )


ITEMS = (
    Item("baseline", "Figures are made by code in an open-source language", _open_source),
    Item("baseline", "The code is under version control", _version_control),
    Item("baseline", "A README says which steps make the same again", _readme),
    Item("baseline", "The code has been reviewed by a colleague", _reviewed),
    Item("baseline", "The code is published, and linked with the publication", _in_the_open),
    Item("silver", "Outputs are made by code, with little work by hand", _by_code),
    Item("silver", "Use, structure, method and functions are documented", _documented),
    Item("silver", "Folders follow a standard layout", _organised),
    Item("silver", "Functions are reused rather than copied", _reusable),
    Item("silver", "The code keeps to a coding standard", _style),
    Item("silver", "There are tests", _tests),
    Item("silver", "What the code depends on is written down", _dependencies),
    Item("silver", "Each run is logged", _logs),
    Item("silver", "Data are tidy", _tidy),
    Item("gold", "The code is a package", _packaged),
    Item("gold", "Tests run by themselves when something changes (CI)", _ci),
    Item("gold", "The process starts on a schedule or an event", _scheduled),
    Item("gold", "Changes are announced: a changelog, versions", _changes),
)
"""Every item of the framework."""


def _ci_files(project: Project) -> Sequence[Path]:
    return [path for pattern in CI for path in sorted(project.root.glob(pattern)) if path.is_file()]


def _docstrings(folder: Path) -> tuple[int, int]:
    """Return how many public functions and classes there are below a folder, and how many have a docstring."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(folder.glob("**/*.py"))]
    public = [one for tree in trees for one in tree.body if isinstance(one, kinds) and one.name[0] != "_"]
    return len(public), sum(ast.get_docstring(one) is not None for one in public)


def _read(project: Project, name: str) -> str:
    path = project.root / name
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def _shown(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def _git(project: Project, *words: str) -> str:
    """Return what git says; an empty text where there is no git, or it has nothing to say."""
    try:
        said = subprocess.run(["git", *words], cwd=project.root, capture_output=True, check=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.decode(errors="replace").strip()
