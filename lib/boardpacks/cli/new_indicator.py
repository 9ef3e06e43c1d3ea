"""boardpacks new indicator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from boardpacks.cli.answer import answered, on_a_terminal
from boardpacks.cli.ending import exit_statuses
from boardpacks.cli.new import NOTHING_WRITTEN
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.folder import Project, find_project

if TYPE_CHECKING:
    from boardpacks.new.add_indicator import AddedIndicator, NewIndicator
    from boardpacks.new.find_series import FoundSeries
    from boardpacks.params.models import Params
    from boardpacks.params.refreshing import Refresh

COMMAND = "boardpacks new indicator"
BETTER = ("high", "low", "none")


class Origin(StrEnum):
    """Where figures are read from."""

    ONS = "ons"
    FINGERTIPS = "fingertips"
    FILE = "file"


def indicator(  # noqa: PLR0913, PLR0917 - every option of the command
    id_: Annotated[str, typer.Argument(metavar="ID", help="Its id, in small letters with underscores.")],
    origin: Annotated[Origin, typer.Option("--from", help="Where its figures are read from.")],
    series: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What the ONS or Fingertips call it: a name or a number."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Tidy CSV or workbook; with ons or fingertips, their answer as you saved it.",
        ),
    ] = None,
    area_type: Annotated[
        list[int] | None,
        typer.Option(metavar="NUMBER", help="Of Fingertips: 502 upper-tier, 501 lower-tier authorities."),
    ] = None,
    sex: Annotated[Literal["Persons", "Female", "Male"], typer.Option(help="Whose figures.")] = "Persons",
    age: Annotated[str | None, typer.Option(help="Of Fingertips: the ages, where it has several.")] = None,
    name: Annotated[
        str | None, typer.Option(help="What it is called. Default: as its source has it.")
    ] = None,
    measures: Annotated[str | None, typer.Option(help="What is counted, in one sentence.")] = None,
    unit: Annotated[str | None, typer.Option(help="Default: as its source has it.")] = None,
    better: Annotated[
        Literal["high", "low", "none"] | None, typer.Option(help="Which figures are better.")
    ] = None,
    frequency: Annotated[
        Literal["annual", "biennial", "quarterly", "monthly"] | None,
        typer.Option(help="How often figures come. Default: from their periods."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="What its source is called.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who publishes it.")] = None,
    licence: Annotated[str | None, typer.Option(help="Under which licence.")] = None,
    into: Annotated[
        str, typer.Option(metavar="NAME", help="File of params/indicators/ that it goes into.")
    ] = "added",
    yes: Annotated[bool, typer.Option("--yes", help="Write it without asking whether it is right.")] = False,
) -> None:
    """Add an indicator with its figures: they are read, checked and shown before anything is written.

    \b
    Examples:
      boardpacks new indicator adult_obesity --from ons --series adult-obesity-prevalence
      boardpacks new indicator injuries_0_14 --from fingertips --series 90284 --area-type 502 --better low
      boardpacks new indicator falls --from file --file falls.csv --unit "per 100,000" --better low

    What the source does not tell is asked for, or an option: which figures are better, never a guess. The figures go
    into data/raw, and the snapshot is written anew.

    \b
    Exit status: 0 written, 2 something wrong, no answer, or not confirmed. Nothing is written then.
    """
    with exit_statuses(all_problems=True, state=NOTHING_WRITTEN):
        from boardpacks.new.add_indicator import NewIndicator, add_indicator, refuse_known  # noqa: PLC0415
        from boardpacks.new.change_project import change_project  # noqa: PLC0415
        from boardpacks.params.load import load_params  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        refuse_known(id_, params)
        what = _refresh(origin, series, area_type or (), sex, age)
        found = _found(id_, what, file, params, project)
        given = {"--name": name, "--measures": measures, "--unit": unit, "--better": better}
        given |= {"--source": source, "--publisher": publisher, "--licence": licence}
        said = _said(given, found)
        new = NewIndicator(id_, what, {option.removeprefix("--"): text for option, text in said.items()})
        made = change_project(
            project,
            dt.date.today(),
            lambda copy: add_indicator(copy, new, found, into, frequency),
            lambda added: _confirm(new, added, yes=yes),
        )
        typer.echo(
            f"Written: params/indicators/{into}.yml, data/raw, and the snapshot with {made.areas} areas."
        )
        typer.echo(f'To see it: boardpacks new outcome PRIORITY "What shall become true" --indicator {id_}')


def _refresh(
    origin: Origin, series: str | None, area_types: Sequence[int], sex: str, age: str | None
) -> Refresh | None:
    from pydantic import ValidationError  # noqa: PLC0415

    from boardpacks.params.refreshing import Refresh  # noqa: PLC0415

    if origin is Origin.FILE:
        return None
    question = "What the source calls it, such as adult-obesity-prevalence or 90284"
    own = answered(COMMAND, {"--series": series}, {"--series": question})["--series"]
    source = "fingertips" if origin is Origin.FINGERTIPS else "ons-els"
    asking = {"source": source, "series": own, "area_types": tuple(area_types), "sex": sex, "age": age}
    try:
        return Refresh.model_validate(asking)
    except ValidationError as error:
        allowed = (
            str(error.errors()[0]["msg"]).removeprefix("Value error, ").replace("area_types", "--area-type")
        )
        raise InputError([Problem(COMMAND, "--from", f"{origin}, series {own!r}", allowed)]) from None


def _found(
    id_: str, what: Refresh | None, file: Path | None, params: Params, project: Project
) -> FoundSeries:
    from boardpacks.data.snapshot import load_snapshot  # noqa: PLC0415
    from boardpacks.data.sources.answer_cache import AnswerCache  # noqa: PLC0415
    from boardpacks.data.sources.ask import Ask  # noqa: PLC0415
    from boardpacks.new.find_series import (  # noqa: PLC0415
        AnswerInFile,
        FoundSeries,
        series_of_file,
        series_of_source,
    )
    from boardpacks.params.load import load_imports  # noqa: PLC0415

    if what is None:
        path = Path(
            answered(COMMAND, {"--file": str(file or "")}, {"--file": "File of its figures"})["--file"]
        )
        return FoundSeries(series_of_file(id_, path, params, load_imports(project.params).workbooks))
    snapshot = load_snapshot(project.snapshots / params.system.snapshot)
    if file is not None:
        return series_of_source(id_, what, params, snapshot, project, AnswerInFile(file))
    with Ask(AnswerCache(project.answers)) as ask:
        return series_of_source(id_, what, params, snapshot, project, ask)


def _said(given: Mapping[str, str | None], found: FoundSeries) -> dict[str, str]:
    """Return what is said of it: what was given goes before what the source tells, and the rest is asked for."""
    told = {
        "--name": found.name,
        "--measures": found.measures,
        "--unit": found.unit,
        "--source": found.source,
        "--publisher": found.publisher,
        "--licence": found.licence,
    }
    questions = {
        "--name": "What it is called, as it reads in a sentence",
        "--measures": "What is counted, in one sentence",
        "--unit": "Its unit, such as % or per 100,000",
        "--better": f"Which figures are better: {', '.join(BETTER)}",
        "--source": "What its source is called",
        "--publisher": "Who publishes it",
        "--licence": "Under which licence, such as OGL v3.0",
    }
    said = answered(COMMAND, {option: given[option] or told.get(option) for option in questions}, questions)
    if said["--better"] not in BETTER:
        raise InputError([Problem(COMMAND, "--better", said["--better"], ", ".join(BETTER))])
    return said


def _confirm(new: NewIndicator, added: AddedIndicator, *, yes: bool) -> None:
    said = new.said
    typer.echo(f"{said['name']} ({said['unit']}). Better: {said['better']}.")
    typer.echo(f"Figures are {added.frequency}, 95% intervals: {added.interval}.")
    typer.echo(f"From {said['source']}: {said['publisher']}, {said['licence']}.")
    typer.echo(
        f"{len(added.periods)} periods, {added.periods[0]} to {added.periods[-1]}, of {added.areas} areas."
    )
    typer.echo("To compare with the source:")
    for line in added.values:
        typer.echo(f"  {line}")
    if yes:
        return
    if not on_a_terminal():
        raise BoardpacksError(f"Nobody has confirmed that. {NOTHING_WRITTEN} With --yes it is.")
    if not typer.confirm("Is that right?"):
        raise BoardpacksError(NOTHING_WRITTEN)
