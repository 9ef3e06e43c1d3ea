"""Finds what params call areas, measures, outcomes and all else that has a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from boardpacks.params.values import A_NAME


def names_in(value: object) -> Iterator[str]:
    """Yield every name in params, or in a part of them."""
    if isinstance(value, BaseModel):
        for key, field in type(value).model_fields.items():
            found = getattr(value, key)
            if isinstance(found, str) and _is_named(field):
                yield found
            else:
                yield from names_in(found)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from names_in(one)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from names_in(one)


def _is_named(field: FieldInfo) -> bool:
    """Whether a field holds a name, or a name or nothing."""
    either = (mark for kind in get_args(field.annotation) for mark in getattr(kind, "__metadata__", ()))
    return A_NAME in (*field.metadata, *either)
