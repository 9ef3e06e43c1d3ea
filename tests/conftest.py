"""Fixtures that every room's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.project import Project, find_project


@pytest.fixture(scope="session")
def project() -> Project:
    """The project folder that these tests belong to."""
    return find_project(Path(__file__).parent)


@pytest.fixture(scope="session")
def params(project: Project) -> Params:
    """The project's own params."""
    return load_params(project.params)


@pytest.fixture(scope="session")
def shared(project: Project) -> Path:
    """The folder of published figures beside the project, which the embedded snapshot is made from."""
    folder = project.root.parent / "shared"
    if not (folder / "figures" / "indicators.csv").is_file():
        pytest.skip("needs the published figures in ../shared/figures, which are not part of the project")
    return folder
