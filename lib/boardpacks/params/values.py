"""Kinds of values that the models of params/ are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from boardpacks.project.signs import ALLOWED, foreign_signs, named

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
IndicatorId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
AREA_CODE = r"^([A-Z][0-9]{8}|[A-Z0-9]{3})$"
"""An ONS area code, or an NHS provider code."""
AreaCode = Annotated[str, Field(pattern=AREA_CODE)]
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
"""A month as publishers' labels of monthly figures have it."""
Month = Annotated[str, Field(pattern=MONTH)]


_MARKS = re.compile(r"[`\[\]{}|\\]|\*\*+")
"""Signs that packs themselves mark words with: verdicts, numbers and links, columns, code and bold."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and marks that turn the direction of reading: nobody sees them, and some do harm."""


class Clash(ValueError):  # noqa: N818 - says what happened
    """Two values of a record do not go together, or one cannot be what it is: which one, and what may stand there.

    Parameters
    ----------
    allowed
        What may stand there, in words.
    path
        The way from the record to the value at fault.
    found
        What stands there, in words, where its own text does not say it.
    hint
        Another way out, or an empty string.
    """

    def __init__(self, allowed: str, *, path: tuple[str | int, ...] = (), found: str = "", hint: str = ""):
        super().__init__(allowed)
        self.path = path
        self.found = found
        self.hint = hint


def _visible(text: str) -> str:
    unseen = _UNSEEN.search(text)
    if unseen:
        found = f"the control character U+{ord(unseen[0]):04X}, which no editor shows"
        raise Clash("text without control characters", found=found, hint="type the text again")
    return text


def _of_known_signs(text: str) -> str:
    if signs := foreign_signs(text):
        raise ValueError(f"{ALLOWED}; no font of the packs has {named(signs)}")
    return text


def _on_one_line(text: str) -> str:
    if len(text.strip().splitlines()) > 1:
        raise Clash("text on one line", found="text of several lines")
    return text


Line = Annotated[
    str,
    Field(min_length=1, max_length=300),
    AfterValidator(_visible),
    AfterValidator(_on_one_line),
    AfterValidator(_of_known_signs),
]


def _without_marks(text: str) -> str:
    marks = sorted(set(_MARKS.findall(text)))
    if marks:
        raise Clash(
            "a name without the signs that packs mark words with: ` [ ] { } | \\ and **",
            found=f"{text!r} with {' '.join(marks)}",
            hint="write it in words",
        )
    return text


A_NAME = AfterValidator(_without_marks)
Name = Annotated[Line, A_NAME]
"""What an area, a measure or an outcome is called: it stands in sentences, headings, tables and charts alike."""


def is_name(text: str) -> bool:
    """Whether a text can be a name."""
    try:
        _NAME.validate_python(text)
    except ValidationError:
        return False
    return True


_NAME: TypeAdapter[str] = TypeAdapter(Name)
Text = Annotated[
    str, Field(min_length=1, max_length=2000), AfterValidator(_visible), AfterValidator(_of_known_signs)
]


def _single(text: str) -> str:
    if "\n" in text or "\t" in text:
        found = "text of several lines" if "\n" in text.strip() else "text with a line feed or a tab"
        raise Clash("text on one line", found=found)
    return text


OneLine = Annotated[Line, AfterValidator(_single)]
"""Text that stands in headers, subjects and file names too: on one line, every sign of it visible."""


class Model(BaseModel):
    """A frozen record that takes no unknown key and converts no value of a wrong type.

    ``HINTS`` has the way out for keys that people look for here and that there are none of.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    HINTS: ClassVar[Mapping[str, str]] = {}


def without_unset(written: dict[str, object], *names: str) -> dict[str, object]:
    """Return a record as it is written where none of these fields, which came later, says anything."""
    return {key: value for key, value in written.items() if key not in names or value is not None}
