"""One trainer at a time in a folder.

A workbench that is killed leaves a trainer behind that saves a checkpoint and goes, within its grace time.
Whoever resumes the run meanwhile must wait for it: two would write and clear the same checkpoints.
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
    """Holds the folder within the block, or until this process ends, however it ends.

    The system lets go of it then.

    Waits for another trainer there, and refuses after `patience_seconds`. Windows has no such lock on a
    folder; there nothing is held.
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
                # A file system without locks: there is nothing to wait for.
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
