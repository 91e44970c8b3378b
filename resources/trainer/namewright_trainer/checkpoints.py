"""Checkpoints on disk. A checkpoint is valid only with its marker file, which is written last."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from .disk import fsync, require_folder

MARKER = "complete.json"
STATE = "trainer_state.json"
KEPT_FOR_RESUMING = 2


class CheckpointStore:
    """The folder `checkpoints/` of a run, with one folder `checkpoint-STEP` for each.

    `threads` are kept with each checkpoint: a resume with another number gives other last bits.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.threads: int | None = None

    def path(self, step: int) -> Path:
        return self.folder / f"checkpoint-{step}"

    def complete_steps(self) -> list[int]:
        """Returns the steps of complete checkpoints in ascending order."""
        names = [entry.name.removeprefix("checkpoint-") for entry in self.folder.glob("checkpoint-*")]
        steps = sorted(int(name) for name in names if name.isdigit())
        return [step for step in steps if (self.path(step) / MARKER).is_file()]

    def latest(self) -> int | None:
        return next(iter(reversed(self.complete_steps())), None)

    def threads_of_latest(self) -> int | None:
        """Returns the threads that wrote the latest checkpoint; None without one, or if it doesn't say."""
        step = self.latest()
        if step is None:
            return None
        return json.loads((self.path(step) / MARKER).read_text(encoding="utf-8")).get("threads")

    def open_for_writing(self, step: int) -> None:
        """Marks a checkpoint that is rewritten after an evaluation as incomplete until it is closed."""
        require_folder(self.folder.parent)
        (self.path(step) / MARKER).unlink(missing_ok=True)

    def close(self, step: int) -> None:
        """Flushes the whole checkpoint to disk before writing the marker that makes it valid."""
        folder = self.path(step)
        for entry in sorted(folder.iterdir()):
            if entry.is_file():
                fsync(entry)
        partial = folder / f"{MARKER}.partial"
        partial.write_text(json.dumps({"step": step, "threads": self.threads}), encoding="utf-8")
        fsync(partial)
        partial.rename(folder / MARKER)
        fsync(folder)

    def rotate(self, best_step: int | None) -> None:
        """Keeps the best checkpoint and the last two complete ones; deletes incomplete ones."""
        complete = self.complete_steps()
        kept = {self.path(step) for step in complete[-KEPT_FOR_RESUMING:]}
        if best_step is not None:
            kept.add(self.path(best_step))
        for entry in self.folder.glob("checkpoint-*"):
            if entry not in kept:
                shutil.rmtree(entry, ignore_errors=True)

    def discard_incomplete(self) -> None:
        """Deletes incomplete checkpoints of a killed process before a resume."""
        for entry in self.folder.glob("checkpoint-*"):
            if not (entry / MARKER).is_file():
                shutil.rmtree(entry, ignore_errors=True)

    def state(self, step: int) -> dict[str, Any]:
        return json.loads((self.path(step) / STATE).read_text(encoding="utf-8"))
