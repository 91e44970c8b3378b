"""Checkpoints, devices, generation, validation and memory, each on its own."""

from __future__ import annotations

import errno
import importlib.util
import math
import os
import warnings
from pathlib import Path

import pytest
import torch

from namewright_trainer import base_model, device
from namewright_trainer.checkpoints import MARKER, CheckpointStore
from namewright_trainer.disk import is_disk_full
from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.events import EventStream
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.generation import greedy
from namewright_trainer.memory import is_out_of_memory, smaller_settings
from namewright_trainer.parity import HARD_DESCRIPTIONS, choose_sequences
from namewright_trainer.rows import Row
from namewright_trainer.spec import EvaluationSpec, read_spec
from namewright_trainer.torch_warnings import fallen_back_operator, report_fallbacks
from namewright_trainer.validation import Validation, score_rows, validation_batch

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


def test_a_checkpoint_keeps_the_number_of_threads(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path)
    assert store.threads_of_latest() is None
    store.threads = 3
    written(store, 9)
    assert CheckpointStore(tmp_path).threads_of_latest() == 3
    (store.path(9) / MARKER).write_text('{"step": 9}')
    assert store.threads_of_latest() is None


@pytest.mark.parametrize(("load", "threads"), [(0.2, 8), (3.4, 5), (12.0, 1)])
def test_uses_the_cores_that_other_processes_leave_free(
    monkeypatch: pytest.MonkeyPatch, load: float, threads: int
) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0), raising=False)
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


def test_rejects_four_bit_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(TrainerFailure, match="bitsandbytes") as caught:
        device.plan("cuda", "int4")
    assert caught.value.code == "missing"


@pytest.mark.parametrize(
    ("name", "precision", "asked", "chosen"),
    [
        ("cpu", "float32", "auto", "adamw_torch"),
        ("mps", "bfloat16", "auto", "adamw_torch"),
        ("cuda", "bfloat16", "auto", "adamw_torch_fused"),
        ("cuda", "bfloat16", "adamw_torch", "adamw_torch"),
    ],
)
def test_the_optimizer_is_fused_on_cuda(
    name: device.DeviceName, precision: str, asked: str, chosen: str
) -> None:
    assert device.chosen_optimizer(asked, device.plan(name, precision)) == chosen


