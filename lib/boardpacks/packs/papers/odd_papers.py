"""Finds out which papers keep a meeting pack from being put together, whatever a library makes of their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from boardpacks.packs.papers.assemble import MergedContents
from boardpacks.packs.papers.find_papers import Paper
from boardpacks.project.errors import BoardpacksError, InputError, Problem


@contextmanager
def odd_papers_named(contents: MergedContents, alone: Callable[[MergedContents], object]) -> Iterator[None]:
    """Raise what is no finding of ours as one that names the papers at fault.

    A paper's odd part may be met long after the paper was inserted, in any library and as any kind of error. So no
    error is asked what it means: each paper is tried by itself.

    Parameters
    ----------
    contents
        What was being put together.
    alone
        Puts a pack together of which nothing is published.

    Raises
    ------
    InputError
        Naming every paper that cannot be inserted by itself either.
    """
    try:
        yield
    except BoardpacksError:
        raise
    except Exception as error:
        if problems := [problem for each in _each(contents) for problem in _problems(each, alone)]:
            raise InputError(problems) from error
        raise


def _each(contents: MergedContents) -> Iterator[MergedContents]:
    for paper, findings in contents.papers:
        yield replace(contents, items=(paper.item,), papers=((paper, findings),))


def _problems(contents: MergedContents, alone: Callable[[MergedContents], object]) -> Sequence[Problem]:
    ((paper, _),) = contents.papers
    try:
        alone(contents)
    except InputError as error:
        return error.problems
    except Exception:
        return (_problem(paper),)
    return ()


def _problem(paper: Paper) -> Problem:
    return Problem(
        paper.shown,
        f"file of agenda item {paper.item.item}",
        "a damaged PDF, of which some parts are not what they should be",
        "a PDF whose parts are as the standard has them",
        "open it where it was made and save it as a PDF again, or print it to a PDF",
    )
