"""The fast reader of YAML reads as the other one does, and leaves alone what it must not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.params.compose_yaml import Node, compose, compose_fast

ROOT = Path(__file__).parents[2]
WORDS = "yes no on off Yes true TRUE True false ~ null Null NULL E09000016 2023/24 10% 1,000 << = - 1-2 . +"
NUMBERS = "0 1 -1 +1 007 0o17 0x1F 0b11 1_000 1.5 1e3 1.5e-3 .5 -.5 .inf -.INF .nan 0.1 0.1.0"
TIMES = "12:30 1:30:00 2026-12-09 2026-1-9 2026-12-09T10:00:00Z"
SCALARS = f"{WORDS} {NUMBERS} {TIMES}".split()


def plain(node: Node | None) -> object:
    """Return all that the rest of the program looks at in a node."""
    if node is None:
        return None
    if node.id == "scalar":
        # An empty value has no line of its own: the fast reader names its key's line, the other one the next
        return node.tag, node.value, node.start_mark.line if node.value else None
    if node.id == "sequence":
        return [plain(inner) for inner in node.value], node.start_mark.line
    return [(plain(key), plain(value)) for key, value in node.value], node.start_mark.line


def same(text: str) -> bool:
    """Whether the fast reader gives what the other gives, or leaves it to the other."""
    fast = compose_fast(text)
    return fast is None or plain(fast) == plain(compose(text))


@pytest.mark.parametrize("scalar", SCALARS)
def test_a_value_is_what_it_is_for_the_other_reader(scalar):
    assert same(f"key: {scalar}\n")
    assert same(f"- {scalar}\n")


@given(
    st.lists(st.text("0123456789.-+_:eExobTZ tfnulares~<=", min_size=1, max_size=12), min_size=1, max_size=4)
)
def test_any_value_is_what_it_is_for_the_other_reader(scalars):
    text = "".join(f"k{number}: {scalar}\n" for number, scalar in enumerate(scalars))
    assert same(text)


@pytest.mark.parametrize("path", sorted((ROOT / "params").rglob("*.yml")), ids=lambda path: path.name)
def test_the_projects_own_files_are_read_fast_and_alike(path):
    text = path.read_text(encoding="utf-8")
    assert compose_fast(text) is not None
    assert same(text)


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 50_000, "{a: " * 20_000])
def test_a_text_of_endless_levels_does_not_end_the_process(text):
    assert compose_fast(text) is None
