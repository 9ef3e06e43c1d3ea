"""Writes a snapshot of a project from its data/raw."""

from __future__ import annotations

from collections.abc import Callable

from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.snapshot_manifest import Manifest, read_manifest
from boardpacks.data.write_snapshot import snapshot_folder, write_snapshot
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.load import load_params
from boardpacks.project.folder import Project


def write_from_raw(
    project: Project,
    name: str | None = None,
    title: str | None = None,
    *,
    replace: bool = False,
    tell: Callable[[str], None] = lambda words: None,
) -> Manifest:
    """Write a snapshot from the files of data/raw, as :func:`write_snapshot` does.

    Parameters
    ----------
    name
        Of the snapshot; by default the one that packs are made from.
    title
        What it holds; by default as that one has it.
    """
    params = load_params(project.params)
    current = project.snapshots / params.system.snapshot
    if title is None:
        title = (
            read_manifest(current).title
            if current.exists()
            else f"Published figures for {params.system.name}"
        )
    files = find_raw_files(project.raw)
    return write_snapshot(
        snapshot_folder(project.snapshots, name or params.system.snapshot),
        params,
        title=title,
        observations=files.observations,
        small_areas=files.small_areas,
        area_kinds=files.area_kinds,
        settings=load_figure_checks(project.params),
        replace=replace,
        tell=tell,
    )
