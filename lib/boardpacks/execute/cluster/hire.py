"""Hires the workers of a Dask cluster for a build; only here is it looked whether Dask is installed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib.util import find_spec

from boardpacks.execute.chapter_limits import ChapterLimits
from boardpacks.execute.cluster.address import Cluster, ClusterFailed
from boardpacks.execute.cluster.order import place_order
from boardpacks.execute.workers import Hire, Team
from boardpacks.project.folder import Project


def hire(cluster: Cluster, project: Project, snapshot: str, packages: Mapping[str, str]) -> Hire:
    """Return what opens a team on a cluster.

    Parameters
    ----------
    snapshot
        Name of the snapshot that chapters read.
    packages
        Versions of the packages that every worker has to have.
    """

    def open_there(limits: ChapterLimits) -> AbstractContextManager[Team]:
        if find_spec("distributed") is None:
            raise ClusterFailed(
                f"--workers {cluster.name}: Dask is not installed\n"
                "  Install it with: python -m pip install 'boardpacks[cluster]'"
            )
        from boardpacks.execute.cluster.distribute import open_team  # noqa: PLC0415 - imports Dask

        return open_team(cluster, *place_order(project, snapshot, packages, limits))

    return open_there
