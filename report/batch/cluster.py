"""The workers of a batch on many machines: those of a Dask cluster, which is spoken to over TLS alone."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import ssl
import time
import warnings
from asyncio import CancelledError as TaskCancelled
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from report.batch import crew, retry, seat, tls, worker
from report.batch.manifest import Entry
from report.batch.retry import Outcome
from report.batch.waiting import END, within
from report.batch.worker import Unit
from report.cache import fingerprint
from report.pipeline import publishing
from report.values import Location, MissingSystemLibrary, ReportError, UsageError
from report.workspace import Workspace

AHEAD = 4
"""So many documents per thread of the cluster are handed out ahead."""
LOOK = 1.0
"""Seconds between two looks at which workers there are."""
RESULT = 5.0
"""Seconds for what came of a document to arrive, once it is there; if its worker has died since, another makes it."""
SILENT = 330.0
"""Seconds after which a worker that says nothing has been given up by Dask (``distributed.scheduler.worker-ttl``, 300)."""
_GUIDE = "see docs/cluster.md"
_CERTIFICATES = f"all machines need certificates signed by one private authority: {_GUIDE}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler's address, the certificates to show it, and what a document may take: seconds, bytes of memory.

    Where no certificates are named, those of Dask's own configuration are taken. `patience` is how many seconds the
    scheduler may take to answer, and a worker to join.
    """

    address: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None
    seconds: float = 300
    memory: int = 1500 * 1_000_000
    patience: float = 60

    def __post_init__(self) -> None:
        """Refuse what is not encrypted, and files that are not there."""
        scheme, _, host = self.address.rpartition("://")
        if scheme != "tls" or not host:
            message = f"'{self.address}' is not the address of a scheduler over TLS; anyone who reaches an unencrypted one can run any code"
            raise UsageError.of(
                "batch.scheduler", message, hint=f"write tls://HOST:8786, and make certificates: {_GUIDE}"
            )
        for path in (self.ca, self.cert, self.key):
            if path is not None and not path.is_file():
                raise UsageError.of("batch.certificate", "there is no such file", Location(path), _GUIDE)


def made(units: Iterable[Unit], cluster: Cluster, call: crew.Call = worker.make) -> Generator[Entry, None, None]:
    """Make the documents on a cluster; yield what became of each as it is finished.

    A document whose Dask worker dies is made by another. Raise `ReportError` where the cluster itself cannot go on.
    """
    units = iter(units)
    first = next(units, None)
    if first is None:
        return
    workspace = first.workspace
    with publishing.scratch(workspace.output) as mark, _connected(cluster, workspace) as client:
        inputs = fingerprint.inputs(workspace, ())
        order = seat.Order(Path(mark), fingerprint.program(), inputs, cluster.seconds, cluster.memory, call)

        def run(some: Iterator[Unit], alone: bool) -> Iterator[tuple[Unit, Outcome]]:
            return _run(client, some, dataclasses.replace(order, alone=alone), cluster)

        yield from retry.twice(chain((first,), units), run, cluster)


def _run(client: Any, units: Iterator[Unit], order: seat.Order, cluster: Cluster) -> Iterator[tuple[Unit, Outcome]]:
    """Yield each document with what came of it; hand out more as workers join."""
    waiting: dict[Any, Unit] = {}
    done: Queue[Any] = Queue()
    looked, threads = 0.0, 1
    joined = moved = time.monotonic()
    try:
        while True:
            with _told(cluster):
                if (now := time.monotonic()) - looked >= LOOK:
                    there = sum(within(cluster.patience, client.nthreads).values())
                    looked, threads, joined = now, max(1, there), now if there else joined
                    _require_workers(now - max(joined, moved), cluster)
                    _require_progress(now - moved, cluster)
                most = 1 if order.alone else threads * AHEAD
                for unit in islice(units, max(0, most - len(waiting))):
                    future = client.submit(seat.make, unit, order, pure=False)
                    waiting[future] = unit
                    future.add_done_callback(done.put)
                if not waiting:
                    return
                finished = list(_finished(done))
            for future in finished:
                with _told(cluster):
                    outcome = _outcome(future)
                if outcome is None:  # it is lost, and made again
                    future.add_done_callback(done.put)
                    continue
                yield waiting.pop(future), outcome
                moved = time.monotonic()  # whoever takes it may have taken long
    finally:
        with contextlib.suppress(Exception):
            within(END, lambda: client.cancel(list(waiting)))


def _finished(done: Queue[Any]) -> Iterator[Any]:
    """Yield the futures that are finished, waiting for one a moment."""
    with contextlib.suppress(Empty):
        yield done.get(timeout=LOOK)
        while True:
            yield done.get_nowait()


def _outcome(future: Any) -> Outcome | None:
    """Return what came of a document, or None where that is gone again; raise `ReportError` where its worker could not take it up."""
    from distributed import KilledWorker
    from pebble import ProcessExpired

    try:
        outcome = future.result(timeout=RESULT)
    except KilledWorker:
        return ProcessExpired("every Dask worker that tried it died")
    except TimeoutError:
        return None
    if isinstance(outcome, seat.Unfit):
        raise outcome
    return outcome


