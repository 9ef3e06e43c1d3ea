"""Makes the web pages that are no packs, all in the same look: with the fonts in them, or beside them."""

from __future__ import annotations

import base64
from contextlib import suppress
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from boardpacks.packs.markdown.escape import one_line
from boardpacks.packs.render.colour_extension import coloured
from boardpacks.params.own_words import COLOUR
from boardpacks.project.sealed import write_durably
from boardpacks.project.write_errors import explained

_WEIGHTS = ((400, "Inter-Regular.woff2"), (600, "Inter-SemiBold.woff2"), (700, "Inter-Bold.woff2"))
FONT_FILES = (*(name for _, name in _WEIGHTS), "OFL.txt")
"""The fonts that pages with linked fonts need, and their licence."""


def render_page(
    template: str,
    fonts: Path | None = None,
    *,
    linked: str = "",
    colour: str = COLOUR,
    package: str = "boardpacks.packs.library",
    **values: object,
) -> str:
    """Return the page that a template makes of `values`; all text in them is escaped.

    Parameters
    ----------
    template
        Name of a template in the folder ``templates`` of `package`; it extends ``page.html``.
    fonts
        Folder of the fonts that are put into the page; those that are missing are left out.
    linked
        Without `fonts`: address, from the page, of the folder where it finds them.
    colour
        The system's own, of headings, rules and links.
    """
    faces = _put_in(fonts) if fonts else [(weight, f"{linked}{name}") for weight, name in _WEIGHTS]
    return coloured(_environment(package).get_template(template).render(faces=faces, **values), colour)


def write_page(path: Path, html: str) -> Path:
    """Write a page to `path` and return it: see `write_file`."""
    return write_file(path, html.encode("utf-8"))


def write_file(path: Path, content: bytes) -> Path:
    """Write a file and return its path; the earlier one stays until the new one is whole, or if it is the same.

    Raises
    ------
    CannotWrite
        When the disk or the folder fails.
    """
    new = path.with_name(f".{path.name}.new")
    with explained(path.parent):
        if path.is_file() and path.read_bytes() == content:
            return path
        try:
            write_durably(new, content)
            return new.replace(path)
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise


@cache
def _environment(package: str) -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            [PackageLoader(name, "templates") for name in dict.fromkeys([package, __package__])]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["line"] = one_line
    return environment


def _put_in(fonts: Path) -> list[tuple[int, str]]:
    """Return weight and address, which holds the whole font, of each font file there is."""
    files = [(weight, fonts / name) for weight, name in _WEIGHTS]
    return [
        (weight, f"data:font/woff2;base64,{base64.b64encode(path.read_bytes()).decode()}")
        for weight, path in files
        if path.is_file()
    ]
