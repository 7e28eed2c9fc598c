"""DOCX by LibreOffice: does another program open it, and how does it look there?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.judges.kept import kept
from tests.judges.missing import program, run

_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


def findings(path: Path) -> list[str]:
    """Return what is wrong when LibreOffice renders the file: it does not open, or a page has no ink at all."""
    from PIL import Image

    program("soffice", _MAC), program("pdftoppm")  # missing ones are told before the slow part
    with tempfile.TemporaryDirectory() as folder:
        try:
            images = pages(path, Path(folder), dpi=30)
        except RenderFailed as failed:
            return [str(failed)]
        found = []
        for number, image in enumerate(images, 1):
            with Image.open(image) as page:
                low, high = page.convert("L").getextrema()
            if low == high:
                found.append(f"page {number} of {len(images)} is blank")
        return found


class RenderFailed(Exception):
    """LibreOffice or poppler made nothing of the file."""


def to_pdf(path: Path, folder: Path) -> Path:
    """Convert a Word file to PDF in `folder`, once in a session; raise `RenderFailed`."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}.pdf"
    target.write_bytes(kept("pdf", path, lambda: _converted(path)))
    return target


def _converted(path: Path) -> bytes:
    soffice = program("soffice", _MAC)
    # A profile of its own for each call: two LibreOffices with one profile wait for, or kill, each other.
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as folder:
        # Where no filter is named, LibreOffice opens a damaged file as plain text and is content.
        result = run(
            soffice,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            "--infilter=MS Word 2007 XML",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            path,
            timeout=180,
        )
        target = Path(folder) / f"{path.stem}.pdf"
        if result.returncode or not target.is_file():
            raise RenderFailed(f"LibreOffice did not convert it: {(result.stderr or result.stdout).strip()[:500]}")
        return target.read_bytes()


def pages(path: Path, folder: Path, dpi: int = 100) -> list[Path]:
    """Render a Word or PDF file to one PNG per page in `folder`, in order; raise `RenderFailed`."""
    pdf = path if path.suffix == ".pdf" else to_pdf(path, folder)
    result = run(program("pdftoppm"), "-r", str(dpi), "-png", pdf, folder / "page")
    images = sorted(folder.glob("page-*.png"))
    if result.returncode or not images:
        raise RenderFailed(f"pdftoppm made no page: {result.stderr.strip()[:500]}")
    return images
