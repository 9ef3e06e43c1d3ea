"""Every kind of fact and artefact that a notebook hands over, from the models."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import is_dataclass

from pydantic import BaseModel, TypeAdapter

from boardpacks.facts import artefacts
from boardpacks.params.json_schemas import JsonSchema
from reference.markdown import as_code, linked, page, table
from reference.params_keys import keys_of, spoken, worded


def kinds() -> Iterator[tuple[str, str, JsonSchema]]:
    """Yield every kind by its name, what it says of itself, and its schema, in the order of the module."""
    for name, kind in vars(artefacts).items():
        if not inspect.isclass(kind) or kind.__module__ != artefacts.__name__:
            continue
        if issubclass(kind, BaseModel) or is_dataclass(kind):
            yield name, inspect.cleandoc(kind.__doc__ or ""), TypeAdapter(kind).json_schema()


def facts_page() -> str:
    """Return the page of facts and artefacts."""
    parts = []
    known = {name for name, _, _ in kinds()}
    for name, said, schema in kinds():
        rows = [(as_code(key), _within(worded(own), known)) for key, own in keys_of(schema).items()]
        parts.append(
            "\n\n".join((f"## {spoken(name)}", linked(said), table(("Key", "What stands there"), rows)))
        )
    return page(
        "Facts and artefacts",
        "What a notebook hands over to a pack. How a reader follows a number to its source: [facts](../facts.md).",
        *parts,
    )


def _within(said: str, known: set[str]) -> str:
    """Return words without links to what is not on the page."""
    for name in known:
        said = said.replace(f"[{spoken(name).lower()}]", f"<{spoken(name).lower()}>")
    while "[" in said:
        before, _, rest = said.partition("[")
        word, _, rest = rest.partition("](")
        said = before + word + rest.partition(")")[2]
    return said.replace("<", "[").replace(">", "]")
