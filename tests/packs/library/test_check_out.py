"""Folders that a build may publish into, and those that hold something else."""

from __future__ import annotations

import pytest

from boardpacks.packs.files.formats import USUAL_FORMATS
from boardpacks.packs.files.pack_record import PackRecord
from boardpacks.packs.library.check_out import check_out
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.project.errors import InputError
from boardpacks.project.folder import Project
from tests.packs.conftest import some_params
from tests.packs.library.shelve import shelve


@pytest.fixture
def project(tmp_path) -> Project:
    return Project(tmp_path / "project")


def check(project, out, plans=(), formats=USUAL_FORMATS) -> None:
    check_out(BuildOrder(project, some_params(), formats=formats, out=out), plans)


def refused(project, out, plans=(), formats=USUAL_FORMATS) -> str:
    with pytest.raises(InputError) as error:
        check(project, out, plans, formats)
    return str(error.value)


@pytest.mark.parametrize(
    "out", ["reports/published", "reports/preview", "reports/published-may", "february", "../elsewhere"]
)
def test_folders_of_results_are_taken(project, out):
    check(project, (project.root / out).resolve())


@pytest.mark.parametrize("out", [".", "reports", "reports/may", "params/x", "data", "notebooks"])
def test_folders_of_what_packs_are_made_from_are_refused(project, out):
    assert "no folder of what packs are made from" in refused(project, (project.root / out).resolve())


@pytest.mark.parametrize("content", [b"<title>My holidays</title>", b"", b"\xff\xfe\x00"])
@pytest.mark.parametrize("folder", ["out", "out-confidential"])
def test_another_page_is_not_written_over(project, tmp_path, content, folder):
    page = tmp_path / folder / "index.html"
    page.parent.mkdir()
    page.write_bytes(content)
    assert "which is no library of packs" in refused(project, tmp_path / "out")


@pytest.mark.parametrize("heading", ["Board packs", "Previews of board packs"])
def test_a_library_is_written_again(project, tmp_path, heading):
    page = tmp_path / "out" / "index.html"
    page.parent.mkdir()
    page.write_text(f"<html><title>{heading}, NHS Somewhere</title>")
    check(project, page.parent)


@pytest.mark.parametrize(
    ("formats", "lost"), [(("html",), "pdf"), (("pdf",), "html"), (("large-print",), "pdf, html")]
)
def test_a_pack_there_loses_no_format(project, make, tmp_path, formats, lost):
    plan = make.plan(tmp_path / "work")
    folder = shelve(tmp_path / "out", {"pdf": b"p", "html": b"h"}, slug=plan.slug, meeting=plan.meeting.date)
    assert PackRecord.model_validate_json((folder / "pack.json").read_bytes()).edition == plan.edition
    assert f"has {lost} too" in refused(project, tmp_path / "out", [plan], formats)
    check(project, tmp_path / "out", [plan])
    check(project, tmp_path / "other", [plan], formats)