@contextlib.contextmanager
def _connected(cluster: Cluster, workspace: Workspace) -> Iterator[Any]:
    """Connect to the scheduler; in the end nothing of this run is left in the cluster, whatever ended it."""
    try:
        import distributed
    except ImportError:
        hint = "run: pip install 'ngo-report[dask]'"
        raise MissingSystemLibrary.of(
            "machine.dask", "a cluster needs Dask, which is not installed", hint=hint
        ) from None
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told as a problem
    security = _security(cluster)
    tls.install()
    with _told(cluster), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # versions are compared below
        client = distributed.Client(
            cluster.address, security=security, timeout=cluster.patience, name="ngo-report", set_as_default=False
        )
    try:
        with _told(cluster):
            within(cluster.patience, lambda: _same_dask(client, distributed.__version__))
            within(cluster.patience, lambda: client.run_on_scheduler(tls.install))
        yield client
    finally:
        with contextlib.suppress(Exception):
            if client.status == "running":
                within(END, lambda: _leave(client, workspace))
        with contextlib.suppress(Exception):
            within(END, lambda: client.close(timeout=5))


def _leave(client: Any, workspace: Workspace) -> None:
    client.run(seat.leave, on_error="ignore")
    one_of_each_host = {address.rpartition(":")[0]: address for address in client.nthreads()}
    client.run(seat.sweep, workspace, workers=list(one_of_each_host.values()), on_error="ignore")


@contextlib.contextmanager
def _told(cluster: Cluster) -> Iterator[None]:
    """Tell what befalls the connection, or the cluster, as a problem."""
    try:
        yield
    except ReportError:
        raise
    except (CancelledError, TaskCancelled):  # Dask cancels what it cannot ask after any more
        hint = "check the scheduler and run the command again; finished documents are kept"
        raise ReportError.of(
            "batch.lost", f"the connection to the scheduler at {cluster.address} was lost", hint=hint
        ) from None
    except Exception as error:
        raise _problem(cluster, error) from error


def _problem(cluster: Cluster, error: BaseException) -> ReportError:
    causes = list(_causes(error))
    at = f"the scheduler at {cluster.address}"
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        message, hint = f"{at} and this machine have certificates from different authorities", _CERTIFICATES
        return ReportError.of("batch.certificate", message, hint=hint)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return ReportError.of("batch.certificate", f"{at} does not speak TLS with this machine", hint=_CERTIFICATES)
    if isinstance(error, OSError):  # a TimeoutError, too
        message = f"{at} does not answer ({error})"
        return ReportError.of(
            "batch.scheduler", message, hint="check that it runs there and that its port can be reached from here"
        )
    first = causes[-1]
    message = f"the cluster cannot run the program: {type(first).__name__}: {' '.join(str(first).split())}"
    hint = "install the same ngo-report[dask] for the scheduler, its workers and this command"
    return ReportError.of("batch.cluster", message, hint=hint)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _security(cluster: Cluster) -> Any:
    """Return what is shown to the scheduler; raise `UsageError` where it is missing or no certificate."""
    from distributed import Security

    given = {"tls_ca_file": cluster.ca, "tls_client_cert": cluster.cert, "tls_client_key": cluster.key}
    security = Security(require_encryption=True, **{name: str(path) for name, path in given.items() if path})
    if not (security.tls_ca_file and security.tls_client_cert):
        message = "a cluster needs certificates: --tls-ca, --tls-cert and --tls-key, or Dask's own configuration"
        raise UsageError.of("batch.certificate", message, hint=_CERTIFICATES)
    try:
        security.get_connection_args("client")
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        message = f"the certificates cannot be used: {error}"
        raise UsageError.of("batch.certificate", message, hint=_CERTIFICATES) from None
    return security


def _same_dask(client: Any, here: str) -> None:
    there = client.get_versions()["scheduler"]["packages"]["distributed"]
    if there != here:
        message = f"the scheduler has Dask {there}, and this machine {here}"
        hint = "use the same image, or the same environment, on every machine"
        raise ReportError.of("batch.version", message, hint=hint)


def _require_workers(without: float, cluster: Cluster) -> None:
    if without > cluster.patience:
        message = f"no worker has joined the cluster at {cluster.address} for {cluster.patience:g} seconds"
        hint = "start workers: dask worker " + cluster.address
        raise ReportError.of("batch.workers", message, hint=hint)


def _require_progress(without: float, cluster: Cluster) -> None:
    """Raise `ReportError` where nothing was finished for longer than any document, worker and machine may take."""
    if without > (most := cluster.seconds + cluster.patience + SILENT):
        message = f"the workers of the cluster at {cluster.address} have finished no document for {most:g} seconds"
        hint = "check the workers' logs, restart the workers, and run the command again; finished documents are kept"
        raise ReportError.of("batch.stuck", message, hint=hint)
