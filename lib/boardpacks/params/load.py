"""Loads the whole of params/ and reports everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from boardpacks.params.assurance import Assurance
from boardpacks.params.calendars import Calendar
from boardpacks.params.chapter_ids import chapter_ids
from boardpacks.params.check_model import check_model
from boardpacks.params.cross_checks import cross_check
from boardpacks.params.figure_checks import FigureChecks
from boardpacks.params.find_files import Files, find_files
from boardpacks.params.imports import Imports
from boardpacks.params.indicator import Indicator
from boardpacks.params.judging import Judging
from boardpacks.params.models import ChapterSpec, Inequalities, Params
from boardpacks.params.notify import Notify
from boardpacks.params.params_file import Document, ParamsFault
from boardpacks.params.priority import Collaborative, Priority
from boardpacks.params.read_yaml import read_document
from boardpacks.params.recipients import Circulation
from boardpacks.params.strategy import Baselines, Foundation, Theme
from boardpacks.params.system import SYSTEM, Place, System
from boardpacks.project.errors import InputError, Problem

M = TypeVar("M", bound=BaseModel)
NONE_GIVEN: Mapping[str | int, Mapping[str, object]] = MappingProxyType({})


@dataclass(frozen=True)
class ReadParams:
    """The files of params/ as far as they can be read.

    Parameters
    ----------
    params
        Every sound record, some calendar perhaps missing; None without a sound system.yml.
    problems
        Everything that is wrong, in order of file and line.
    unread
        Ids of what stands in the files and not in ``params``, since something is wrong with it.
    """

    params: Params | None
    problems: tuple[Problem, ...]
    unread: frozenset[str]


def load_params(folder: Path) -> Params:
    """Read and check every file of params/.

    Parameters
    ----------
    folder
        The ``params`` folder of a project.

    Returns
    -------
    Params
        Places in the order of their ids, priorities by ``order``, indicators by file and in the order of
        each file, calendars as places with the system's last.

    Raises
    ------
    InputError
        With every problem of every file, in order of file and line.
    """
    read = read_params(folder)
    if read.problems or read.params is None:
        raise InputError(read.problems)
    return read.params


def read_params(folder: Path) -> ReadParams:
    """Read and check every file of params/, and leave out what is faulty: for checks that look further.

    Builds and all else that uses params take :func:`load_params`.
    """
    files, faults = find_files(folder)
    faults += cross_check(files)
    system = _record(System, files.system, faults) if files.system else None
    places = _records(Place, files.places, faults)
    priorities = _records(Priority, files.priorities, faults)
    calendars = _records(Calendar, files.meetings, faults)
    indicators = _indicators(files.indicators.values(), faults)
    chapters = _chapters(files.chapters, faults)
    themes = _listed(Theme, files.themes, "themes, each beginning with `- id:`", faults)
    foundations = _listed(Foundation, files.foundations, "foundations, each beginning with `- id:`", faults)
    collaboratives = _listed(
        Collaborative, files.collaboratives, "collaboratives, each beginning with `- id:`", faults
    )
    baselines = _record(Baselines, files.baselines, faults) if files.baselines else None
    inequalities = _record(Inequalities, files.inequalities, faults) if files.inequalities else None
    assurance = _record(Assurance, files.assurance, faults) if files.assurance else None
    judging = _record(Judging, files.judging, faults) if files.judging else None
    if files.notify:
        _record(Notify, files.notify, faults)
    if files.checks:
        _record(FigureChecks, files.checks, faults)
    if files.imports:
        _record(Imports, files.imports, faults)
    if files.circulation:
        _record(Circulation, files.circulation, faults)
    problems = tuple(fault.problem for fault in sorted(faults))
    if system is None:
        return ReadParams(None, problems, frozenset())
    by_order = sorted(priorities.values(), key=lambda priority: priority.order)
    params = Params(
        system=system,
        places={place: places[place] for place in sorted(places)},
        priorities={priority.id: priority for priority in by_order},
        indicators=indicators,
        calendars={place: calendars[place] for place in [*sorted(places), SYSTEM] if place in calendars},
        chapters=chapters,
        inequalities=inequalities,
        collaboratives={collaborative.id: collaborative for collaborative in collaboratives},
        themes=themes,
        foundations=foundations,
        baselines=baselines,
        assurance=assurance,
        judging=judging or Judging(),
    )
    return ReadParams(params, problems, _ids_in(files) - _ids_of(params))


def _ids_in(files: Files) -> frozenset[str]:
    """Return the ids of everything that the files have, sound or not."""
    indicators = [str(path[0]) for document in files.indicators.values() for path, _ in document.find("*")]
    chapters = [name for *_, name in chapter_ids(files.chapters)] if files.chapters else []
    collaboratives = (
        [name for _, name in files.collaboratives.words("*", "id")] if files.collaboratives else []
    )
    folders = (*files.names["places"], *files.names["priorities"])
    return frozenset((*folders, *indicators, *chapters, *collaboratives))


def _ids_of(params: Params) -> frozenset[str]:
    records = (params.places, params.priorities, params.indicators, params.collaboratives)
    return frozenset((*(name for named in records for name in named), *(one.id for one in params.chapters)))


def load_notify(folder: Path) -> Notify | None:
    """Read who is told of scheduled builds, or return None when nobody is.

    It is no part of :class:`Params`: no pack depends on it, and it can be read when other files are wrong.

    Raises
    ------
    InputError
        With every problem of ``notify.yml``.
    """
    return _load_apart(Notify, folder / "notify.yml")


def load_circulation(folder: Path) -> Circulation | None:
    """Read who gets the papers of meetings, or return None where nobody said so.

    It is no part of :class:`Params`, since no pack depends on it.

    Raises
    ------
    InputError
        With every problem of ``circulation.yml``.
    """
    return _load_apart(Circulation, folder / "circulation.yml")


def load_imports(folder: Path) -> Imports:
    """Read where figures stand in workbooks of publishers.

    It is no part of :class:`Params`, since no pack depends on it.

    Raises
    ------
    InputError
        With every problem of ``imports.yml``.
    """
    return _load_apart(Imports, folder / "imports.yml") or Imports()


def _load_apart(model: type[M], path: Path) -> M | None:
    """Return the record of a file that may be missing, whatever is wrong with other files."""
    if not path.is_file():
        return None
    document, faults = read_document(path, f"{path.parent.name}/{path.name}")
    record = _record(model, document, faults) if document is not None else None
    if faults:
        raise InputError([fault.problem for fault in sorted(faults)])
    return record


def _record(model: type[M], document: Document, faults: list[ParamsFault]) -> M | None:
    record, found = check_model(model, document)
    faults += found
    return record


def _records(model: type[M], documents: Mapping[str, Document], faults: list[ParamsFault]) -> dict[str, M]:
    records = {name: _record(model, document, faults) for name, document in documents.items()}
    return {name: record for name, record in records.items() if record is not None}


def _indicators(documents: Iterable[Document], faults: list[ParamsFault]) -> dict[str, Indicator]:
    indicators: dict[str, Indicator] = {}
    for document in documents:
        if not isinstance(document.data, dict):
            faults.append(document.fault((), found=document.found(()), allowed="keys and values"))
            continue
        for key in document.data:
            record, found = check_model(Indicator, document, (key,), given={"id": key})
            faults += [*_written_ids(document, key), *found]
            if record is not None:
                indicators[record.id] = record
    return indicators


def _written_ids(document: Document, key: str) -> list[ParamsFault]:
    path = (key, "id")
    if path not in document.lines:
        return []
    allowed = "no id here: the key above it is the indicator's id"
    return [document.fault(path, found=document.found(path), allowed=allowed)]


def _chapters(document: Document | None, faults: list[ParamsFault]) -> tuple[ChapterSpec, ...]:
    ids = {path[0]: name for _, path, name in chapter_ids(document)} if document else {}
    made = {
        number: {"id": name} for number, name in ids.items() if document and _is_made(document, number, name)
    }
    return _listed(ChapterSpec, document, "chapters, each beginning with `- notebook:`", faults, made)


def _is_made(document: Document, number: str | int, name: str) -> bool:
    """Whether a chapter's id is neither written nor its notebook's name, which the model takes itself."""
    return (number, "id") not in document.lines and document.value((number, "notebook")) != name


def _listed(
    model: type[M],
    document: Document | None,
    what: str,
    faults: list[ParamsFault],
    given: Mapping[str | int, Mapping[str, object]] = NONE_GIVEN,
) -> tuple[M, ...]:
    """Return the records of a file that is a list of them; none where there is no such file."""
    if document is None:
        return ()
    if not isinstance(document.data, tuple) or not document.data:
        faults.append(document.fault((), found=document.found(()), allowed=f"a list of {what}"))
        return ()
    records = []
    for number in range(len(document.data)):
        record, found = check_model(model, document, (number,), given.get(number))
        faults += found
        records += [record] if record is not None else []
    return tuple(records)
