"""Times a preview from save to seen, and watches its memory.

Run by hand: ``.venv/bin/python benchmarks/preview.py --edits 20 --rebuilds 200``. A preview of a copy of the project is
started as users start it. An edit is a notebook that is saved; it is seen when the browser, for which this program
stands in, has loaded the new page. Beside the time on the clock stands the processors' time of the preview and all that
it has started: other programs disturb that least. Edits of text change a Markdown cell, edits of code have the chapter
executed anew.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from boardpacks.project.folder import Project, find_project

PATIENCE = 600
TICKS = os.sysconf("SC_CLK_TCK")
PROGRAM = "from boardpacks.cli import main; main()"


@dataclass(frozen=True)
class Seen:
    """An edit that was seen: after how many seconds, and with how many of the processors."""

    wall: float
    cpu: float


def main() -> None:
    """Edit again and again, and print the tables."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--place", default="havering")
    options.add_argument(
        "--chapters", nargs="+", default=["place_profile", "closer_look_mental_health", "mental_health"]
    )
    options.add_argument("--edits", type=int, default=20, help="of each kind, in each chapter")
    options.add_argument("--rebuilds", type=int, default=200, help="for the memory, of the first chapter")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = _copy(find_project(Path(__file__).parent), Path(folder) / "project")
        print(
            f"{'chapter':32} {'edit':6} {'seconds: median':>16} {'worst':>7} {'processor: median':>18} {'worst':>7}"
        )
        for chapter in chosen.chapters if chosen.edits else ():
            with _preview(project, chosen.place, chapter) as follower:
                for kind in ("text", "code"):
                    _print(chapter, kind, [follower.edit(kind) for _ in range(chosen.edits)])
        with _preview(project, chosen.place, chosen.chapters[0]) as follower:
            print(f"\n{'rebuilds':>10} {'preview, MB':>12} {'warm process, MB':>17}")
            for number in range(chosen.rebuilds + 1):
                if number:
                    follower.edit("code")
                if number % max(1, chosen.rebuilds // 10) == 0:
                    print(f"{number:10} {follower.memory():12.0f} {follower.memory_of_warm():17.0f}")


class Follower:
    """Stands in for an analyst with a browser: saves, and waits until the page is another one."""

    def __init__(self, process: int, port: int, notebook: Path):
        self._process = process
        self._port = port
        self._notebook = notebook
        self._count = 0
        self._events = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._events.request("GET", "/events")
        self._stream = self._events.getresponse()
        self._page = ""
        self._next_page()

    def edit(self, kind: str) -> Seen:
        """Save an edit, and return what it took until it was seen."""
        self._count += 1
        content = json.loads(self._notebook.read_text(encoding="utf-8"))
        if kind == "text":
            cell = {
                "cell_type": "markdown",
                "id": "edited",
                "metadata": {},
                "source": f"Edited {_word(self._count)}.",
            }
            content["cells"] = [one for one in content["cells"] if one.get("id") != "edited"] + [cell]
        else:
            cell = next(one for one in content["cells"] if "open_chapter(" in "".join(one["source"]))
            lines = [
                line for line in "".join(cell["source"]).splitlines() if not line.startswith("chapter.say(")
            ]
            cell["source"] = "\n".join(
                [*lines, f'chapter.say("Edited {_word(self._count)}.", name="edited")']
            )
        text = json.dumps(content)
        before, began = self._cpu(), time.perf_counter()
        self._notebook.write_text(text, encoding="utf-8")
        self._next_page()
        page = HTTPConnection("127.0.0.1", self._port)
        page.request("GET", "/")
        assert f"Edited {_word(self._count)}." in page.getresponse().read().decode()
        wall = time.perf_counter() - began
        page.close()
        self._settle()
        return Seen(wall, self._cpu() - before)

    def memory(self) -> float:
        """Return the memory of the preview, in MB."""
        return _memory(self._process)

    def memory_of_warm(self) -> float:
        """Return the memory of the process that chapters are forked from, in MB."""
        return sum(map(_memory, _children(self._process)))

    def close(self) -> None:
        """Close the connection."""
        self._events.close()

    def _next_page(self) -> None:
        told = self._told()
        while told["page"] == self._page or told["page"].endswith("-0"):
            if told["state"] == "failed":
                raise SystemExit("\n".join([told["words"], *told["faults"]]))
            told = self._told()
        self._page = told["page"]

    def _told(self) -> dict[str, str]:
        while not (line := self._stream.readline()).startswith(b"data: "):
            if not line:
                raise SystemExit("the preview has ended")
        told: dict[str, str] = json.loads(line.removeprefix(b"data: "))
        return told

    def _settle(self) -> None:
        """Wait until the checks after the page are done too."""
        used = -1.0
        while used != (used := self._cpu()):
            time.sleep(0.3)

    def _cpu(self) -> float:
        return sum(map(_used, [self._process, *_children(self._process)]))


def _word(count: int) -> str:
    """Return a word for a number: one in figures would need a fact."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(count))


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _used(process: int) -> float:
    try:
        return sum(map(int, _stat(process)[11:15])) / TICKS
    except FileNotFoundError:
        return 0.0


def _children(process: int) -> list[int]:
    """Return the processes that a process has started and that have not ended, children of children aside."""
    return [
        int(word)
        for path in Path(f"/proc/{process}/task").glob("*/children")
        for word in path.read_text().split()
    ]


def _memory(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _print(chapter: str, kind: str, seen: list[Seen]) -> None:
    wall, cpu = [one.wall for one in seen], [one.cpu for one in seen]
    print(
        f"{chapter:32} {kind:6} {statistics.median(wall):16.2f} {max(wall):7.2f} "
        f"{statistics.median(cpu):18.2f} {max(cpu):7.2f}",
        flush=True,
    )


def _copy(project: Project, folder: Path) -> Project:
    for name in ("params", "notebooks", "data"):
        shutil.copytree(
            project.root / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
        )
    for path in project.reports.iterdir():
        if project.is_source(path):
            (shutil.copytree if path.is_dir() else shutil.copy)(path, _made(folder / "reports") / path.name)
    return Project(folder)


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _preview(project: Project, place: str, chapter: str) -> Iterator[Follower]:
    command = [sys.executable, "-c", PROGRAM, "preview", place, "--chapter", chapter]
    with subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            port = int(process.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
            own = project.notebooks / f"{chapter}.ipynb"
            follower = Follower(
                process.pid, port, own if own.is_file() else project.notebooks / "priority.ipynb"
            )
            yield follower
            follower.close()
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
