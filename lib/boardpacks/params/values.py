"""Kinds of values that the models of params/ are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from boardpacks.params.signs import ALLOWED, foreign_signs, named

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
IndicatorId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
AREA_CODE = r"^([A-Z][0-9]{8}|[A-Z0-9]{3})$"
"""An ONS area code, or an NHS provider code."""
AreaCode = Annotated[str, Field(pattern=AREA_CODE)]


def _of_known_signs(text: str) -> str:
    if signs := foreign_signs(text):
        raise ValueError(f"{ALLOWED}; no font of the packs has {named(signs)}")
    return text


def _on_one_line(text: str) -> str:
    if len(text.strip().splitlines()) > 1:
        raise ValueError("one line of words")
    return text


Line = Annotated[
    str,
    Field(min_length=1, max_length=300),
    AfterValidator(_of_known_signs),
    AfterValidator(_on_one_line),
]
Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_of_known_signs)]


class Model(BaseModel):
    """A frozen record that takes no unknown key and converts no value of a wrong type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
