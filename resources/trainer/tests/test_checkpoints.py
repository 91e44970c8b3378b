"""Checkpoints, and the threads that a resume takes again."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from namewright_trainer import device
from namewright_trainer.checkpoints import MARKER, CheckpointStore
from namewright_trainer.failure import TrainerFailure


def written(store: CheckpointStore, step: int, complete: bool = True) -> None:
    store.path(step).mkdir(parents=True)
    (store.path(step) / "weights").write_text("weights")
    if complete:
        store.close(step)


def test_writes_no_checkpoint_into_a_deleted_run(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path / "moved" / "checkpoints")
    with pytest.raises(TrainerFailure, match="folder not found"):
        store.open_for_writing(3)
    assert list(tmp_path.iterdir()) == []


def test_ignores_an_incomplete_checkpoint(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path)
    assert store.latest() is None
    written(store, 9)
    written(store, 10, complete=False)
    assert store.complete_steps() == [9]
    assert store.latest() == 9
    store.discard_incomplete()
    assert not store.path(10).exists()


def test_a_checkpoint_is_incomplete_while_it_is_rewritten(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path)
    written(store, 9)
    store.open_for_writing(9)
    assert store.latest() is None
    store.close(9)
    assert store.latest() == 9


def test_a_checkpoint_keeps_the_number_of_threads(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path)
    assert store.threads_of_latest() is None
    store.threads = 3
    written(store, 9)
    assert CheckpointStore(tmp_path).threads_of_latest() == 3
    (store.path(9) / MARKER).write_text('{"step": 9}')
    assert store.threads_of_latest() is None


@pytest.mark.parametrize(("busy", "threads"), [(2.0, 8), (42.0, 5), (100.0, 1)])
def test_uses_the_cores_that_other_processes_leave_free(
    monkeypatch: pytest.MonkeyPatch, busy: float, threads: int
) -> None:
    monkeypatch.setattr(psutil, "cpu_percent", lambda interval: busy)
    monkeypatch.setattr(psutil, "cpu_count", lambda: 8)
    assert device.free_threads(8) == threads


def test_keeps_the_best_and_the_last_two(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path)
    for step in (10, 20, 30, 40):
        written(store, step)
    written(store, 35, complete=False)
    store.rotate(best_step=10)
    assert store.complete_steps() == [10, 30, 40]
    assert not store.path(35).exists()
    assert (store.path(10) / MARKER).is_file()
