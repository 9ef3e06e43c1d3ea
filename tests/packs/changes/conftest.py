"""Files of facts made by hand, small enough to see every difference between two of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boardpacks.chapter.make_facts import fact_id
from boardpacks.data.observations import PUBLISHED
from boardpacks.packs.compose.gather_facts import COMPARATOR
from boardpacks.packs.files.facts_file import (
    FactRecord,
    FactsFile,
    JudgementRecord,
    MeasureRecord,
    ObservationRecord,
    Saying,
    SourceRecord,
)
from boardpacks.packs.files.pack_record import SnapshotRecord

HAVERING, ENGLAND = "E09000016", "E92000001"
RULE = "single overlapping 95% interval, against England"
NAMES = {"smoking": "Adults who smoke", "obesity": "Obesity", "suicide": "Suicide rate"}


def a_record(
    indicator: str = "smoking",
    period: str = "2023",
    value: float = 10.9,
    area: str = HAVERING,
    part: str = "",
    **changes: Any,
) -> FactRecord:
    """Return a fact with an interval one wide on either side."""
    england = area == ENGLAND
    seen = ObservationRecord(
        indicator=indicator, area=area, sex=changes.pop("sex", "Persons"), period=period, series="ab"
    )
    id_ = fact_id("havering", indicator, area, seen.sex, period)
    content: dict[str, Any] = {
        "id": f"{id_}.{part}" if part else id_,
        "name": NAMES.get(indicator, indicator),
        "area_name": "England" if england else "Havering" if area == HAVERING else area,
        "value": value,
        "lower": value - 1,
        "upper": value + 1,
        "unit": "%",
        "display": f"{value:.1f}%",
        "method": PUBLISHED,
        "rule": COMPARATOR if england else RULE,
        "source": 0,
        "observation": seen,
        "said": (Saying(notebook="health", cell=2, kind="statement", name="smoking", marked=True),),
    }
    return FactRecord(**(content | changes))


def a_judgement(indicator: str = "smoking", *facts: str, **changes: Any) -> JudgementRecord:
    """Return a line that is similar, without a trend."""
    content: dict[str, Any] = {
        "indicator": indicator,
        "chapter": "Long-term conditions",
        "verdict": "similar",
        "count": 1,
        "trend": "not-calculated",
        "variation": None,
        "assurance": None,
        "line": f"{NAMES.get(indicator, indicator)}: similar",
        "facts": facts,
    }
    return JudgementRecord(**(content | changes))


def a_facts_file(
    *facts: FactRecord, judgements: Any = None, definitions: Any = None, **changes: Any
) -> FactsFile:
    """Return a file of facts; without judgements of its own, the latest fact of each of Havering's is similar."""
    facts = facts or (a_record(), a_record(area=ENGLAND))
    own = {fact.observation.indicator: fact.id for fact in facts if fact.observation.area == HAVERING}
    if judgements is None:
        judgements = tuple(a_judgement(indicator, id_) for indicator, id_ in own.items())
    measures = tuple(
        MeasureRecord(
            indicator=name,
            name=NAMES.get(name, name),
            definition="Share of adults.",
            unit="%",
            polarity="low",
        ).model_copy(update=(definitions or {}).get(name, {}))
        for name in dict.fromkeys(fact.observation.indicator for fact in facts)
    )
    source = SourceRecord(source="Survey", publisher="ONS", licence="OGL v3.0")
    content = {
        "place": "havering",
        "snapshot": SnapshotRecord(name="embedded", sha256="ab" * 32),
        "sources": (source, source.model_copy(update={"publisher": "OHID"})),
        "measures": measures,
        "judgements": judgements,
        "facts": facts,
    }
    return FactsFile(**(content | changes))


@pytest.fixture
def facts() -> SimpleNamespace:
    """Everything that files of facts are made with."""
    return SimpleNamespace(
        file=a_facts_file, fact=a_record, judgement=a_judgement, england=ENGLAND, havering=HAVERING
    )
