"""Makes documents in a process of its own, beside those of this one.

A build is bound by the processor: with two processes a kit takes two thirds of the time. The other
one is forked before the sets are read, and imports the libraries of its documents meanwhile. If
forking is not safe or of no use, everything is made in one process, by the same functions.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import IO, Any, NamedTuple, NoReturn

from generator.diagnostics import GeneratorError
from generator.writers import Output, load

ASIDE = ("handout", "slides")
"""The documents made beside the workbook; they take as long as the workbook does."""

Make = Callable[[Any, Sequence[str], Mapping[Any, str]], Iterator[tuple[str, Output]]]
"""Makes documents of a prepared set, given the labels of the workbook's pages."""


class _Failure(NamedTuple):
    kind: type[Exception]
    details: Any
    """Diagnostics, or the traceback of a bug."""


class Beside:
    """The other process, as seen from this one."""

    def __init__(self, orders: IO[bytes], answers: IO[bytes], spool: IO[bytes]) -> None:
        self._orders, self._answers, self._spool = orders, answers, spool

    def begin(self, prepared: Any, documents: Sequence[str]) -> None:
        """Begin to make documents of a set."""
        self._send((prepared, documents))

    def tell(self, pages: Mapping[Any, str]) -> None:
        """Send the labels of the workbook's pages, which the documents name."""
        self._send(dict(pages))

    def outputs(self) -> dict[str, Output]:
        """Wait for the documents; there are none if the process was killed. Raises the errors of
        their writers."""
        try:
            answer = pickle.load(self._answers)
        except EOFError:
            return {}
        if isinstance(answer, _Failure):
            raise answer.kind(answer.details)
        made = {}
        for name, output, start, size in answer:
            self._spool.seek(start)
            made[name] = replace(output, data=self._spool.read(size))
        return made

    def _send(self, order: object) -> None:
        with suppress(BrokenPipeError):  # it was killed, which `outputs` finds out
            pickle.dump(order, self._orders, pickle.HIGHEST_PROTOCOL)
            self._orders.flush()


@contextmanager
def started(documents: Collection[str], make: Make) -> Iterator[Beside | None]:
    """Fork the other process, which ends with the context; yields None if there should be none."""
    if not _possible(documents):
        yield None
        return
    ours, theirs = os.pipe(), os.pipe()
    with tempfile.TemporaryFile() as spool:
        process = os.fork()
        if not process:
            os.close(ours[1])
            os.close(theirs[0])
            _serve(os.fdopen(ours[0], "rb"), os.fdopen(theirs[1], "wb"), spool, documents, make)
        os.close(ours[0])
        os.close(theirs[1])
        orders, answers = os.fdopen(ours[1], "wb"), os.fdopen(theirs[0], "rb")
        try:
            yield Beside(orders, answers, spool)
        finally:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            answers.close()
            with suppress(BrokenPipeError):  # an order that it did not live to read
                orders.close()


def _possible(documents: Collection[str]) -> bool:
    """Return False if forking is not safe: a process with threads may hold locks that nobody would
    release in its copy, and the libraries of macOS do not support a fork."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    useful = not documents or (len(documents) > 1 and not set(ASIDE).isdisjoint(documents))
    return alone and useful and len(os.sched_getaffinity(0)) > 1


def _serve(
    orders: IO[bytes], answers: IO[bytes], spool: IO[bytes], documents: Collection[str], make: Make
) -> NoReturn:
    """Make documents until there are no more orders, and end without cleaning up: files and
    handlers belong to the process that was forked."""
    with suppress(BaseException):  # also Ctrl-C, which both processes get
        for name in ASIDE:
            if not documents or name in documents:
                load(name)
        while True:
            prepared, names = pickle.load(orders)
            pages = _Awaited(orders)
            answer = _answer(make(prepared, names, pages), spool)
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
            len(pages)  # are told once for each set, whether a document names them or not
    os._exit(0)


def _answer(made: Iterator[tuple[str, Output]], spool: IO[bytes]) -> object:
    rows = []
    try:
        for name, output in made:
            rows.append((name, replace(output, data=b""), spool.tell(), len(output.data)))
            spool.write(output.data)
            del output
            if name != ASIDE[-1]:  # the slides wait for the workbook's pages anyway
                gc.collect()
        spool.flush()
    except GeneratorError as problem:
        return _Failure(type(problem), problem.diagnostics)
    except Exception:
        return _Failure(RuntimeError, traceback.format_exc())
    return rows


class _Awaited(Mapping[Any, str]):
    """Labels of pages that are sent later; looking one up waits for all of them."""

    def __init__(self, orders: IO[bytes]) -> None:
        self._orders = orders
        self._pages: dict[Any, str] | None = None

    def _all(self) -> dict[Any, str]:
        if self._pages is None:
            self._pages = pickle.load(self._orders)
        return self._pages

    def __getitem__(self, key: Any) -> str:
        return self._all()[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
