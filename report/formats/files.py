"""Write a file whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from report.values import Location, ReportError


def replace(target: Path, content: bytes) -> str:
    """Put `content` in place of `target` in one step and return its SHA-256 in hexadecimal.

    The bytes go to a temporary file beside the target first, so a good file is never replaced by half of another.
    Raise `ReportError` where the folder cannot be written to.
    """
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise ReportError.of(
            "output.write",
            f"cannot be written: {error.strerror}",
            Location(target),
            "is it open in another program, or the disk full?",
        ) from None
    finally:
        if temporary:
            os.unlink(temporary)
    return hashlib.sha256(content).hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
