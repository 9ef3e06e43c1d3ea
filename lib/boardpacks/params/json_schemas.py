"""Makes JSON Schemas of the files of params/, so that editors complete keys and mark what is wrong as it is typed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from boardpacks.params.assurance import Assurance
from boardpacks.params.calendars import Calendar
from boardpacks.params.figure_checks import FigureChecks
from boardpacks.params.imports import Imports
from boardpacks.params.indicator import Indicator
from boardpacks.params.judging import Judging
from boardpacks.params.models import ChapterSpec, Inequalities, Params
from boardpacks.params.notify import Notify
from boardpacks.params.priority import Collaborative, Priority
from boardpacks.params.recipients import Circulation
from boardpacks.params.strategy import Baselines, Emphasis, Foundation, Theme
from boardpacks.params.system import Place, System

DIALECT = "https://json-schema.org/draft/2020-12/schema"
JsonSchema = dict[str, object]


@dataclass(frozen=True)
class ParamsKind:
    """A kind of file of params/: its name, which files are of it, and the record that each holds one or several of.

    ``by_id`` files hold records under their ids, ``is_list`` files a list of them.
    """

    name: str
    files: str
    model: type[BaseModel]
    by_id: bool = False
    is_list: bool = False


KINDS = (
    ParamsKind("system", "system.yml", System),
    ParamsKind("chapters", "chapters.yml", ChapterSpec, is_list=True),
    ParamsKind("places", "places/*.yml", Place),
    ParamsKind("priorities", "priorities/*.yml", Priority),
    ParamsKind("indicators", "indicators/*.yml", Indicator, by_id=True),
    ParamsKind("meetings", "meetings/*.yml", Calendar),
    ParamsKind("inequalities", "inequalities.yml", Inequalities),
    ParamsKind("collaboratives", "collaboratives.yml", Collaborative, is_list=True),
    ParamsKind("themes", "themes.yml", Theme, is_list=True),
    ParamsKind("foundations", "foundations.yml", Foundation, is_list=True),
    ParamsKind("baselines", "baselines.yml", Baselines),
    ParamsKind("assurance", "assurance.yml", Assurance),
    ParamsKind("judging", "judging.yml", Judging),
    ParamsKind("checks", "checks.yml", FigureChecks),
    ParamsKind("imports", "imports.yml", Imports),
    ParamsKind("circulation", "circulation.yml", Circulation),
    ParamsKind("notify", "notify.yml", Notify),
)
"""Every kind of file that params/ may have."""

OF_INDICATORS = ("indicator", "indicators", "trust_charts", "leading", "population")
"""Keys whose values are ids of indicators."""
SETTINGS = "settings.json"
"""What tells an editor with yaml-language-server which schema each file has."""


def json_schemas(params: Params | None = None) -> dict[str, JsonSchema]:
    """Return the schema of each kind of file, by name.

    Parameters
    ----------
    params
        The system's own, whose ids are offered where a key asks for one; they are not demanded, since there may be new
        ones.
    """
    offered = {} if params is None else _offered(params)
    return {kind.name: _of_kind(kind, offered) for kind in KINDS}


def editor_settings(schemas: str) -> JsonSchema:
    """Return what an editor's settings say of them; ``schemas`` is their folder as seen from the project's."""
    return {"yaml.schemas": {f"./{schemas}/{kind.name}.json": f"params/{kind.files}" for kind in KINDS}}


def write_schemas(folder: Path, root: Path, params: Params | None = None) -> Path:
    """Write every schema into a folder, and the settings of an editor that go with them, and return the latter's path.

    Parameters
    ----------
    folder, root
        Where they go, and the project's folder, which editors open.
    """
    folder.mkdir(parents=True, exist_ok=True)
    way = Path(os.path.relpath(folder, root)).as_posix()
    files = {
        **{f"{name}.json": schema for name, schema in json_schemas(params).items()},
        SETTINGS: editor_settings(way),
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return folder / SETTINGS


def _of_kind(kind: ParamsKind, offered: Mapping[str, list[str]]) -> JsonSchema:
    schema: JsonSchema = kind.model.model_json_schema(by_alias=True)
    definitions = schema.pop("$defs", {})
    assert isinstance(definitions, dict)
    if kind.by_id:
        _leave_id_to_the_key(schema)
        schema = {"type": "object", "additionalProperties": schema}
    elif kind.is_list:
        schema = {"type": "array", "items": schema, "minItems": 1}
    if Emphasis.__name__ in definitions:  # plain text stands for a text alone
        definitions[Emphasis.__name__] = {"anyOf": [{"type": "string"}, definitions[Emphasis.__name__]]}
    made: JsonSchema = {
        "$schema": DIALECT,
        "title": f"params/{kind.files}",
        **schema,
        **({"$defs": definitions} if definitions else {}),
    }
    for record in _records(made):
        _tidy(record, offered)
    return made


def _leave_id_to_the_key(schema: JsonSchema) -> None:
    properties, required = schema["properties"], schema["required"]
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    del properties["id"]
    required.remove("id")


def _records(part: object) -> Iterator[JsonSchema]:
    """Yield every record of a schema."""
    if isinstance(part, dict):
        if isinstance(part.get("properties"), dict):
            yield part
        for inner in part.values():
            yield from _records(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _records(inner)


def _tidy(record: JsonSchema, offered: Mapping[str, list[str]]) -> None:
    """Write a record's description as an editor shows it, leave out titles that repeat keys, and offer ids."""
    record.pop("title", None)
    if isinstance(words := record.get("description"), str):
        record["description"] = words.replace("``", "`")
    properties = record["properties"]
    assert isinstance(properties, dict)
    for key, own in properties.items():
        own.pop("title", None)
        if key in offered:
            target = own["items"] if own.get("type") == "array" else own
            target["examples"] = offered[key]


def _offered(params: Params) -> dict[str, list[str]]:
    """Return the ids that keys ask for."""
    trusts = [trust.code for trust in params.system.trusts]
    return {
        **{key: list(params.indicators) for key in OF_INDICATORS},
        "priority": list(params.priorities),
        "collaboratives": list(params.collaboratives),
        "trust": trusts,
        "trusts": trusts,
    }
