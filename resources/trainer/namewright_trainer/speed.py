"""How fast this machine trains a spec with which threads, workers and batches: `probe-speed`.

The rows, the base and TRL's own step are those of a training; what is learnt is thrown away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .checkpoints import CheckpointStore
from .events import EventStream
from .memory import is_out_of_memory
from .spec import TrainSpec
from .speed_search import Found, Setting, SpeedSearch, batch_choices, thread_choices
from .stop import StopWatch

if TYPE_CHECKING:
    from .sft import NamingTrainer
    from .train import Material, Training

# A tiny model's rows are ready long before it needs them, so more processes cost time. Two suffice to check.
WORKER_CHOICES = (0, 2)
# A first batch includes one-time work: it must be this much slower than the best to count as slow.
FAR_SLOWER = 0.2
# Seconds reserved for shutting down and reporting.
RESERVE = 1.0


def probe_speed(spec: TrainSpec, events: EventStream, stop: StopWatch, seconds: float) -> None:
    """Measures for at most `seconds` from the process's start, then reports the result."""
    with tempfile.TemporaryDirectory() as folder:
        Prober(replace(spec, out_dir=folder, resume=False), events, stop, seconds).run()


class Measurement:
    """Measures on a real trainer, with a deadline that holds even in the middle of a long step."""

    def __init__(self, spec: TrainSpec, events: EventStream, stop: StopWatch, seconds: float) -> None:
        self._spec = spec
        self._events = events
        self._stop = stop
        self._seconds = seconds
        self._told = threading.Lock()

    def _start_clock(self) -> threading.Timer:
        timer = threading.Timer(self._seconds_left(), self._out_of_time)
        timer.daemon = True
        timer.start()
        return timer

    def _seconds_left(self) -> float:
        raise NotImplementedError

    def _new_training(self) -> Training:
        from .train import Training

        checkpoints = CheckpointStore(Path(self._spec.out_dir) / "checkpoints")
        return Training(self._spec, self._events, self._stop, checkpoints)

    def _out_of_time(self) -> None:
        """Ends a step that takes longer than the remaining time; earlier measurements still count."""
        self._tell(complete=False)
        shutil.rmtree(self._spec.out_dir, ignore_errors=True)
        os._exit(0)

    def _tell(self, *, complete: bool) -> None:
        """Reports the result, once."""
        if self._told.acquire(blocking=False):
            self._report(complete)

    def _report(self, complete: bool) -> None:
        raise NotImplementedError


class Prober(Measurement):
    """A search for the fastest setting."""

    def __init__(self, spec: TrainSpec, events: EventStream, stop: StopWatch, seconds: float) -> None:
        super().__init__(spec, events, stop, seconds)
        self._search: SpeedSearch | None = None
        self._found = Found(None, None, False)

    def run(self) -> None:
        timer = self._start_clock()
        trainer, material = build(self._new_training())
        self._events.stage("measure")
        import torch

        on_cpu = material.plan.device == "cpu"
        threads = thread_choices(os.cpu_count() or 1) if on_cpu else [torch.get_num_threads()]
        meter = Meter(trainer, material)
        first = own_setting(self._spec, material)
        self._search = SpeedSearch(first, meter.tokens_per_second, self._seconds_left)
        product = first.batch_size * first.gradient_accumulation
        self._found = self._search.run(threads, WORKER_CHOICES, batch_choices(product))
        timer.cancel()
        self._tell(complete=self._found.complete)

    def _seconds_left(self) -> float:
        return self._seconds - RESERVE - self._events.elapsed_seconds

    def _report(self, complete: bool) -> None:
        found = self._found
        if not complete and self._search is not None:
            found = self._search.found(complete=False)
        speeds = dict(self._search.speeds) if self._search else {}
        self._events.emit(
            "speeds",
            first=_record(self._search.first) if self._search else None,
            sameBatch=_record(found.same_batch),
            fastest=_record(found.fastest),
            complete=found.complete,
            measured=[
                {**_record(setting), "tokensPerSecond": round(speed, 1)} for setting, speed in speeds.items()
            ],
        )


