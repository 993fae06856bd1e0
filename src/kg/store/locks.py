"""Advisory file locks (``flock``): they vanish with the process that holds them, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """A held lock on one file. Release it with :meth:`release`; the end of the process releases it too."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go; calling it again does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.release()


def exclusive(path: Path, *, wait: bool) -> FileLock | None:
    """Lock ``path`` for this process alone, creating the file; None if another holds it and ``wait`` is false. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return FileLock(descriptor)


def shared(path: Path) -> FileLock:
    """Lock ``path`` together with other readers; works on a read-only file system. Raises OSError if the file is missing."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    except BaseException:
        os.close(descriptor)
        raise
    return FileLock(descriptor)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold ``path`` exclusively inside the block, waiting for it if need be."""
    lock = exclusive(path, wait=True)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
