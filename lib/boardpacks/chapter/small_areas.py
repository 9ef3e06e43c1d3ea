"""Numbers made from the small areas (neighbourhoods) of one or several boroughs, as facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from boardpacks.chapter.make_facts import fact_id
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import digits
from boardpacks.params.models import Params
from boardpacks.params.system import Area, Deprivation
from boardpacks.project.errors import BoardpacksError

SMALL_AREAS = "small areas"


@dataclass(frozen=True)
class Territory:
    """Boroughs taken together under one name: their codes joined by ``+``, and their small areas."""

    name: str
    code: str
    areas: pd.DataFrame

    @property
    def score(self) -> float:
        """Mean score of the small areas, which have about as many residents each; a higher one is more deprived."""
        return float(self.areas["score"].mean())

    @property
    def is_empty(self) -> bool:
        """Whether the snapshot holds none of its small areas."""
        return len(self.areas) == 0

    @property
    def nothing_held(self) -> str:
        """The sentence that says so."""
        return f"No figures are held for the small areas of {self.name}."


@dataclass(frozen=True)
class Count:
    """A number made from small areas: part of the fact's id, name, value, unit and decimals."""

    part: str
    name: str
    value: float
    unit: str = SMALL_AREAS
    decimals: int = 0


def territory(name: str, boroughs: Sequence[Area], snapshot: Snapshot) -> Territory:
    """Return boroughs with their small areas."""
    codes = [borough.code for borough in boroughs]
    return Territory(name, "+".join(codes), small_areas(codes, snapshot))


def small_areas(codes: Sequence[str], snapshot: Snapshot) -> pd.DataFrame:
    """Return the small areas of boroughs."""
    return pd.concat([snapshot.small_areas(code) for code in codes])


NO_INDEX = "No index of deprivation is held here."


def deprivation_index(params: Params) -> Deprivation:
    """Return the index that small areas are ranked by.

    Raises
    ------
    BoardpacksError
        When the params name none.
    """
    if params.system.deprivation is None:
        raise BoardpacksError(
            "params/system.yml: `deprivation` is missing; it names the index of deprivation."
        )
    return params.system.deprivation


def small_area_fact(where: Territory, pack: str, told: Count, index: Deprivation, snapshot: Snapshot) -> Fact:
    """Return the fact that a number made from small areas is.

    Parameters
    ----------
    where
        Whose small areas they are.
    pack
        Id of the place, or of the system, that the fact is told in.
    told
        The number.
    index, snapshot
        Where it comes from.
    """
    return Fact(
        id=fact_id(pack, "deprivation", told.part, where.code, "Persons", index.period),
        indicator="deprivation",
        indicator_name=told.name,
        area=where.code,
        area_name=where.name,
        sex="Persons",
        period=index.period,
        value=told.value,
        lower=None,
        upper=None,
        unit=told.unit,
        display=digits(told.value, told.decimals) + ("%" if told.unit == "%" else ""),
        source=index.source,
        publisher=index.publisher,
        licence=index.licence,
        series=snapshot.small_areas_digest(where.code),
        method=f"counted from small areas: {told.part}",
    )
