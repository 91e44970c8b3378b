"""What happens between TRL's steps: events, stopping, and refusing a loss that is not a number."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from transformers import EarlyStoppingCallback, TrainerCallback

from .checkpoints import CheckpointStore
from .events import EventStream
from .failure import TrainerFailure
from .memory import measured_memory
from .record import evaluation_record
from .sft import NamingTrainer
from .spec import EvaluationSpec
from .stop import StopWatch

# Gradient-scaler skips in a row that end a training. A scaler starts at 2^16 and halves at each skip, so a
# healthy training stops skipping long before.
MOST_SKIPPED_STEPS = 20


class TrainingOver(Exception):
    """Raised when a resumed run had already been ended by early stopping, so no step remains."""


class Progress(TrainerCallback):
    """Turns TRL's log records into events. The speed ignores tokens trained before a resume.

    `step_was_skipped` says whether float16's gradient scaler skipped the last step because a gradient
    overflowed. It then lowers its scale, so a skipped step is no failure.
    """

    def __init__(self, events: EventStream, step_was_skipped: Callable[[], bool] = lambda: False) -> None:
        self._events = events
        self._step_was_skipped = step_was_skipped
        self._skipped_in_a_row = 0
        self._began = 0.0
        self._evaluating = 0.0
        self._first_step = 0
        self._first_tokens = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._began = time.monotonic()
        self._first_step = state.global_step
        self._first_tokens = int(state.num_input_tokens_seen)

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any
    ) -> None:
        if not logs or "loss" not in logs:
            return
        self._refuse_divergence(state.global_step, logs)
        elapsed = time.monotonic() - self._began
        training = elapsed - self._evaluating
        steps = state.global_step - self._first_step
        self._events.emit(
            "step",
            step=state.global_step,
            maxSteps=state.max_steps,
            epoch=round(state.epoch or 0, 4),
            loss=logs["loss"],
            learningRate=logs["learning_rate"],
            gradNorm=logs.get("grad_norm"),
            tokensPerSecond=round((int(state.num_input_tokens_seen) - self._first_tokens) / training, 1),
            etaSeconds=round(elapsed / steps * (state.max_steps - state.global_step), 1) if steps else None,
        )

    def _refuse_divergence(self, step: int, logs: dict[str, float]) -> None:
        if not self._step_was_skipped():
            self._skipped_in_a_row = 0
            _refuse_not_finite(step, logs)
            return
        _refuse_not_finite(step, {"loss": logs["loss"]})
        self._skipped_in_a_row += 1
        if self._skipped_in_a_row >= MOST_SKIPPED_STEPS:
            raise TrainerFailure(
                "check-failed",
                f"float16 gradients overflowed in {MOST_SKIPPED_STEPS} steps in a row, up to step {step}",
                "Lower learningRate (a tenth is a good try), or use int4, bfloat16 or float32 precision.",
            )

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: dict[str, float], **_: Any) -> None:
        """Excludes the time spent on an evaluation from the training time."""
        self._evaluating += metrics["eval_seconds"]


class Evaluations(TrainerCallback):
    """Emits one event per evaluation, with the memory in use."""

    def __init__(self, events: EventStream, metric: str) -> None:
        self._events = events
        self._metric = metric

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: dict[str, float], **_: Any) -> None:
        value = metrics[self._metric]
        self._events.emit(
            "evaluation",
            step=state.global_step,
            epoch=round(state.epoch or 0, 4),
            best=state.best_metric is None or value < state.best_metric,
            **evaluation_record(metrics),
        )
        if not math.isfinite(value):
            _refuse_not_finite(state.global_step, {"loss": value})
        self._events.emit("memory", **measured_memory())


class SavedCheckpoints(TrainerCallback):
    """Emits one `checkpoint` event per complete checkpoint; TRL may announce a step twice."""

    def __init__(self, events: EventStream, checkpoints: CheckpointStore) -> None:
        self._events = events
        self._checkpoints = checkpoints
        self._announced: set[int] = set()

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        step = state.global_step
        if step not in self._announced and step in self._checkpoints.complete_steps():
            self._announced.add(step)
            self._events.emit("checkpoint", step=step, path=f"checkpoints/checkpoint-{step}")


class StopAtStep(TrainerCallback):
    """Handles a stop request: saves at the end of the running step and skips evaluations."""

    def __init__(self, stop: StopWatch, checkpoints: CheckpointStore) -> None:
        self._stop = stop
        self._checkpoints = checkpoints

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self._stop.requested:
            control.should_save = True
            control.should_evaluate = False
            control.should_training_stop = True

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self._stop.requested:
            control.should_save = state.global_step not in self._checkpoints.complete_steps()
            control.should_evaluate = False
            control.should_training_stop = True


class DueEvaluation(TrainerCallback):
    """On resume, runs an evaluation that a stop cut off, and detects a run that had already ended."""

    def __init__(self, trainer: NamingTrainer, evaluation: EvaluationSpec) -> None:
        self._trainer = trainer
        self._evaluation = evaluation

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        step = state.global_step
        if state.best_global_step:
            # The state has an absolute path, but the run's folder may have been moved.
            state.best_model_checkpoint = str(self._trainer.checkpoints.path(state.best_global_step))
        if step and self._is_due(step, state) and not _was_evaluated(step, state):
            self._trainer.evaluate_and_save_now()
        if step and patience_of(self._trainer) >= self._evaluation.patience:
            raise TrainingOver

    def _is_due(self, step: int, state: Any) -> bool:
        every = (
            self._evaluation.steps if self._evaluation.strategy == "steps" else self._trainer.steps_an_epoch()
        )
        return step % (every or 1) == 0 or step >= state.max_steps


def _was_evaluated(step: int, state: Any) -> bool:
    return any(record["step"] == step and "eval_loss" in record for record in state.log_history)


def patience_of(trainer: NamingTrainer) -> int:
    """Returns the number of evaluations without improvement. The trainer replaces callbacks on resume."""
    callbacks = trainer.callback_handler.callbacks
    found = [callback for callback in callbacks if isinstance(callback, EarlyStoppingCallback)]
    return found[0].early_stopping_patience_counter


def _refuse_not_finite(step: int, logs: dict[str, float]) -> None:
    loss, norm = logs["loss"], logs.get("grad_norm")
    if math.isfinite(loss) and (norm is None or math.isfinite(norm)):
        return
    hint = (
        "Lower learningRate (a tenth is a good try), raise warmupSteps, or use bfloat16 or float32 precision."
    )
    raise TrainerFailure(
        "check-failed", f"at step {step} the loss is {loss} and the gradient norm is {norm}", hint
    )
