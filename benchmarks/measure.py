"""Whole processes: how long they take and how much memory they need at their peak."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Modules are compiled once, by the run that warms up, as they are when they are installed."""


class Run(NamedTuple):
    seconds: float
    peak_mb: float


def run(command: Sequence[str], limit: float | None = None, inside: bool = False) -> Run | None:
    """Start to exit, or what it prints of the time `inside`; None where `limit` seconds were not
    enough. The caller should stay small: Linux counts what a process had before exec as its own
    peak.
    """
    started = time.perf_counter()
    stdout = subprocess.PIPE if inside else subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=stdout, env=_ENVIRONMENT)
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(limit or threading.TIMEOUT_MAX, stop)
    timer.daemon = True
    timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if late.is_set():
        return None
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    seconds = time.perf_counter() - started
    if process.stdout:
        with process.stdout:
            seconds = float(process.stdout.read())
    return Run(seconds, usage.ru_maxrss / 1024)


def together(runs: Sequence[Run]) -> Run:
    """Processes one after the other."""
    return Run(sum(run.seconds for run in runs), max(run.peak_mb for run in runs))


def ratio(ours: Sequence[float], peer: Sequence[float]) -> float:
    """The median of the ratios pair by pair."""
    return statistics.median(a / b for a, b in zip(ours, peer, strict=False))