def build(training: Training) -> tuple[NamingTrainer, Material]:
    """Loads the rows and the base."""
    from . import train

    material = train.gather(training)
    return train.build(training, material), material


def own_setting(spec: TrainSpec, material: Material) -> Setting:
    """Returns what the spec itself would use."""
    optimisation = spec.optimisation
    return Setting(
        material.threads, spec.workers, optimisation.batch_size, optimisation.gradient_accumulation
    )


def _record(setting: Setting | None) -> Any:
    if setting is None:
        return None
    return {
        "threads": setting.threads,
        "workers": setting.workers,
        "batchSize": setting.batch_size,
        "gradientAccumulation": setting.gradient_accumulation,
    }


class Meter:
    """Optimizer steps of TRL's trainer, over the same rows in the same order for every setting."""

    def __init__(self, trainer: NamingTrainer, material: Material) -> None:
        import torch

        self._torch = torch
        self._trainer = trainer
        self._device = torch.device(material.plan.device)
        self._clip = trainer.args.max_grad_norm
        self._parameters = [weight for weight in trainer.model.parameters() if weight.requires_grad]
        self._warm: set[Setting] = set()
        self._best = 0.0
        trainer.create_optimizer()
        order = torch.Generator().manual_seed(trainer.args.seed)
        self._order = torch.randperm(len(trainer.train_dataset), generator=order).tolist()

    def tokens_per_second(self, setting: Setting, seconds: float) -> float | None:
        """Returns prompt and completion tokens per second, without padding; None when memory runs out."""
        self._torch.set_num_threads(setting.threads)
        batches = self.batches(setting)
        try:
            if setting not in self._warm:
                self._warm.add(setting)
                slow = self._first_batch(setting, batches)
                if slow is not None:
                    return slow
            began, tokens = time.perf_counter(), 0
            while True:
                tokens += self.step(setting, batches)
                elapsed = time.perf_counter() - began
                if elapsed >= seconds:
                    self._best = max(self._best, tokens / elapsed)
                    return tokens / elapsed
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            self._trainer.optimizer.zero_grad(set_to_none=True)
            if self._torch.cuda.is_available():
                self._torch.cuda.empty_cache()
            return None

    def _first_batch(self, setting: Setting, batches: Iterator[dict[str, Any]]) -> float | None:
        """Warms up on one batch. Its own speed where that says enough: threads that hinder each other make a
        tiny model twenty times slower.
        """
        began = time.perf_counter()
        tokens = self.step(replace(setting, gradient_accumulation=1), batches)
        speed = tokens / (time.perf_counter() - began)
        if speed < FAR_SLOWER * self._best:
            return speed
        return None

    def batches(self, setting: Setting) -> Iterator[dict[str, Any]]:
        """Yields batches endlessly: after the last row, rows and workers restart, as in training."""
        from torch.utils.data import DataLoader

        loader = DataLoader(
            self._trainer.train_dataset,
            batch_size=setting.batch_size,
            sampler=self._order,
            collate_fn=self._trainer.data_collator,
            num_workers=setting.workers,
        )
        while True:
            yield from loader

    def step(self, setting: Setting, batches: Iterator[dict[str, Any]]) -> int:
        """Runs one optimizer step and returns the number of its tokens."""
        trainer = self._trainer
        trainer.current_gradient_accumulation_steps = setting.gradient_accumulation
        taken, targets = trainer.get_batch_samples(batches, setting.gradient_accumulation, self._device)
        for batch in taken:
            trainer.training_step(trainer.model, batch, targets)
        if self._clip > 0:
            self._torch.nn.utils.clip_grad_norm_(self._parameters, self._clip)
        trainer.optimizer.step()
        trainer.optimizer.zero_grad()
        if self._device.type == "cuda":
            self._torch.cuda.synchronize()
        elif self._device.type == "mps":
            self._torch.mps.synchronize()
        return sum(int(batch["attention_mask"].sum()) for batch in taken)
