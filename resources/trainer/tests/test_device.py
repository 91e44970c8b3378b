"""Devices, precisions and what each one can do."""

from __future__ import annotations

import importlib.util
import os
import warnings
from pathlib import Path

import pytest
import torch

from namewright_trainer import base_model, device
from namewright_trainer.events import EventStream
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.torch_warnings import fallen_back_operator, report_fallbacks


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
