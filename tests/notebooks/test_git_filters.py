"""What JupyterLab writes into a notebook that nobody changed is no change for git."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_output

from boardpacks.plan.notebook_contract import git_leaves_outputs_out
from boardpacks.project.folder import Project

LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.11.9",
}
"""What JupyterLab writes of the kernel that it runs."""


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path, checkout: Project) -> Path:
    """A repository with the project's notebooks, set up as ``make setup`` does."""
    for name in (".gitattributes", ".gitconfig", "Makefile"):
        shutil.copy(checkout.root / name, tmp_path / name)
    shutil.copytree(
        checkout.notebooks, tmp_path / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "nbstripout").symlink_to(Path(sys.executable).parent / "nbstripout")
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "A")
    git(tmp_path, "config", "user.email", "a@example.org")
    git(tmp_path, "add", ".gitattributes", "notebooks")
    git(tmp_path, "commit", "-qm", "Notebooks")
    git(tmp_path, "config", "--local", "include.path", "../.gitconfig")
    return tmp_path


def save_as_jupyterlab_does(path: Path, source: str | None = None) -> None:
    """Run and save: outputs, numbers of executions, what is known of the language."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.language_info = LANGUAGE
    for number, cell in enumerate((one for one in notebook.cells if one.cell_type == "code"), start=1):
        cell.execution_count = number
        cell.outputs = [new_output("stream", text="words\n")]
        cell.metadata["scrolled"] = True
        if source is not None and number == 2:
            cell.source = source
    nbformat.write(notebook, path)


def test_saving_with_outputs_changes_no_line_of_an_unedited_notebook(repository: Path):
    for name in ("priority", "system_overview"):  # git starts a program for each, several times
        save_as_jupyterlab_does(repository / "notebooks" / f"{name}.ipynb")
    assert git(repository, "diff", "--no-ext-diff", "--numstat") == ""


def test_an_edit_is_a_change_of_its_own_lines_only(repository: Path):
    path = repository / "notebooks" / "priority.ipynb"
    save_as_jupyterlab_does(path, source="x = 1")
    changed = git(repository, "diff", "--no-ext-diff", "--unified=0")
    added = [line for line in changed.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert added == ['+    "x = 1"']


def test_notebooks_are_written_as_jupyterlab_writes_them(checkout: Project):
    for path in checkout.notebooks.glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert nbformat.writes(nbformat.reads(text, as_version=4)) + "\n" == text, path.name
        assert nbformat.reads(text, as_version=4).metadata.kernelspec.display_name == "Python 3 (ipykernel)"


def test_the_contract_asks_for_no_clearing_where_git_leaves_outputs_out(repository: Path, tmp_path: Path):
    path = repository / "notebooks" / "priority.ipynb"
    assert git_leaves_outputs_out(path)
    git(repository, "config", "--local", "--unset", "include.path")
    assert not git_leaves_outputs_out(path)


def test_make_setup_includes_these_settings_in_this_repository_only(checkout: Project):
    makefile = (checkout.root / "Makefile").read_text(encoding="utf-8")
    assert "git config --local include.path ../.gitconfig" in makefile
