"""The page of a pack: what it says of an edition, its files and the other editions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from boardpacks.packs.library.write_library import write_library
from tests.packs.library.shelve import ENDINGS, SMALL, facts, history, judgement, shelve


@pytest.fixture
def pages(tmp_path, params):
    """Writes the library and returns the pages of packs, by name."""

    def write() -> dict[str, str]:
        write_library(tmp_path, params.system, tmp_path / "no-fonts")
        return {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "pages").glob("2*.html")}

    return write


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html[html.index("<main") :]))


def test_a_draft_says_what_is_to_follow(pages, tmp_path):
    shelve(tmp_path, missing=("author", "conflicts_of_interest"), example=True)

    html = pages()["2026-12-09_havering"]

    assert "<title>Havering board pack, version 0.1 (draft), 2026-12-09</title>" in html
    assert "◇</span> Draft</span> Version 0.1" in html
    assert (
        "To follow on the front sheet, so that this pack stays a draft: Author Conflicts of interest"
        in plain(html)
    )
    assert "9 December 2026 (example date, to be confirmed)" in html


def test_files_are_offered_with_format_and_size_the_pdf_first(pages, tmp_path):
    kinds = [kind for kind in reversed(list(ENDINGS)) if not kind.startswith("edition")]
    shelve(tmp_path, dict.fromkeys(kinds, b"x" * 1000) | {"pdf": b"x" * 1_240_000}, pages=1)

    html = pages()["2026-12-09_havering"]
    told = plain(html)

    assert re.findall(r"<span class=\"details\">([^<]*)</span>", html) == [
        "PDF, 1 page, 1.2 MB",
        "PDF, 1 kB",
        "PDF, 1 kB",
        "web page, 1 kB",
        "XLSX, 1 kB",
        "ODS, 1 kB",
        "CSV, 1 kB",
        "JSON, 1 kB",
        "JSON, 1 kB",
        "web page, 1 kB",
    ]
    assert told.index("Downloads The pack, to read and print") < told.index("Working paper: Mental health")
    assert 'href="../2026-12-09/havering/SHA256SUMS">SHA256SUMS</a>' in html


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("board-pack", "What has changed since the last edition"),
        ("meeting-pack", "The late papers by themselves"),
    ],
)
def test_an_addendum_is_told_from_late_papers(kind, said, pages, tmp_path):
    shelve(tmp_path, {"pdf": b"x", "addendum": b"x"}, kind=kind)
    assert f"{said} PDF, 1 kB" in " ".join(plain(pages()["2026-12-09_havering"]).split())


def test_each_checksum_is_shown(pages, tmp_path):
    folder = shelve(tmp_path)

    html = pages()["2026-12-09_havering"]

    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert len(sums) == 4
    assert all(f"<li>{name} <code>{digest}</code></li>" in html for name, digest in sums.items())


def test_the_summary_tells_the_lines_of_each_side_and_leaves_out_the_others(pages, tmp_path):
    told = facts(
        judgement("Smoking: better than England", "better"),
        judgement("Suicide: worse than England", "worse", chapter="Mental health", uncertain=True),
        judgement("Pay: similar to England", "similar"),
        judgement("Anxiety: getting worse", "not-tested", trend="getting-worse"),
    )
    shelve(tmp_path, dict(SMALL) | {"facts": told})

    words = plain(pages()["2026-12-09_havering"])

    assert "Better: 1 Smoking: better than England Better. Long-term conditions" in words
    assert (
        "Needs attention: 2 Suicide: worse than England Worse, at 95% only. Mental health "
        "Anxiety: getting worse Not tested, getting worse. Long-term conditions" in words
    )
    assert "Pay:" not in words


def test_a_list_of_what_is_better_says_so_where_some_is_only_getting_better(pages, tmp_path):
    told = facts(
        judgement("Smoking: better than England", "better"),
        judgement("Obesity: similar to England", "similar", trend="getting-better"),
    )
    shelve(tmp_path, dict(SMALL) | {"facts": told})

    words = plain(pages()["2026-12-09_havering"])

    assert "Better or getting better: 2 Smoking: better than England Better. Long-term conditions" in words
    assert "Obesity: similar to England Similar, getting better. Long-term conditions" in words


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"[]",
        b"not json",
        b"\xff",
        b'{"judgements": {"a": 1}}',
        b'{"judgements": [1, {"verdict": "odd"}, {"line": 3}]}',
        b"[" * 100_000,
    ],
)
def test_without_judgements_or_with_damaged_ones_the_summary_is_left_out(pages, tmp_path, content):
    shelve(tmp_path, dict(SMALL) | {"facts": content, "changes": content})

    html = pages()["2026-12-09_havering"]

    assert "What the figures say" not in html
    assert "What has changed</h2>" not in html


def judged(verdict: str, trend: str = "no-change") -> dict[str, str]:
    return {"verdict": verdict, "trend": trend, "more": "of a later version"}


def changed(name: str, was: object, now: object, turn: str) -> dict[str, object]:
    return {"name": name, "area_name": "Havering", "was": was, "now": now, "turn": turn}


def test_what_has_changed_judgements_for_the_worse_first(pages, tmp_path):
    last = {
        "since": {"meeting": "2026-10-14", "version": "1.0"},
        "changes": {
            "judgements": [
                changed("Pay", judged("better"), judged("better", "getting-better"), "better"),
                changed("<b>Suicide</b>", judged("similar"), judged("worse"), "worse"),
                changed("Anxiety", None, judged("worse"), "other"),
            ],
            "figures": [{"own": True, "kind": "newer"}, {"own": False, "kind": "newer"}],
            "revisions": [{"own": True, "made": False}] * 2,
            "measures": [{"kind": "gone"}],
            "methods": [{"field": "unit"}],
        },
    }
    corrected = {"since": {"meeting": "2026-12-09", "version": "1.0"}, "changes": {}}
    changes = json.dumps({"version_of_changes": 1, "last": last, "corrected": corrected}).encode()
    shelve(tmp_path, dict(SMALL) | {"changes": changes})

    assert (
        "What has changed Since version 1.0 No judgement, figure or method has changed. "
        "Since the pack of 14 October 2026 &lt;b&gt;Suicide&lt;/b&gt;, Havering: was similar, now worse. "
        "Pay, Havering: recent trend was no significant change, now getting better. "
        "Anxiety, Havering: newly judged. 1 new figure. 2 revised figures. 1 measure that is gone. "
        "1 change of method. Versions" in plain(pages()["2026-12-09_havering"])
    )


def test_of_many_changed_judgements_some_are_listed_and_the_others_counted(pages, tmp_path):
    many = [changed(f"Measure {i}", judged("similar"), judged("worse"), "worse") for i in range(9)]
    last = {"since": {"meeting": "2026-10-14", "version": "1.0"}, "changes": {"judgements": many}}
    shelve(tmp_path, dict(SMALL) | {"changes": json.dumps({"last": last}).encode()})

    assert "Measure 7, Havering: was similar, now worse. 1 more judgement has changed." in plain(
        pages()["2026-12-09_havering"]
    )


def test_every_edition_has_a_page_and_the_final_one_that_counts_has_the_packs_own(pages, tmp_path):
    history(tmp_path)
    made = pages()

    assert sorted(made) == [
        "2026-12-09_havering",
        "2026-12-09_havering_v0.1_draft",
        "2026-12-09_havering_v1.0",
    ]
    current = plain(made["2026-12-09_havering"])
    assert "● Final Version 1.1" in current
    assert "superseded" not in current.split("Downloads")[0].lower()
    assert (
        "Corrects version 1.0 Why there is a new edition The suicide rate was of the wrong period." in current
    )
    assert (
        "Versions ● Final Version 1.1 (this page) Made final on 4 December 2026 "
        "The suicide rate was of the wrong period. ○ Superseded Version 1.0 Made final on 1 December 2026 "
        "○ Superseded Version 0.1" in current
    )


def test_a_superseded_edition_says_so_first_and_leads_to_the_newer_one(pages, tmp_path):
    history(tmp_path)

    html = pages()["2026-12-09_havering_v1.0"]

    assert "version 1.0 (superseded), 2026-12-09</title>" in html
    main = plain(html)
    assert main.index("This edition is superseded. Do not use it: version 1.1") < main.index("Version 1.0")
    assert '<a href="2026-12-09_havering.html">Open version 1.1</a>' in html


def test_a_draft_that_corrects_a_final_pack_does_not_supersede_it(pages, tmp_path):
    shelve(tmp_path, status="final")
    shelve(tmp_path, version="1.1", corrects="1.0", reason="A paper came late.")

    made = pages()

    assert "● Final" not in made["2026-12-09_havering_v1.1_draft"].split("Versions</h2>")[0]
    assert "superseded" not in plain(made["2026-12-09_havering"])
    assert "superseded" not in plain(made["2026-12-09_havering_v1.1_draft"])
    assert "◇</span> Draft</span> Version 1.1" in made["2026-12-09_havering_v1.1_draft"]


def test_version_ten_is_newer_than_version_nine(pages, tmp_path):
    for number in (9, 10):
        shelve(tmp_path, status="final", version=f"1.{number}", corrects=f"1.{number - 1}")

    assert "Version 1.10 (this page)" in plain(pages()["2026-12-09_havering"])


def test_pages_hold_nothing_but_relative_addresses(pages, tmp_path):
    history(tmp_path)

    for html in pages().values():
        links = re.findall(r'(?:href|src)="([^"]*)"', html)
        assert links
        assert not [link for link in links if re.match(r"[a-z]+:|/", link)]
        assert str(Path.home()) not in html


def test_beside_a_board_edition_the_pack_is_called_its_evidence_annex(pages, tmp_path):
    shelve(tmp_path, {"pdf": b"x", "html": b"x", "edition": b"x"})

    told = plain(pages()["2026-12-09_havering"])

    assert "The pack, to read and print" not in told
    first, second = (
        "The board edition: the few pages that a board reads",
        "The evidence annex, with every figure",
    )
    assert told.index(first) < told.index(second)
