"""Says in words why a chapter has to be executed again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from boardpacks.data.contents import SnapshotContents
from boardpacks.data.digests import NOTHING
from boardpacks.data.reads import EVERY, Read
from boardpacks.plan.fingerprints import Inputs

MOST_SHOWN = 4
"""Names in one list: the rest is counted."""

_KINDS = {"code": "code", "markdown": "text"}


def input_changes(old: Inputs, new: Inputs) -> tuple[str, ...]:
    """Return what has changed of all that a chapter is made from, the figures aside."""
    changes = [*cell_changes(old.cells, new.cells)]
    changes += parameter_changes(old.parameters, new.parameters)
    changes += _named("params changed: {}", old.params, new.params)
    changes += _named("the library changed: {}", old.library, new.library)
    changes += [
        f"{name} changed: {version} instead of {old.packages.get(name, 'nothing')}"
        for name, version in new.packages.items()
        if old.packages.get(name) != version
    ]
    changes += _named("beside the notebooks changed: {}", old.beside, new.beside)
    if not changes and old.fingerprint != new.fingerprint:
        changes.append("it was made by another version")
    return tuple(changes)


def indicator_changes(read: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return which indicators have other params than those that a chapter read."""
    return tuple(
        _named("params changed: {}", _known(read), _known({name: now.get(name, NOTHING) for name in read}))
    )


def figure_changes(
    reads: Mapping[Read, str], old: SnapshotContents | None, new: SnapshotContents
) -> tuple[str, ...]:
    """Return which figures that a chapter read have changed since.

    Parameters
    ----------
    reads
        What it read, with the digest of each.
    old
        What the snapshot held that the chapter was made on, where that is still known.
    """
    changed = [read for read, digest in reads.items() if new.digest(read) != digest]
    # The boroughs' values of a period say less than the series they are part of
    series = {(read[1], read[2]) for read in changed if read[0] == "series"}
    told = [read for read in changed if read[0] != "peers" or not _is_told(read, series, old, new)]
    told = [read for read in told if read[0] != "newest" or not any(read[1] == name for name, _ in series)]
    return tuple(_figure_change(read, old, new) for read in told)


def file_changes(names: Sequence[str], project: Path) -> tuple[str, ...]:
    """Return in words which files that a notebook opened have changed or gone."""
    return tuple(
        f"{name} {'changed' if (project / name).is_file() else 'has gone'}, which the notebook reads"
        for name in names
    )


def shorten(names: Sequence[str]) -> str:
    """Return names as a list of a few, with the number of the others."""
    shown = ", ".join(names[:MOST_SHOWN])
    return shown if len(names) <= MOST_SHOWN else f"{shown} and {len(names) - MOST_SHOWN} more"


def cell_changes(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[str]:
    """Return which cells of a notebook have changed, by their number, are new or gone."""
    before, after = [tuple(cell) for cell in old], [tuple(cell) for cell in new]
    changed: dict[str, list[int]] = {}
    added: list[int] = []
    gone = 0
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(last - first, end - start)
        for number in range(start, start + both):
            changed.setdefault(_KINDS.get(after[number][0], "text"), []).append(number + 1)
        added += range(start + both + 1, end + 1)
        gone += last - first - both
    words = [f"the notebook's {kind} changed: {_cells(cells)}" for kind, cells in sorted(changed.items())]
    if added:
        words.append(f"the notebook's {_cells(added)} {'is' if len(added) == 1 else 'are'} new")
    if gone:
        words.append(
            f"{gone} {'cell' if gone == 1 else 'cells'} of the notebook {'is' if gone == 1 else 'are'} gone"
        )
    return words


def _cells(numbers: Sequence[int]) -> str:
    return f"{'cell' if len(numbers) == 1 else 'cells'} {shorten([str(number) for number in numbers])}"


def parameter_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return which parameters have changed, are new or gone."""
    words = [f"parameter {name} is new" for name in new if name not in old]
    words += [f"parameter {name} is gone" for name in old if name not in new]
    words += [
        f"parameter {name} changed: {json.dumps(new[name], ensure_ascii=False)} instead of "
        f"{json.dumps(old[name], ensure_ascii=False)}"
        for name in new
        if name in old and (new[name], type(new[name])) != (old[name], type(old[name]))
    ]
    return words


def name_changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Return the names of what has another digest, is new or gone."""
    names = [name for name in {**new, **old} if old.get(name) != new.get(name)]
    return [
        f"{name} (new)" if name not in old else f"{name} (gone)" if name not in new else name
        for name in names
    ]


def _known(indicators: Mapping[str, str]) -> dict[str, str]:
    return {
        "list of indicators" if name == EVERY else f"indicator {name}": digest
        for name, digest in indicators.items()
        if digest != NOTHING
    }


def _named(words: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    names = name_changes(old, new)
    return [words.format(shorten(names))] if names else []


def _is_told(
    read: Read, series: set[tuple[str, str]], old: SnapshotContents | None, new: SnapshotContents
) -> bool:
    """Whether a change of the boroughs' values is no more than the changes of series that are told anyway."""
    _, indicator, period, *kind = read
    if old is None:
        return any(name == indicator for name, _ in series)
    before, after = (one.peers(indicator, period, *kind) for one in (old, new))
    changed = {area for area in {*before, *after} if before.get(area) != after.get(area)}
    return changed <= {area for name, area in series if name == indicator}


def _figure_change(read: Read, old: SnapshotContents | None, new: SnapshotContents) -> str:
    match read:
        case ("series", indicator, area):
            changed = _differences(lambda one: one.series(indicator, area), old, new)
            return f"{indicator} for {area} changed{changed}"
        case ("peers", indicator, period, *kind):
            changed = _differences(lambda one: one.peers(indicator, period, *kind), old, new)
            return f"{indicator} of the local authorities in {period} changed{changed}"
        case ("newest", indicator):
            return f"the newest period of {indicator} changed: {new.digest(read)}"
        case ("area", code):
            return f"the name of {code} changed" if new.digest(read) != NOTHING else f"{code} is gone"
        case ("small-areas", code):
            return f"the small areas of {code} changed"
    return f"{read[-1]} changed, which the notebook reads as a whole"


def _differences(
    held: Callable[[SnapshotContents], Mapping[str, str]], old: SnapshotContents | None, new: SnapshotContents
) -> str:
    if old is None:
        return ""
    before, after = held(old), held(new)
    groups = {
        "added": [name for name in after if name not in before],
        "changed": [name for name in after if name in before and after[name] != before[name]],
        "gone": [name for name in before if name not in after],
    }
    words = [f"{shorten(names)} {what}" for what, names in groups.items() if names]
    return f": {', '.join(words)}" if words else ""
