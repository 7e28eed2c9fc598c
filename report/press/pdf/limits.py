"""Limits of libraries while anybody's PDF is open: memory, and what a stream may unpack to."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from report.isolation import memory
from report.isolation.limits import Limits

SHARE = 0.58
"""How much of the memory that reading may take an open file has; more raises `MemoryError`, where the system can count (Linux)."""
UNPACKED = 200_000_000
"""Bytes that qpdf may unpack of a stream."""
SCANS = 100
"""Scans of a progressive JPEG."""


@contextmanager
def limited() -> Iterator[None]:
    """Limit what libraries use, and silence their warnings."""
    from pikepdf import settings

    logger = logging.getLogger("pikepdf")
    silent = logging.NullHandler()  # or Python prints warnings on standard error where nobody listens
    logger.addHandler(silent)
    before: dict[str, Any] = settings.set_qpdf_limits(
        flate_max_memory=UNPACKED, png_max_memory=UNPACKED, tiff_max_memory=UNPACKED, run_length_max_memory=UNPACKED,
        dct_max_memory=UNPACKED, dct_max_progressive_scans=SCANS, max_stream_filters=8,
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
    wanted = memory.used() + round(SHARE * Limits.from_environment().memory)
    if soft != resource.RLIM_INFINITY:
        wanted = min(wanted, soft)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
