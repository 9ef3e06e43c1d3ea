"""Completes ids in JupyterLab: of indicators, outcomes, priorities and places, where a call wants one."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, get_args

from boardpacks.chapter.chapter import Chapter, open_chapter
from boardpacks.chapter.collaborative import CollaborativeView
from boardpacks.chapter.needs import Others
from boardpacks.chapter.read_once import read_inputs
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import find_project

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext, Matcher, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

_CALL = re.compile(
    r"(?:(?P<owner>\w+)\.)?(?P<called>\w+)\((?P<before>[^()]*)(?P<mark>[\"'])(?P<begun>[\w-]*)$"
)
_ENTRY = re.compile(r"(?P<owner>\w+)\.params\.(?P<called>\w+)\[[\"'](?P<begun>[\w-]*)$")
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_LIST = re.compile(r"\[[^\[\]]*\]")
_KEYWORD = re.compile(r"(?P<name>\w+)\s*=\s*\[?\s*$")


def id_matcher(shell: InteractiveShell) -> Matcher:
    """Return what completes ids in the cells of a kernel."""
    from IPython.core.completer import SimpleCompletion, context_matcher  # noqa: PLC0415

    @context_matcher()  # type: ignore[untyped-decorator]
    def complete_ids(context: CompletionContext) -> SimpleMatcherResult:
        begun, ids = wanted_ids(context.text_until_cursor, shell.user_ns.get)
        found = [SimpleCompletion(one, type="id") for one in ids if one.startswith(begun)]
        return {"completions": found, "matched_fragment": begun, "suppress": bool(found)}

    made: Matcher = complete_ids
    return made


def wanted_ids(line: str, look_up: Callable[[str], object]) -> tuple[str, Iterable[str]]:
    """Return what is typed of an id at the end of a line, and the ids that may stand there; none where none is wanted.

    Parameters
    ----------
    line
        The line up to the cursor.
    look_up
        What gives the value of a name, or None.
    """
    if entry := _ENTRY.search(line):
        chapter = look_up(entry["owner"])
        held = getattr(chapter.params, entry["called"], ()) if isinstance(chapter, Chapter) else ()
        return entry["begun"], tuple(held) if isinstance(held, Mapping) else ()
    call = _CALL.search(line)
    if call is None:
        return "", ()
    owner = look_up(call["owner"] or call["called"])
    function = getattr(owner, call["called"], None) if call["owner"] else owner
    if function is open_chapter:
        return call["begun"], _ids(_parameter(open_chapter, call["before"]), _project_params())
    if isinstance(owner, Chapter | CollaborativeView) and callable(function):
        return call["begun"], _ids(_parameter(function, call["before"]), owner.params, owner)
    return "", ()


def _parameter(function: Callable[..., object], before: str) -> str:
    """Return the name of the parameter whose value is being typed."""
    closed = _LIST.sub("", _TEXT.sub("", before))
    if keyword := _KEYWORD.search(closed.rpartition("[")[0] or closed):
        return keyword["name"]
    given = closed.partition("[")[0].count(",")
    names = list(inspect.signature(function).parameters)
    return names[given] if given < len(names) else ""


def _ids(
    parameter: str, params: Params | None, owner: Chapter | CollaborativeView | None = None
) -> Iterable[str]:
    """Return the ids that a parameter of this name takes."""
    if params is None:
        return ()
    if isinstance(owner, CollaborativeView):
        parts = {"pathway": owner.collaborative.pathways, "priority": owner.collaborative.priorities}
        return [part.id for part in parts.get(parameter, ())]
    own = owner.priority if owner else None
    held = owner.snapshot.manifest.indicators if owner else params.indicators
    first = own.indicators if own else ()
    indicators = [one for one in dict.fromkeys((*first, *params.indicators)) if one in held]
    priorities = [own] if own else params.priorities.values()
    known: dict[str, Iterable[str]] = {
        "indicator": indicators,
        "indicators": indicators,
        "outcome": [outcome.id for priority in priorities for outcome in priority.outcomes],
        "priority": params.priorities,
        "place": (*params.places, SYSTEM),
        "groups": [pair.id for pair in owner.group_pairs] if owner else (),
        "collaborative": params.collaboratives,
        "others": get_args(Others),
    }
    return known.get(parameter, ())


def _project_params() -> Params | None:
    try:
        return read_inputs(find_project(None))[0]
    except BoardpacksError:
        return None
