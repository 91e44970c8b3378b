"""How long a spec's optimizer steps take: `time-steps`. What is learned is discarded."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace

from .events import EventStream
from .memory import explained_shortage
from .spec import TrainSpec
from .speed import Measurement, Meter, build, own_setting
from .stop import StopWatch

# Measured steps, after a first one that includes one-time work and doesn't count.
STEPS = 20


def time_steps(spec: TrainSpec, events: EventStream, stop: StopWatch, seconds: float) -> None:
    """Times steps for at most `seconds` once the base is loaded, then reports them.

    Raises TrainerFailure when the memory doesn't suffice.
    """
    with tempfile.TemporaryDirectory() as folder:
        StepTimes(replace(spec, out_dir=folder, resume=False), events, stop, seconds).run()


class StepTimes(Measurement):
    """The seconds of each step, over the same rows in the same order for every depth of a base."""

    _step_seconds: list[float]
    _longest_row = 0

    def run(self) -> None:
        self._step_seconds = []
        training = self._new_training()
        with explained_shortage(training):
            trainer, material = build(training)
            self._longest_row = training.longest_row
            self._events.stage("time-steps")
            timer = self._start_clock()
            meter = Meter(trainer, material)
            setting = own_setting(self._spec, material)
            batches = meter.batches(setting)
            for step in range(STEPS + 1):
                began = time.perf_counter()
                meter.step(setting, batches)
                if step > 0:
                    self._step_seconds.append(time.perf_counter() - began)
                self._events.emit("timed", step=step + 1, steps=STEPS + 1)
        timer.cancel()
        self._tell(complete=True)

    def _seconds_left(self) -> float:
        return self._seconds

    def _report(self, complete: bool) -> None:
        self._events.emit(
            "times",
            stepSeconds=[round(seconds, 6) for seconds in self._step_seconds],
            longestRow=self._longest_row,
            complete=complete,
        )
