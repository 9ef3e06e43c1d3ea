"""What is put into a YAML file stands where it belongs, and no line that was there is lost or changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.new.put_in import put_entry, put_item, write_new
from boardpacks.params.read_yaml import read_document
from boardpacks.project.errors import BoardpacksError, InputError

OUTCOMES = """\
# on top
id: a
outcomes:  # beside
  # above the first
  - id: one # beside one
    title: >-
      Text of one,
      # which is no comment
    # lead: below one

  # above the second
  - id: two
    # gap: below two

# at the end
order: 1
"""


def file_of(folder: Path, text: str) -> Path:
    path = folder / "params" / "priorities" / "a.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("at", "before", "after"),
    [
        (None, "    # gap: below two", ""),
        (1, "    # lead: below one", ""),
        (0, "  # above the first", "  - id: one # beside one"),
    ],
)
def test_an_item_stands_in_its_order_and_every_comment_stays(
    tmp_path: Path, at: int | None, before: str, after: str
):
    path = file_of(tmp_path, OUTCOMES)
    put_item(path, "outcomes", "- id: new\n  title: New", at)
    lines = path.read_text("utf-8").split("\n")
    number = lines.index("  - id: new")
    assert (lines[number - 1], lines[number + 2]) == (before, after)
    assert [line for line in lines if line not in ("  - id: new", "    title: New")] == OUTCOMES.split("\n")


def test_the_ends_of_lines_stay_as_they_are(tmp_path: Path):
    path = file_of(tmp_path, OUTCOMES.replace("\n", "\r\n"))
    put_item(path, "outcomes", "- id: new\n  title: New")
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n") == OUTCOMES.count("\n") + 2


@pytest.mark.parametrize("text", ["outcomes: [{id: one}]\n", "outcomes: []\n", "outcomes:\n-\n  id: one\n"])
def test_a_list_that_is_written_otherwise_is_left_to_people(tmp_path: Path, text: str):
    path = file_of(tmp_path, text)
    with pytest.raises(BoardpacksError, match=r"params/priorities/a\.yml .* by hand"):
        put_item(path, "outcomes", "- id: new")
    assert path.read_text("utf-8") == text


@given(
    st.lists(
        st.sampled_from(["- a: x", "- a: |\n    # text\n\n    more", "- a: 'x\n    y'\n  # own", "# far"])
    ),
    st.integers(0, 9),
)
def test_whatever_stands_in_a_list_stays_in_order(parts: list[str], at: int):
    import tempfile  # noqa: PLC0415 - Hypothesis calls this many times in one folder of pytest

    with tempfile.TemporaryDirectory() as folder:
        items = ["- a: first", *parts]
        path = file_of(Path(folder), "\n".join(items) + "\n# end\n")
        before, _ = read_document(path, "a")
        assert before is not None
        assert isinstance(before.data, tuple)
        place = min(at, len(before.data))
        put_item(path, "", "- a: new", place)
        after, faults = read_document(path, "a")
        assert not faults
        assert after is not None
        assert after.data == (*before.data[:place], {"a": "new"}, *before.data[place:])


def test_an_entry_stands_at_the_end_or_in_a_file_of_its_own(tmp_path: Path):
    path = file_of(tmp_path, "# measures\none:\n  unit: x # beside")
    put_entry(path, "two", "two:\n  unit: y\n", "# head\n")
    assert path.read_text("utf-8") == "# measures\none:\n  unit: x # beside\n\ntwo:\n  unit: y\n"
    other = path.with_name("b.yml")
    put_entry(other, "two", "two:\n  unit: y\n", "# head\n")
    assert other.read_text("utf-8") == "# head\ntwo:\n  unit: y\n"


def test_no_file_is_written_over(tmp_path: Path):
    path = file_of(tmp_path, "id: a\n")
    with pytest.raises(InputError, match="there already"):
        write_new(path, "id: b\n")
    assert path.read_text("utf-8") == "id: a\n"
