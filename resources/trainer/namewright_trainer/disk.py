"""What a disk that takes no more is called, and what to do then."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from .failure import TrainerFailure

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


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
    free = shutil.disk_usage(folder).free / 2**20
    why = "the disk is full" if is_disk_full(error) else f"{type(error).__name__}: {error}"
    message = f"{what} could not be written, {free:.0f} MiB are free there: {why}"
    hint = "Free space or mend the disk, then resume: it goes on from the last complete checkpoint."
    return TrainerFailure("missing", message, hint)
