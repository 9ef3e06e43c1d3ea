"""Checks one record of params/ against its model."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from boardpacks.params.model_words import allowed_words, hint_words
from boardpacks.params.notify import VARIABLE
from boardpacks.params.params_file import Document, KeyPath, ParamsFault
from boardpacks.params.values import Clash
from boardpacks.project.errors import near

M = TypeVar("M", bound=BaseModel)


def check_model(
    model: type[M],
    document: Document,
    path: KeyPath = (),
    given: Mapping[str, object] | None = None,
) -> tuple[M | None, list[ParamsFault]]:
    """Check the record at `path` of a document.

    Parameters
    ----------
    model
        What the record should be.
    document
        The file that holds it.
    path
        Where it stands in the file; the whole file by default.
    given
        Fields that the file does not write out because its layout gives them.

    Returns
    -------
    record, faults
        The record is None when there are faults; one fault for each value that is wrong.
    """
    data = document.value(path)
    if not isinstance(data, dict):
        return None, [document.fault(path, found=document.found(path), allowed="keys and values")]
    try:
        return model.model_validate({**data, **(given or {})}), []
    except ValidationError as error:
        errors = [entry for entry in error.errors() if _is_news(document, path, entry, error.errors())]
    by_value: dict[KeyPath, list[ErrorDetails]] = {}
    for entry in errors:
        by_value.setdefault(_in_file(document, path, entry), []).append(entry)
    return None, [
        _fault(model, document, where, entries)
        for where, entries in by_value.items()
        if where not in document.refused
    ]


def _is_news(document: Document, path: KeyPath, entry: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Return whether an error says something that no other error says better."""
    *above, last = entry["loc"] or ("",)
    if entry["type"] == "missing":
        beside = [
            e["loc"][-1] for e in errors if e["type"] == "extra_forbidden" and [*e["loc"][:-1]] == above
        ]
        return not get_close_matches(str(last), [str(key) for key in beside], n=1)
    if entry["type"] == "too_short":
        # Only sound items are counted; each unsound one has an error of its own.
        value = document.value((*path, *entry["loc"]))
        return not (isinstance(value, tuple) and len(value) >= entry["ctx"]["min_length"])
    return True


def _in_file(document: Document, path: KeyPath, entry: ErrorDetails) -> KeyPath:
    where = (*path, *entry["loc"], *getattr(_clash(entry), "path", ()))
    # Where a value may be of several kinds, the location ends with the kind that was tried.
    while entry["type"] != "missing" and where not in document.lines and len(where) > len(path) + 1:
        where = where[:-1]
    # A field that the layout gives (an indicator's id) stands in the key of its record.
    return path if entry["type"] != "missing" and where not in document.lines else where


def _fault(
    model: type[BaseModel], document: Document, where: KeyPath, entries: list[ErrorDetails]
) -> ParamsFault:
    entry = entries[0]
    if entry["type"] == "missing":
        return document.fault(where, found="nothing", allowed=allowed_words("missing", {}, ""))
    if entry["type"] == "extra_forbidden":
        inner = _model_at(model, entry["loc"][:-1])
        keys = [field.alias or name for name, field in inner.model_fields.items()]
        key = str(where[-1])
        hint = getattr(inner, "HINTS", {}).get(key) or near(key, keys)
        return document.fault(where, found=f"{key}, an unknown key", allowed=", ".join(keys), hint=hint)
    words = [allowed_words(e["type"], e.get("ctx", {}), e["msg"]) for e in entries]
    written = document.written.get(where, "")
    hints = [
        clash.hint if (clash := _clash(e)) else hint_words(e["type"], e.get("ctx", {}), e["input"], written)
        for e in entries
    ]
    return document.fault(
        where,
        found=_found(document, where, entry),
        allowed=" or ".join(dict.fromkeys(words)),
        hint=next((hint for hint in hints if hint), ""),
    )


def _found(document: Document, where: KeyPath, entry: ErrorDetails) -> str:
    clash = _clash(entry)
    if clash and clash.found:
        return clash.found
    if entry["type"] == "string_too_long":
        return f"{len(str(entry['input']))} characters"
    if entry["type"] == "string_pattern_mismatch" and entry["ctx"]["pattern"] == VARIABLE:
        return "something else, not shown in case it is the secret itself"
    if entry["type"] == "string_pattern_mismatch":
        return repr(entry["input"])
    return document.found(where)


def _clash(entry: ErrorDetails) -> Clash | None:
    error = entry.get("ctx", {}).get("error")
    return error if isinstance(error, Clash) else None


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model of the record at `loc`."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner_model(model.model_fields[part].annotation) or model
    return model


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner_model(part))), None)
