"""Reads what a new system begins with: measures, priorities and rules that any system can use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from boardpacks.params.indicator import Indicator
from boardpacks.params.judging import JointFinding, Judging
from boardpacks.params.models import Inequalities
from boardpacks.params.priority import Priority
from boardpacks.params.read_yaml import read_document

STARTER = Path(__file__).with_name("starter")
M = TypeVar("M", bound=BaseModel)


def starter_text(name: str) -> str:
    """Return the text of one of its files."""
    return (STARTER / name).read_text(encoding="utf-8")


@cache
def starter_indicators() -> Mapping[str, Indicator]:
    """Return its measures by their ids."""
    data = _data("indicators.yml")
    assert isinstance(data, dict)
    return {name: Indicator.model_validate({**fields, "id": name}) for name, fields in data.items()}


@cache
def starter_priorities() -> tuple[Priority, ...]:
    """Return its priorities."""
    data = _data("priorities.yml")
    assert isinstance(data, tuple)
    return tuple(Priority.model_validate(one) for one in data)


@cache
def starter_inequalities() -> Inequalities:
    """Return the gaps that it follows."""
    return Inequalities.model_validate(_data("inequalities.yml"))


@cache
def starter_findings() -> tuple[JointFinding, ...]:
    """Return its measures of one cause."""
    return Judging.model_validate(_data("judging.yml")).findings


def _data(name: str) -> object:
    document, faults = read_document(STARTER / name, name)
    assert document is not None
    assert not faults
    return document.data
