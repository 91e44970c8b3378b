"""JSON lines on standard output."""

from __future__ import annotations

import json
import math
import os
import sys
import threading
import time
from typing import Any


def _finite(value: Any) -> Any:
    """Replaces floats that are not finite with null, because JSON has no NaN."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(inner) for inner in value]
    return value


class EventStream:
    """Writes one JSON object a line to `descriptor`; safe to call from several threads."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._started = time.monotonic()

    @classmethod
    def take_stdout(cls) -> EventStream:
        """Reserves standard output for events; other output (libraries, C code) goes to standard error."""
        sys.stdout.flush()
        kept = os.dup(1)
        os.dup2(2, 1)
        return cls(kept)

    @property
    def elapsed_seconds(self) -> float:
        """Returns the seconds on the monotonic clock since the stream was opened."""
        return time.monotonic() - self._started

    def emit(self, kind: str, **fields: Any) -> None:
        event = {"kind": kind, "elapsedSeconds": round(self.elapsed_seconds, 3), **_finite(fields)}
        line = (json.dumps(event, ensure_ascii=False) + "\n").encode()
        with self._lock:
            _write_all(self._descriptor, line)

    def stage(self, stage: str) -> None:
        self.emit("stage", stage=stage)

    def cancelled(self, step: int | None) -> None:
        """Reports a cancellation; `step` is the last complete checkpoint, from which the run resumes."""
        path = None if step is None else f"checkpoints/checkpoint-{step}"
        self.emit("cancelled", step=step, checkpoint=path, resumable=step is not None)

    def warning(self, code: str, message: str) -> None:
        self.emit("warning", code=code, message=message)


def _write_all(descriptor: int, line: bytes) -> None:
    """A reader that has gone must not stop a run which saves checkpoints: a broken pipe is ignored."""
    while line:
        try:
            line = line[os.write(descriptor, line) :]
        except BrokenPipeError:
            return
