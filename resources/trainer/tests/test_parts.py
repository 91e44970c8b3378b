"""Checkpoints, devices, generation, validation and memory, each on its own."""

from __future__ import annotations

import errno
import os
import warnings
from pathlib import Path

import pytest
import torch

from namewright_trainer import device
from namewright_trainer.checkpoints import MARKER, CheckpointStore
from namewright_trainer.disk import is_disk_full
from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.events import EventStream
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.generation import greedy
from namewright_trainer.memory import is_out_of_memory, smaller_settings
from namewright_trainer.parity import HARD_DESCRIPTIONS, choose_sequences
from namewright_trainer.rows import Row
from namewright_trainer.spec import read_spec
from namewright_trainer.torch_warnings import fallen_back_operator, report_fallbacks
from namewright_trainer.validation import Validation, completion_losses

from .test_spec import Make, Write


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


def test_keeps_the_best_and_the_last_two(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path)
    for step in (10, 20, 30, 40):
        written(store, step)
    written(store, 35, complete=False)
    store.rotate(best_step=10)
    assert store.complete_steps() == [10, 30, 40]
    assert not store.path(35).exists()
    assert (store.path(10) / MARKER).is_file()


@pytest.mark.parametrize(
    ("name", "precision", "expected"),
    [
        ("cpu", "float32", device.Plan("cpu", "float32", "no", False, False)),
        ("cuda", "bfloat16", device.Plan("cuda", "bfloat16", "bf16", False, True)),
        ("cuda", "float16", device.Plan("cuda", "float16", "fp16", False, True)),
        # On Metal neither autocast (and with it a gradient scaler) nor pinned memory.
        ("mps", "bfloat16", device.Plan("mps", "bfloat16", "no", False, False)),
    ],
)
def test_plans(name: device.DeviceName, precision: str, expected: device.Plan) -> None:
    assert device.plan(name, precision) == expected


@pytest.mark.parametrize(
    ("name", "precision", "said"),
    [
        ("mps", "float16", "gradient scaler"),
        ("cpu", "float16", "gradient scaler"),
        ("mps", "int4", "CUDA"),
        ("cpu", "int4", "CUDA"),
    ],
)
def test_rejects_what_a_device_does_not_support(name: device.DeviceName, precision: str, said: str) -> None:
    with pytest.raises(TrainerFailure, match=said):
        device.plan(name, precision)


def test_rejects_four_bit_without_its_package() -> None:
    with pytest.raises(TrainerFailure, match="bitsandbytes") as caught:
        device.plan("cuda", "int4")
    assert caught.value.code == "missing"


def test_rejects_an_old_gpu_without_bfloat16() -> None:
    with pytest.raises(TrainerFailure, match="bfloat16"):
        device.plan("cuda", "bfloat16", bf16_on_cuda=False)


def test_the_device_comes_from_the_spec_then_the_environment_then_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DEVICE", raising=False)
    assert device.choose_device("auto", ["cuda", "cpu"]) == "cuda"
    monkeypatch.setenv("DEVICE", "cpu")
    assert device.choose_device("auto", ["cuda", "cpu"]) == "cpu"
    assert device.choose_device("cuda", ["cuda", "cpu"]) == "cuda"
    monkeypatch.setenv("DEVICE", "mps")
    with pytest.raises(TrainerFailure) as caught:
        device.choose_device("auto", ["cpu"])
    assert caught.value.code == "missing"
    monkeypatch.setenv("DEVICE", "tpu")
    with pytest.raises(TrainerFailure, match="tpu"):
        device.choose_device("auto", ["cpu"])


def test_reports_once_that_operators_fall_back_to_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    message = (
        "The operator 'aten::linalg_qr' is not currently supported on the MPS backend and will fall back to "
        "run on the CPU. This may have performance implications."
    )
    assert fallen_back_operator(message) == "aten::linalg_qr"
    assert fallen_back_operator("something else") is None
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        monkeypatch.setattr(warnings, "showwarning", lambda *_, **__: None)
        report_fallbacks(EventStream(writer))
        warnings.warn(message, stacklevel=1)
        warnings.warn(message, stacklevel=1)
    os.close(writer)
    with os.fdopen(reader) as file:
        lines = file.read().splitlines()
    assert len(lines) == 1
    assert "mps-fallback" in lines[0]


@pytest.fixture(scope="module")
def model_and_encoder(tiny_base: Path) -> tuple[torch.nn.Module, PromptEncoder]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tiny_base)
    model = AutoModelForCausalLM.from_pretrained(tiny_base).eval()
    return model, PromptEncoder(tokenizer, "Names for: {description}")


def test_padding_in_a_batch_changes_no_completion(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    prompts = [encoder.prompt(text) for text in ("a", "a shop in town", "something rather longer than these")]
    together = greedy(model, prompts, encoder.eos, encoder.eos, 15)
    alone = [greedy(model, [prompt], encoder.eos, encoder.eos, 15)[0] for prompt in prompts]
    assert together == alone
    with torch.no_grad():
        whole = torch.tensor([prompts[1] + together[1]])
        logits = model(input_ids=whole).logits[0, len(prompts[1]) - 1 : -1]
    assert logits.argmax(-1).tolist() == together[1]


def test_losses_are_separate_and_weighted_by_tokens(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    names = ("alpha-one", "beta-two", "gamma3", "delta-four", "epsilon")
    rows = [
        encoder.encode_row(Row(1, "a shop", names, "a", "validation")),
        encoder.encode_row(Row(2, "something harmful", (), "b", "validation")),
        encoder.encode_row(Row(3, "another", names[::-1], "c", "validation")),
    ]
    figures = Validation(rows, encoder, 4, 8, 2, lambda: None).measure(model)

    def alone(number: int) -> float:
        row = rows[number]
        ids = torch.tensor([[*row.prompt_ids, *row.completion_ids]])
        with torch.no_grad():
            logs = model(input_ids=ids).logits[0].log_softmax(-1)
        start = len(row.prompt_ids) - 1
        return -sum(logs[start + at, token].item() for at, token in enumerate(row.completion_ids))

    tokens = [len(row.completion_ids) for row in rows]
    answers = (alone(0) + alone(2)) / (tokens[0] + tokens[2])
    assert figures["eval_loss_refusals"] == pytest.approx(alone(1), rel=1e-4)
    assert figures["eval_loss_answers"] == pytest.approx(answers, rel=1e-4)
    assert figures["eval_mean_of_losses"] == pytest.approx((alone(1) + answers) / 2, rel=1e-4)
    assert figures["eval_loss"] == pytest.approx(sum(map(alone, range(3))) / sum(tokens), rel=1e-4)
    assert figures["eval_refusals_checked"] == 1
    assert figures["eval_answers_checked"] == 2
    with torch.no_grad():
        assert completion_losses(model, rows[:1], encoder.eos)[0] == pytest.approx(alone(0), rel=1e-4)


def test_omits_figures_without_rows(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    rows = [encoder.encode_row(Row(1, "harmful", (), "a", "validation"))]
    figures = Validation(rows, encoder, 4, 4, 2, lambda: None).measure(model)
    assert "eval_loss_answers" not in figures
    assert "eval_well_formed_share" not in figures
    assert figures["eval_mean_of_losses"] == figures["eval_loss"]


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
