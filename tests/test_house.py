"""The house is as docs/house.md says: floors in order, one room for a thing, and a name for one thing only."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import boardpacks

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib" / "boardpacks"
COMMANDS = "cli"
"""A command's module is called as users type it, whatever else has the name."""

MOST = 0.15
"""What one room may be of the library."""


def contracts() -> dict[str, list[str]]:
    """The rooms of each wing from the top, as import-linter holds them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        contract["containers"][0]: [room.strip() for layer in contract["layers"] for room in layer.split("|")]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    }


def told(path: Path) -> str:
    """The first line of a room's or a module's docstring."""
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]


def listed() -> list[str]:
    """The rows of the page, made from the code."""
    wings = contracts()
    rows = []
    for room in wings["boardpacks"]:
        rows.append(f"| `{room}/` | {told(LIBRARY / room)} |")
        if f"boardpacks.{room}" in wings:
            for inner in wings[f"boardpacks.{room}"]:
                path = LIBRARY / room / inner
                ending = "/" if path.is_dir() else ".py"
                rows.append(f"| &emsp;`{inner}{ending}` | {told(path)} |")
    return rows


def modules() -> list[Path]:
    return [path for path in sorted(LIBRARY.rglob("*.py")) if path.name != "__init__.py"]


def test_the_page_lists_the_rooms_from_the_top_with_what_each_is_for():
    page = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    rows = "\n".join(listed())
    assert rows in page, f"docs/house.md has to hold these rows:\n{rows}"


def test_every_module_that_the_docs_name_is_there():
    roots = (ROOT, LIBRARY, LIBRARY / "packs")
    missing = [
        f"{page.name}: {named}"
        for page in (ROOT / "docs").rglob("*.md")
        for named in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", page.read_text(encoding="utf-8"))
        if not any((root / named).is_file() for root in roots)
    ]
    assert missing == []


def test_no_two_modules_have_one_name():
    named = defaultdict(list)
    for path in modules():
        if path.parent.name != COMMANDS:
            named[path.stem].append(path.relative_to(LIBRARY).as_posix())
    assert {name: paths for name, paths in named.items() if len(paths) > 1} == {}


def test_no_two_types_have_one_name():
    named = defaultdict(list)
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named[node.name].append(path.relative_to(LIBRARY).as_posix())
    assert {name: paths for name, paths in named.items() if len(paths) > 1} == {}


def test_no_room_is_more_than_its_share_of_the_library():
    lines: dict[str, int] = defaultdict(int)
    for path in modules():
        parts = path.relative_to(LIBRARY).parts
        room = "/".join(parts[:2]) if parts[0] == "packs" and len(parts) > 2 else parts[0]
        lines[room] += path.read_text(encoding="utf-8").count("\n")
    share = {room: count / sum(lines.values()) for room, count in lines.items()}
    assert {room: round(part, 2) for room, part in share.items() if part > MOST} == {}


def test_a_notebook_imports_one_name_from_the_top():
    assert boardpacks.open_chapter.__module__ == "boardpacks.chapter.chapter"
    assert "open_chapter" in boardpacks.__all__
