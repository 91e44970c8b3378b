"""Spawns the real entry point, as the workbench does, and reads what it says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
Event = dict[str, Any]


@dataclass(frozen=True)
class Ended:
    """How a trainer ended. `stop_seconds`: from the stop to its end; None where it was not stopped."""

    status: int
    events: list[Event]
    stop_seconds: float | None
    log: str

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["kind"] == kind]


def run_trainer(
    spec: Path,
    resume: bool = False,
    stop_at: Callable[[Event], bool] = lambda _: False,
    how: signal.Signals | None = None,
) -> Ended:
    """Runs to the end; at the first event for which `stop_at` holds, sends `how` or ends its input."""
    words = ["train", "--spec", str(spec), "--watch-stdin", *(["--resume"] if resume else [])]
    log = spec.with_suffix(".log")
    with log.open("a") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "namewright_trainer", *words],
            cwd=PACKAGE,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert process.stdout
        assert process.stdin
        events, stopped = [], None
        for line in process.stdout:
            # Anything but a JSON object with a kind on standard output fails here.
            event = json.loads(line)
            events.append(event)
            assert isinstance(event["kind"], str)
            if stopped is None and stop_at(event):
                stopped = time.monotonic()
                if how is None:
                    process.stdin.close()
                else:
                    process.send_signal(how)
        status = process.wait()
    seconds = None if stopped is None else time.monotonic() - stopped
    return Ended(status, events, seconds, log.read_text())


def start_trainer(spec: Path) -> subprocess.Popen[str]:
    """A trainer on three pipes, as the workbench has it."""
    return subprocess.Popen(
        [sys.executable, "-m", "namewright_trainer", "train", "--spec", str(spec), "--watch-stdin"],
        cwd=PACKAGE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def at_step(number: int) -> Callable[[Event], bool]:
    return lambda event: event["kind"] == "step" and event["step"] >= number


def at_stage(stage: str) -> Callable[[Event], bool]:
    return lambda event: event["kind"] == "stage" and event["stage"] == stage
