"""Durable writes, and failures for a full disk."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from .failure import TrainerFailure

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def fsync(path: Path) -> None:
    """Flushes the bytes of a file or the entries of a folder to disk. Windows can't flush a folder."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_folder(folder: Path) -> None:
    """Raises TrainerFailure if the folder is gone.

    A folder that was moved, or whose disk was removed, must not be recreated in its old place.
    """
    if not folder.is_dir():
        hint = "Move the folder back or reconnect its disk, then resume the run."
        raise TrainerFailure("missing", f"folder not found: {folder}", hint)


def fsync_tree(paths: Iterable[Path]) -> None:
    """Flushes each file, and each folder with its contents."""
    for path in paths:
        if path.is_dir():
            fsync_tree(sorted(path.iterdir()))
        fsync(path)


def is_disk_full(error: BaseException) -> bool:
    """Returns True if the error, or any error that caused it, reports a full disk."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in FULL:
            return True
        if "No space left on device" in str(seen):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def not_written(what: str, folder: Path, error: BaseException) -> TrainerFailure:
    """Returns the failure for `what`, which could not be written to the existing `folder`.

    torch does not say why its writer failed, so the message includes the free space.
    """
    free = shutil.disk_usage(folder).free / 1e6
    why = "the disk is full" if is_disk_full(error) else f"{type(error).__name__}: {error}"
    message = f"couldn't write {what} ({free:,.0f} MB free): {why}"
    hint = (
        "Free disk space or fix the disk, then resume: training continues from the last complete checkpoint."
    )
    return TrainerFailure("missing", message, hint)
