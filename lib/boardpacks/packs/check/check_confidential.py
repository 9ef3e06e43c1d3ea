"""Proves that nothing of a meeting's private part (part II) stands in what is made for its public part (part I)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from boardpacks.facts.artefacts import Statement
from boardpacks.facts.spans import without_spans
from boardpacks.packs.check.docx_words import read_docx
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.markdown.read_markdown import read_markdown
from boardpacks.packs.markdown.text_faults import Faults
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import ChapterContent, Markdown, read_chapter
from boardpacks.params.agenda import AgendaItem, FrontSheet, Part
from boardpacks.params.calendars import Meeting
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.params.paper_names import paper_path, papers_folder
from boardpacks.plan.plan import pack_slug
from boardpacks.project.folder import Project
from boardpacks.project.notebook import read_notebook

FEWEST_WORDS = 8
"""Words from which on a sentence is taken to be one paper's own."""

FEWEST_WORDS_OF_A_TITLE = 3
"""Shorter titles, such as "Finance report", stand in many papers."""

_WORD = re.compile(r"\w+")
_HEADING = re.compile(r"^#+[ \t]+(.+?)(?:[ \t]*\{[^}]*\})?[ \t]*$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?:;])(?<!\bSt\.)\s+|\n\s*\n|\n\s*[-*|#>]\s*")
_SAID_BESIDE = ("alt", "aria-label", "title", "content")
"""Attributes of a page that hold words."""
_HARMLESS = frozenset(("item", "author", "sponsor", "purpose", "part"))
"""Fields of the front sheet that say nothing of a paper's matter. One that is not named here is looked for."""


@dataclass(frozen=True)
class Secret:
    """Words of the private part, in lower case with single blanks, and where they stand, for the message."""

    words: str
    where: str


def check_nothing_private(rendered: Mapping[str, Path], pack: PackContent, project: Project) -> None:
    """Raise CheckFailed when something of the meeting's private part stands in a public pack's documents."""
    plan = pack.plan
    if plan.part != "public":
        return
    secrets = find_secrets(pack.params, project, plan.place, plan.meeting, public=pack.chapters)
    if secrets and (
        leaks := find_leaks(((name, document_text(path)) for name, path in rendered.items()), secrets)
    ):
        raise CheckFailed(leaks)


def find_secrets(
    params: Params,
    project: Project,
    place: str,
    meeting: Meeting,
    *,
    public: Collection[ChapterContent] = (),
) -> tuple[Secret, ...]:
    """Return what must not be said in the public part of a meeting.

    Titles and file names of private items and headings of private chapters, of three words or more; every sentence of
    eight words or more of private chapters, papers and front sheets. What a public chapter or paper says too is no
    secret, since many papers share phrases; a public front sheet has no such excuse.

    Parameters
    ----------
    public
        What the public pack's chapters have handed over.
    """
    papers = papers_folder(project.papers, meeting.date, place)
    private = [item for item in meeting.agenda if item.part == "confidential"]
    chapters = _chapters(params, place, meeting, "confidential")
    if not private and not chapters:
        return ()
    told = [text for chapter in public for text in _chapter_texts(chapter)]
    said = {words for text in told for words in sentences(text)}
    said |= {
        words for text in _public_texts(params, project, place, meeting, papers) for words in sentences(text)
    }
    said |= {plain(item.title) for item in meeting.agenda if item.part == "public"}
    said |= set(_headings(told))
    for chapter in _chapters(params, place, meeting, "public"):
        said |= set(_headings(_visible_texts(project, chapter)))
    titles = [
        heading
        for chapter in chapters
        for texts in (_visible_texts(project, chapter), _executed_texts(project, place, meeting, chapter))
        for heading in _headings(texts)
    ]
    found = [
        *(Secret(plain(item.title), f"the title of the private item {item.item}") for item in private),
        *(
            Secret(plain(Path(str(item.file)).stem), f"the file of the private item {item.item}")
            for item in private
        ),
        *(Secret(heading, "a heading of a private chapter") for heading in titles),
    ]
    found = [secret for secret in found if secret.words.count(" ") >= FEWEST_WORDS_OF_A_TITLE - 1]
    for text, where in _private_texts(params, project, place, meeting, papers):
        found += [Secret(words, where) for words in sorted(sentences(text))]
    return tuple({secret.words: secret for secret in found if secret.words not in said}.values())


def find_leaks(texts: Iterable[tuple[str, str]], secrets: Sequence[Secret]) -> list[str]:
    """Return a line for each secret that one of the texts holds.

    Parameters
    ----------
    texts
        Name and text of each document.
    secrets
        From :func:`find_secrets`.
    """
    found = []
    for name, text in texts:
        searched = f" {plain(text)} "
        found += [
            f"{name}: says what is for the private part: {_shortened(secret.words)!r}, from {secret.where}"
            for secret in secrets
            if f" {secret.words} " in searched
        ]
    return found


