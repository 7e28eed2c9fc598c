"""Open anybody's PDF safely: a damaged, locked or endless file raises `ReportError`."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Pdf, settings

from report.isolation import memory
from report.isolation.limits import Limits
from report.press.pdf.objects import dictionary, linked
from report.press.pdf.samples import SCANS
from report.values import Location, Problem, ReportError, Severity

_SHARE = 0.58
"""How much of the memory that reading may take an open file has; more raises `MemoryError`, where the system can count (Linux)."""
_UNPACKED = 200_000_000
"""Bytes that qpdf may unpack of a stream."""
_NEAR = 1024
"""Bytes at the ends of a file in which %PDF- and %%EOF must be."""
_OBJECT = re.compile(r"\(object (\d+) (\d+),")
_REPAIRED = 100_000_000
"""The most bytes of a damaged file that is searched for its objects, which takes time."""
_ELSEWHERE = "export or print it to PDF from the program that made it"
_AGAIN = "print it to PDF again from the program that made it, or download it again"
_SIMPLER = "print it to PDF again, or split it"


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """An open PDF and how many pages it has."""

    pdf: Pdf
    path: Path
    pages: int

    def warnings(self) -> tuple[Problem, ...]:
        """Return a warning where something was odd in what was read so far; raise `ReportError` where an object could not be read.

        qpdf takes an object that it cannot read for null, and a page would come out empty.
        """
        warnings = [_message(self.path, warning) for warning in self.pdf.get_warnings()]
        _require_memory(self.pdf)
        for warning in warnings:
            number = _OBJECT.search(warning)
            if number and self.pdf.get_object(int(number[1]), int(number[2])) is None:
                raise _damaged(self.path, warning)
        if not warnings:
            return ()
        more = f", and {len(warnings) - 1:,} more" if warnings[1:] else ""
        message = f"does not follow the PDF specification: {warnings[0]}{more}"
        return (Problem(Severity.WARNING, "pdf.odd", message, Location(self.path), "look at every page"),)


@contextmanager
def open_strictly(path: Path, most: int | None = None) -> Iterator[OpenPdf]:
    """Open a PDF of at least one page and at most `most`; close it at the end.

    Pages are counted in the page tree, one at a time, so that a file of any length needs little memory. Nothing is repaired:
    what qpdf rescues from a file that is cut off is half of a document, which must not be printed. Raise `ReportError` for what cannot be
    read, needs a password, may not be printed, has no page or too many; and for damage that is met while the file is used.
    """
    with limited(path):
        try:
            head, tail = _ends(path)
            if b"%PDF-" not in head:
                raise _error(path, "unreadable", "is not a PDF", _ELSEWHERE)
            if b"%%EOF" not in tail:
                raise _error(path, "damaged", "is damaged: its end is missing", _AGAIN)
            pdf = _open(path, pikepdf.AccessMode.stream, repair=False, inherit_page_attributes=False)
        except (pikepdf.PdfError, RuntimeError) as error:  # pikepdf passes errors of C++ on as the latter
            raise _damaged(path, error) from None
        except FileNotFoundError:
            raise _missing(path) from None
        except OSError as error:
            raise _error(path, "unreadable", f"cannot be read: {error.strerror or error}") from None
        with pdf:
            try:
                if pdf.is_encrypted and not (pdf.allow.print_lowres or pdf.allow.print_highres):
                    hint = "ask its author for a copy that may be printed"
                    raise _error(path, "locked", "its author does not allow printing", hint)
                yield OpenPdf(pdf, path, _page_count(pdf, path, most))
            except (pikepdf.PdfError, RuntimeError) as error:
                raise _damaged(path, error) from None


@contextmanager
def open_tolerantly(path: Path) -> Iterator[Pdf]:
    """Open a PDF to look for faults: one that is damaged as far as it can be read, since the damage is a finding.

    Raise `ReportError` where nothing of it can be read, it needs a password, or it has no page.
    """
    with limited(path):
        try:
            pdf = _open(path, pikepdf.AccessMode.mmap, repair=path.stat().st_size <= _REPAIRED)
        except FileNotFoundError:
            raise _missing(path) from None
        except (pikepdf.PdfError, OSError, ValueError, RuntimeError) as error:
            raise _unreadable(path, error) from None
        with pdf:
            try:
                count = len(pdf.pages)
            except (pikepdf.PdfError, RuntimeError, ValueError) as error:
                raise _unreadable(path, error) from None
            if not count:
                _require_memory(pdf)
                raise _error(path, "empty", "has no pages", "export it again")
            yield pdf


@contextmanager
def limited(path: Path) -> Iterator[None]:
    """Limit what a file may take, and silence the warnings of libraries; raise `ReportError` where it needs more memory."""
    logger, silent = logging.getLogger("pikepdf"), logging.NullHandler()
    logger.addHandler(silent)  # or Python prints warnings on standard error where nobody listens
    before: dict[str, Any] = settings.set_qpdf_limits(
        flate_max_memory=_UNPACKED, png_max_memory=_UNPACKED, tiff_max_memory=_UNPACKED, run_length_max_memory=_UNPACKED,
        dct_max_memory=_UNPACKED, dct_max_progressive_scans=SCANS, max_stream_filters=8,
    )  # fmt: skip
    most = round(_SHARE * Limits.from_environment().memory)
    try:
        with memory.limited(most):
            yield
    except MemoryError:
        megabytes = round(most / 1_000_000)
        message = f"needs more than the {megabytes} MB of memory that a file may take"
        hint = f"{_SIMPLER}; or allow more:  report --read-memory {round(megabytes * 3 / _SHARE)} …"
        raise _error(path, "limit", message, hint) from None
    finally:
        settings.set_qpdf_limits(**before)
        logger.removeHandler(silent)


def _open(path: Path, mode: pikepdf.AccessMode, *, repair: bool, inherit_page_attributes: bool = True) -> Pdf:
    try:
        return pikepdf.open(
            path,
            access_mode=mode,
            attempt_recovery=repair,
            suppress_warnings=True,
            inherit_page_attributes=inherit_page_attributes,
        )
    except pikepdf.PasswordError:
        hint = "ask for a copy without a password, or open it and save one: a print shop cannot open it either"
        raise _error(path, "encrypted", "is encrypted: a password is needed to read it", hint) from None


def _ends(path: Path) -> tuple[bytes, bytes]:
    """Return the first and the last bytes of a file, as many as readers look at."""
    with path.open("rb") as file:
        head = file.read(_NEAR)
        file.seek(max(0, path.stat().st_size - _NEAR))
        return head, file.read()


def _require_memory(pdf: Pdf) -> None:
    """Raise `MemoryError` where qpdf passed over an object that did not fit."""
    if any("std::bad_alloc" in str(warning) for warning in pdf.get_warnings()):
        raise MemoryError


def _page_count(pdf: Pdf, path: Path, most: int | None) -> int:
    """Return the number of pages: what the page tree declares, if that is too many; else its leaves (7.7.3), which must be as many."""
    root = pdf.Root.get("/Pages")
    count = dictionary(root).get("/Count")
    declared = count if isinstance(count, int) and count >= 0 else None
    if most is not None and declared is not None and declared > most:
        raise _too_many(path, f"{declared:,}", most)
    counted = 0
    for node in linked(root, ("/Kids",)):
        counted += not isinstance(node.get("/Kids"), pikepdf.Array)
        if most is not None and counted > most:
            raise _too_many(path, f"more than {most:,}", most)
    if declared != counted or not counted:
        _require_memory(pdf)
    if declared is not None and declared != counted:
        message = f"is damaged: it should have {declared:,} pages, {counted:,} can be counted"
        raise _error(path, "damaged", message, _AGAIN)
    if not counted:
        raise _error(path, "empty", "has no pages")
    return counted


def _too_many(path: Path, count: str, most: int) -> ReportError:
    hint = "save the pages that are needed as a file of their own"
    return _error(path, "pages", f"has {count} pages; at most {most:,} are accepted", hint)


def _missing(path: Path) -> ReportError:
    return _error(path, "missing", "there is no such file", "look at its name and its folder")


def _unreadable(path: Path, error: Exception) -> ReportError:
    if not isinstance(error, OSError) and b"%PDF-" not in _ends(path)[0]:
        return _error(path, "unreadable", "is not a PDF", _ELSEWHERE)
    message = _message(path, error) or type(error).__name__
    return _error(path, "unreadable", f"cannot be read as PDF: {message}", "export it again")


def _damaged(path: Path, error: object) -> ReportError:
    return _error(path, "damaged", f"is damaged: {_message(path, error)}", _AGAIN)


def _message(path: Path, warning: object) -> str:
    """Return a warning or an error of qpdf's without the file's name, which the location has."""
    return str(warning).removeprefix(str(path)).strip(" :,")


def _error(path: Path, code: str, message: str, hint: str | None = None) -> ReportError:
    return ReportError.of(f"pdf.{code}", message, Location(path), hint)
