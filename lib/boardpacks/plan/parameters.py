"""Strict parameters of notebooks: what a notebook's parameters cell declares, and whether values fit it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import nbformat
from pydantic import ConfigDict, TypeAdapter, ValidationError

from boardpacks.project.errors import InputError, Problem, near
from boardpacks.project.notebook import read_notebook, tags

TAG = "parameters"
"""Tag of the cell that declares a notebook's parameters."""

TYPES = "str, int, float, bool, None, list[...], dict[str, ...], Literal[...], X | None, Optional[X]"
STRICT = ConfigDict(strict=True, allow_inf_nan=False)
PLAIN: dict[str, Any] = {"str": str, "int": int, "float": float, "bool": bool}


@dataclass(frozen=True)
class Parameter:
    """One parameter that a notebook declares.

    ``annotation`` is the type as the notebook words it; ``required`` means that it has no default.
    """

    name: str
    annotation: str
    adapter: TypeAdapter[Any]
    required: bool

    def fault(self, value: object) -> str:
        """Return what is wrong with a value, or an empty string."""
        try:
            self.adapter.validate_python(value)
        except ValidationError as error:
            first = error.errors()[0]
            inside = "".join(f"[{step!r}]" for step in first["loc"] if not _is_branch(step))
            return f"{inside + ': ' if inside else ''}{first['msg']}"
        return ""


@dataclass(frozen=True)
class Signature:
    """The parameters of one notebook, and the number of the cell that declares them, counted from 1."""

    notebook: str
    cell: int
    parameters: tuple[Parameter, ...]

    @property
    def where(self) -> str:
        """File and cell, as errors name them."""
        return f"notebooks/{self.notebook}, cell {self.cell}"


def read_signature(path: Path) -> Signature:
    """Return the parameters that a notebook declares in its cell tagged ``parameters``.

    The cell holds lines such as ``place: str = "havering"`` and nothing else but imports from typing. A line
    without ``= default`` declares a parameter that has to be given.

    Raises
    ------
    InputError
        Naming every fault of the cell, or of the file when it is not a notebook.
    """
    cell, number = _parameters_cell(path, read_notebook(path))
    where = f"notebooks/{path.name}, cell {number}"
    try:
        body = ast.parse(cell.source).body
    except SyntaxError as error:
        line = (error.text or "").strip()
        raise InputError(
            [Problem(where, "", line or str(error.msg), "Python without a syntax error")]
        ) from None
    problems: list[Problem] = []
    parameters: dict[str, Parameter] = {}
    for statement in body:
        if _is_harmless(statement):
            continue
        found = _declared(statement, where)
        if isinstance(found, Problem):
            problems.append(found)
        elif found.name in parameters:
            problems.append(Problem(where, found.name, "declared twice", "one declaration of each parameter"))
        else:
            parameters[found.name] = found
    if problems:
        raise InputError(problems)
    return Signature(path.name, number, tuple(parameters.values()))


def check_parameters(signature: Signature, given: Mapping[str, object]) -> list[Problem]:
    """Return every fault of the values given to a notebook: unknown, missing or of a wrong type."""
    declared = {parameter.name: parameter for parameter in signature.parameters}
    names = list(declared)
    problems = [
        Problem(
            signature.where,
            name,
            "given, but the notebook has no such parameter",
            f"its parameters: {', '.join(names) or 'none'}",
            near(name, names),
        )
        for name in given
        if name not in declared
    ]
    for name, parameter in declared.items():
        if name not in given:
            if parameter.required:
                allowed = f"a value of type {parameter.annotation}, or a default in the notebook"
                problems.append(Problem(signature.where, name, "no value and no default", allowed))
        elif fault := parameter.fault(given[name]):
            problems.append(_wrong_type(signature.where, parameter, given[name], fault))
    return problems


def _parameters_cell(path: Path, notebook: nbformat.NotebookNode) -> tuple[nbformat.NotebookNode, int]:
    tagged = [
        (cell, number)
        for number, cell in enumerate(notebook.cells, start=1)
        if TAG in tags(cell) and cell.cell_type == "code"
    ]
    if len(tagged) == 1:
        return tagged[0]
    numbers = ", ".join(str(number) for _, number in tagged)
    found = f"{len(tagged)} cells tagged {TAG}: {numbers}" if tagged else f"no code cell tagged {TAG}"
    raise InputError(
        [
            Problem(
                where=f"notebooks/{path.name}",
                key="",
                found=found,
                allowed=f"exactly one code cell tagged {TAG}",
                hint="" if tagged else "in JupyterLab: select the cell, Property Inspector, Cell Tags",
            )
        ]
    )


def _is_harmless(statement: ast.stmt) -> bool:
    """Docstrings and imports from typing may stand among the parameters; an annotation can need them."""
    if isinstance(statement, ast.ImportFrom):
        return statement.module in {"typing", "__future__"}
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _declared(statement: ast.stmt, where: str) -> Parameter | Problem:
    line = ast.unparse(statement).splitlines()[0]
    if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
        name = ""
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
        return Problem(where, name, line, "lines such as: name: type = default")
    name = statement.target.id
    annotation = ast.unparse(statement.annotation)
    try:
        adapter = TypeAdapter(_type(statement.annotation), config=STRICT)
    except ValueError as error:
        return Problem(where, name, str(error), f"types: {TYPES}")
    parameter = Parameter(name, annotation, adapter, required=statement.value is None)
    if statement.value is None:
        return parameter
    try:
        default = ast.literal_eval(statement.value)
    except (ValueError, TypeError):
        return Problem(
            where, name, f"default {ast.unparse(statement.value)}", "a default written out as a value"
        )
    if fault := parameter.fault(default):
        return _wrong_type(where, parameter, default, fault)
    return parameter


def _type(node: ast.expr) -> Any:  # noqa: PLR0911 - one return for each kind of type
    """Build the type that an annotation words, from the few that parameters may have.

    Raises
    ------
    ValueError
        Quoting the part that is not allowed.
    """
    match node:
        case ast.Constant(value=None):
            return type(None)
        case ast.Constant(value=str(quoted)):
            with suppress(SyntaxError):
                return _type(ast.parse(quoted, mode="eval").body)
            raise ValueError(quoted)
        case ast.Name(id=name) if name in PLAIN:
            return PLAIN[name]
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _type(left) | _type(right)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return _type(inner) | None
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            return list[_type(inner)]  # type: ignore[misc]
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[ast.Name(id="str"), inner])):
            return dict[str, _type(inner)]  # type: ignore[misc]
        case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            values = [each.value if isinstance(each, ast.Constant) else ... for each in parts]
            if values and all(isinstance(value, str | int | None) for value in values):
                return Literal[tuple(values)]
    raise ValueError(ast.unparse(node))


def _is_branch(step: int | str) -> bool:
    """Pydantic names the branch of a union in the path to a fault, which is no part of the value."""
    return isinstance(step, str) and (step in PLAIN or step.startswith(("list[", "dict[", "literal[")))


def _wrong_type(where: str, parameter: Parameter, value: object, fault: str) -> Problem:
    found = repr(value)
    shown = found if len(found) <= 80 else f"{found[:77]}..."
    return Problem(where, parameter.name, f"{shown} ({fault})", f"a value of type {parameter.annotation}")
