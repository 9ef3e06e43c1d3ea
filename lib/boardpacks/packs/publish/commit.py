"""Asks git which commit the project stands at, and takes the project as it was at a commit."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile

from boardpacks.packs.files.pack_manifest import Commit
from boardpacks.plan.fingerprints import ABOVE_PACKS, library_rooms
from boardpacks.project.folder import Project

PATIENCE = 60  # seconds; a git that hangs on a lost network drive must not hold up a build
_NOT_SOURCES = (
    "reports/work",
    "reports/published*/**",
    "reports/runs",
    "reports/papers",
    "reports/circulation",
    "**/__pycache__/**",
)


def read_commit(project: Project, snapshot: str) -> Commit:
    """Return the commit that the project stands at, and which of a pack's sources are not as it has them.

    Parameters
    ----------
    snapshot
        Name of the snapshot that packs are made from.
    """
    sha = _git(project.root, "rev-parse", "--verify", "HEAD^{commit}")
    code = [f"lib/boardpacks/{room}" for room in library_rooms(ABOVE_PACKS)]
    sources = ["params", f"data/snapshots/{snapshot}", "notebooks", "reports", *code]
    others = [f":(exclude,glob){path}" for path in _NOT_SOURCES]
    status = ("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
    changed = _git(project.root, *status, "--", *sources, *others)
    if sha is None or changed is None:
        return Commit()
    return Commit(sha=sha.strip(), uncommitted=tuple(sorted(_inside(project.root, changed))))


def has_commit(root: Path, sha: str) -> bool:
    """Whether the project's git repository has a commit."""
    return _git(root, "cat-file", "-e", f"{sha}^{{commit}}") is not None


def export_commit(root: Path, sha: str, folder: Path) -> bool:
    """Write the project as it was at a commit into `folder`; False when git cannot."""
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name) / "commit.zip"
        if _git(root, "archive", "--format=zip", f"--output={archive}", sha) is None:
            return False
        with ZipFile(archive) as packed:
            packed.extractall(folder)
    return True


def _inside(root: Path, changed: str) -> Iterator[str]:
    """Yield paths as the project's folder has them: git counts from the top of the repository."""
    above = (_git(root, "rev-parse", "--show-prefix") or "").strip()
    for entry in filter(None, changed.split("\0")):
        yield entry[3:].removeprefix(above)


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says, or None when there is no git, no repository, or an error."""
    # A hook of git's sets variables that point to the repository it runs for
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command: Sequence[str] = ["git", *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**own, "GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
