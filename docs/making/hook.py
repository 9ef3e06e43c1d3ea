"""Adds the reference pages to the site as it is made, and writes its index of words so that search works from disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reference.checks import checks_page
from reference.commands import commands_page
from reference.exit_statuses import exit_statuses_page
from reference.facts import facts_page
from reference.indicators import indicators_page
from reference.notebook_calls import calls_page
from reference.params_keys import keys_page

ROOT = Path(__file__).parents[2]
PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands_page,
    "reference/params-keys.md": keys_page,
    "reference/indicators.md": lambda: indicators_page(ROOT / "params"),
    "reference/checks.md": checks_page,
    "reference/exit-statuses.md": exit_statuses_page,
    "reference/notebook-calls.md": calls_page,
    "reference/artefacts.md": facts_page,
}
"""What makes each reference page. None of them is kept in git."""


def on_files(files: Any, config: Any) -> Any:
    """Add the reference pages to those of docs/."""
    from properdocs.structure.files import File  # noqa: PLC0415 - tests make the pages without it

    for path, make in PAGES.items():
        files.append(File.generated(config, path, content=make()))
    return files


def on_post_build(config: Any) -> None:
    """Write the index of words as a script: a page from disk may load no other kind of file."""
    index = Path(config["site_dir"]) / "search" / "search_index.json"
    index.with_suffix(".js").write_text(f"var searchIndex = {index.read_text('utf-8')};\n", "utf-8")
    index.unlink()
