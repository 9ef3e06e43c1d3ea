"""Every key of the files in params/, from the models that read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from boardpacks.new.answers import Answers
from boardpacks.params.json_schemas import KINDS, JsonSchema, json_schemas
from reference.markdown import as_code, linked, page, table

ANSWERS = "answers.yml"
"""What ``boardpacks new system --answers`` reads."""
Record = tuple[str, JsonSchema]
"""A record by its name, or by its file's, and its schema."""


def records() -> Iterator[Record]:
    """Yield every record of params/ once: those of files first, each followed by those inside of it."""
    seen: set[str] = set()
    schemas = json_schemas()
    files = {f"params/{kind.files}": schemas[kind.name] for kind in KINDS}
    for file, schema in {**files, ANSWERS: Answers.model_json_schema()}.items():
        definitions = _mapping(schema.get("$defs", {}))
        own = _own(schema)
        yield file, own
        for name in _inside(own, definitions):
            if name not in seen:
                seen.add(name)
                yield name, _mapping(definitions[name])


def keys_page() -> str:
    """Return the page of keys."""
    parts = []
    for name, schema in records():
        heading = f"## {name}" if "." in name else f"### {spoken(name)}"
        parts.append("\n\n".join(part for part in (heading, _about(schema), _keys(schema)) if part))
    return page(
        "Keys of params",
        "What each file in `params/` may hold, and `answers.yml` for `boardpacks new system`. `boardpacks params "
        "check` holds your files against it, and `boardpacks params schema` has an editor complete and explain the "
        "keys. How to change what packs say: [params](../params.md).",
        *parts,
    )


def keys_of(schema: JsonSchema) -> Mapping[str, JsonSchema]:
    """Return the keys of a record."""
    found = next((one for one in _alternatives(schema) if "properties" in one), {})
    return {key: _mapping(own) for key, own in _mapping(found.get("properties", {})).items()}


def spoken(name: str) -> str:
    """Return the name of a record in words: ``FrontSheet`` is a front sheet."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def worded(schema: JsonSchema) -> str:
    """Return what may stand at a key, in words."""
    if "$ref" in schema:
        return _link(str(schema["$ref"]))
    choices = [one for one in _alternatives(schema) if one.get("type") != "null"]
    if len(choices) != 1 or choices[0] is not schema:
        return " or ".join(dict.fromkeys(worded(one) for one in choices))
    allowed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if isinstance(allowed, list):
        return ", ".join(as_code(str(one)) for one in allowed)
    say = _OF_TYPE.get(str(schema.get("type")))
    return say(schema) if say else "anything"


def _text(schema: JsonSchema) -> str:
    return "a day: 2026-12-09" if schema.get("format") == "date" else "text"


def _number(schema: JsonSchema) -> str:
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    most = schema.get("maximum", schema.get("exclusiveMaximum"))
    kind = "whole number" if schema.get("type") == "integer" else "number"
    limits = {(True, True): f", {least} to {most}", (True, False): f", {least} or more"}
    return kind + limits.get((least is not None, most is not None), "")


def _list(schema: JsonSchema) -> str:
    items = schema.get("items")
    return f"a list: {worded(_mapping(items))}" if items else "a list"


def _table_of(schema: JsonSchema) -> str:
    inner = schema.get("additionalProperties")
    return f"names, each with: {worded(_mapping(inner))}" if isinstance(inner, dict) else "keys and values"


_OF_TYPE: Mapping[str, Callable[[JsonSchema], str]] = {
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda _: "`true` or `false`",
    "array": _list,
    "object": _table_of,
}


def _own(schema: JsonSchema) -> JsonSchema:
    """Return the record that a file holds one or several of."""
    for key in ("items", "additionalProperties"):
        inner = schema.get(key)
        if isinstance(inner, dict):
            if "$ref" in inner:
                return _mapping(_mapping(schema["$defs"])[_name(str(inner["$ref"]))])
            return inner
    return schema


def _inside(schema: object, definitions: Mapping[str, object]) -> Iterator[str]:
    """Yield the names of the records that a schema refers to, in the order of its keys, and of those inside them."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            name = _name(str(schema["$ref"]))
            yield name
            yield from _inside(
                definitions[name], {key: own for key, own in definitions.items() if key != name}
            )
        for key, inner in schema.items():
            if key != "$defs":
                yield from _inside(inner, definitions)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _inside(inner, definitions)


def _keys(schema: JsonSchema) -> str:
    found = next((one for one in _alternatives(schema) if "properties" in one), {})
    required = found.get("required", [])
    assert isinstance(required, list)
    rows = []
    for key, own in keys_of(schema).items():
        default = "needed" if key in required else _default(own.get("default"))
        rows.append((as_code(key), linked(str(own.get("description", ""))), worded(own), default))
    return table(("Key", "Meaning", "What may stand there", "Left out"), rows)


def _default(value: object) -> str:
    if value in (None, [], {}, ""):
        return ""
    if isinstance(value, (list, dict)):
        return "as packs have it"
    return as_code(
        {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def _about(schema: JsonSchema) -> str:
    described = next((one["description"] for one in _alternatives(schema) if "description" in one), "")
    return linked(str(described))


def _alternatives(schema: JsonSchema) -> list[JsonSchema]:
    options = schema.get("anyOf", schema.get("oneOf"))
    return [_mapping(one) for one in options] if isinstance(options, list) else [schema]


def _link(reference: str) -> str:
    said = spoken(_name(reference))
    return f"[{said.lower()}](#{said.lower().replace(' ', '-')})"


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _mapping(part: object) -> JsonSchema:
    assert isinstance(part, dict), part
    return part
