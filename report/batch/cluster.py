"""The workers of a batch on many machines: a Dask cluster, over TLS only."""

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
from typing import TYPE_CHECKING

from report.batch import dask_worker, local_workers, retry, timeouts, tls, worker
from report.batch.manifest import Entry
from report.batch.retry import Result
from report.batch.timeouts import within
from report.batch.worker import Unit
from report.cache import fingerprint
from report.pipeline import publishing
from report.values import Location, MissingSystemLibrary, ReportError, UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from distributed import Client, Future, Security

AHEAD = 4
"""Documents per thread of the cluster that are submitted ahead."""
INTERVAL = 1.0
"""Seconds between two looks at the number of workers."""
_GUIDE = "see docs/cluster.md"
_CERTIFICATES = f"all machines need certificates signed by one private authority: {_GUIDE}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler's address, our certificates, and the limits of a document: seconds, bytes of memory.

    Without certificates, those of Dask's own configuration are used. `patience` is how many seconds the scheduler may take to
    answer, and a worker to join.
    """

    address: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None
    seconds: float = 300
    memory: int = 1500 * 1_000_000
    patience: float = timeouts.PATIENCE

    def __post_init__(self) -> None:
        """Reject an address that is not encrypted, and files that do not exist."""
        scheme, _, host = self.address.rpartition("://")
        if scheme != "tls" or not host:
            message = f"'{self.address}' is not the address of a scheduler over TLS; anyone who reaches an unencrypted one can run any code"
            hint = f"write tls://HOST:8786, and make certificates: {_GUIDE}"
            raise UsageError.of("batch.scheduler", message, hint=hint)
        for path in (self.ca, self.cert, self.key):
            if path is not None and not path.is_file():
                raise UsageError.of("batch.certificate", "there is no such file", Location(path), _GUIDE)


def build(
    units: Iterable[Unit], cluster: Cluster, call: local_workers.Call = worker.build
) -> Generator[Entry, None, None]:
    """Build the documents on a cluster; yield each entry as it is finished.

    A document whose Dask worker dies is built by another. Raise `ReportError` where the cluster itself cannot go on.
    """
    units = iter(units)
    first = next(units, None)
    if first is None:
        return
    workspace = first.workspace
    with publishing.scratch(workspace.output) as mark, _connected(cluster, workspace) as client:
        inputs = fingerprint.inputs(workspace, ())
        program = fingerprint.program()
        settings = dask_worker.Settings(Path(mark), program, inputs, cluster.seconds, cluster.memory, call)

        def run(some: Iterator[Unit], alone: bool) -> Iterator[tuple[Unit, Result]]:
            return _run(client, some, dataclasses.replace(settings, alone=alone), cluster)

        yield from retry.with_retry(chain((first,), units), run, cluster.seconds, cluster.memory)


def _run(
    client: Client, units: Iterator[Unit], settings: dask_worker.Settings, cluster: Cluster
) -> Iterator[tuple[Unit, Result]]:
    """Yield each document with its result; submit more as workers join."""
    pending: dict[Future, Unit] = {}
    done: Queue[Future] = Queue()
    checked, threads = 0.0, 1
    joined = progressed = time.monotonic()
    try:
        while True:
            with _reporting(cluster):
                if (now := time.monotonic()) - checked >= INTERVAL:
                    count = sum(within(cluster.patience, client.nthreads).values())
                    checked, threads, joined = now, max(1, count), now if count else joined
                    _require_workers(now - max(joined, progressed), cluster)
                    _require_progress(now - progressed, cluster)
                most = 1 if settings.alone else threads * AHEAD
                for unit in islice(units, max(0, most - len(pending))):
                    future = client.submit(dask_worker.build, unit, settings, pure=False)
                    pending[future] = unit
                    future.add_done_callback(done.put)
                if not pending:
                    return
                finished = list(_finished(done))
            for future in finished:
                with _reporting(cluster):
                    result = _result(future)
                if result is None:  # it was lost, and the document is built again
                    future.add_done_callback(done.put)
                    continue
                yield pending.pop(future), result
                progressed = time.monotonic()  # the consumer may have taken long
    finally:
        with contextlib.suppress(Exception):
            within(timeouts.END, lambda: client.cancel(list(pending)))


def _finished(done: Queue[Future]) -> Iterator[Future]:
    """Yield the futures that are finished, waiting a moment for the first."""
    with contextlib.suppress(Empty):
        yield done.get(timeout=INTERVAL)
        while True:
            yield done.get_nowait()


def _result(future: Future) -> Result | None:
    """Return a document's result, or None where it was lost; raise `Unfit` where its worker could not build it."""
    from distributed import KilledWorker
    from pebble import ProcessExpired

    try:
        result: Result = future.result(timeout=timeouts.RESULT)
    except KilledWorker:
        return ProcessExpired("every Dask worker that tried it died")
    except TimeoutError:
        return None
    if isinstance(result, dask_worker.Unfit):
        raise result
    return result


