"""Makes the web pages that are no packs: one self-contained file each, all in the same look."""

from __future__ import annotations

import base64
import os
from contextlib import suppress
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from boardpacks.params.write_errors import explained

_WEIGHTS = ((400, "Inter-Regular.woff2"), (600, "Inter-SemiBold.woff2"), (700, "Inter-Bold.woff2"))


def render_page(template: str, fonts: Path, *, package: str = "boardpacks.packs", **values: object) -> str:
    """Return the page that a template makes of `values`; all text in them is escaped.

    Parameters
    ----------
    template
        Name of a template in the folder ``templates`` of `package`; it extends ``page.html``.
    fonts
        Folder of the fonts that are put into the page; those that are missing are left out.
    """
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
    return environment.get_template(template).render(faces=_faces(fonts), **values)


def write_page(path: Path, html: str) -> Path:
    """Write a page to `path` and return it; the earlier page stays until the new one is whole.

    Raises
    ------
    CannotWrite
        When the disk or the folder fails.
    """
    new = path.with_name(f".{path.name}.new")
    with explained(path.parent):
        try:
            with new.open("wb") as file:
                file.write(html.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            return new.replace(path)
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise


def _faces(fonts: Path) -> list[tuple[int, str]]:
    """Return weight and address, which holds the whole font, of each font file there is."""
    files = [(weight, fonts / name) for weight, name in _WEIGHTS]
    return [
        (weight, f"data:font/woff2;base64,{base64.b64encode(path.read_bytes()).decode()}")
        for weight, path in files
        if path.is_file()
    ]