def test_rejects_the_paged_optimizer_without_cuda_or_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TrainerFailure, match="CUDA"):
        device.chosen_optimizer("paged_adamw_8bit", device.plan("cpu", "float32"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(TrainerFailure, match="bitsandbytes") as caught:
        device.chosen_optimizer("paged_adamw_8bit", device.plan("cuda", "bfloat16"))
    assert caught.value.code == "missing"


def test_attention_is_pytorchs_own_unless_another_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    on_cuda = device.plan("cuda", "bfloat16")
    assert device.chosen_attention("auto", on_cuda) == "sdpa"
    assert device.chosen_attention("eager", on_cuda) == "eager"
    with pytest.raises(TrainerFailure, match="CUDA"):
        device.chosen_attention("flash_attention_2", device.plan("cpu", "float32"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(TrainerFailure, match="flash-attn"):
        device.chosen_attention("flash_attention_2", on_cuda)


@pytest.mark.parametrize(("name", "place"), [("cuda", 0), ("mps", "mps")])
def test_weights_go_to_the_accelerator_shard_by_shard(
    tiny_base: Path, monkeypatch: pytest.MonkeyPatch, name: device.DeviceName, place: object
) -> None:
    from transformers import AutoModelForCausalLM

    asked: dict[str, object] = {}
    monkeypatch.setattr(AutoModelForCausalLM, "from_pretrained", lambda _, **options: asked.update(options))
    base_model.load_model(base_model.open_folder(tiny_base), device.plan(name, "bfloat16"), "eager")
    assert asked["device_map"] == {"": place}
    assert asked["attn_implementation"] == "eager"


def test_loads_four_bit_weights_with_double_quantization(tiny_base: Path) -> None:
    """bitsandbytes quantizes on a CPU as well, though the program trains in 4 bits on CUDA only."""
    pytest.importorskip("bitsandbytes")
    plan = device.Plan("cpu", "bfloat16", "no", True, False)
    model = base_model.load_model(base_model.open_folder(tiny_base), plan)
    layer = model.model.layers[0].mlp.up_proj.weight
    assert layer.quant_type == "nf4"
    assert layer.quant_state.nested
    assert model.lm_head.weight.dtype == torch.bfloat16


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
    spec = EvaluationSpec(generation_rows=4, max_new_tokens=8)
    figures = Validation(rows, encoder, spec, 2, lambda: None).measure(model)

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
    assert score_rows(model, rows[:1], encoder.eos)[0].loss == pytest.approx(alone(0), rel=1e-4)


def test_one_forward_gives_the_refusal_probability_and_no_other_logits(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    """The padded batch gives what each row gives alone, with logits at completion positions only."""
    model, encoder = model_and_encoder
    names = ("alpha-one", "beta-two", "gamma3", "delta-four", "epsilon")
    rows = [
        encoder.encode_row(Row(1, "a shop that sells many things", names, "a", "validation")),
        encoder.encode_row(Row(2, "harmful", (), "b", "validation")),
    ]
    shapes: list[tuple[int, ...]] = []
    head = model.get_output_embeddings()
    hook = head.register_forward_hook(lambda _module, _inputs, output: shapes.append(tuple(output.shape)))
    scores = score_rows(model, rows, encoder.eos)
    hook.remove()
    assert shapes == [(sum(len(row.completion_ids) for row in rows), model.config.vocab_size)]
    for row, score in zip(rows, scores, strict=True):
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([row.prompt_ids])).logits[0, -1]
        alone = logits.softmax(-1)[encoder.eos].item()
        assert score.refusal_probability == pytest.approx(alone, rel=1e-4)
    assert scores[1].refusal_probability == pytest.approx(math.exp(-scores[1].loss), rel=1e-6)


def test_reports_how_well_the_refusal_probability_decides(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    names = ("alpha-one", "beta-two", "gamma3", "delta-four", "epsilon")
    rows = [
        encoder.encode_row(Row(1, "a shop", names, "a", "validation")),
        encoder.encode_row(Row(2, "something harmful", (), "b", "validation")),
        encoder.encode_row(Row(3, "another", names[::-1], "c", "validation")),
    ]
    spec = EvaluationSpec(generation_rows=0, metric="expected_cost", missed_harm_cost=3, false_alarm_cost=2)
    validation = Validation(rows, encoder, spec, 2, lambda: None)
    figures = validation.measure(model)
    shop, harmful, other = (score.refusal_probability for score in score_rows(model, rows, encoder.eos))
    assert figures["eval_refusal_auroc"] == ((harmful > shop) + (harmful > other)) / 2
    refused_in_vain = (shop >= harmful) + (other >= harmful)
    assert figures["eval_expected_cost"] == min(3, 2 * refused_in_vain) / 3
    assert figures["eval_selection_by_cost"] == pytest.approx(figures["eval_expected_cost"], abs=1e-6)
    assert validation.metric == "expected_cost"


def test_an_undefined_cost_falls_back_to_the_loss(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    rows = [encoder.encode_row(Row(1, "harmful", (), "a", "validation"))]
    spec = EvaluationSpec(generation_rows=0, metric="expected_cost")
    validation = Validation(rows, encoder, spec, 2, lambda: None)
    assert validation.metric == "eval_loss"
    assert "eval_expected_cost" not in validation.measure(model)


@pytest.mark.parametrize(
    ("on_cpu", "longest_row", "asked", "rows"),
    [
        (True, 900, None, 16),
        (False, 60, None, 32),
        (False, 700, None, 7),
        (False, 100_000, None, 1),
        (True, 60, 5, 5),
        (False, 60, 5, 5),
    ],
)
def test_validation_has_a_batch_of_its_own(
    make_spec: Make, spec_file: Write, on_cpu: bool, longest_row: int, asked: int | None, rows: int
) -> None:
    evaluation = {"batchSize": asked, "maxNewTokens": 100}
    spec = read_spec(spec_file(make_spec(evaluation=evaluation, optimisation={"batchSize": 1})))
    assert validation_batch(spec, on_cpu, longest_row) == rows


def test_omits_figures_without_rows(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    rows = [encoder.encode_row(Row(1, "harmful", (), "a", "validation"))]
    spec = EvaluationSpec(generation_rows=4, max_new_tokens=4)
    figures = Validation(rows, encoder, spec, 2, lambda: None).measure(model)
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
