"""A process for each user of the page: limited in time, memory and number, and ended when it is no
longer used."""

from __future__ import annotations

import gc
import multiprocessing
import secrets
import signal
import time
import traceback
from multiprocessing.connection import Connection
from typing import Any

import anyio

from generator.diagnostics import GeneratorError
from generator.studio.desk import Desk

MOST = 16
"""Maximum number of sessions at a time; each has a process of about 150 MB."""
IDLE_SECONDS = 2 * 60 * 60
"""A session that was not used for this time is ended; the page then begins another one."""
MEMORY = 2 << 30
"""Maximum address space of a process in bytes (Linux and macOS; Windows has no such limit)."""

_ROOM = 32 << 20
_PAUSE_SECONDS = 1.0


class Failed(Exception):
    """Raised if there is no answer. After the reasons `time`, `memory`, `stopped` and `bug` the
    process is gone; after `session` it was gone before; `full` means that there are too many
    sessions."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Session:
    """A process with a desk. It is started anew and not forked, so that it shares nothing with the
    server."""

    def __init__(self, memory: int = MEMORY) -> None:
        context = multiprocessing.get_context("spawn")
        self.share = 0.0
        """The finished part of the current task."""
        self.used = time.monotonic()
        self.lock = anyio.Lock()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, memory), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, name: str, arguments: dict[str, Any], seconds: float) -> Any:
        """Run a task. Raises Failed, and any GeneratorError of the desk."""
        answer: Any = None
        ends, kind = time.monotonic() + seconds, "share"
        try:
            self._connection.send((name, arguments))
            while kind == "share":
                ready = self._connection.poll(max(0, ends - time.monotonic()))
                kind, answer = self._connection.recv() if ready else ("time", None)
                self.share = answer if kind == "share" else 0.0
        except (EOFError, OSError):
            kind = "stopped"
        if kind == "problems":
            raise GeneratorError(answer)
        if kind != "done":
            self.end()
            print(answer or "", end="")
            raise Failed(kind)
        return answer

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def _serve(connection: Connection, memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to end
    desk = Desk(lambda share: connection.send(("share", share)))
    _limit(memory)
    gc.disable()  # to look for cycles while something is made takes a third of its time
    while True:
        try:
            if not connection.poll(_PAUSE_SECONDS):
                gc.collect()
            name, arguments = connection.recv()
        except EOFError:
            return
        try:
            answer = ("done", getattr(desk, name)(**arguments))
        except GeneratorError as problem:
            answer = ("problems", problem.diagnostics)
        except MemoryError:
            answer = ("memory", None)
        except Exception:
            answer = ("memory", None) if _is_full() else ("bug", traceback.format_exc())
        connection.send(answer)


def _is_full() -> bool:
    """Return True if memory is nearly used up; C libraries report that by errors of their own."""
    try:
        bytearray(_ROOM)
    except MemoryError:
        return True
    return False


def _limit(memory: int) -> None:
    """Limit the memory of this process, and forbid it to write files."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


class Sessions:
    """All sessions by their secret names. One process is kept ready for the next user."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._open: dict[str, Session] = {}
        self._spare = Session()

    def begin(self) -> str:
        """Begin a session and return its name, after unused ones are ended. Raises Failed."""
        now = time.monotonic()
        for name, session in list(self._open.items()):
            if now - session.used > IDLE_SECONDS and not session.lock.locked():
                self.end(name)
        if len(self._open) >= self._most:
            raise Failed("full")
        name, session = secrets.token_urlsafe(), self._spare
        session.used, self._open[name] = now, session
        self._spare = Session()
        return name

    def end(self, name: str) -> None:
        if session := self._open.pop(name, None):
            session.end()

    def end_all(self) -> None:
        for session in (*self._open.values(), self._spare):
            session.end()

    def share(self, name: str) -> float:
        """Return the finished part of a session's task. Raises Failed."""
        return self._named(name).share

    async def ask(self, name: str, what: str, arguments: dict[str, Any], seconds: float) -> Any:
        """Run a task. Raises Failed, and any GeneratorError of the desk."""
        session = self._named(name)
        session.used = time.monotonic()
        async with session.lock:
            try:
                return await anyio.to_thread.run_sync(session.ask, what, arguments, seconds)
            except Failed:
                self._open.pop(name, None)
                raise

    def _named(self, name: str) -> Session:
        if name not in self._open:
            raise Failed("session")
        return self._open[name]
