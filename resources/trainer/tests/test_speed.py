"""The probe of a training's speed, by its real entry point, as the workbench starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .test_spec import Make, Write
from .trainer_process import PACKAGE


def probe(spec: Path, seconds: float) -> tuple[int, list[dict[str, Any]]]:
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "namewright_trainer",
            "probe-speed",
            "--spec",
            spec,
            "--seconds",
            str(seconds),
        ],
        cwd=PACKAGE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return ended.returncode, [json.loads(line) for line in ended.stdout.splitlines()]


def test_measures_settings_of_the_same_product_and_cleans_up(
    make_spec: Make, spec_file: Write, tmp_path: Path
) -> None:
    document = make_spec(optimisation={"batchSize": 1, "gradientAccumulation": 2})
    before = sorted(entry.name for entry in tmp_path.iterdir())
    status, events = probe(spec_file(document), seconds=600)
    found = events[-1]
    assert status == 0
    assert [event["stage"] for event in events[:-1]] == ["import", "load-base", "encode", "measure"]
    assert found["kind"] == "speeds"
    assert found["complete"] is True
    assert found["first"] == {"threads": 1, "workers": 0, "batchSize": 1, "gradientAccumulation": 2}
    measured = found["measured"]
    assert {one["batchSize"] * one["gradientAccumulation"] for one in measured} == {2}
    assert {one["batchSize"] for one in measured} == {1, 2}
    assert {one["workers"] for one in measured} == {0, 2}
    assert all(one["tokensPerSecond"] > 0 for one in measured)
    assert found["sameBatch"]["batchSize"] == 1
    fastest = {key: value for key, value in measured[0].items() if key != "tokensPerSecond"}
    assert found["fastest"].keys() == fastest.keys()
    made = [entry.name for entry in tmp_path.iterdir() if entry.name not in before]
    assert [name for name in made if not name.startswith("spec-")] == []


def test_ends_in_time_even_if_nothing_could_be_measured(make_spec: Make, spec_file: Write) -> None:
    status, events = probe(spec_file(make_spec()), seconds=1.5)
    assert status == 0
    assert events[-1]["kind"] == "speeds"
    assert events[-1]["complete"] is False
    assert (events[-1]["sameBatch"], events[-1]["measured"]) == (None, [])
