"""Open a PDF of anybody's: damaged, locked and empty files get an answer, never a traceback."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from report.values import Location, ReportError


@contextlib.contextmanager
def opened(path: Path) -> Iterator[pikepdf.Pdf]:
    """Open a PDF for reading; raise `ReportError` where it cannot be read, needs a password, or has no pages."""
    try:
        pdf = pikepdf.open(path, access_mode=pikepdf.AccessMode.mmap, suppress_warnings=True)
    except pikepdf.PasswordError:
        hint = "ask for a copy without a password: a print shop cannot open it either"
        raise ReportError.of("pdf.encrypted", "needs a password to be opened", Location(path), hint) from None
    except FileNotFoundError:
        raise ReportError.of("pdf.missing", "there is no such file", Location(path)) from None
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError) as error:
        raise _unreadable(path, error) from None
    with pdf:
        try:
            count = len(pdf.pages)
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise _unreadable(path, error) from None
        if not count:
            raise ReportError.of("pdf.empty", "has no pages", Location(path), "export it anew")
        yield pdf


def _unreadable(path: Path, error: Exception) -> ReportError:
    said = str(error).replace(str(path), "").strip(" :") or type(error).__name__
    return ReportError.of("pdf.unreadable", f"cannot be read as PDF: {said}", Location(path), "export it anew")
