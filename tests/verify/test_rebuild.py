from __future__ import annotations

import json
from pathlib import Path

import pytest

from boardpacks.params.project import Project
from boardpacks.verify.rebuild import NotRebuilt, copy_sources, rebuild, take_fonts
from tests.packs.manifests import a_manifest

LIBRARY = """
import json, os, sys
from pathlib import Path

def main():
    if not Path("notebooks").is_dir():
        print(f"{Path.cwd()}/notebooks is missing", file=sys.stderr)
        sys.exit(2)
    pack = Path("reports/published/2026-12-09/havering")
    pack.mkdir(parents=True)
    pack.joinpath("asked.json").write_text(json.dumps([sys.argv[1:], dict(os.environ)]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sources with a library of their own, which only notes what it is asked for."""
    package = tmp_path / "project" / "lib" / "boardpacks"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "cli.py").write_text(LIBRARY)
    (tmp_path / "project" / "notebooks").mkdir()
    return tmp_path / "project"


def test_the_library_of_the_sources_makes_the_pack_without_a_cache(folder, monkeypatch):
    monkeypatch.setenv("BOARDPACKS_CACHE", "/somewhere")
    order = a_manifest(priorities=("mental-health",), engine="quarto 1.10.18", formats=("html",)).order
    asked, environment = json.loads((rebuild(folder, order) / "asked.json").read_text())
    assert asked == [
        "build",
        "--place=havering",
        "--meeting=2026-12-09",
        "--engine=quarto",
        "--priority=mental-health",
        "--format=html",
        "--no-notify",
    ]
    assert "BOARDPACKS_CACHE" not in environment


def test_a_build_that_fails_is_told_without_paths_of_the_clean_folder(folder):
    (folder / "notebooks").rmdir()
    with pytest.raises(NotRebuilt) as caught:
        rebuild(folder, a_manifest().order)
    assert str(caught.value) == "notebooks is missing"


def test_a_copy_has_sources_and_no_results(tmp_path):
    project = Project(tmp_path / "project")
    sources = ("params/system.yml", "data/snapshots/a/b.parquet", "notebooks/work/a.py", "reports/pack.qmd")
    results = (
        "work/a",
        "published/b",
        "runs/c",
        "papers/2026-12-09/e",
        "published-confidential/f",
        "_extensions/boardpack/fonts/d",
    )
    for name in (*sources, *(f"reports/{name}" for name in results)):
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    copy_sources(project, tmp_path / "copy")
    take_fonts(project, tmp_path / "copy")
    found = {
        path.relative_to(tmp_path / "copy").as_posix()
        for path in (tmp_path / "copy").rglob("*")
        if path.is_file()
    }
    assert found == {*sources, f"reports/{results[-1]}"}
