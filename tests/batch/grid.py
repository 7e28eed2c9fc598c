"""A Dask cluster over TLS on this machine: a scheduler and worker processes, with certificates made for it.

The certificates are made by `cryptography`, which pdfplumber brings to the tests anyway: openssl may be missing.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from report.batch.cluster import Cluster
from tests.conftest import ROOT

PRELOAD = ("--preload", "report.batch.tls")


@dataclass(frozen=True, slots=True)
class Certificates:
    ca: Path
    cert: Path
    key: Path

    @property
    def options(self) -> list[str]:
        """Return what Dask's own commands call them."""
        return ["--tls-ca-file", str(self.ca), "--tls-cert", str(self.cert), "--tls-key", str(self.key)]


def certificates(folder: Path) -> Certificates:
    """Make an authority, and a certificate that it signed."""
    folder.mkdir()
    authority, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    made = Certificates(folder / "ca.pem", folder / "node.pem", folder / "node.key")
    made.ca.write_bytes(_signed("authority", authority, authority, True))
    made.cert.write_bytes(_signed("node", key, authority, False))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


def _signed(name: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey, authority: bool) -> bytes:
    today = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    return builder.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@dataclass(slots=True)
class Grid:
    """A scheduler that runs, and what began for it."""

    certificates: Certificates
    folder: Path
    port: int = 0
    begun: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def cluster(self, **told: float) -> Cluster:
        shown = self.certificates
        return Cluster(f"tls://127.0.0.1:{self.port}", shown.ca, shown.cert, shown.key, **told)  # type: ignore[arg-type]

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start one of Dask's commands with this cluster's certificates."""
        told = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"} | environment
        with (self.folder / f"{len(self.begun)}.log").open("wb") as log:
            began = subprocess.Popen(
                [sys.executable, "-m", "dask", *command, *self.certificates.options, "--no-dashboard", *PRELOAD],
                stdout=log, stderr=log, env=told, cwd=self.folder,
            )  # fmt: skip
        self.begun.append(began)
        return began

    def schedule(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--protocol", "tls")
        within(30, self._answers)

    def workers(self, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        address = f"tls://127.0.0.1:{self.port}"
        return self.start("worker", address, "--nthreads", "1", "--host", "127.0.0.1", *options, **environment)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def stop(self) -> None:
        for began in self.begun:
            for process in family(began):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            began.kill()
            began.wait()


def family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return what descends from a process."""
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def dask_workers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return the worker processes below a nanny's: those that the spawned interpreter runs."""
    return [child for child in psutil.Process(process.pid).children() if "spawn_main" in " ".join(child.cmdline())]


def within(seconds: float, met: object) -> None:
    """Wait until a condition is met; fail where it is not in time."""
    assert callable(met)
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Grid]:
    """Run a scheduler; what was started for it is gone in the end."""
    grid = Grid(certificates(folder / "tls"), folder)
    try:
        grid.schedule()
        yield grid
    finally:
        grid.stop()
