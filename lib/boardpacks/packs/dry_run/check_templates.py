"""Checks the templates of documents without a pack: that they are there, and that what they name is."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from boardpacks.packs.compose.template import fill_template, read_pack_template, read_template
from boardpacks.packs.compose_pack import MADE, NUMBERS, titles_of
from boardpacks.packs.edition.compose_edition import MADE as MADE_FOR_EDITION
from boardpacks.packs.edition.compose_edition import TEMPLATE, titles_of_edition
from boardpacks.packs.render import RenderError
from boardpacks.packs.render.extension import require_extension_itself
from boardpacks.packs.render.includes import MAIN, read_source
from boardpacks.packs.render.write_project import write_project
from boardpacks.params.models import Params
from boardpacks.plan.plan import PackPlan
from boardpacks.project.errors import BoardpacksError


def check_templates(reports: Path, params: Params, plan: PackPlan) -> Iterator[str]:
    """Yield what is wrong with pack.qmd, board.qmd, the texts that they include and the format extension.

    Parameters
    ----------
    reports
        The project's reports folder.
    plan
        Any pack: what templates say of it is not looked at, only that there is such a thing.
    """
    front, body, fault = _read(reports, MAIN)
    yield from fault
    titles = titles_of(plan, params, {}, with_numbers=NUMBERS in body, changes=None)
    texts = {f"sections/{path.name}": path for path in sorted((reports / "sections").glob("*.qmd"))}
    for name, path in {MAIN: reports / MAIN, **texts}.items():
        yield from _shortcodes(path, front | titles, f"reports/{name}")
    fixed = {name: path.read_text("utf-8") for name, path in texts.items()}
    yield from _includes(reports, MAIN, {**dict.fromkeys(MADE, ""), **fixed})
    if (reports / TEMPLATE).is_file():
        front, _, fault = _read(reports, TEMPLATE)
        yield from fault
        filled = front | titles_of_edition(titles, plan.stem)
        yield from _shortcodes(reports / TEMPLATE, filled, f"reports/{TEMPLATE}")
        yield from _includes(reports, TEMPLATE, dict.fromkeys(MADE_FOR_EDITION, ""))


def _read(reports: Path, name: str) -> tuple[dict[str, object], str, list[str]]:
    """Return metadata and text of a template, and what is wrong with it."""
    try:
        return *(read_pack_template(reports) if name == MAIN else read_template(reports, name)), []
    except BoardpacksError as error:
        return {}, "", [str(error)]


def _shortcodes(path: Path, metadata: Mapping[str, object], where: str) -> Iterator[str]:
    """Yield the lines of a text that ask for metadata which a pack does not have."""
    for number, line in enumerate(path.read_text("utf-8").splitlines() if path.is_file() else (), start=1):
        try:
            fill_template(line, metadata, f"{where}, line {number}")
        except BoardpacksError as error:
            yield str(error)


def _includes(reports: Path, template: str, made: Mapping[str, str]) -> Iterator[str]:
    """Yield the files that a template includes and that neither the project nor the build has."""
    if not (reports / template).is_file():
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "pack"
        try:
            write_project(folder, reports, {**made, MAIN: (reports / template).read_text("utf-8")})
            require_extension_itself(read_source(folder))
        except RenderError as error:
            yield from _as_the_user_has_it(error, template, list(made))
        except BoardpacksError as error:
            yield str(error)


def _as_the_user_has_it(error: RenderError, template: str, made: Sequence[str]) -> Iterator[str]:
    for fault in error.faults:
        where = re.sub(rf"^{re.escape(MAIN)}\b", template, fault.where)
        allowed = f"Allowed is a file of reports/sections, or one that the build makes: {', '.join(made)}."
        yield f"reports/{where}: {fault.message} {allowed if 'does not exist' in fault.message else ''}".rstrip()
