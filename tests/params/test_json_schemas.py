"""Schemas say of the files of params/ what loading them says."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from boardpacks.params.find_files import FOLDERS, OPTIONAL, SINGLE
from boardpacks.params.json_schemas import KINDS, SETTINGS, json_schemas, write_schemas
from boardpacks.params.load import load_params
from boardpacks.project.folder import Project
from tests.frozen import CHECKOUT

FILES = sorted(path for kind in KINDS for path in CHECKOUT.params.glob(kind.files))


def as_json(value: Any) -> Any:
    """Return a YAML value as the YAML language server has it: dates are text."""
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def read(text: str) -> Any:
    return as_json(YAML(typ="safe", pure=True).load(text))


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    return {name: Draft202012Validator(schema) for name, schema in json_schemas().items()}


def kind_of(path: Path) -> str:
    own = path.relative_to(CHECKOUT.params)
    return own.parts[0] if len(own.parts) > 1 else own.stem


def test_there_is_one_for_each_kind_of_file():
    assert {kind.name for kind in KINDS} == {*FOLDERS, *SINGLE, *OPTIONAL}
    assert len(FILES) == len(
        [path for path in CHECKOUT.params.rglob("*.yml") if ".schemas" not in path.parts]
    )


def test_each_is_a_schema(validators: dict[str, Draft202012Validator]):
    for validator in validators.values():
        Draft202012Validator.check_schema(validator.schema)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CHECKOUT.params).as_posix())
def test_the_projects_own_files_are_sound(validators: dict[str, Draft202012Validator], path: Path):
    assert list(validators[kind_of(path)].iter_errors(read(path.read_text("utf-8")))) == []


def test_the_example_of_circulation_is_sound(validators: dict[str, Draft202012Validator]):
    text = (CHECKOUT.root / "docs" / "circulation-example.yml").read_text("utf-8")
    assert list(validators["circulation"].iter_errors(read(text))) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("places/havering.yml", "group:", "gruop:", "'gruop' was unexpected"),
        ("places/havering.yml", "E09000016", "e09000016", "does not match"),
        ("places/havering.yml", "id: havering", "id: Havering", "does not match"),
        ("chapters.yml", "scope: place", "scope: plaice", "is not one of"),
        ("indicators/context.yml", "decimals: 0", 'decimals: "0"', "is not of type 'integer'"),
        ("indicators/context.yml", "  unit: people\n", "", "'unit' is a required property"),
        (
            "indicators/context.yml",
            "  unit: people\n",
            "  unit: people\n  id: population\n",
            "'id' was unexpected",
        ),
        ("meetings/havering.yml", "example: true", "example: yes please", "is not of type 'boolean'"),
        ("system.yml", "engine: auto", "engine: word", "is not one of"),
    ],
)
def test_what_loading_refuses_is_marked(
    validators: dict[str, Draft202012Validator], file: str, old: str, new: str, words: str
):
    path = CHECKOUT.params / file
    text = path.read_text("utf-8")
    assert old in text
    errors = validators[kind_of(path)].iter_errors(read(text.replace(old, new, 1)))
    assert [error for error in errors if words in error.message]


def test_they_are_written_with_the_settings_of_an_editor(tmp_path: Path):
    folder = tmp_path / "params" / ".schemas"
    settings = json.loads(write_schemas(folder, tmp_path, load_params(CHECKOUT.params)).read_text("utf-8"))
    named = settings["yaml.schemas"]
    assert {(tmp_path / way).resolve() for way in named} == {
        path for path in folder.glob("*.json") if path.name != SETTINGS
    }
    assert named["./params/.schemas/places.json"] == "params/places/*.yml"


def test_ids_of_the_system_are_offered_and_not_demanded():
    params = load_params(CHECKOUT.params)
    schemas: dict[str, Any] = json_schemas(params)
    chapter = schemas["chapters"]["items"]["properties"]
    assert chapter["priority"]["examples"] == list(params.priorities)
    assert chapter["collaboratives"]["items"]["examples"] == list(params.collaboratives)
    assert (
        list(
            Draft202012Validator(schemas["chapters"]).iter_errors(
                [{"notebook": "a", "scope": "place", "priority": "new-one"}]
            )
        )
        == []
    )


def test_descriptions_are_those_of_the_records():
    place: dict[str, Any] = json_schemas()["places"]
    assert place["description"].startswith("A place: one or more boroughs that plan together.")
    assert "``" not in json.dumps(json_schemas())


def test_params_with_schemas_beside_them_are_read(project: Project, tmp_path: Path):
    shutil.copytree(project.params, tmp_path / "params")
    write_schemas(tmp_path / "params" / ".schemas", tmp_path)
    assert load_params(tmp_path / "params") == load_params(project.params)
