"""What the callbacks refuse."""

from __future__ import annotations

import json
import math
import os
from types import SimpleNamespace

import pytest

from namewright_trainer.callbacks import Progress
from namewright_trainer.events import EventStream
from namewright_trainer.failure import TrainerFailure


@pytest.mark.parametrize(
    ("loss", "norm"), [(math.nan, 1.0), (math.inf, 1.0), (1.0, math.nan), (1.0, math.inf)]
)
def test_a_loss_or_gradient_of_nan_ends_the_training(loss: float, norm: float) -> None:
    reader, writer = os.pipe()
    progress = Progress(EventStream(writer))
    state = SimpleNamespace(global_step=7, max_steps=10, epoch=1.0, num_input_tokens_seen=100)
    progress.on_train_begin(None, state, None)
    logs = {"loss": loss, "grad_norm": norm, "learning_rate": 1e-3}
    with pytest.raises(TrainerFailure) as caught:
        progress.on_log(None, state, None, logs)
    assert "7" in caught.value.message
    assert caught.value.hint
    os.close(writer)
    with os.fdopen(reader) as events:
        assert [json.loads(line) for line in events] == []


def progress_over(skipped: list[bool]) -> tuple[Progress, SimpleNamespace, int]:
    """A progress whose steps were skipped by the gradient scaler as listed."""
    reader, writer = os.pipe()
    answers = iter(skipped)
    progress = Progress(EventStream(writer), lambda: next(answers))
    state = SimpleNamespace(global_step=0, max_steps=100, epoch=1.0, num_input_tokens_seen=100)
    progress.on_train_begin(None, state, None)
    return progress, state, reader


def log_step(progress: Progress, state: SimpleNamespace, loss: float, norm: float) -> None:
    state.global_step += 1
    progress.on_log(None, state, None, {"loss": loss, "grad_norm": norm, "learning_rate": 1e-3})


def test_a_step_that_the_gradient_scaler_skips_is_no_failure() -> None:
    progress, state, reader = progress_over([*[True] * 19, False, *[True] * 19])
    for norm in [*[math.inf] * 10, *[math.nan] * 9, 1.0, *[math.inf] * 19]:
        log_step(progress, state, 2.0, norm)
    steps = [json.loads(line) for line in os.read(reader, 1 << 16).splitlines()]
    assert len(steps) == 39
    assert steps[0]["gradNorm"] is None
    os.close(reader)


def test_twenty_skipped_steps_in_a_row_end_the_training() -> None:
    progress, state, reader = progress_over([True] * 20)
    for _ in range(19):
        log_step(progress, state, 2.0, math.inf)
    with pytest.raises(TrainerFailure, match="20 steps in a row") as caught:
        log_step(progress, state, 2.0, math.inf)
    assert caught.value.code == "check-failed"
    assert "bfloat16" in (caught.value.hint or "")
    os.close(reader)


def test_a_skipped_step_with_a_loss_of_nan_ends_the_training_at_once() -> None:
    progress, state, reader = progress_over([True])
    with pytest.raises(TrainerFailure, match="loss is nan"):
        log_step(progress, state, math.nan, math.inf)
    os.close(reader)
