"""Where an indicator's newest figures are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from boardpacks.params.values import AreaCode, Clash, Line, Model

SourceId = Literal[
    "fingertips",
    "fingertips-next",
    "ons-els",
    "nhse-ae",
    "nhse-rtt",
    "nhse-cancer",
    "nhse-mhsds",
    "nhse-sickness",
    "ukhsa-cover",
    "dfe-ees",
    "nomis",
]
SOURCE_IDS: tuple[str, ...] = get_args(SourceId)

FILES = {
    *("nhse-ae", "nhse-rtt", "nhse-cancer", "nhse-mhsds", "nhse-sickness"),
    *("ukhsa-cover", "fingertips-next"),
}
"""Sources that publish files, each under an address of its own."""

NEEDED = {"fingertips": "area_types", "dfe-ees": "dataset"}
"""What a source cannot be asked without."""


def _encrypted(address: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+/\S*", address):
        raise ValueError(
            "an address that begins with https:// and has a path, as https://www.example.org/figures.csv"
        )
    return address


Https = Annotated[str, Field(max_length=500), AfterValidator(_encrypted)]
"""An address that is asked for over an encrypted connection only."""


class Refresh(Model):
    """What a publisher's service is asked for, and which part of the answer is the indicator."""

    source: SourceId
    """Whose service: docs/sources.md."""
    series: Line
    """What the publisher calls it: an id, a measure or a column."""
    dataset: Line | None = None
    """The data set's id."""
    area_types: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """Numbers of the kinds of areas, for Fingertips."""
    sex: Literal["Persons", "Female", "Male"] = "Persons"
    """Whose figures."""
    age: Line | None = None
    """Of which age, where there are several."""
    count: Line | None = None
    """The column or measure that is the count."""
    denominator: Line | None = None
    """The column or measure that is the denominator."""
    where: Mapping[Line, str] = {}
    """Columns of the answer and what stands in them, for answers that hold several series."""
    codes: Mapping[Line, AreaCode] = {}
    """The publisher's own codes of areas with the project's."""
    year_starts: Annotated[int, Field(ge=1, le=12)] = 4
    """The month that years such as 2024/25 begin with."""
    files: tuple[Https, ...] = ()
    """Addresses of files."""
    pages: tuple[Https, ...] = ()
    """Addresses of pages that link to files."""
    links: Line | None = None
    """A pattern that the addresses of the links match."""

    @model_validator(mode="after")
    def _can_be_asked(self) -> Refresh:
        needed = NEEDED.get(self.source)
        if needed and not getattr(self, needed):
            raise ValueError(f"{needed} with source: {self.source}")
        if self.source in FILES and not (self.files or self.pages):
            raise ValueError(f"files, or pages with links, with source: {self.source}")
        if bool(self.pages) != bool(self.links):
            raise ValueError("pages and links together, or neither")
        if self.links:
            try:
                re.compile(self.links)
            except re.error as error:
                raise Clash("a regular expression", path=("links",), hint=str(error)) from error
        return self
