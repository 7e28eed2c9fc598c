"""Editions: what is printed writes out its links; what is redacted has no name in any byte of any format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from report import pipeline
from report.model.loading.load import load
from report.model.privacy.redact import MARK, names, redact
from report.values import Artifact, Job
from report.workspace import Workspace
from tests.conftest import change

ORGANISATION, DOCUMENT = "lantern-bridge", "annual-report-2025"


@pytest.fixture
def planted(small: Workspace) -> Workspace:
    """The small organisation with names in texts, alternative texts, file names, addresses, ids and metadata."""
    folder = small.data / ORGANISATION
    picture = Image.new("RGB", (60, 40), "#0f3d4c")
    exif = picture.getexif()
    exif[0x013B] = "Toma Brodov"
    picture.save(folder / "2025" / "brodov.jpg", exif=exif, comment=b"Toma Brodov")
    change(
        small,
        f"{ORGANISATION}/2025/year.yaml",
        "lessons:\n",
        "pictures:\n  - file: 2025/brodov.jpg\n    alt: {en: A lamp that Brodov lit, bg: Лампа на Бродов}\n"
        "    caption: {en: Lit by Toma, bg: Запалена от Тома}\n    shows_people: false\n"
        "thanks: {en: 'We thank Zornitsa Furnadzhieva and Toma Brodov’s sister.', bg: 'Благодарим на Зорница Фурнаджиева.'}\n"
        "lessons:\n",
    )
    change(
        small,
        f"{ORGANISATION}/organisation.yaml",
        "fields_of_work:",
        "contact: {email: ralitsa.mostova@example.org, phone: '+359 1', website: 'https://example.org'}\nfields_of_work:",
    )
    change(small, f"{ORGANISATION}/2025/donations.yaml", "- id: baker", "- id: furnadzhieva")
    return small


def jobs(workspace: Workspace, edition: str, languages: tuple[str, ...], formats: tuple[str, ...]) -> list[Job]:
    checked = pipeline.check(workspace, ORGANISATION, templates=False)
    assert checked.dossier, checked.errors
    return pipeline.jobs(checked.dossier, (DOCUMENT,), languages, formats, (edition,))


def made(
    workspace: Workspace,
    edition: str,
    languages: tuple[str, ...] = (),
    formats: tuple[str, ...] = ("pdf", "docx", "html"),
) -> list[Artifact]:
    asked = jobs(workspace, edition, languages, formats)
    return [artifact for job in asked for artifact in pipeline.run(workspace, job).artifacts]


def english(workspace: Workspace, edition: str) -> str:
    """Return the text of the English document, which all its formats say."""
    (job,) = jobs(workspace, edition, ("en",), ("html",))
    return pipeline.prepare(workspace, job).html


def streams(path: Path) -> Iterator[bytes]:
    """Yield every run of bytes that a file holds, unpacked: parts of packages, streams and strings of a PDF, its text."""
    content = path.read_bytes()
    yield path.name.encode()
    yield content
    if path.suffix in (".docx", ".xlsx"):
        yield from _parts(content)
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Stream):
                    try:
                        yield item.read_bytes()
                    except pikepdf.PdfError:
                        yield item.read_raw_bytes()
                yield item.unparse(resolved=True)
                yield from _strings(item)
        with pypdfium2.PdfDocument(path) as pdf:
            for page in pdf:
                yield page.get_textpage().get_text_bounded().encode()


def _parts(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            yield name.encode()
            yield package.read(name)
            if name.endswith(".xlsx"):
                yield from _parts(package.read(name))


def _strings(item: object, depth: int = 0) -> Iterator[bytes]:
    if isinstance(item, pikepdf.String):
        yield str(item).encode()
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream) and depth < 6:
        values = item.values() if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else item
        for value in values:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)


def found(paths: list[Path], wanted: tuple[str, ...]) -> set[str]:
    """Return which names stand in any byte of any file, in any of the encodings that formats use."""
    whole = b"\0".join(part for path in paths for part in streams(path))
    low = whole.lower()
    hits = set()
    for name in wanted:
        forms = [name.encode(), name.encode("utf-16-be"), name.encode("utf-16-le")]
        lower = [name.lower().encode()]
        if any(form in whole for form in forms) or any(form in low for form in lower):
            hits.add(name)
    return hits


@pytest.mark.slow
def test_no_removed_name_is_in_any_byte(planted: Workspace) -> None:
    dossier = load(planted, ORGANISATION).dossier
    wanted = names(dossier)
    assert {"Zornitsa Furnadzhieva", "Фурнаджиева", "Brodov", "Mila", "Мила", "Ралица", "Mostova"} <= set(wanted)
    screen = found([a.path for a in made(planted, "screen")], wanted)
    assert {"Ralitsa Mostova", "Мостова", "Mila"} <= screen  # the search finds what is there
    artifacts = made(planted, "redacted")
    assert len(artifacts) == 6 and all(a.path.stem.endswith("-redacted") for a in artifacts)
    assert found([a.path for a in artifacts], wanted) == set()


def test_a_redacted_edition_still_says_the_rest(planted: Workspace) -> None:
    html = english(planted, "redacted")
    assert (
        MARK in html
        and "Owl Bookshop" in html
        and "Personal data has been removed" in html
        and "chair of the board" in html
    )
    assert "The blue door" not in html and f"We thank {MARK} and {MARK} sister." in html


def test_redacting_twice_is_redacting_once(planted: Workspace) -> None:
    once = redact(load(planted, ORGANISATION).dossier)
    assert names(once) == () or set(names(once)) <= {MARK}
    assert all(story == () for story in (year.stories for year in once.years.values()))


def test_the_printed_edition_writes_out_its_links(small: Workspace) -> None:
    change(
        small,
        f"{ORGANISATION}/organisation.yaml",
        "mission:\n  en: No child",
        "mission:\n  en: See [our rooms](https://rooms.example.org/all). No child",
    )
    pages = {edition: english(small, edition) for edition in ("screen", "print")}
    written = '</a><span class="address"> (https://rooms.example.org/all)</span>'
    assert written in pages["print"] and written not in pages["screen"]
    assert 'data-field="target"' in pages["print"]


def test_pictures_lose_what_they_tell_besides(planted: Workspace) -> None:
    assert found([a.path for a in made(planted, "screen", ("en",), ("pdf", "docx"))], ("Exif", "Artist")) == set()
