"""The parity reference's texts, memory, the disk and the event stream, each on its own."""

from __future__ import annotations

import errno
import os

import torch

from namewright_trainer.disk import is_disk_full
from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.events import EventStream
from namewright_trainer.memory import is_out_of_memory, smaller_settings
from namewright_trainer.parity import HARD_DESCRIPTIONS, choose_sequences
from namewright_trainer.rows import Row
from namewright_trainer.spec import read_spec

from .test_spec import Make, Write


def test_hard_texts_replace_the_last_texts_of_a_reference(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    _, encoder = model_and_encoder
    rows = [
        encoder.encode_row(Row(number, f"row {number}", (), str(number), "train")) for number in range(1, 31)
    ]
    chosen = choose_sequences(rows[:3], rows[3:], 20)
    assert [sequence.source for sequence in chosen] == ["validation"] * 3 + ["train"] * 11 + ["hard"] * 6
    assert [sequence.description for sequence in chosen][-6:] == list(HARD_DESCRIPTIONS)
    assert len(choose_sequences(rows[:3], [], 20)) == 9


def test_recognizes_out_of_memory_and_suggests_a_remedy(make_spec: Make, spec_file: Write) -> None:
    assert is_out_of_memory(MemoryError())
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))
    assert is_out_of_memory(RuntimeError("MPS backend out of memory (MPS allocated: 17 GB)"))
    assert not is_out_of_memory(RuntimeError("shapes do not match"))
    spec = read_spec(spec_file(make_spec(precision="bfloat16", lora={"r": 64})))
    changes = " ".join(smaller_settings(spec, longest_row=120))
    for said in (
        "batchSize 1",
        "evaluation.batchSize 4",
        "gradientAccumulation 4",
        "gradientCheckpointing",
        "maxLength 120",
        "int4",
        "r 32",
    ):
        assert said in changes


def test_recognizes_a_full_disk_in_any_message() -> None:
    told = OSError(errno.ENOSPC, "No space left on device")
    assert is_disk_full(told)
    wrapped = RuntimeError("unexpected pos 64 vs 0")
    wrapped.__context__ = told
    assert is_disk_full(wrapped)
    assert is_disk_full(ValueError("I/O error: No space left on device (os error 28)"))
    assert not is_disk_full(OSError(errno.EACCES, "Permission denied"))
    assert not is_disk_full(RuntimeError("shapes do not match"))


def test_a_closed_pipe_does_not_stop_a_run() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    EventStream(writer).emit("step", step=1)
    os.close(writer)
