from __future__ import annotations

import json
from pathlib import Path

import pytest

from boardpacks.packs.files.pack_manifest import Earlier
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project
from boardpacks.verify.rebuild import NotRebuilt, copy_sources, rebuild, take_earlier, take_fonts
from tests.packs.manifests import a_manifest

LIBRARY = """
import json, os, sys
from pathlib import Path

def main():
    if not Path("notebooks").is_dir():
        print(f"{Path.cwd()}/notebooks is missing", file=sys.stderr)
        sys.exit(2)
    place, *priority = [word.partition("=")[2] for word in sys.argv if word.startswith(("--place", "--prio"))]
    pack = Path("reports/published/2026-12-09", "_".join([place, *priority]))
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
        f"--out={folder / 'reports' / 'published'}",
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
        "published-confidential/c",
        "preview/c",
        "preview-confidential/c",
        "runs/d",
        "papers/2026-12-09/e",
        "circulation/f/g.eml",
        "_extensions/boardpack/fonts/h",
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


@pytest.fixture
def earlier(tmp_path):
    """An order that names an earlier pack, and the folder of published packs where it lies."""
    pack = tmp_path / "published" / "2026-12-09" / "havering_v1.0"
    pack.mkdir(parents=True)
    (pack / "x_facts.json").write_text("{}")
    named = Earlier(folder="2026-12-09/havering_v1.0", facts=file_digest(pack / "x_facts.json"))
    return a_manifest().order.model_copy(update={"earlier": (named,)}), tmp_path / "published"


def test_earlier_packs_are_taken_along_and_not_taken_for_the_new_one(folder, earlier):
    order, published = earlier

    take_earlier(order, published, folder)

    assert (Project(folder).published / "2026-12-09" / "havering_v1.0" / "x_facts.json").is_file()
    assert rebuild(folder, order).name == "havering"


@pytest.mark.parametrize("content", [None, "[]"])
def test_without_the_earlier_pack_nothing_is_rebuilt(folder, earlier, content):
    order, published = earlier
    (path,) = published.rglob("*_facts.json")
    path.write_text(content) if content else path.unlink()

    with pytest.raises(
        NotRebuilt, match=r"changed since 2026-12-09/havering_v1\.0, but that is not in published"
    ):
        take_earlier(order, published, folder)
