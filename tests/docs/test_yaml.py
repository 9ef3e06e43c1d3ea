"""Every example of YAML in the docs loads as what it is an example of: a file of params, or a part of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError, create_model

from boardpacks.execute.cluster.address import ClusterSpec
from boardpacks.new.answers import Answers
from boardpacks.params.indicator import Indicator
from boardpacks.params.json_schemas import KINDS
from boardpacks.params.read_yaml import read_document
from boardpacks.params.values import Model
from tests.docs.pages import Block, blocks

EXAMPLES = [block for block in blocks("yaml") if not block.not_run]
FILES: tuple[type[BaseModel], ...] = (*(kind.model for kind in KINDS), Answers, ClusterSpec)


def inside(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and every model that its fields hold."""
    yield model
    for field in model.model_fields.values():
        for part in _models(field.annotation):
            yield from inside(part)


def _models(annotation: object) -> list[type[BaseModel]]:
    inner = [one for part in get_args(annotation) for one in _models(part)]
    own = isinstance(annotation, type) and not get_args(annotation) and issubclass(annotation, BaseModel)
    return [*inner, annotation] if own else inner  # type: ignore[list-item]


MODELS = tuple(dict.fromkeys(part for model in FILES for part in inside(model)))


def keys_of(model: type[BaseModel]) -> Mapping[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def load(model: type[BaseModel], data: Mapping[str, Any]) -> None:
    """Load a record: as a whole where it is a whole file's, else key by key."""
    keys = keys_of(model)
    needed = {key for key, field in keys.items() if field.is_required()}
    if model in FILES and needed <= set(data):
        model.model_validate(data)
        return
    fields: Any = {key: (keys[key].annotation, keys[key]) for key in data}
    create_model("Part", __base__=Model, **fields).model_validate(data)


def faults_of(data: Any) -> list[str]:
    """Return why data is an example of nothing; an empty list where it is one of something."""
    if isinstance(data, (list, tuple)):
        return [fault for item in data for fault in faults_of(item)]
    faults = []
    fitting = [model for model in MODELS if set(data) <= set(keys_of(model))]
    for model in fitting:
        try:
            load(model, data)
        except ValidationError as error:
            faults.append(f"{model.__name__}: {error}")
        else:
            return []
    if not fitting and all(isinstance(own, dict) for own in data.values()):  # records under their ids
        return [fault for name, own in data.items() for fault in faults_of_indicator(name, own)]
    return faults or [f"no record has the keys {', '.join(data)}"]


def faults_of_indicator(name: str, own: Mapping[str, Any]) -> list[str]:
    try:
        load(Indicator, {"id": name, **own})
    except (ValidationError, KeyError) as error:
        return [str(error)]
    return []


@pytest.mark.parametrize("block", EXAMPLES, ids=str)
def test_an_example_loads(block: Block, tmp_path: Path) -> None:
    (tmp_path / "example.yml").write_text(block.text, encoding="utf-8")
    document, faults = read_document(tmp_path / "example.yml", "example.yml")
    assert document is not None
    assert not faults
    assert faults_of(document.value(())) == []


def test_what_is_no_example_of_anything_is_told() -> None:
    assert faults_of({"polarity": "up"})
    assert faults_of({"polarty": "high"})
    assert faults_of({"a_measure": {"decimals": 9}})
