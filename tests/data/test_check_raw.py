"""The snapshot is what data/raw makes, or it is said what differs."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from boardpacks.data.check_raw import check_raw
from boardpacks.params.figure_checks import CheckSettings, load_figure_checks
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError
from boardpacks.project.folder import Project

FILE = "mental-health.csv"


@pytest.fixture(scope="module")
def settings(project_copy: Project) -> CheckSettings:
    """Checks on a day on which no waiver has ended."""
    checks = load_figure_checks(project_copy.params)
    return replace(
        checks, today=min((waiver.until for waiver in checks.waivers), default=dt.date(2027, 1, 1))
    )


@pytest.fixture
def own(project_copy: Project, tmp_path: Path) -> Project:
    shutil.copytree(project_copy.root / "data", tmp_path / "data")
    return Project(tmp_path)


def test_the_projects_snapshot_is_what_its_raw_files_make(
    project_copy: Project, params: Params, settings: CheckSettings
):
    assert check_raw(project_copy, params, settings)


def test_a_figure_that_was_changed_by_hand(own: Project, params: Params, settings: CheckSettings):
    path = own.raw / FILE
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    with pytest.raises(InputError, match="other figures than data/raw has, of") as wrong:
        check_raw(own, params, settings)
    assert "boardpacks data write --replace" in str(wrong.value)


def test_an_indicator_that_raw_files_have_no_more(own: Project, params: Params, settings: CheckSettings):
    (own.raw / FILE).unlink()
    with pytest.raises(InputError, match="which data/raw does not have"):
        check_raw(own, params, settings)


def test_a_figure_that_cannot_be(own: Project, params: Params, settings: CheckSettings):
    path = own.raw / FILE
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[0, "value"] = "-5"
    table.to_csv(path, index=False)
    with pytest.raises(InputError, match=FILE):
        check_raw(own, params, settings)


def test_a_snapshot_from_other_files(own: Project, params: Params, settings: CheckSettings):
    shutil.rmtree(own.raw)
    assert not check_raw(own, params, settings)
