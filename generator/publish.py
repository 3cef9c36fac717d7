"""The one place where files are written: all outputs of a build at once, or none.

Each output is first written completely beside its target. Then, while signals wait, the targets are
replaced one after the other. If anything fails in between, the ones already replaced are restored.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.diagnostics import Diagnostic, OutputError, error
from generator.files import Unreadable, contents
from generator.fingerprint import SOFTWARE, unchanged

_STAGED = f".{SOFTWARE}-"
CHANGED = "is not replaced: it was changed since it was built, or built by another"
REPLACE = "move it away to keep it, or replace it with --force"
_TEXTS = (".csv", ".jsonl", ".md", ".markdown")
"""Suffixes of files without a place for a fingerprint, so that nothing shows whether they were
changed."""
PATIENCE_S = 60.0
"""How long a build waits for another that writes into the same folder."""


def publish(
    files: Mapping[Path, bytes], inputs: Collection[Path] = (), force: bool = False,
    after: str = "no output was replaced",
) -> None:  # fmt: skip
    """Replace every file, or leave every file as it was; no stray file remains.

    An output that is one of the `inputs` is never replaced. One that is not ours, or was changed
    since we wrote it, is only replaced with `force`. Links to a file and its permissions are kept.
    Raises OutputError; if the disk or the system fails, it describes the state `after` that.
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
        with locked({target.parent for target in targets}):
            refuse(files, inputs, force)
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
                finally:
                    for folder in {target.parent for target in targets}:
                        _sync(folder)
    except OSError as problem:
        raise OutputError([_explained(names.get(target, target), problem, after)]) from problem


def put(path: Path, data: bytes, force: bool = False, known: Collection[str] = ()) -> None:
    """Write one of very many files, completely or not at all, while the caller holds the lock.

    The rules of `publish` apply. Nothing waits for the disk, as that would take most of the time:
    after a power failure some files may be missing, or empty. Raises OutputError.
    """
    target = path
    with explained(path, "run the same command again to make what is missing"):
        if os.path.lexists(path):
            refuse([path], (), force, known)
            target = _real(path)
        _replace(_stage(target, data, sync=False), target)


@contextmanager
def streamed(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield other paths, all in one folder, for files that are too large for memory.

    The files replace their targets when all of them are written. The caller has called `refuse`
    before. Raises OutputError.
    """
    targets = [_real(path) for path in paths]
    with explained(paths[0], "it was not written"):
        folder = targets[0].parent
        folder.mkdir(parents=True, exist_ok=True)
        with locked([folder]):
            parts = [_staged(target) for target in targets]
            yield parts
            for part, target in zip(parts, targets, strict=True):
                if target.exists():
                    part.chmod(stat.S_IMODE(target.stat().st_mode))
                _replace(part, target)


def refuse(
    paths: Iterable[Path], inputs: Collection[Path] = (), force: bool = False,
    known: Collection[str] = (),
) -> None:  # fmt: skip
    """Refuse outputs that must not be replaced.

    `known` are hashes of our files that have no place for a fingerprint. Raises OutputError, and
    OSError for anything that is not a file.
    """
    names = {_real(path): path for path in paths}
    if problems := list(_refused(names, inputs, force, known)):
        raise OutputError(problems)


def _real(path: Path) -> Path:
    """Return the file that links lead to: it is replaced, and the links stay."""
    return Path(os.path.realpath(path))


def _refused(
    names: Mapping[Path, Path], inputs: Collection[Path], force: bool, known: Collection[str]
) -> Iterator[Diagnostic]:
    for target, name in names.items():
        if not target.exists():
            continue
        if any(path.exists() and target.samefile(path) for path in inputs):
            hint = "give another folder with -o"
            yield error("this output is also an input, and is not replaced", name, hint=hint)
        elif not (_is_ours(target, known) or force):
            if name.suffix.lower() in _TEXTS and not known:
                hint = "give another name, or --force to replace it"
                yield error("this file already exists", name, hint=hint)
            else:
                yield error(CHANGED, name, hint=REPLACE)


def _is_ours(target: Path, known: Collection[str]) -> bool:
    """Return True if a file is ours. Raises OSError for anything that is not a file, which not even
    `force` replaces."""
    try:
        return unchanged(contents(target, most=1 << 40), known)
    except Unreadable as problem:
        raise OSError(errno.EINVAL, str(problem)) from None


def _stage(target: Path, data: bytes, sync: bool = True) -> Path:
    path = _staged(target)
    try:
        with path.open("xb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)  # a full disk gets its room back
        raise
    if target.exists():
        path.chmod(stat.S_IMODE(target.stat().st_mode))
    return path


def _staged(target: Path) -> Path:
    return target.with_name(f"{_STAGED}{secrets.token_hex(8)}.tmp")


def _replace(staged: Path, target: Path) -> None:
    """Replace a file by renaming. One with other hard links is written to, as renaming would
    separate them."""
    if target.exists() and target.stat().st_nlink > 1:
        target.write_bytes(staged.read_bytes())
        return
    staged.replace(target)


def _sync(folder: Path) -> None:
    """Wait until the names of a folder's files are on the disk."""
    if os.name == "posix":
        with suppress(OSError):  # some file systems cannot
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _put_back(target: Path, saved: Path | None) -> None:
    with suppress(OSError):
        if saved is None:
            target.unlink(missing_ok=True)
        elif saved.exists():
            _replace(saved, target)


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Delay Ctrl-C and other signals until everything is replaced, which takes milliseconds."""
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
def locked(folders: Collection[Path]) -> Iterator[None]:
    """Keep other builds from writing into the folders. Staged files that are not needed are deleted
    at the end, and those of a killed build at the beginning. Raises OSError."""
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
    """Lock a folder, without a file in it, and return a function that unlocks it."""
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


@contextmanager
def explained(path: Path, after: str) -> Iterator[None]:
    """Raise an OutputError for an OSError; `after` describes the state of the files."""
    try:
        yield
    except OSError as problem:
        raise OutputError([_explained(path, problem, after)]) from problem


def _explained(target: Path, problem: OSError, after: str) -> Diagnostic:
    if isinstance(problem, PermissionError):
        hint = "close it in other programs, check the folder's permissions, or give another with -o"
    elif isinstance(problem, (NotADirectoryError, FileExistsError)):
        hint = "there is a file in the place of a folder; give another folder with -o"
    else:
        hint = "check the disk, or give another folder with -o"
    reason = problem.strerror or str(problem)
    return error(f"cannot be written: {reason}", target, hint=f"{hint}; {after}")
