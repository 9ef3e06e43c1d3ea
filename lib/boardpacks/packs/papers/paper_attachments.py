"""Keeps the files that are attached to papers, each under a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pikepdf

_PROGRAMS = frozenset(
    (
        *(".apk", ".app", ".bat", ".cmd", ".com", ".cpl", ".dll", ".dmg", ".exe", ".hta", ".jar", ".js"),
        *(".jse", ".lnk", ".msi", ".msp", ".pif", ".ps1", ".py", ".reg", ".scr", ".sh", ".url", ".vbe"),
        *(".vbs", ".wsf", ".docm", ".dotm", ".xlsm", ".xltm", ".pptm", ".ppsm"),
    )
)
"""Endings of files that can do something when they are opened."""

_UNFIT = re.compile(r"[^A-Za-z0-9._() -]+")
_RELATIONS = ("/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified")


@dataclass(frozen=True)
class Attached:
    """A file attached to a paper."""

    name: str
    content: bytes
    mime: str
    relation: str
    description: str


def read_attachments(pdf: pikepdf.Pdf) -> tuple[list[Attached], list[str]]:
    """Return the files attached to a paper, and what was left out because it could do something when opened."""
    kept, gone = [], []
    for found in _specifications(pdf):
        attached = _read(found)
        if attached is None:
            continue
        if PurePosixPath(attached.name.lower()).suffix in _PROGRAMS:
            gone.append(f"the attached program {attached.name}")
        else:
            kept.append(attached)
    return kept, gone


def write_attachments(pdf: pikepdf.Pdf, found: list[tuple[str, str, Attached]]) -> None:
    """Attach files to the pack; each comes with its item's number and the item in words."""
    names: set[str] = set()
    specifications = pikepdf.Array(list(pdf.Root.get("/AF", [])))
    for number, item, attached in found:
        name = _free(f"item-{_safe(number)}_{attached.name}", names)
        specification = pikepdf.AttachedFileSpec(
            pdf,
            attached.content,
            filename=name,
            mime_type=attached.mime,
            description=f"Attached to {item}. {attached.description}".strip(),
            creation_date="",
            mod_date="",
        )
        specification.obj.AFRelationship = pikepdf.Name(attached.relation)
        pdf.attachments[name] = specification
        specifications.append(specification.obj)
    if len(specifications):
        pdf.Root.AF = specifications


def _specifications(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    seen: set[tuple[int, int]] = set()
    lists: list[Any] = [specification.obj for specification in pdf.attachments.values()]
    lists += list(pdf.Root.get("/AF", []))
    for sheet in pdf.pages:
        for annotation in sheet.obj.get("/Annots", []):
            if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/FileAttachment":
                lists.append(annotation.get("/FS"))
    for found in lists:
        if not isinstance(found, pikepdf.Dictionary) or (found.is_indirect and found.objgen in seen):
            continue
        if found.is_indirect:
            seen.add(found.objgen)
        yield found


def _read(found: Any) -> Attached | None:
    files = found.get("/EF")
    stream = files.get("/UF", files.get("/F")) if isinstance(files, pikepdf.Dictionary) else None
    if not isinstance(stream, pikepdf.Stream):
        return None
    relation = str(found.get("/AFRelationship", "/Unspecified"))
    return Attached(
        name=_safe(str(found.get("/UF", found.get("/F", ""))).replace("\\", "/").rpartition("/")[2])
        or "file",
        content=stream.read_bytes(),
        mime=str(stream.get("/Subtype", "/application/octet-stream")).removeprefix("/"),
        relation=relation if relation in _RELATIONS else "/Unspecified",
        description=" ".join(str(found.get("/Desc", "")).split()),
    )


def _safe(name: str) -> str:
    return _UNFIT.sub("-", name).strip(" .-")[-100:]


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    free, count = name, 1
    while free.lower() in taken:
        count += 1
        free = f"{stem}-{count}{dot}{ending}" if dot else f"{name}-{count}"
    taken.add(free.lower())
    return free
