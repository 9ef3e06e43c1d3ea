"""Times builds of made-up systems with more and more places, and looks at their memory.

Every place has a board, a pack of one chapter with two measures over ten years, and made-up figures. Run by hand, on
a machine that does nothing else: ``.venv/bin/python benchmarks/places.py``. Time is of whole builds, from a cold start
to PDF and web page, and of the processors, which a busy machine disturbs less; memory is that of the largest process,
which is the builder or a chapter.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from boardpacks.project.folder import Project, find_project

COMMAND = [sys.executable, "-c", "from boardpacks.cli import main; main()"]
MEASURES = ("smoking_prevalence", "adult_obesity")
MEETING = dt.date.today()
YEARS = range(2014, 2024)
COLUMNS = [
    *("indicator_id", "area_code", "area_name", "sex", "period", "period_start", "period_months"),
    *("value", "lower_95", "upper_95", "count", "denominator", "note"),
]


def main() -> None:
    """Build each system and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--places", type=int, nargs="+", default=[10, 100, 300])
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    builds: dict[int, list[Build]] = {number: [] for number in chosen.places}
    for _ in range(chosen.rounds):
        for number in chosen.places:
            builds[number].append(_build(number, chosen.workers))
            print(f"{number} places: {builds[number][-1]}", file=sys.stderr)
    print(f"{chosen.workers} workers, {chosen.rounds} rounds, medians")
    print("places   seconds   seconds a place   processor seconds a place   largest process, MB")
    for number, found in builds.items():
        seconds, processor, megabytes = (statistics.median(values) for values in zip(*found, strict=True))
        print(
            f"{number:6d} {seconds:9.1f} {seconds / number:17.3f} {processor / number:27.3f} {megabytes:21.0f}"
        )


class Build(NamedTuple):
    """What a build took: seconds, seconds of processors, and the megabytes of its largest process."""

    seconds: float
    processor: float
    megabytes: float


def _build(number: int, workers: int) -> Build:
    with tempfile.TemporaryDirectory(prefix="places-") as folder:
        project = _system(Path(folder) / "project", number)
        build = [*COMMAND, "build", "--engine", "bundled", "--workers", str(workers)]
        places = [word for name in _names(number) for word in ("--place", name)]
        started = time.perf_counter()
        process = subprocess.Popen([*build, *places], cwd=project.root, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        taken = time.perf_counter() - started
        if status:
            sys.exit("the build failed")
        return Build(taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _system(root: Path, number: int) -> Project:
    """Write a system of `number` places with one borough each."""
    real = find_project(Path(__file__).parent)
    project = Project(root)
    shutil.copytree(real.reports, project.reports, ignore=shutil.ignore_patterns("work", "published", "runs"))
    catalogue = yaml.safe_load(
        (real.params / "indicators" / "long-term-conditions.yml").read_text(encoding="utf-8")
    )
    _write(project.params / "indicators" / "health.yml", {name: catalogue[name] for name in MEASURES})
    system = yaml.safe_load((real.params / "system.yml").read_text(encoding="utf-8"))
    _write(project.params / "system.yml", system | {"combined_areas": [], "snapshot": "made-up"})
    outcome = {"id": "living-well", "title": "People live well", "indicators": list(MEASURES)}
    priority = {"id": "health", "name": "Health", "aim": "Live well.", "order": 1, "outcomes": [outcome]}
    _write(project.params / "priorities" / "health.yml", priority)
    _write(project.params / "chapters.yml", [{"notebook": "health", "scope": "place", "priority": "health"}])
    names = ["system", *_names(number)]
    for place in names:
        meeting = {"place": place, "board": "Board", "example": True, "meetings": [{"date": MEETING}]}
        _write(project.params / "meetings" / f"{place}.yml", meeting)
    for place, code in zip(_names(number), _codes(number), strict=True):
        borough = {"code": code, "name": place.title()}
        trust = system["trusts"][0]["code"]
        found = {"id": place, "name": place.title(), "boroughs": [borough], "trust": trust, "group": "All"}
        _write(project.params / "places" / f"{place}.yml", found)
    _write_notebook(project.notebooks / "health.ipynb")
    figures = root / "figures.csv"
    areas = [(each["code"], each["name"]) for key in ("comparators", "trusts") for each in system[key]]
    with figures.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(_figures(number, areas))
    command = [*COMMAND, "snapshot", "write", "made-up", "--title", "Made up", "--observations", str(figures)]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    return project


def _names(number: int) -> list[str]:
    return [f"place-{n}" for n in range(1, number + 1)]


def _codes(number: int) -> list[str]:
    return [f"E09{n:06d}" for n in range(1, number + 1)]


def _figures(number: int, others: list[tuple[str, str]]) -> Iterator[list[object]]:
    boroughs = list(zip(_codes(number), [name.title() for name in _names(number)], strict=True))
    for measure in MEASURES:
        for place, (code, name) in enumerate([*others, *boroughs]):
            for year in YEARS:
                value = 10 + (place * 37 + year * 11) % 100 / 10
                interval = [value - 1.5, value + 1.5]
                yield [
                    measure,
                    code,
                    name,
                    "Persons",
                    year,
                    f"{year}-01-01",
                    12,
                    value,
                    *interval,
                    "",
                    "",
                    "",
                ]


def _write_notebook(path: Path) -> None:
    cells = [
        new_markdown_cell("# Health"),
        new_code_cell('place: str = "place-1"', metadata={"tags": ["parameters"]}),
        new_code_cell(
            "from boardpacks.chapter.chapter import open_chapter\n\n"
            'chapter = open_chapter(place, priority="health")'
        ),
        new_markdown_cell("## Outcome 1: People live well"),
        new_code_cell('chapter.latest_table("living-well")'),
    ]
    for measure in MEASURES:
        cells += [new_markdown_cell(f"### {measure}"), new_code_cell(f'chapter.show("{measure}")')]
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells), path)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
