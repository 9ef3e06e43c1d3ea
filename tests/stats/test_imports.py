"""Importing SciPy takes time: statistics import it where they need it, when they do."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import pkgutil, sys
import boardpacks.stats, boardpacks.cli
from boardpacks.stats.intervals import exact_poisson, poisson
for module in pkgutil.walk_packages(boardpacks.stats.__path__, "boardpacks.stats."):
    __import__(module.name)
poisson(10)
before = "scipy" in sys.modules
exact_poisson(5)
print(before, "scipy" in sys.modules, "scipy.stats" in sys.modules, "statsmodels" in sys.modules)
"""


def test_scipy_waits_until_it_is_needed():
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True", "False", "False"]
