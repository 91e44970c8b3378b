"""Putting files on the disk for certain, and what a disk that takes no more is called."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from .failure import TrainerFailure

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def fsync(path: Path) -> None:
    """The bytes of a file, or the names in a folder. Windows has no such thing for a folder."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_folder(folder: Path) -> None:
    """A folder that was moved away, or whose disk was removed, must not be made again in its old place."""
    if not folder.is_dir():
        hint = "Move the folder back or reconnect its disk, then resume the run."
        raise TrainerFailure("missing", f"the folder {folder} is gone", hint)


def fsync_tree(paths: Iterable[Path]) -> None:
    """Each file, and each folder with all that is in it."""
    for path in paths:
        if path.is_dir():
            fsync_tree(sorted(path.iterdir()))
        fsync(path)


def is_disk_full(error: BaseException) -> bool:
    """True where the system says so, itself or as the cause of what a library made of it."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in FULL:
            return True
        if "No space left on device" in str(seen):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def not_written(what: str, folder: Path, error: BaseException) -> TrainerFailure:
    """`what` could not be written below `folder`, which is there. torch does not say why its writer failed,
    so the free space is told beside its words."""
    free = shutil.disk_usage(folder).free / 1e6
    why = "the disk is full" if is_disk_full(error) else f"{type(error).__name__}: {error}"
    message = f"{what} could not be written, {free:,.0f} MB are free there: {why}"
    hint = "Free space or mend the disk, then resume: it goes on from the last complete checkpoint."
    return TrainerFailure("missing", message, hint)
