"""The site of the docs, made once for all tests of this folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.together import Once


@pytest.fixture(scope="session")
def site(once: Once) -> Path:
    """Make the site as ``make docs`` does, where a warning fails."""

    def make(folder: Path) -> Path:
        made = subprocess.run(
            [sys.executable, "-m", "properdocs", "build", "--quiet", "--site-dir", str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr[-3000:]
        return folder

    made: Path = once("site", make)
    return made
