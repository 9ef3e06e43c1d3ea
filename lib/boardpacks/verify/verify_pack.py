"""Verifies a pack: the whole recipe."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from boardpacks.packs.files.pack_manifest import Commit, PackManifest, PackOrder, read_pack_manifest
from boardpacks.packs.publish.commit import export_commit, has_commit
from boardpacks.plan.plan import root_of
from boardpacks.plan.why_stale import shorten
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project, find_project
from boardpacks.project.write_errors import explained
from boardpacks.runs.statuses import DIFFERENT, NOT_REBUILT, SAME
from boardpacks.verify.compare_steps import Difference, changed_facts, compare_outputs
from boardpacks.verify.files import check_files, check_manifest, foreign_files
from boardpacks.verify.rebuild import NotRebuilt, copy_sources, rebuild, take_earlier, take_fonts
from boardpacks.verify.sources import look_at_sources, source_differences, version_differences

MOST_SHOWN = 6
SHORT = 10
"""Digits of a commit that are shown."""

Say = Callable[[str], None]


def verify(pack: Path, say: Say) -> int:
    """Check a pack's files, make it again from what its manifest names, and say what differs first.

    Parameters
    ----------
    pack
        Folder of the published pack, wherever it lies.
    say
        Told each finding as it is found, in a line or a few.

    Returns
    -------
    int
        Exit status: ``SAME``, ``DIFFERENT`` or ``NOT_REBUILT``.

    Raises
    ------
    BoardpacksError
        When the folder is no pack, or its manifest is not as it should be.
    """
    if damage := check_files(pack):
        return _damaged(damage, say)
    manifest = read_pack_manifest(pack)
    if damage := check_manifest(pack, manifest):
        return _damaged(damage, say)
    say(_name(manifest))
    say(f"Files: {len(manifest.outputs.files)}, as they were published.")
    if foreign := foreign_files(pack):
        say(f"Not part of the pack: {shorten(foreign)}.")
    try:
        project = _find_project(pack)
        with _clean_folder() as folder, explained(folder):
            from_commit = _take_sources(manifest, project, folder, say)
            take_fonts(project, folder)
            take_earlier(manifest.order, _published(pack, manifest.order, project), folder)
            made = rebuild(folder, manifest.order)
            return _compare(pack, made, Project(folder) if from_commit else None, say)
    except NotRebuilt as error:
        say(f"It cannot be rebuilt here:\n{_listed(str(error).splitlines(), most=20)}")
        return NOT_REBUILT


@contextmanager
def _clean_folder() -> Iterator[Path]:
    """Give a path for a project that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bp-verify-", ignore_cleanup_errors=True) as name:
        yield Path(name).resolve() / "project"


def _find_project(pack: Path) -> Project:
    """Return the project of the current folder, else the one that the pack lies in."""
    try:
        return find_project()
    except BoardpacksError as error:
        try:
            return find_project(pack)
        except BoardpacksError:
            raise NotRebuilt(str(error)) from None


def _published(pack: Path, order: PackOrder, project: Project) -> Path:
    """Return the folder of published packs that has the earlier packs: the one that the pack lies in, else ours."""
    beside = pack.resolve().parent.parent
    near = all((beside / earlier.folder).is_dir() for earlier in order.earlier)
    return beside if near else root_of(project.published, order.part)


def _take_sources(manifest: PackManifest, project: Project, folder: Path, say: Say) -> bool:
    """Put what the pack was made from into a folder: the checkout, or the commit where the checkout is another.

    Returns
    -------
    bool
        Whether it is the commit.

    Raises
    ------
    NotRebuilt
        When neither can make this pack.
    """
    fault = ""
    try:
        found = source_differences(manifest.inputs, look_at_sources(manifest, project), project)
    except BoardpacksError as error:
        fault = str(error)
        found = fault.splitlines()
    if not found:
        say("Sources: this checkout holds what the pack was made from.")
        copy_sources(project, folder)
        return False
    say(f"Sources: this checkout is not what the pack was made from:\n{_listed(found)}")
    commit, short = manifest.commit, str(manifest.commit.sha)[:SHORT]
    reason = _why_not(commit, project)
    if not reason and export_commit(project.root, str(commit.sha), folder):
        say(f"It is rebuilt from its commit {short}. To look at that: git worktree add ../{short} {short}")
        return True
    reason = reason or f"git could not take out its commit {short}"
    if fault:
        raise NotRebuilt(f"This checkout cannot make the pack, and {reason}.")
    say(f"It is rebuilt from this checkout all the same: {reason}.")
    copy_sources(project, folder)
    return False


