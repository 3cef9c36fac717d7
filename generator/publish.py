"""The one place where files are written: all outputs of a build at once, or none.

Each output is first written whole beside its target. Then, while signals wait, the targets are
replaced one after the other; whatever goes wrong in between, those already replaced are put back.
"""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.diagnostics import Diagnostic, OutputError, error
from generator.files import Unreadable, contents
from generator.fingerprint import SOFTWARE, unchanged

_STAGED = f".{SOFTWARE}-"
PATIENCE_S = 60.0
"""How long a build waits for another that writes into the same folder."""


def publish(
    files: Mapping[Path, bytes], inputs: Collection[Path] = (), force: bool = False
) -> None:
    """Replace every file, or leave every file as it was; no stray file remains.

    An output that is one of the `inputs` is never replaced; one that is not ours, or was changed
    since we wrote it, only with `force`. Links to a file and its permissions are kept. Raises
    OutputError.
    """
    targets = {_real(path): data for path, data in files.items()}
    names = dict(zip(targets, files, strict=True))
    target = Path()
    staged: dict[Path, Path] = {}
    saved: dict[Path, Path] = {}
    try:
        for folder in sorted({target.parent for target in targets}):
            target = folder
            folder.mkdir(parents=True, exist_ok=True)
        with _locks({target.parent for target in targets}):
            if problems := list(_refused(names, inputs, force)):
                raise OutputError(problems)
            for target, data in targets.items():
                staged[target] = _stage(target, data)
                if target.exists():
                    saved[target] = _stage(target, target.read_bytes())
            done: list[Path] = []
            with _signals_wait():
                try:
                    for target in targets:
                        done.append(target)
                        _replace(staged[target], target)
                except BaseException:
                    for each in done:
                        _put_back(each, saved.get(each))
                    raise
    except OSError as problem:
        raise OutputError([_explained(names.get(target, target), problem)]) from problem


def _real(path: Path) -> Path:
    """The file that links lead to: it is replaced, and the links stay."""
    return Path(os.path.realpath(path))


def _refused(
    names: Mapping[Path, Path], inputs: Collection[Path], force: bool
) -> Iterator[Diagnostic]:
    for target, name in names.items():
        if not target.exists():
            continue
        if any(path.exists() and target.samefile(path) for path in inputs):
            hint = "give another folder with -o"
            yield error("this output is also an input, and is not replaced", name, hint=hint)
        elif not (_is_ours(target) or force):
            message = "is not replaced: it was changed since it was built, or built by another"
            hint = "move it away to keep it, or replace it with --force"
            yield error(message, name, hint=hint)


def _is_ours(target: Path) -> bool:
    """Raises OSError for what is no file at all, which not even `force` replaces."""
    try:
        return unchanged(contents(target, most=1 << 40))
    except Unreadable as problem:
        raise OSError(errno.EINVAL, str(problem)) from None


def _stage(target: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=_STAGED, suffix=".tmp", dir=target.parent)
    path = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
    return path


def _replace(staged: Path, target: Path) -> None:
    """By renaming; a file that has other hard links is written to, as renaming would part them."""
    if target.exists() and target.stat().st_nlink > 1:
        target.write_bytes(staged.read_bytes())
        return
    staged.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        with suppress(OSError):  # some file systems cannot
            os.fsync(folder)
        os.close(folder)


def _put_back(target: Path, saved: Path | None) -> None:
    with suppress(OSError):
        if saved is None:
            target.unlink(missing_ok=True)
        elif saved.exists():
            _replace(saved, target)


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Ctrl-C and the like take effect when all is replaced: it takes milliseconds."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    waiting = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _locks(folders: Collection[Path]) -> Iterator[None]:
    """No other build writes into the folders meanwhile. What was staged and is not needed any more
    is deleted at the end, and what a killed build left at the beginning."""
    held: list[Callable[[], None]] = []
    try:
        for folder in sorted(folders):
            held.append(_locked(folder))
            _clean(folder)
        yield
    finally:
        for folder, release in zip(sorted(folders), held, strict=False):
            _clean(folder)
            release()


def _clean(folder: Path) -> None:
    for stray in folder.glob(f"{_STAGED}*.tmp"):
        with suppress(OSError):
            stray.unlink()


def _locked(folder: Path) -> Callable[[], None]:
    """Locks a folder, without a file in it, and returns what unlocks it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
    else:  # Windows cannot open folders.
        name = hashlib.sha256(str(folder).encode()).hexdigest()[:32]
        lock = Path(tempfile.gettempdir()) / f"{SOFTWARE}-{name}.lock"
        handle = os.open(lock, os.O_RDWR | os.O_CREAT)
    end = time.monotonic() + PATIENCE_S
    while not _try_to_lock(handle):
        if time.monotonic() > end:
            os.close(handle)
            raise OSError(errno.EBUSY, "another build is writing into this folder")
        time.sleep(0.02)
    return lambda: os.close(handle)


def _try_to_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        # Some network file systems have no locks; there it goes on without.
        return problem.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _explained(target: Path, problem: OSError) -> Diagnostic:
    if isinstance(problem, PermissionError):
        hint = "close it where it is open, check the folder's permissions, or give another with -o"
    elif isinstance(problem, (NotADirectoryError, FileExistsError)):
        hint = "a file stands where a folder is meant; give another folder with -o"
    else:
        hint = "check the disk, or give another folder with -o"
    reason = problem.strerror or str(problem)
    return error(f"cannot be written: {reason}", target, hint=f"{hint}; no output was replaced")
