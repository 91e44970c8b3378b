"""One trainer at a time in a folder.

If the host is killed, its trainer still saves a checkpoint and exits within its grace time. A resumed run
must wait for it, or two trainers would write and delete the same checkpoints.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .events import EventStream
from .failure import TrainerFailure

LOOK_SECONDS = 0.1


@contextmanager
def held(folder: Path, events: EventStream, patience_seconds: float) -> Iterator[None]:
    """Locks the folder for the block. The system releases the lock when this process ends.

    Waits for another trainer, and raises TrainerFailure after `patience_seconds`. Windows has no locks on
    folders, so nothing is locked there.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    deadline = time.monotonic() + patience_seconds
    told = False
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            except OSError:
                # The file system has no locks, so there is nothing to wait for.
                break
            else:
                break
            if not told:
                events.warning("folder-held", "an earlier trainer of this run is still saving a checkpoint")
            told = True
            if time.monotonic() > deadline:
                hint = "Another process is training into this folder. Stop that process first."
                raise TrainerFailure("missing", f"{folder.name} is in use by another trainer", hint)
            time.sleep(LOOK_SECONDS)
        yield
    finally:
        os.close(descriptor)
