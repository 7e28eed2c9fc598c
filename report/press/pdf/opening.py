"""Open anybody's PDF safely: a damaged, locked or endless file raises `ReportError`."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Pdf, settings

from report.isolation import memory
from report.isolation.limits import Limits
from report.press.pdf import samples
from report.press.pdf.objects import dictionary
from report.values import Location, Problem, ReportError, Severity

_SHARE = 0.58
"""How much of the memory that reading may take an open file has; more raises `MemoryError`, where the system can count (Linux)."""
_UNPACKED = 200_000_000
"""Bytes that qpdf may unpack of a stream."""
_NEAR = 1024
"""Bytes at the file's ends in which %PDF- and %%EOF must be."""
_OBJECT = re.compile(r"\(object (\d+) (\d+),")
_REPAIRED = 100_000_000
"""The most bytes of a damaged file that is searched for its objects, which takes time."""
_NO_PDF = "export or print it to PDF from the program that made it"
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
                raise ReportError.of("pdf.damaged", f"is damaged: {warning}", Location(self.path), _AGAIN)
        if not warnings:
            return ()
        more = f", and {len(warnings) - 1:,} more" if warnings[1:] else ""
        message = f"does not keep to the rules of PDF: {warnings[0]}{more}"
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
            pdf = _open(path)
        except pikepdf.PasswordError:
            hint = "open it with its password and save a copy without"
            raise ReportError.of(
                "pdf.encrypted", "is encrypted: a password is needed to read it", Location(path), hint
            ) from None
        except (pikepdf.PdfError, RuntimeError) as error:  # pikepdf passes errors of C++ on as the latter
            raise _damaged(path, error) from None
        except FileNotFoundError:
            raise _missing(path) from None
        except OSError as error:
            message = f"cannot be read: {error.strerror or error}"
            raise ReportError.of("pdf.unreadable", message, Location(path)) from None
        with pdf:
            try:
                if pdf.is_encrypted and not (pdf.allow.print_lowres or pdf.allow.print_highres):
                    hint = "ask its author for a copy that may be printed"
                    raise ReportError.of("pdf.locked", "its author does not let it be printed", Location(path), hint)
                yield OpenPdf(pdf, path, _page_count(pdf, path, most))
            except (pikepdf.PdfError, RuntimeError) as error:
                raise _damaged(path, error) from None


@contextmanager
def limited(path: Path) -> Iterator[None]:
    """Limit what a file may take; raise `ReportError` where it needs more memory."""
    try:
        with _limited():
            yield
    except MemoryError:
        megabytes = round(_SHARE * Limits.from_environment().memory / 1_000_000)
        message = f"needs more than the {megabytes} MB of memory that a file may take"
        hint = f"{_SIMPLER}; or allow more:  report --read-memory {round(megabytes * 3 / _SHARE)} …"
        raise ReportError.of("pdf.limit", message, Location(path), hint) from None


def _open(path: Path) -> Pdf:
    with path.open("rb") as file:
        head = file.read(_NEAR)
        file.seek(max(0, path.stat().st_size - _NEAR))
        tail = file.read()
    if b"%PDF-" not in head:
        raise ReportError.of("pdf.unreadable", "is not a PDF", Location(path), _NO_PDF)
    if b"%%EOF" not in tail:
        raise ReportError.of("pdf.damaged", "is damaged: its end is missing", Location(path), _AGAIN)
    return pikepdf.open(
        path,
        access_mode=pikepdf.AccessMode.stream,
        attempt_recovery=False,
        suppress_warnings=True,
        inherit_page_attributes=False,
    )


def _require_memory(pdf: Pdf) -> None:
    """Raise `MemoryError` where qpdf passed over an object that did not fit."""
    if any("std::bad_alloc" in str(warning) for warning in pdf.get_warnings()):
        raise MemoryError


def _is_pdf(path: Path) -> bool:
    """Say whether a file begins as a PDF does, within the first bytes that readers look at."""
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(_NEAR)
    except OSError:
        return True


def _damaged(path: Path, error: Exception) -> ReportError:
    return ReportError.of("pdf.damaged", f"is damaged: {_message(path, error)}", Location(path), _AGAIN)