def _why_not(commit: Commit, project: Project) -> str:
    """Say why a pack cannot be made from its commit; an empty string when it can."""
    if commit.sha is None:
        return "it was made outside git, so that no commit is known"
    short = commit.sha[:SHORT]
    if commit.uncommitted:
        return f"its commit {short} does not have all, uncommitted were {shorten(commit.uncommitted)}"
    if not has_commit(project.root, commit.sha):
        return f"its commit {short} is not in this repository (perhaps git fetch --unshallow brings it)"
    return ""


def _compare(pack: Path, made: Path, exported: Project | None, say: Say) -> int:
    """Say what of a pack made again differs from the one that was published.

    Parameters
    ----------
    exported
        The commit's sources, when it was made from those: how they differ was not told before.
    """
    then, now = read_pack_manifest(pack), read_pack_manifest(made)
    if then.order.engine != now.order.engine:
        say(f"Engine: {now.order.engine}, then {then.order.engine}.")
    versions = version_differences(then.inputs, now.inputs)
    if versions:
        say(f"Versions:\n{_listed(versions)}")
    different = compare_outputs(then.outputs, now.outputs)
    if not different:
        say(f"Rebuilt in a clean folder, all the same: {_counts(then)}.")
        return SAME
    first, *others = different
    say(f"Rebuilt in a clean folder. The first difference is {first}.")
    if facts := changed_facts(pack, made):
        say(f"Numbers that differ:\n{_listed(facts)}")
    if others:
        say(f"Then: {_names(others)}.")
    if exported and (sources := source_differences(then.inputs, now.inputs, exported)):
        say(f"Its commit does not hold what it was made from either:\n{_listed(sources)}")
    return DIFFERENT


def _damaged(damage: Sequence[str], say: Say) -> int:
    say(f"The first difference: {damage[0]}.")
    if damage[1:]:
        say(f"Then:\n{_listed(damage[1:])}")
    say("The pack is not as it was published, so it was not rebuilt.")
    return DIFFERENT


def _name(manifest: PackManifest) -> str:
    order, commit = manifest.order, manifest.commit
    about = ", ".join((*order.priorities, *order.chapters))
    what = f" ({about})" if about else ""
    changes = ", with uncommitted changes" if commit.uncommitted else ""
    where = f"at commit {commit.sha[:SHORT]}{changes}" if commit.sha else "outside git"
    return f"{order.place}{what}, {order.meeting.isoformat()}: made {where}, engine {order.engine}"


def _counts(manifest: PackManifest) -> str:
    outputs = manifest.outputs
    artefacts = sum(len(chapter.artefacts) for chapter in outputs.chapters)
    return (
        f"chapters {len(outputs.chapters)}; figures, tables and statements {artefacts}; "
        f"files of the composed source {len(outputs.source)}; published files {len(outputs.files)}"
    )


def _names(different: Sequence[Difference]) -> str:
    """Name what differs further on: each published file, and of the rest a few."""
    published = [one.name for one in different if one.is_published]
    before = [one.name for one in different if not one.is_published]
    return ", ".join([*([shorten(before)] if before else []), *published])


def _listed(lines: Sequence[str], most: int = MOST_SHOWN) -> str:
    more = [f"... and {len(lines) - most} more"] if len(lines) > most else []
    return "\n".join(f"  {line}" for line in [*lines[:most], *more])
