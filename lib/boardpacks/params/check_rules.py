"""Checks the rules of params/assurance.yml against the other files, and that each of them can ever match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from boardpacks.params.assurance import CONDITIONS, CONTRARY
from boardpacks.params.params_file import Document, KeyPath, ParamsFault
from boardpacks.stats.comparison import Verdict

Words = Mapping[str, tuple[str, ...]]
"""What each condition of a rule lists; a condition without words is met by every line."""


def never_matching(document: Document, members: Mapping[str, Sequence[str]]) -> Iterator[ParamsFault]:
    """Yield a fault for each rule that no line can ever meet.

    Parameters
    ----------
    document
        The file ``assurance.yml``.
    members
        The indicators of each priority, by its id.
    """
    earlier: list[tuple[int, Words, int]] = []
    for path, rule in document.find("rules", "*"):
        if not isinstance(rule, dict):
            continue
        words = {name: _words(rule.get(name)) for name in CONDITIONS}
        words["verdict"] = _verdicts(rule.get("then"), words["verdict"])
        least = rule.get("at_least", 1)
        least = least if isinstance(least, int) else 1
        if not words["verdict"]:
            found = f"only {rule['verdict'][0]}, which never stands under {rule['then']}"
            allowed = "other verdicts, or another heading"
            yield document.fault((*path, "verdict"), found=found, allowed=allowed)
            continue
        yield from _apart(document, path, words, members)
        line = document.lines.get(path, 1)
        over = next((at for at, other, fewest in earlier if fewest <= least and _covers(other, words)), None)
        if over is not None:
            found = f"a rule that never decides: the rule on line {over} takes all that it would"
            yield document.fault(path, found=found, allowed="conditions that no earlier rule covers",
                                 hint="put the narrower rule first")  # fmt: skip
        earlier.append((line, words, least))


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, tuple) else ()


def _verdicts(then: object, listed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the verdicts that a rule can take: all where it lists none, but for the one its heading never takes."""
    never = next((verdict for heading, verdict in CONTRARY.items() if heading == then), None)
    return tuple(verdict for verdict in listed or get_args(Verdict) if verdict != never)


def _apart(
    document: Document, path: KeyPath, words: Words, members: Mapping[str, Sequence[str]]
) -> Iterator[ParamsFault]:
    """Indicators and priorities that are known but have nothing to do with each other."""
    named = [name for name in words["priority"] if name in members]
    inside = [name for priority in named for name in members[priority]]
    if named and words["indicator"] and not set(words["indicator"]) & set(inside):
        found = "indicators that are in none of the rule's priorities"
        yield document.fault((*path, "indicator"), found=found, allowed=f"indicators of {', '.join(named)}")


def _covers(earlier: Words, later: Words) -> bool:
    """Whether every line that meets the later rule's conditions meets the earlier rule's."""
    return all(
        not earlier[name] or (later[name] and set(later[name]) <= set(earlier[name])) for name in CONDITIONS
    )
