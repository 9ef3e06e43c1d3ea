"""Checks what no single file can: references between files, and what may stand only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from boardpacks.params.chapter_ids import Entry, chapter_ids
from boardpacks.params.check_calendars import check_calendars
from boardpacks.params.check_rules import never_matching
from boardpacks.params.find_files import Files
from boardpacks.params.params_file import Document, ParamsFault, fault
from boardpacks.params.recipients import ALL_BOARDS
from boardpacks.params.strategy import are_of
from boardpacks.params.system import SYSTEM
from boardpacks.params.values import is_name
from boardpacks.project.errors import near

INEQUALITY_INDICATORS = (
    ("population",),
    ("measures", "*", "indicator"),
    ("groups", "*", "first", "indicator"),
    ("groups", "*", "second", "indicator"),
)
"""Where inequalities.yml names indicators."""


def cross_check(files: Files) -> list[ParamsFault]:
    """Check all files together.

    The checks read what the files say, not the models, so that a fault in one file hides none in another.
    """
    return [
        *_file_names(files),
        *_references(files),
        *_repeats(files),
        *_reserved(files),
        *check_calendars(files),
        *_missing_calendars(files),
        *_chapter_parameters(files),
        *_tiles(files),
        *_homeless_baselines(files),
        *_rules(files),
        *_claims(files),
        *_names_of_several(files),
        *_names_of_one(files),
    ]


def _entries(documents: Iterable[Document | None], *pattern: str) -> Iterator[Entry]:
    for document in documents:
        if document is not None:
            yield from ((document, path, word) for path, word in document.words(*pattern))


def _places(files: Files) -> list[str]:
    return [name for name in files.names["places"] if name != SYSTEM]


def _file_names(files: Files) -> Iterator[ParamsFault]:
    for folder, key in (("places", "id"), ("priorities", "id"), ("meetings", "place")):
        for name, document in files.folder(folder).items():
            for path, word in document.words(key):
                if word != name:
                    allowed = f"{name}, as the file is called"
                    yield document.fault(path, found=repr(word), allowed=allowed, hint="or rename the file")


def _references(files: Files) -> Iterator[ParamsFault]:
    """Names of things that no file defines, as far as the files that would define them can be read."""
    priorities, places = files.priorities.values(), files.places.values()
    yield from _unknown(_entries([files.chapters], "*", "priority"), files.names["priorities"])
    boards = [*_places(files), SYSTEM, ALL_BOARDS]
    yield from _unknown(_entries([files.circulation], "lists", "*", "boards", "*"), boards)
    collaboratives = (
        [] if files.collaboratives is None else [i for _, i in files.collaboratives.words("*", "id")]
    )
    yield from _unknown(_entries([files.chapters], "*", "collaboratives", "*"), collaboratives)
    yield from _unknown(_entries([files.baselines], "figures", "*", "priority"), files.names["priorities"])
    if files.chapters is not None:
        chapters = [word for *_, word in chapter_ids(files.chapters)]
        yield from _unknown(_entries([files.baselines], "figures", "*", "chapter"), chapters)
    figures = [word for *_, word in _entries([files.baselines], "figures", "*", "id")]
    if files.baselines is None or figures:
        yield from _unknown(_entries(_evidenced(files), "*", "baselines", "*"), figures)
    if _all_read(files, "priorities"):
        outcomes = [word for *_, word in _entries(priorities, "outcomes", "*", "id")]
        yield from _unknown(_entries([files.baselines], "figures", "*", "outcome"), outcomes)
    yield from _unknown(_entries([files.assurance], "rules", "*", "priority", "*"), files.names["priorities"])
    if files.system is not None:
        trusts = [code for _, code in files.system.words("trusts", "*", "code")]
        yield from _unknown(_entries(places, "trust"), trusts)
        yield from _unknown(_entries([files.collaboratives], "*", "trusts", "*"), trusts)
        rebased = _entries(files.indicators.values(), "*", "rebased", "*", "trusts", "*")
        yield from _unknown(rebased, trusts)
    if _all_read(files, "places") and all(any(place.words("boroughs", "*", "code")) for place in places):
        boroughs = [code for *_, code in _entries(places, "boroughs", "*", "code")]
        yield from _unknown(_entries([files.system], "combined_areas", "*", "boroughs", "*"), boroughs)
        comparators = [code for *_, code in _entries([files.system], "comparators", "*", "code")]
        yield from _unknown(_entries([files.baselines], "figures", "*", "area"), [*boroughs, *comparators])
    if _all_read(files, "indicators"):
        indicators = [str(path[0]) for d in files.indicators.values() for path, _ in d.find("*")]
        yield from _unknown(_entries([files.assurance], "rules", "*", "indicator", "*"), indicators)
        yield from _unknown(_entries([files.judging], "findings", "*", "indicators", "*"), indicators)
        for end in ("of", "to"):
            yield from _unknown(_entries([files.judging], "stands_out", "*", "gaps", "*", end), indicators)
        yield from _unknown(_entries(priorities, "outcomes", "*", "indicators", "*"), indicators)
        yield from _unknown(_entries(priorities, "success", "*", "indicators", "*"), indicators)
        for pattern in INEQUALITY_INDICATORS:
            yield from _unknown(_entries([files.inequalities], *pattern), indicators)
        for part in ("priorities", "pathways"):
            named = _entries([files.collaboratives], "*", part, "*", "indicators", "*")
            yield from _unknown(named, indicators)
        yield from _unknown(_entries([files.system], "trust_charts", "*"), indicators)
        yield from _unknown(_entries(places, "emphasis", "*", "indicators", "*"), indicators)
        yield from _unknown(_entries(_evidenced(files), "*", "indicators", "*"), indicators)


def _evidenced(files: Files) -> tuple[Document | None, ...]:
    """Return the files whose entries give evidence: themes and foundations."""
    return files.themes, files.foundations


def _all_read(files: Files, folder: str) -> bool:
    return len(files.folder(folder)) == len(files.names[folder])


def _unknown(entries: Iterable[Entry], allowed: Sequence[str]) -> Iterator[ParamsFault]:
    for document, path, word in entries:
        if word not in allowed:
            yield document.fault(path, found=repr(word), allowed=_listed(allowed), hint=near(word, allowed))


def _listed(allowed: Sequence[str], most: int = 12) -> str:
    if not allowed:
        return "none is known yet"
    more = f" and {len(allowed) - most} more" if len(allowed) > most else ""
    return ", ".join(allowed[:most]) + more


def _repeats(files: Files) -> Iterator[ParamsFault]:
    places, priorities = files.places.values(), files.priorities.values()
    codes = [*_entries(places, "boroughs", "*", "code")]
    for part in ("comparators", "combined_areas", "trusts", "own_areas"):
        codes += _entries([files.system], part, "*", "code")
    yield from _repeated(codes, "each area once")
    yield from _repeated(_entries(places, "name"), "a name of its own for each place")
    yield from _repeated(_entries(priorities, "name"), "a name of its own for each priority")
    yield from _repeated(_entries(priorities, "outcomes", "*", "id"), "each outcome's id once")
    yield from _repeated(
        _entries(priorities, "outcomes", "*", "indicators", "*"), "each indicator under one outcome"
    )
    yield from _repeated(
        _entries(priorities, "outcomes", "*", "title"), "a title of its own for each outcome"
    )
    if files.chapters is not None:
        yield from _repeated(
            chapter_ids(files.chapters), "an id of its own for each chapter, such as id: second_look"
        )
    yield from _repeated(_entries([files.inequalities], "measures", "*", "indicator"), "each indicator once")
    yield from _repeated(_entries([files.inequalities], "groups", "*", "id"), "each id once")
    joined = _entries([files.judging], "findings", "*", "indicators", "*")
    yield from _repeated(joined, "each indicator in one finding")
    names = _entries([files.judging], "findings", "*", "name")
    yield from _repeated(names, "a name of its own for each finding")
    yield from _repeated(_entries([files.circulation], "lists", "*", "id"), "each list's id once")
    yield from _repeated(
        _entries([files.circulation], "lists", "*", "name"), "a name of its own for each list"
    )
    yield from _collaboratives_repeated(files)
    yield from _repeated(_entries(_evidenced(files), "*", "id"), "an id of its own for each")
    yield from _repeated(_entries(_evidenced(files), "*", "name"), "a name of its own for each")
    yield from _repeated(_entries([files.baselines], "figures", "*", "id"), "each figure's id once")
    ids = [(d, path, str(path[0])) for d in files.indicators.values() for path, _ in d.find("*")]
    yield from _repeated(ids, "each indicator once")
    orders = [
        (document, path, str(value))
        for document in priorities
        for path, value in document.find("order")
        if isinstance(value, int) and not isinstance(value, bool)
    ]
    yield from _repeated(orders, "a number of its own for each priority")


def _collaboratives_repeated(files: Files) -> Iterator[ParamsFault]:
    """What a collaborative, or a chapter that names some, may say only once."""
    ids = list(_entries([files.collaboratives], "*", "id"))
    yield from _repeated(ids, "each collaborative's id once")
    parts = [
        entry
        for part in ("priorities", "pathways")
        for entry in _entries([files.collaboratives], "*", part, "*", "id")
    ]
    for _, (number, *_), _ in ids:
        own = [entry for entry in parts if entry[1][0] == number]
        yield from _repeated(own, "each id of a priority or pathway once")


def _repeated(entries: Iterable[Entry], allowed: str) -> Iterator[ParamsFault]:
    first: dict[str, Entry] = {}
    for document, path, word in entries:
        if word in first:
            where, at, _ = first[word]
            found = f"{word!r}, which {where.file}, line {where.lines[at]} has already"
            yield document.fault(path, found=found, allowed=allowed)
        first.setdefault(word, (document, path, word))


def _reserved(files: Files) -> Iterator[ParamsFault]:
    if SYSTEM in files.names["places"]:
        where = f"{files.label}/places/{SYSTEM}.yml"
        allowed = "any other name: system stands for the whole system"
        yield fault(where, 0, f"a place called {SYSTEM}", allowed)


def _missing_calendars(files: Files) -> Iterator[ParamsFault]:
    needed = [*_places(files), SYSTEM]
    for name in files.names["meetings"]:
        if name not in needed:
            where = f"{files.label}/meetings/{name}.yml"
            found = f"a calendar for {name}, which is no place"
            yield fault(where, 0, found, _listed(needed), near(name, needed))
    for name in needed:
        if name not in files.names["meetings"]:
            where = f"{files.label}/meetings/{name}.yml"
            yield fault(where, 0, "no such file", f"a calendar of meetings for {name}")


def _chapter_parameters(files: Files) -> Iterator[ParamsFault]:
    """Names that a notebook could not take as parameters, or gets anyway."""
    if files.chapters is None:
        return
    for path, _ in files.chapters.find("*", "parameters", "*"):
        name = str(path[-1])
        if name == "place":
            allowed = "other names: every notebook is given its place anyway"
            yield files.chapters.fault(path, found="a parameter called place", allowed=allowed)
        elif name == "priority":
            allowed = "priority: beside the notebook, which is given it where it has such a parameter"
            yield files.chapters.fault(path, found="a parameter called priority", allowed=allowed)
        elif not name.isidentifier():
            allowed = "letters, digits and underscores, such as first_year"
            yield files.chapters.fault(path, found=repr(name), allowed=allowed)


def _tiles(files: Files) -> Iterator[ParamsFault]:
    """Tiles of boroughs: each in a spot of its own, and one for every borough where any has one."""
    boroughs = [(place, path) for place in files.places.values() for path, _ in place.find("boroughs", "*")]
    spots = [
        (place, (*path, "tile"), " ".join(map(str, spot)))
        for place, path in boroughs
        if isinstance(spot := place.value((*path, "tile")), tuple)
    ]
    yield from _repeated(spots, "a row and a column of its own for each local authority")
    if files.inequalities is not None and _all_read(files, "places") and not spots:
        for path, chart in files.inequalities.words("measures", "*", "chart"):
            if chart == "map":
                allowed = "a map where params/places/ give a tile for every local authority"
                yield files.inequalities.fault(
                    path, found=repr(chart), allowed=allowed, hint="or write chart: bars"
                )
    with_tile = {(place.file, path[:-1]) for place, path, _ in spots}
    if with_tile:
        for place, path in boroughs:
            if (place.file, path) not in with_tile and place.value((*path, "tile")) is None:
                allowed = "tile: [row, column] for every local authority, or for none"
                yield place.fault(path, found="no tile", allowed=allowed)


def _homeless_baselines(files: Files) -> Iterator[ParamsFault]:
    """Baseline figures that no part of a pack would show."""
    if files.baselines is None:
        return
    named = {word for *_, word in _entries(_evidenced(files), "*", "baselines", "*")}
    for path, figure in files.baselines.find("figures", "*"):
        homes = {"priority", "outcome", "chapter"}
        if isinstance(figure, dict) and not homes & set(figure) and figure.get("id") not in named:
            found = "a figure that nothing shows"
            allowed = "priority, outcome or chapter, or its id under baselines of a theme or foundation"
            yield files.baselines.fault(path, found=found, allowed=allowed)


def _claims(files: Files) -> Iterator[ParamsFault]:
    """Ranks that a place is said to have among areas that packs do not rank."""
    if files.system is None:
        return
    names = [name for _, name in files.system.words("comparators", "*", "name")]
    peers = next((word for _, word in files.system.words("peers")), "")
    allowed = [*names[:1], peers, *(name for name in names[1:] if are_of(peers, name))]
    for document, path, word in _entries(files.places.values(), "emphasis", "*", "claim", "among"):
        if word not in allowed:
            hint = (
                near(word, allowed)
                or "leave the claim out: its text stays, and today's figures are shown beside it"
            )
            what = f"{_listed(allowed)}: packs rank no other areas"
            yield document.fault(path, found=repr(word), allowed=what, hint=hint)


def _names_of_several(files: Files) -> Iterator[ParamsFault]:
    """Names that stand for two areas, so that a reader could not tell whose figure it is."""
    owners: dict[str, Entry] = {}
    for entry in _entries([files.system], "comparators", "*", "name"):
        owners.setdefault(entry[2], entry)
    for place in files.places.values():
        boroughs = list(_entries([place], "boroughs", "*", "name"))
        own = [*_entries([place], "name"), *boroughs] if len(boroughs) > 1 else boroughs
        for document, path, word in own:
            if word in owners:
                where, at, _ = owners[word]
                found = f"{word!r}, which {where.file}, line {where.lines[at]} calls another area"
                yield document.fault(path, found=found, allowed="a name of its own for each area")
            owners.setdefault(word, (document, path, word))


def _names_of_one(files: Files) -> Iterator[ParamsFault]:
    """Places of one borough that are called otherwise than it: a figure would have two names in one pack."""
    places = [word for *_, word in _entries(files.places.values(), "name")]
    for place in files.places.values():
        boroughs = list(place.words("boroughs", "*", "name"))
        if len(boroughs) == 1 and len(list(place.find("boroughs", "*"))) == 1:
            _, name = boroughs[0]
            for path, word in place.words("name"):
                if word != name and is_name(word) and places.count(word) == 1:  # else that is the fault
                    yield place.fault(
                        path,
                        found=repr(word),
                        allowed=f"{name!r}, as the place's one local authority is called",
                        hint="to rename the place, give its local authority (under boroughs) the new name too",
                    )


def _rules(files: Files) -> Iterator[ParamsFault]:
    if files.assurance is not None:
        members = {
            name: [word for _, word in document.words("outcomes", "*", "indicators", "*")]
            for name, document in files.priorities.items()
        }
        yield from never_matching(files.assurance, members)
