"""Every check: of figures that come in, and of packs before they are published."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

from boardpacks.data.checks.all_checks import CHECKS
from boardpacks.packs import check
from reference.markdown import as_code, page, table

DOES = {"stop": "stops", "warn": "tells", "off": "nothing"}


def pack_checks() -> dict[str, str]:
    """Return every check of packs by its module, with the first line of what it says."""
    names = [found.name for found in pkgutil.iter_modules(check.__path__) if found.name.startswith("check_")]
    modules = {name: importlib.import_module(f"{check.__name__}.{name}") for name in names}
    return {
        name.removeprefix("check_").replace("_", " "): inspect.cleandoc(module.__doc__ or "").partition(
            "\n\n"
        )[0]
        for name, module in modules.items()
    }


def checks_page() -> str:
    """Return the page of checks."""
    figures = table(
        ("Check", "Does", "Finds"),
        ((as_code(one.name), DOES[one.severity], one.finds) for one in CHECKS),
    )
    packs = table(("Check of", "What it does"), pack_checks().items())
    return page(
        "Checks",
        "## Of figures",
        "Every command that takes figures in asks these. What stops has nothing written; what tells is printed and "
        "written. `params/checks.yml` sets them otherwise: [checks of figures](../data-checks.md).",
        figures,
        "## Of packs",
        "A build asks these before it publishes, and `boardpacks lint` those of what notebooks hand over. A pack that "
        "fails one is not published: [what is checked of facts](../facts.md#what-is-checked).",
        packs,
    )
