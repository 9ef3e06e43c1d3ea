"""What the reference pages say is all there is: nothing that a user types, writes or calls goes undocumented."""

from __future__ import annotations

import re

import pytest

from boardpacks.data.checks.all_checks import CHECKS
from boardpacks.params.json_schemas import KINDS
from boardpacks.params.load import load_params
from boardpacks.project.folder import Project
from boardpacks.runs.statuses import DIFFERENT, MEANINGS, NOT_REBUILT, SAME
from hook import PAGES
from reference.checks import pack_checks
from reference.commands import commands, options_of, statuses_told
from reference.facts import kinds
from reference.notebook_calls import calls
from reference.params_keys import keys_of, records


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return {path.removeprefix("reference/").removesuffix(".md"): make() for path, make in PAGES.items()}


def test_every_command_and_option_says_what_it_does(made: dict[str, str]) -> None:
    without = [
        f"{typed} {words}"
        for typed, command in commands().items()
        for words, said in [("", command.help or ""), *options_of(command)]
        if not re.sub(r"\[.*?\]", "", said).strip()
    ]
    assert without == [], "give these a docstring or help="
    assert all(
        f"## {typed}\n" in made["commands"]
        for typed, one in commands().items()
        if not hasattr(one, "commands")
    )


def test_every_key_of_params_says_what_it_is(made: dict[str, str]) -> None:
    without = [
        f"{name}: {key}"
        for name, schema in records()
        for key, own in keys_of(schema).items()
        if not str(own.get("description", "")).strip()
    ]
    assert without == [], "put a line of docstring below each of these fields"
    assert all(f"## params/{kind.files}\n" in made["params-keys"] for kind in KINDS)


def test_every_call_says_what_it_does() -> None:
    assert [name for name, member in calls().items() if not (member.__doc__ or "").strip()] == []


def test_every_check_exit_status_and_kind_of_artefact_is_told(made: dict[str, str]) -> None:
    assert [one.name for one in CHECKS if f"| `{one.name}` |" not in made["checks"] or not one.finds] == []
    assert [name for name, said in pack_checks().items() if not said] == []
    assert [status for status in MEANINGS if f"| {status} |" not in made["exit-statuses"]] == []
    assert [name for name, said, _ in kinds() if not said] == []


def test_commands_tell_of_no_other_exit_status_than_there_are() -> None:
    told = {
        int(number) for said in statuses_told().values() for number in re.findall(r"(?<![./\w])(\d+) ", said)
    }
    assert told == {*MEANINGS, SAME, DIFFERENT, NOT_REBUILT}
    assert {"build", "verify", "data refresh"} <= {
        typed.removeprefix("boardpacks ") for typed in statuses_told()
    }


def test_every_indicator_is_listed(made: dict[str, str], checkout: Project) -> None:
    listed = re.findall(r"^\| `([a-z0-9_]+)` \|", made["indicators"], re.MULTILINE)
    assert sorted(listed) == sorted(load_params(checkout.params).indicators)
