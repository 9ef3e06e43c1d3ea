"""Reads one YAML file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from boardpacks.params.compose_yaml import FaultyYaml, Node, compose, compose_fast
from boardpacks.params.params_file import Document, KeyPath, ParamsFault, fault, shorten

_TAG = "tag:yaml.org,2002:"
_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_NOT_YAML = "YAML: lines such as `key: value`, two spaces of indentation for each level"


def read_document(path: Path, file: str) -> tuple[Document | None, list[ParamsFault]]:
    """Read one YAML file.

    Parameters
    ----------
    path
        The file.
    file
        Its path as users should read it.

    Returns
    -------
    document, faults
        The document is None when the file cannot be read as YAML at all.
    """
    text = _read_text(path, file)
    node = _compose(text, file) if isinstance(text, str) else text
    if isinstance(node, ParamsFault):
        return None, [node]
    reader = _Reader(file)
    data = reader.plain(node, ())
    return Document(file, data, reader.lines, reader.written, reader.refused), reader.faults


def _read_text(path: Path, file: str) -> str | ParamsFault:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _encoding_fault(file, error)
    except OSError as error:
        return fault(file, 0, error.strerror or str(error), "a file that can be read")


def _compose(text: str, file: str) -> Node | ParamsFault:
    """Read the text fast; where that is not possible, read it again in the way that has good messages."""
    try:
        node = compose_fast(text) or compose(text)
    except FaultyYaml as error:
        if error.kind == "syntax":
            return _syntax_fault(file, text, error)
        if error.kind == "sign":
            return fault(file, error.line, "a control character, which no editor shows", "text without any")
        return fault(file, 1, f"text that YAML cannot read ({error.problem})", _NOT_YAML)
    return node if node is not None else fault(file, 1, "an empty file", "keys and values")


def _encoding_fault(file: str, error: UnicodeDecodeError) -> ParamsFault:
    line = error.object[: error.start].count(b"\n") + 1
    found = f"the byte 0x{error.object[error.start]:02x}, which is not UTF-8"
    return fault(file, line, found, "text in UTF-8", "save the file as UTF-8 in your editor")


def _syntax_fault(file: str, text: str, error: FaultyYaml) -> ParamsFault:
    line = error.line
    rows = text.splitlines()
    tabbed = next((n for n, row in enumerate(rows, 1) if "\t" in row[: len(row) - len(row.lstrip())]), 0)
    if tabbed:
        return fault(file, tabbed, "a tab in the indentation", "spaces only", "put two spaces for each tab")
    problem = error.problem
    if "another document" in problem:
        return fault(file, line, "a second document after ---", "one document in a file")
    row = rows[line - 1].strip() if line <= len(rows) else ""
    found = f"{shorten(row)} ({problem})" if row else problem
    return fault(file, line, found, _NOT_YAML, _syntax_hint(problem))


def _syntax_hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put text that holds a colon and a space in double quotes, or mend the indentation"
    if "cannot start any token" in problem or "undefined alias" in problem:
        return "put text that begins with a sign such as %, @, & or * in double quotes"
    return "look at the indentation, quotes and brackets on this line and the ones before it"


class _Reader:
    """Turns YAML nodes into plain values and notes where each stands."""

    def __init__(self, file: str):
        self.file = file
        self.lines: dict[KeyPath, int] = {}
        self.written: dict[KeyPath, str] = {}
        self.faults: list[ParamsFault] = []
        self.refused: set[KeyPath] = set()
        self._seen: set[int] = set()

    def plain(self, node: Node, path: KeyPath) -> object:
        # An alias is the node of its anchor once more: refused, since it may be endless.
        if id(node) in self._seen:
            found = f"an alias (*) of the value on line {node.start_mark.line + 1}"
            self._leave_empty(path, found, "the value itself, written out")
            return None
        self._seen.add(id(node))
        self.lines.setdefault(path, node.start_mark.line + 1)
        if node.id == "mapping":
            return self._mapping(node, path)
        if node.id == "sequence":
            return tuple(self.plain(item, (*path, number)) for number, item in enumerate(node.value))
        return self._scalar(node, path)

    def _mapping(self, node: Node, path: KeyPath) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                self._refuse(key_node, path, "a key that is itself a list or a mapping", "a word as the key")
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key in values:
                found = f"{key} for the second time (first on line {self.lines[here]})"
                self._refuse(key_node, here, found, "each key once", "keep one of the two")
                continue
            self.lines[here] = key_node.start_mark.line + 1
            values[key] = self.plain(value_node, here)
        return values

    def _scalar(self, node: Node, path: KeyPath) -> object:
        text = str(node.value)
        self.written[path] = text
        read = _SCALARS.get(str(node.tag).removeprefix(_TAG))
        if read is None:
            self._leave_empty(path, f"the tag {node.tag}", "a value without a tag")
            return None
        try:
            return read(text)
        except (ValueError, OverflowError):
            return text

    def _leave_empty(self, path: KeyPath, found: str, allowed: str) -> None:
        line = self.lines.get(path) or self.lines.get(path[:-1], 1)
        self.faults.append(fault(self.file, line, found, allowed, path=path))
        self.lines.setdefault(path, line)
        self.refused.add(path)

    def _refuse(self, node: Node, path: KeyPath, found: str, allowed: str, hint: str = "") -> None:
        self.faults.append(fault(self.file, node.start_mark.line + 1, found, allowed, hint, path=path))


def _read_int(text: str) -> int:
    digits = text.replace("_", "")
    return int(digits, 0) if digits.lstrip("+-")[:2] in ("0x", "0o") else int(digits)


def _read_float(text: str) -> float:
    return float(text.lower().replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))


def _read_date(text: str) -> dt.date | str:
    # A date with a time, or a day that no month has, stays text: the models then ask for a date.
    match = _DATE.fullmatch(text)
    return dt.date(*(int(part) for part in match.groups())) if match else text


_SCALARS: Mapping[str, Callable[[str], object]] = {
    "str": str,
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": _read_int,
    "float": _read_float,
    "timestamp": _read_date,
}
