"""A chapter of the project, opened without a kernel."""

from __future__ import annotations

import pytest

from boardpacks.chapter.chapter import Chapter
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.params.models import Params
from boardpacks.project.folder import Project


@pytest.fixture(scope="session")
def snapshot(project: Project, params: Params) -> Snapshot:
    """The project's own snapshot."""
    return load_snapshot(project.snapshots / params.system.snapshot)


@pytest.fixture
def chapter(params: Params, snapshot: Snapshot) -> Chapter:
    """Havering's chapter on mental health."""
    return Chapter(params, snapshot, params.places["havering"], params.priorities["mental-health"])


@pytest.fixture
def of_system(params: Params, snapshot: Snapshot) -> Chapter:
    """A chapter of the whole system."""
    return Chapter(params, snapshot, None, None)
