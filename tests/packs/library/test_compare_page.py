"""The pages that compare places, the address of a place's newest pack, and the feed."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from boardpacks.packs.library.write_library import write_library
from tests.packs.library.shelve import ENDINGS, SMALL, facts, history, judgement, shelve

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def write(tmp_path, params):
    """Writes the library and returns a page of it."""

    def read(name: str) -> str:
        write_library(tmp_path, params.system, tmp_path / "no-fonts")
        page: str = (tmp_path / name).read_text(encoding="utf-8")
        return page

    return read


def told(*judgements: dict[str, Any], displays: dict[str, tuple[str, str]] | None = None) -> dict[Any, bytes]:
    """Return the files of a pack with these judgements and facts."""
    found = json.loads(facts(*judgements))
    found["facts"] = [
        {"id": id_, "area_name": area, "display": display}
        for id_, (area, display) in (displays or {}).items()
    ]
    return dict(SMALL) | {"facts": json.dumps(found).encode()}


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]*>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def test_places_stand_side_by_side_measure_by_measure_with_number_judgement_and_alert(write, tmp_path):
    smoking = judgement("Smoking: 10.9%, worse", heading="alert", facts=["a"])
    shelve(tmp_path, told(smoking, displays={"a": ("Havering", "10.9 per 1,000")}))
    shelve(
        tmp_path,
        told(
            judgement("Smoking: better", "better", facts=["b"]),
            judgement("Smoking: not tested", "not-tested", facts=["c"], stands_out=["behind-peers"]),
            judgement("Suicide: similar", "similar", indicator="suicide"),
            displays={"b": ("Hackney", "8.1 per 1,000"), "c": ("City", "3 per 1,000")},
        ),
        place="city",
        place_name="City and Hackney",
    )
    shelve(tmp_path, told(smoking), place="system", place_name="All of it")

    page = write("pages/compare_long-term-conditions.html")

    assert cells(page) == [
        ["Measure", "City and Hackney", "Havering"],
        ["Smoking, per 1,000", "Hackney 8.1 ● Better City 3 ◇ Stands out", "10.9 ◆ Worse ! , an alert"],
        ["Suicide", "○ Similar", ""],
    ]
    assert 'href="2026-12-09_city.html"' in page


def test_the_newest_whole_pack_of_a_place_counts_and_one_place_alone_is_not_compared(write, tmp_path):
    line = judgement("Smoking: worse")
    shelve(tmp_path, told(line), place="newham", place_name="Newham")
    shelve(tmp_path, told(line), meeting=dt.date(2027, 2, 10))
    shelve(
        tmp_path,
        told(line, line),
        slug="havering_smoking",
        priorities=("Smoking",),
        meeting=dt.date(2027, 4, 14),
    )
    shelve(tmp_path, told(line))

    assert "10 February 2027 (draft)" in write("pages/compare_long-term-conditions.html")
    assert 'href="../2027-02-10/havering/' in write("pages/newest_havering.html")

    for folder in (tmp_path / "2026-12-09").glob("newham/*"):
        folder.unlink()
    assert "compare_" not in write("index.html")
    assert not list(tmp_path.glob("pages/compare_*"))


def test_the_address_of_a_place_leads_to_its_edition_and_its_annex(write, tmp_path):
    shelve(tmp_path, dict.fromkeys(ENDINGS, b"x") | {"facts": b"{}"})

    links = re.findall(r'<a id="(\w+)" href="([^"]+)"', write("pages/newest_havering.html"))

    assert [name for name, _ in links] == ["edition", "annex"]
    assert all((tmp_path / "pages" / Path(link)).is_file() for _, link in links)


def test_the_feed_tells_each_edition_once_and_what_has_taken_its_place(write, tmp_path):
    history(tmp_path, title="A <b> & c")

    feed = ET.fromstring(write("feed.xml"))

    entries = feed.findall(f"{ATOM}entry")
    said = {entry.findtext(f"{ATOM}title"): entry for entry in entries}
    assert set(said) == {
        "Havering, 9 December 2026, version 1.1: final",
        "Havering, 9 December 2026, version 1.0: superseded",
        "Havering, 9 December 2026, version 0.1: superseded",
    }
    old = said["Havering, 9 December 2026, version 1.0: superseded"]
    assert old.findtext(f"{ATOM}updated") == "2026-12-04T00:00:00Z"
    assert "Version 1.1 has taken the place of this one" in old.findtext(f"{ATOM}summary", "")
    assert feed.findtext(f"{ATOM}updated") == "2026-12-04T00:00:00Z"
    ids = {entry.findtext(f"{ATOM}id", "") for entry in entries}
    assert len(ids) == 3
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id_) for id_ in ids)
    links = [link.get("href", "") for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert len(links) == 3
    assert all((tmp_path / link).is_file() for link in links)


def test_a_draft_is_in_the_feed_on_the_day_it_was_put_there(write, tmp_path):
    shelve(tmp_path)

    updated = ET.fromstring(write("feed.xml")).findtext(f"{ATOM}updated")

    today = dt.datetime.now(dt.UTC).date()
    assert updated in {f"{day}T00:00:00Z" for day in (today, today - dt.timedelta(days=1))}


def test_a_library_without_packs_has_a_feed_without_entries(write):
    feed = ET.fromstring(write("feed.xml"))
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated")