@contextlib.contextmanager
def _connected(cluster: Cluster, workspace: Workspace) -> Iterator[Client]:
    """Connect to the scheduler; afterwards nothing of this run is left in the cluster, however it ended."""
    try:
        import distributed
    except ImportError:
        message, hint = "a cluster needs Dask, which is not installed", "run: pip install 'ngo-report[dask]'"
        raise MissingSystemLibrary.of("machine.dask", message, hint=hint) from None
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is reported as a problem
    security = _security(cluster)
    tls.install()
    with _reporting(cluster), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # versions are compared below
        client = distributed.Client(
            cluster.address, security=security, timeout=cluster.patience, name="ngo-report", set_as_default=False
        )
    try:
        with _reporting(cluster):
            within(cluster.patience, lambda: _require_same_dask(client, distributed.__version__))
            within(cluster.patience, lambda: client.run_on_scheduler(tls.install))
        yield client
    finally:
        with contextlib.suppress(Exception):
            if client.status == "running":
                within(timeouts.END, lambda: _leave(client, workspace))
        with contextlib.suppress(Exception):
            within(timeouts.END, lambda: client.close(timeout=5))


def _leave(client: Client, workspace: Workspace) -> None:
    client.run(dask_worker.stop, on_error="ignore")
    one_of_each_host = {address.rpartition(":")[0]: address for address in client.nthreads()}
    client.run(dask_worker.sweep, workspace, workers=list(one_of_each_host.values()), on_error="ignore")


@contextlib.contextmanager
def _reporting(cluster: Cluster) -> Iterator[None]:
    """Report errors of the connection or the cluster as problems."""
    try:
        yield
    except ReportError:
        raise
    except (CancelledError, TaskCancelled):  # Dask cancels what it has lost track of
        message = f"the connection to the scheduler at {cluster.address} was lost"
        hint = "check the scheduler and run the command again; finished documents are kept"
        raise ReportError.of("batch.lost", message, hint=hint) from None
    except Exception as error:
        raise _problem(cluster, error) from error


def _problem(cluster: Cluster, error: BaseException) -> ReportError:
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None:
        causes.append(cause)
    at = f"the scheduler at {cluster.address}"
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        message, hint = f"{at} and this machine have certificates from different authorities", _CERTIFICATES
        return ReportError.of("batch.certificate", message, hint=hint)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return ReportError.of("batch.certificate", f"{at} does not speak TLS with this machine", hint=_CERTIFICATES)
    if isinstance(error, OSError):  # a TimeoutError, too
        hint = "check that it runs there and that its port can be reached from here"
        late = any(isinstance(cause, TimeoutError) for cause in causes)  # Dask's own timer may end first
        why = f"no answer for {cluster.patience:g} seconds" if late else error
        return ReportError.of("batch.scheduler", f"{at} does not answer ({why})", hint=hint)
    first = causes[-1]
    message = f"the cluster cannot run the program: {type(first).__name__}: {' '.join(str(first).split())}"
    hint = "install the same ngo-report[dask] for the scheduler, its workers and this command"
    return ReportError.of("batch.cluster", message, hint=hint)


def _security(cluster: Cluster) -> Security:
    """Return our certificates for the scheduler; raise `UsageError` where they are missing or unusable."""
    from distributed import Security

    files = {"tls_ca_file": cluster.ca, "tls_client_cert": cluster.cert, "tls_client_key": cluster.key}
    security = Security(require_encryption=True, **{name: str(path) for name, path in files.items() if path})
    if not (security.tls_ca_file and security.tls_client_cert):
        message = "a cluster needs certificates: --tls-ca, --tls-cert and --tls-key, or Dask's own configuration"
        raise UsageError.of("batch.certificate", message, hint=_CERTIFICATES)
    try:
        security.get_connection_args("client")
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        message = f"the certificates cannot be used: {error}"
        raise UsageError.of("batch.certificate", message, hint=_CERTIFICATES) from None
    return security


def _require_same_dask(client: Client, here: str) -> None:
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
    """Raise `ReportError` where no document was finished for longer than any document, worker and machine may take."""
    if without > (most := cluster.seconds + cluster.patience + timeouts.WORKER_GIVEN_UP):
        message = f"the workers of the cluster at {cluster.address} have finished no document for {most:g} seconds"
        hint = "check the workers' logs, restart the workers, and run the command again; finished documents are kept"
        raise ReportError.of("batch.stuck", message, hint=hint)