def document_text(path: Path) -> str:
    """Return the words of a PDF, a Word document, a web page or a text file.

    Those of a web page are what it says to the eye, to a screen reader or to whoever opens its source.
    """
    if path.suffix.lower() == ".pdf":
        return pdf_text(path)
    if path.suffix.lower() == ".docx":
        return read_docx(path.read_bytes()).text()
    text = path.read_text(encoding="utf-8")
    if path.suffix.lower() != ".html":
        return text
    page = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    said = [one.get(name) for one in page.iter() for name in _SAID_BESIDE if one.get(name)]
    return " ".join([*page.itertext(), *(comment.text for comment in page.iter(etree.Comment)), *said])


def pdf_text(pdf: Path | bytes) -> str:
    """Return all text of a PDF: of its pages, bookmarks and metadata."""
    import pypdfium2  # noqa: PLC0415 - only meetings with a private part need it

    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
        bookmarks = [bookmark.get_title() for bookmark in opened.get_toc()]
        return "\n\n".join([*pages, *bookmarks, *opened.get_metadata_dict().values()])


def sentences(text: str) -> set[str]:
    """Return the sentences of a text that have eight words or more, plain."""
    found = (plain(part) for part in _SENTENCE.split(text))
    return {words for words in found if words.count(" ") >= FEWEST_WORDS - 1}


def plain(text: str) -> str:
    """Return the words of a text in lower case with single blanks; signs and line ends do not count."""
    return " ".join(_WORD.findall(text.replace("_", " ").casefold()))


def _private_texts(
    params: Params, project: Project, place: str, meeting: Meeting, papers: Path
) -> Iterator[tuple[str, str]]:
    if meeting.front_sheet.part == "confidential":
        for text in _sheet_texts(meeting.front_sheet):
            yield text, "the front sheet of the private pack"
    for chapter in _chapters(params, place, meeting, "confidential"):
        where = f"the private chapter {chapter.id}"
        for text in (*_notebook_texts(project, chapter), *_visible_texts(project, chapter)):
            yield text, where
        for text in _executed_texts(project, place, meeting, chapter):
            yield text, where
    for item in _with_file(meeting, papers, "confidential"):
        yield _paper_text(paper_path(papers, str(item.file))), f"the private item {item.item}"


def _public_texts(
    params: Params, project: Project, place: str, meeting: Meeting, papers: Path
) -> Iterator[str]:
    """Yield what public chapters and papers say."""
    for chapter in _chapters(params, place, meeting, "public"):
        yield from _visible_texts(project, chapter)  # what a comment says is not said
    for item in _with_file(meeting, papers, "public"):
        yield _paper_text(paper_path(papers, str(item.file)))


def _with_file(meeting: Meeting, papers: Path, part: Part) -> list[AgendaItem]:
    named = [item for item in meeting.agenda if item.part == part and item.file]
    return [item for item in named if paper_path(papers, str(item.file)).is_file()]


def _paper_text(path: Path) -> str:
    """Return the words of a paper; one that cannot be read has none, and is refused where it would be inserted."""
    try:
        return pdf_text(path)
    except Exception:
        return ""


def _chapters(params: Params, place: str, meeting: Meeting, part: Part) -> list[ChapterSpec]:
    """Return the chapters of a part; where the whole pack is private, all of them are."""
    whole: Part = meeting.front_sheet.part
    own = [chapter for chapter in params.chapters if chapter.belongs_to(place)]
    return [
        chapter
        for chapter in own
        if ("confidential" if "confidential" in (whole, chapter.part) else "public") == part
    ]


def _headings(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (plain(heading) for heading in _HEADING.findall(text))


def _sheet_texts(sheet: FrontSheet) -> list[str]:
    looked_for = [name for name in FrontSheet.model_fields if name not in _HARMLESS]
    return [text for name in looked_for if (text := getattr(sheet, name))]


def _notebook_texts(project: Project, chapter: ChapterSpec) -> list[str]:
    path = project.notebooks / f"{chapter.notebook}.ipynb"
    if not path.is_file():  # the plan of a build names what is missing
        return []
    notebook = read_notebook(path)
    return [str(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]


def _visible_texts(project: Project, chapter: ChapterSpec) -> Iterator[str]:
    """Yield what the Markdown of a notebook shows; what is wrong with it is told where the chapter is read."""
    for text in _notebook_texts(project, chapter):
        yield read_markdown(text, Faults(chapter.id), chapter.id).text


def _executed_texts(project: Project, place: str, meeting: Meeting, chapter: ChapterSpec) -> Iterator[str]:
    """Yield what a private chapter says as it was executed last, headings that its code makes among it."""
    slug = pack_slug(place, part="confidential")
    executed = project.work / meeting.date.isoformat() / slug / "executed" / f"{chapter.id}.ipynb"
    if executed.is_file():
        yield from _chapter_texts(read_chapter(executed))


def _chapter_texts(chapter: ChapterContent) -> Iterator[str]:
    for item in chapter.items:
        if isinstance(item, Markdown):
            yield item.text
        elif isinstance(item, Statement):
            yield without_spans(item.markdown)


def _shortened(words: str, most: int = 12) -> str:
    parts = words.split()
    return " ".join(parts[:most]) + (" ..." if len(parts) > most else "")