def _message(path: Path, warning: object) -> str:
    """Return a warning or an error of qpdf's without the file's name, which the location has."""
    return str(warning).removeprefix(str(path)).strip(" :,")


def _page_count(pdf: Pdf, path: Path, most: int | None) -> int:
    """Return the number of pages: what the page tree declares, if that is too many; else its leaves, which must be as many."""
    root = pdf.Root.get("/Pages")
    count = dictionary(root).get("/Count")
    declared = count if isinstance(count, int) and count >= 0 else None
    if most is not None and declared is not None and declared > most:
        raise _many(path, f"{declared:,}", most)
    counted = 0
    for _ in _leaves(root):
        counted += 1
        if most is not None and counted > most:
            raise _many(path, f"more than {most:,}", most)
    if declared != counted or not counted:
        _require_memory(pdf)
    if declared is not None and declared != counted:
        message = f"is damaged: it should have {declared:,} pages, {counted:,} can be counted"
        raise ReportError.of("pdf.damaged", message, Location(path), _AGAIN)
    if not counted:
        raise ReportError.of("pdf.empty", "has no pages", Location(path))
    return counted


def _many(path: Path, count: str, most: int) -> ReportError:
    hint = "save the pages that are needed as a file of their own"
    return ReportError.of("pdf.pages", f"has {count} pages; {most:,} are taken at most", Location(path), hint)


def _leaves(root: Any) -> Iterator[pikepdf.Dictionary]:
    """Yield the pages of a page tree (ISO 32000-2 7.7.3), each node once, so that a loop in it ends."""
    waiting = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        if isinstance(node.get("/Kids"), pikepdf.Array):
            waiting.extend(reversed(list(node["/Kids"])))
        else:
            yield node


@contextmanager
def open_tolerantly(path: Path) -> Iterator[Pdf]:
    """Open a PDF to look for faults: one that is damaged as far as it can be read, since the damage is a finding.

    Raise `ReportError` where nothing of it can be read, it needs a password, or it has no page.
    """
    with limited(path):
        try:
            repair = path.stat().st_size <= _REPAIRED
            mode = pikepdf.AccessMode.mmap
            pdf = pikepdf.open(path, access_mode=mode, suppress_warnings=True, attempt_recovery=repair)
        except pikepdf.PasswordError:
            hint = "ask for a copy without a password: a print shop cannot open it either"
            raise ReportError.of("pdf.encrypted", "needs a password to be opened", Location(path), hint) from None
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
                raise ReportError.of("pdf.empty", "has no pages", Location(path), "export it again")
            yield pdf


def _missing(path: Path) -> ReportError:
    return ReportError.of("pdf.missing", "there is no such file", Location(path), "look at its name and its folder")


def _unreadable(path: Path, error: Exception) -> ReportError:
    if not isinstance(error, OSError) and not _is_pdf(path):
        return ReportError.of("pdf.unreadable", "is not a PDF", Location(path), _NO_PDF)
    message = _message(path, error) or type(error).__name__
    return ReportError.of("pdf.unreadable", f"cannot be read as PDF: {message}", Location(path), "export it again")


@contextmanager
def _limited() -> Iterator[None]:
    """Limit what libraries use, and silence their warnings."""
    logger = logging.getLogger("pikepdf")
    silent = logging.NullHandler()  # or Python prints warnings on standard error where nobody listens
    logger.addHandler(silent)
    before: dict[str, Any] = settings.set_qpdf_limits(
        flate_max_memory=_UNPACKED, png_max_memory=_UNPACKED, tiff_max_memory=_UNPACKED, run_length_max_memory=_UNPACKED,
        dct_max_memory=_UNPACKED, dct_max_progressive_scans=samples.SCANS, max_stream_filters=8,
    )  # fmt: skip
    try:
        with _memory():
            yield
    finally:
        settings.set_qpdf_limits(**before)
        logger.removeHandler(silent)


@contextmanager
def _memory() -> Iterator[None]:
    """Limit what is allocated from here on; a narrower limit that is set already stays."""
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = memory.used() + round(_SHARE * Limits.from_environment().memory)
    if soft != resource.RLIM_INFINITY:
        wanted = min(wanted, soft)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
