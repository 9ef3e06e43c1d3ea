"""Files that a chapter's process reads are noted, whatever opens them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# An audit hook stays for good, so each case has a process of its own.
PROCESS = """
import json, os, sys
from pathlib import Path
from boardpacks.data.opened import take_opened, watch
notebooks = Path(sys.argv[1])
os.chdir(notebooks)
watch(notebooks, Path(sys.argv[2]))
code = sys.argv[3]
exec(code)
print(json.dumps(take_opened([code])))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("notebooks/data", "params", "other", "data/snapshots"):
        (root / name).mkdir(parents=True)
    for name in ("notebooks/data/own.csv", "params/system.yml", "other/more.csv", "notebooks/beside.csv"):
        (root / name).write_text("a\n1\n")
    (tmp_path / "outside.csv").write_text("a\n1\n")
    return root


def opened(project: Path, code: str) -> list[str]:
    outside, private = project.parent / "outside.csv", project.parent / "private"
    command = [sys.executable, "-c", PROCESS, str(project / "notebooks"), str(private), code.format(outside)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [name for name, digest in json.loads(done.stdout) if digest]


def test_what_is_read_is_noted_and_what_counts_by_other_ways_is_not(project):
    code = """
import pandas as pd, sqlite3
pd.read_csv("{}")
pd.read_csv("data/own.csv")
Path("../other/more.csv").read_text()
open("../params/system.yml").read()
open("beside.csv").read()
open("data/made.csv", "w").write("x")
open("data/made.csv").read()
try:
    open("data/gone.csv")
except FileNotFoundError:
    pass
sqlite3.connect(":memory:")
"""
    names = opened(project, code)
    assert set(names) == {"notebooks/data/own.csv", "other/more.csv", str(project.parent / "outside.csv")}


def test_a_file_that_code_only_names_counts_since_it_may_be_opened_past_python(project):
    assert opened(project, "read = lambda name: None\nread('data/own.csv')") == ["notebooks/data/own.csv"]
    assert opened(project, "x = 'data/none.csv', 'words', '../params/system.yml'") == []
