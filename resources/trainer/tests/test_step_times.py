"""The times of a spec's steps, by the real entry point, as the workbench starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from namewright_trainer.step_times import STEPS

from .test_spec import Make, Write
from .trainer_process import PACKAGE


def time_steps(spec: Path, seconds: float) -> tuple[int, list[dict[str, Any]]]:
    words = [sys.executable, "-m", "namewright_trainer", "time-steps", "--spec", spec]
    ended = subprocess.run(
        [*words, "--seconds", str(seconds)],
        cwd=PACKAGE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return ended.returncode, [json.loads(line) for line in ended.stdout.splitlines()]


def test_times_every_step_after_the_first(make_spec: Make, spec_file: Write) -> None:
    status, events = time_steps(spec_file(make_spec()), seconds=600)
    assert status == 0
    stages = [event["stage"] for event in events if event["kind"] == "stage"]
    assert stages == ["import", "load-base", "encode", "time-steps"]
    assert [event["step"] for event in events if event["kind"] == "timed"] == list(range(1, STEPS + 2))
    found = events[-1]
    assert (found["kind"], found["complete"], len(found["stepSeconds"])) == ("times", True, STEPS)
    assert all(seconds > 0 for seconds in found["stepSeconds"])
    assert found["longestRow"] > 8


def test_reports_the_steps_that_ended_in_time(make_spec: Make, spec_file: Write) -> None:
    status, events = time_steps(spec_file(make_spec()), seconds=0)
    assert status == 0
    found = next(event for event in events if event["kind"] == "times")
    assert found["complete"] is False
    assert len(found["stepSeconds"]) < STEPS
