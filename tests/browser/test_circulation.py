"""The message that comes with the papers, as a mail program shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boardpacks.circulation.cover_note import cover_html, word_cover
from boardpacks.circulation.letters import plan_letters
from tests.browser.audit import audit
from tests.circulation.made import an_edition, some_settings

pytestmark = pytest.mark.browser

LINK = {"public": "https://papers.example.org", "confidential": r"\\files\part 2"}
SHEET = {"purpose": "decision", "recommendation": "The board is asked to:\n\n- note it;\n- act."}
AGENDA = ({"item": "1", "title": "Welcome"}, {"item": "9", "title": "In private", "part": "confidential"})


@pytest.mark.parametrize(
    "board", ["Alston Board", "no_spaces_at_all_" * 17, "מועצה 🎉 <script>alert(1)</script>"]
)
def test_nothing_is_wrong_with_a_message(chromium: Any, tmp_path: Path, board: str) -> None:
    published = tmp_path / "published"
    edition = an_edition(published, parts=2, board=board, venue=board, front_sheet=SHEET, agenda=AGENDA)
    settings = some_settings(
        {"parts": ("public", "confidential"), "link": LINK, "attach": ("pdf", "calendar")}
    )
    for letter in plan_letters(edition, settings):
        page = tmp_path / f"{letter.name}.html"
        page.write_text(cover_html(word_cover(letter)), encoding="utf-8")
        assert audit(chromium, page, 1280, 600, 375, 320) == ()
