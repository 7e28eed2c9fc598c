"""How much memory a process may allocate, where that is limited."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator
from pathlib import Path

RESERVED = 512 << 20
"""Bytes of addresses that the chart engine (V8) reserves when it starts: they count as allocated, but are hardly used."""


def used(process: int | str = "self") -> int:
    """Return how many bytes of data a process has, this one by default; 0 where the system does not report it."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    size = next((line.split()[1] for line in lines if line.startswith("VmData:")), "0")
    return int(size) * 1024 if size.isdecimal() else 0


def limit(most: int) -> None:
    """Let this process allocate `most` bytes, besides what the chart engine reserves, where the system can (Linux)."""
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    highest = most + RESERVED if hard == resource.RLIM_INFINITY else min(most + RESERVED, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (min(most, highest), highest))


@contextlib.contextmanager
def limited(more: int) -> Iterator[None]:
    """Let the code of this context allocate `more` bytes, where the system can limit it (Linux); a narrower limit stays."""
    if not (present := used()):
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([present + more, *limits]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@functools.cache
def reserve() -> None:
    """Make room for the chart engine, before it starts."""
    if sys.platform != "linux":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft != resource.RLIM_INFINITY:
        room = soft + RESERVED
        resource.setrlimit(resource.RLIMIT_DATA, (room if hard == resource.RLIM_INFINITY else min(room, hard), hard))
