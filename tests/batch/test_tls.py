"""A TLS connection that is lost takes no other one with it, whatever Python and OpenSSL make of its error."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from report.batch import tls
from tests.batch import grid


@pytest.fixture
def contexts(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    shown = grid.certificates(tmp_path / "tls")
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    server.load_cert_chain(shown.cert, shown.key)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    return server, client


@contextlib.contextmanager
def _connected(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[tuple[ssl.SSLSocket, ssl.SSLSocket]]:
    """Connect two ends; the first waits for nothing."""
    server, client = contexts
    found: list[ssl.SSLSocket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        calling = threading.Thread(
            target=lambda: found.append(client.wrap_socket(socket.create_connection(listener.getsockname())))
        )
        calling.start()
        here = server.wrap_socket(listener.accept()[0], server_side=True)
        calling.join(30)
    here.setblocking(False)
    with here, found[0] as there:
        yield here, there


def _lose(end: ssl.SSLSocket) -> None:
    """Reset a connection, as a machine does that breaks down."""
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.close()


def test_a_lost_connection_breaks_no_other(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    tls.install()
    with _connected(contexts) as (lost, peer), _connected(contexts) as (other, friend):
        _lose(peer)
        for _ in range(3):
            with contextlib.suppress(OSError):
                lost.send(b"are you there?")
            with pytest.raises(ssl.SSLWantReadError):  # nothing has come yet, which is no fault
                other.recv(1)
        friend.send(b"!")
        other.setblocking(True)
        assert other.recv(1) == b"!"


def test_it_is_installed_once() -> None:
    tls.install()
    before = [getattr(ssl.SSLSocket, name) for name in tls.METHODS]
    tls.install()
    assert [getattr(ssl.SSLSocket, name) for name in tls.METHODS] == before
