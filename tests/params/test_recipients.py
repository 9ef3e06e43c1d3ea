"""Who gets the papers of meetings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from boardpacks.params.load import load_circulation, load_params
from boardpacks.project.errors import InputError
from boardpacks.project.folder import Project
from tests.params.conftest import WriteParams

LEAST = """\
sender:
  address: packs@example.org
lists:
  - id: members
    name: Members
    boards: [alston, system]
    to:
      - address: a@example.org
    attach: [pdf]
"""


def test_nobody_by_default(write_params: WriteParams) -> None:
    assert load_circulation(write_params()) is None


def test_what_is_left_out(write_params: WriteParams) -> None:
    folder = write_params({"circulation.yml": LEAST})
    load_params(folder)
    settings = load_circulation(folder)
    assert settings is not None
    assert (settings.megabytes, settings.smtp) == (20, None)
    assert settings.asked.address == "packs@example.org"
    (members,) = settings.lists
    assert members.parts == ("public",)
    assert members.gets("alston", "public")
    assert not members.gets("alston", "confidential")
    assert not members.gets("brough", "public")


def test_no_pack_depends_on_it(write_params: WriteParams) -> None:
    without = load_params(write_params())
    folder = write_params({"circulation.yml": LEAST})
    assert load_params(folder) == without
    (folder / "system.yml").write_text("nonsense")
    assert load_circulation(folder) is not None


def test_the_example_is_right(write_params: WriteParams, checkout: Project) -> None:
    example = (checkout.root / "docs" / "circulation-example.yml").read_text(encoding="utf-8")
    assert "AN EXAMPLE" in example.splitlines()[0]
    settings = load_circulation(write_params({"circulation.yml": example}))
    assert settings is not None
    addresses = [each.address for entry in settings.lists for each in entry.recipients]
    assert all(address.endswith("@example.org") for address in addresses)
    with pytest.raises(InputError, match="'havering'"):
        load_params(write_params({"circulation.yml": example}))


def test_the_example_fits_the_project(checkout: Project, tmp_path: Path) -> None:
    shutil.copytree(checkout.params, tmp_path / "params")
    shutil.copy(checkout.root / "docs" / "circulation-example.yml", tmp_path / "params" / "circulation.yml")
    load_params(tmp_path / "params")


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "allowed"),
    [
        ("[alston, system]", "[alstom]", 6, "lists[0].boards[0]", "alston, brough, system, all"),
        ("    to:\n      - address: a@example.org\n", "", 4, "lists[0]", "an address at least"),
        ("    attach: [pdf]\n", "", 4, "lists[0]", "attach, or link.public"),
        ("[pdf]", "[docx]", 9, "lists[0].attach[0]", "pdf"),
        ("a@example.org", "A <a@example.org>", 8, "lists[0].to[0].address", "without a name before it"),
        ("name: Members", 'name: "Members\\nBcc: x@y.org"', 5, "lists[0].name", "one line of text"),
        ("attach: [pdf]", "link:\n      public: 'javascript:alert(1)'", 10, "lists[0].link.public", "a web address"),
        (
            "attach: [pdf]",
            "parts: [confidential]\n    link:\n      public: https://x.org",
            4,
            "lists[0]",
            "link.confidential",
        ),
        (
            "attach: [pdf]",
            "link:\n      public: https://x.org\n      confidential: https://x.org",
            9,
            "lists[0].link",
            "another address for part II",
        ),
        ("sender:", "smtp:\n  host: smtp.example.org\n  user: me\nsender:", 1, "smtp", "user and password_env"),
        ("sender:", "megabytes: 0\nsender:", 1, "megabytes", "a number above 0"),
        ("attach: [pdf]", "attach: [pdf]\n    cc:\n      - address: A@example.org", 4, "lists[0]", "each address once"),
    ],
)  # fmt: skip
def test_a_fault_is_told(
    write_params: WriteParams, old: str, new: str, line: int, key: str, allowed: str
) -> None:
    assert old in LEAST
    folder = write_params({"circulation.yml": LEAST.replace(old, new, 1)})
    with pytest.raises(InputError) as caught:
        load_params(folder)
    (problem,) = caught.value.problems
    assert (problem.where, problem.key) == (f"params/circulation.yml, line {line}", key)
    assert allowed in problem.allowed


def test_lists_have_ids_and_names_of_their_own(write_params: WriteParams) -> None:
    twice = LEAST + LEAST.partition("lists:\n")[2]
    with pytest.raises(InputError) as caught:
        load_params(write_params({"circulation.yml": twice}))
    assert [problem.key for problem in caught.value.problems] == ["lists[1].id", "lists[1].name"]
