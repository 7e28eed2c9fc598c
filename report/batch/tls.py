"""A lost TLS connection breaks no other one.

Python 3.12.9, 3.13.2 and newer leave the error of a lost connection in OpenSSL's queue, if OpenSSL is 3.4 or newer: whatever
connection the same thread reads or writes next fails with that error, too (python/cpython#148594). A scheduler of Dask has
all its connections in one thread, and loses some whenever a worker ends.

Dask's own commands load this by ``--preload report.batch.tls``; the command and the workers load it themselves.
"""

from __future__ import annotations

import functools
import ssl
from collections.abc import Callable
from typing import Any

METHODS = ("do_handshake", "read", "send", "unwrap", "write")
"""The methods of a socket that call OpenSSL's read and write functions."""


def install() -> None:
    """Clear OpenSSL's queue whenever a connection is lost, in this process from now on."""
    for name in METHODS:
        method = getattr(ssl.SSLSocket, name)
        if not hasattr(method, "__wrapped__"):
            setattr(ssl.SSLSocket, name, _clearing(method))


def _clearing(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except ssl.SSLError:  # Python clears the queue itself
            raise
        except OSError:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="-")
            raise

    return call


def dask_setup(_server: Any) -> None:
    """Install this in a Dask scheduler or worker, which calls it when it starts."""
    install()
