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
