"""Runs jobs in this process, in several, or on a Dask cluster.

A job and its result are small and can be pickled. A job may be repeated if its process died.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, TypeVar, cast

from generator.diagnostics import UsageError, error

ATTEMPTS = 3
AHEAD = 4
"""Number of jobs under way for each worker, so that none is idle and memory does not grow."""

J = TypeVar("J")
R = TypeVar("R")


class Workers(NamedTuple):
    """The workers: this process, several `processes`, or those of the cluster at an address."""

    processes: int = 1
    cluster: str = ""


ALONE = Workers()


def run(
    work: Callable[[J], R], jobs: Iterable[J], workers: Workers
) -> Iterator[tuple[J, R | None]]:
    """Yield each job with its result, in order; None if its process died repeatedly.

    Exceptions of `work` are raised here. Raises UsageError for a cluster that cannot be reached.
    """
    if workers.cluster:
        return _on_cluster(work, jobs, workers.cluster)
    if workers.processes > 1:
        return _in_processes(work, jobs, workers.processes)
    return ((job, work(job)) for job in jobs)


def _in_processes(
    work: Callable[[J], R], jobs: Iterable[J], count: int
) -> Iterator[tuple[J, R | None]]:
    """Run jobs in a pool. If one of its processes dies, the whole pool is lost and does not say
    which job was the cause, so that unfinished jobs then get a process each."""
    more = iter(jobs)
    while True:
        doing: deque[tuple[J, Future[R]]] = deque()
        with suppress(BrokenProcessPool), _pool(count) as pool:
            for job, future in _flow(partial(_submitted, pool, work), more, count, doing):
                yield job, future.result()
            return
        for job, future in doing:
            lost = isinstance(future.exception(), BrokenProcessPool)
            yield job, _alone(work, job) if lost else future.result()


def _submitted(pool: Executor, work: Callable[[J], R], job: J) -> Future[R]:
    try:
        return pool.submit(work, job)
    except BrokenProcessPool as problem:
        future: Future[R] = Future()
        future.set_exception(problem)
        return future


def _alone(work: Callable[[J], R], job: J) -> R | None:
    for _ in range(ATTEMPTS):
        with suppress(BrokenProcessPool), _pool(1) as pool:
            return pool.submit(work, job).result()
    return None


def _flow(
    submit: Callable[[J], Future[R]], jobs: Iterator[J], workers: int,
    doing: deque[tuple[J, Future[R]]],
) -> Iterator[tuple[J, Future[R]]]:  # fmt: skip
    """Yield jobs in order. `doing` has those that the caller has not finished, which are few
    however many jobs there are."""
    doing.extend((job, submit(job)) for job in islice(jobs, workers * AHEAD))
    while doing:
        yield doing[0]
        doing.popleft()
        doing.extend((job, submit(job)) for job in islice(jobs, 1))


@contextmanager
def _pool(count: int) -> Iterator[Executor]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, _begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Prepare a process of the pool: it ends when the process that began it is gone, for whatever
    reason, and leaves Ctrl-C to that."""

    def end_with_parent() -> None:
        parent = multiprocessing.parent_process()
        if parent:
            parent.join()
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def _on_cluster(
    work: Callable[[J], R], jobs: Iterable[J], address: str
) -> Iterator[tuple[J, R | None]]:
    """Run jobs on a cluster. The scheduler reassigns the jobs of a worker that died."""
    try:
        from distributed import Client, KilledWorker
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
        submit = partial(client.get_executor(pure=False, retries=0).submit, work)
        threads = max(2, sum(client.nthreads().values()))
        for job, future in _flow(submit, iter(jobs), threads, deque()):
            try:
                result = future.result()
            except KilledWorker:
                result = None
            yield job, result
