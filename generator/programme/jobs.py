"""Work in one process, in several, or on a Dask cluster, and what it writes.

A job and what it returns are small and can be pickled. A job may be done twice, when the process
that did it died: it writes the same bytes under the same names.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from generator.diagnostics import OutputError, UsageError, error

ATTEMPTS = 3
AHEAD = 2
"""Jobs that wait for each worker, so that none is idle and memory stays flat."""
_PART = ".part"

J = TypeVar("J")
R = TypeVar("R")


class Workers(NamedTuple):
    """Who does the work: this process, other `processes`, or those of the cluster at an address."""

    processes: int = 1
    cluster: str = ""


ALONE = Workers()


def run(
    work: Callable[[J], R], jobs: Iterable[J], workers: Workers
) -> Iterator[tuple[J, R | None]]:
    """Each job with its result, as they are done; None where its process died time and again.

    What `work` raises is raised here. Raises UsageError for a cluster that cannot be reached.
    """
    if workers.cluster:
        return _on_cluster(work, jobs, workers.cluster)
    if workers.processes > 1:
        return _in_processes(work, jobs, workers.processes)
    return ((job, work(job)) for job in jobs)


def _in_processes(
    work: Callable[[J], R], jobs: Iterable[J], count: int
) -> Iterator[tuple[J, R | None]]:
    """A pool whose process dies is lost as a whole. Which job it died of is not known, so that
    those it had not done are given to a new pool one by one, each a few times."""
    suspects, more = deque[J](), iter(jobs)
    attempts = 0
    while True:
        with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
            doing: dict[Future[R], J] = {}
            try:
                while True:
                    if suspects and not doing:
                        attempts += 1
                        doing[pool.submit(work, suspects[0])] = suspects[0]
                    elif not suspects:
                        for job in islice(more, count * AHEAD - len(doing)):
                            suspects.append(job)  # should the pool be found dead
                            doing[pool.submit(work, job)] = suspects.pop()
                    if not doing:
                        return
                    for future in wait(doing, return_when=FIRST_COMPLETED).done:
                        result = future.result()
                        job = doing.pop(future)
                        if suspects and job is suspects[0]:
                            suspects.popleft()
                            attempts = 0
                        yield job, result
            except BrokenProcessPool:
                if not suspects or len(doing) > 1 or attempts == 0:
                    suspects += (job for job in doing.values())
                elif attempts == ATTEMPTS:
                    yield suspects.popleft(), None
                    attempts = 0


def _on_cluster(
    work: Callable[[J], R], jobs: Iterable[J], address: str
) -> Iterator[tuple[J, R | None]]:
    """The scheduler gives the jobs of a worker that died to another."""
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError:
        hint = "pip install 'workshop-papers[cluster]'"
        raise UsageError([error("--cluster needs the library distributed", hint=hint)]) from None
    try:
        client: Any = cast(Any, Client)(address, timeout=15)
    except (OSError, ValueError) as problem:
        hint = "start one with `dask scheduler`, and give the address that it prints"
        message = f"--cluster: no scheduler answers at {address}"
        raise UsageError([error(message, hint=hint)]) from problem
    with client:
        more = iter(jobs)
        ahead = AHEAD * max(2, sum(client.nthreads().values()))
        doing: dict[Any, J] = {}

        def submit(job: J) -> Any:
            future = client.submit(work, job, pure=False, retries=0)
            doing[future] = job
            return future

        done = cast(Any, as_completed)([submit(job) for job in islice(more, ahead)])
        for future in done:
            job = doing.pop(future)
            try:
                result = future.result()
            except KilledWorker:
                yield job, None
            else:
                yield job, result
            future.release()
            for job in islice(more, 1):
                done.add(submit(job))


class Store:
    """Where files go: a folder, or what a URL leads to (any that fsspec knows).

    A file is complete or absent: in a folder it is written beside its name and then renamed, and
    services of objects show none before it is whole.
    """

    def __init__(self, place: str) -> None:
        self.place = place.removeprefix("file://")
        self.remote = "://" in self.place

    def write(self, name: str, data: bytes) -> None:
        """Raises OSError."""
        if self.remote:
            files, root = _filesystem(self.place)
            files.makedirs(root, exist_ok=True)
            files.pipe_file(f"{root}/{name}", data)
            return
        path = Path(self.place, name)
        part = path.with_name(f".{secrets.token_hex(8)}{_PART}")
        try:
            part.write_bytes(data)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def open(self) -> None:
        """Make the folder, and delete what a run left that was stopped. Raises OutputError."""
        if self.remote:
            _filesystem(self.place)
            return
        folder = Path(self.place)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for part in folder.glob(f".*{_PART}"):
                part.unlink(missing_ok=True)
        except OSError as problem:
            hint = "give another folder with -o"
            reason = problem.strerror or str(problem)
            message = f"cannot be written: {reason}"
            raise OutputError([error(message, folder, hint=hint)]) from problem

    def sizes(self) -> dict[str, int]:
        """The files that are there, with their bytes."""
        if self.remote:
            files, root = _filesystem(self.place)
            if not files.exists(root):
                return {}
            found = files.ls(root, detail=True)
            return {each["name"].rpartition("/")[2]: each["size"] for each in found}
        with os.scandir(self.place) as entries:
            return {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}


def _filesystem(place: str) -> tuple[Any, str]:
    """What opens the files of a URL, and the folder there. Raises UsageError."""
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(place)
    except (ImportError, ValueError) as problem:
        hint = "pip install 'workshop-papers[cluster]', and what it names"
        raise UsageError([error(f"cannot write to {place}: {problem}", hint=hint)]) from None
    return files, root
