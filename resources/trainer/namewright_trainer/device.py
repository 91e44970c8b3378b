"""Which device trains, and in which precision. What a device cannot do is refused, never quietly replaced."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from typing import Any, Literal

import psutil

from .failure import TrainerFailure

INSTALL_BITSANDBYTES = "Run `npm run setup` again: it installs bitsandbytes where there is an NVIDIA GPU"

DeviceName = Literal["cpu", "cuda", "mps"]


@dataclass(frozen=True)
class Plan:
    """How the model is loaded and trained. `dtype` is a torch dtype's name."""

    device: DeviceName
    dtype: str
    mixed_precision: Literal["no", "bf16", "fp16"]
    four_bit: bool
    pin_memory: bool


def choose_device(asked: str, available: list[DeviceName]) -> DeviceName:
    """Returns the device from the spec, else from DEVICE in the environment, else the best available one."""
    wanted = asked if asked != "auto" else os.environ.get("DEVICE", "auto").strip().lower() or "auto"
    wanted = "cuda" if wanted.startswith("cuda") else wanted
    if wanted == "auto":
        return available[0]
    if wanted not in ("cpu", "cuda", "mps"):
        raise TrainerFailure("bad-value", f"unknown device: {wanted!r}", "Use auto, cpu, cuda or mps.")
    if wanted not in available:
        hint = f"Available: {', '.join(available)}. Set DEVICE=auto to use the best one."
        raise TrainerFailure("missing", f"device {wanted} not found", hint)
    return wanted  # type: ignore[return-value]


def plan(device: DeviceName, precision: str, bf16_on_cuda: bool = True) -> Plan:
    """Returns how to load and train on a device. Raises TrainerFailure for an unsupported precision."""
    if precision == "int4":
        _need_bitsandbytes(device)
        return Plan("cuda", "bfloat16", "bf16", True, True)
    if device == "cuda":
        if precision == "bfloat16" and not bf16_on_cuda:
            raise TrainerFailure(
                "bad-value", "this GPU doesn't support bfloat16", "Set precision to float16."
            )
        mixed = {"float32": "no", "bfloat16": "bf16", "float16": "fp16"}[precision]
        return Plan("cuda", precision, mixed, False, True)  # type: ignore[arg-type]
    if precision == "float16":
        hint = "Use bfloat16 on Metal and float32 on a CPU."
        raise TrainerFailure(
            "bad-value",
            f"float16 training requires CUDA's gradient scaler, which {device} doesn't have",
            hint,
        )
    # No autocast without CUDA: weights in the chosen type and LoRA in float32 need no gradient scaler.
    return Plan(device, precision, "no", False, False)


def _need_bitsandbytes(device: DeviceName) -> None:
    if device != "cuda":
        hint = "Use float32 on a CPU and bfloat16 on Metal."
        raise TrainerFailure("bad-value", f"4-bit training requires CUDA, but the device is {device}", hint)
    if importlib.util.find_spec("bitsandbytes") is None:
        hint = f"{INSTALL_BITSANDBYTES}, or use bfloat16."
        raise TrainerFailure("missing", "4-bit training requires the package bitsandbytes", hint)


def chosen_optimizer(asked: str, chosen: Plan) -> str:
    """Returns the optimizer's name in transformers. Raises TrainerFailure for one the device doesn't have."""
    if asked == "auto":
        return "adamw_torch_fused" if chosen.device == "cuda" else "adamw_torch"
    if asked == "paged_adamw_8bit":
        if chosen.device != "cuda":
            message = f"paged_adamw_8bit requires CUDA, but the device is {chosen.device}"
            raise TrainerFailure("bad-value", message, "Set optimizer to auto.")
        if importlib.util.find_spec("bitsandbytes") is None:
            hint = f"{INSTALL_BITSANDBYTES}, or set optimizer to auto."
            raise TrainerFailure("missing", "paged_adamw_8bit requires the package bitsandbytes", hint)
    return asked


def chosen_attention(asked: str, chosen: Plan) -> str:
    """Returns the attention implementation's name in transformers; `sdpa` is PyTorch's own."""
    if asked == "auto":
        return "sdpa"
    if asked == "flash_attention_2":
        if chosen.device != "cuda" or chosen.dtype == "float32":
            message = "flash_attention_2 requires CUDA and half precision"
            raise TrainerFailure("bad-value", message, "Set attention to auto.")
        if importlib.util.find_spec("flash_attn") is None:
            hint = "Install flash-attn in Namewright's Python environment, or set attention to auto."
            raise TrainerFailure("missing", "flash_attention_2 requires the package flash-attn", hint)
    return asked


def available_devices(torch: Any) -> list[DeviceName]:
    """Returns the devices of this machine, best first; the CPU is always last."""
    devices: list[DeviceName] = []
    if torch.cuda.is_available():
        devices.append("cuda")
    if torch.backends.mps.is_available():
        devices.append("mps")
    return [*devices, "cpu"]


def free_threads(cores: int) -> int:
    """Returns how many of the cores other processes leave free during one second; at least one.

    Threads that share a core wait for each other in every operation, and training is several times slower.
    The load average would still count an evaluation that ended just before.
    """
    busy = psutil.cpu_percent(interval=1) / 100
    return max(1, cores - round(busy * (psutil.cpu_count() or cores)))


def prepare(torch: Any, chosen: Plan, threads: int | None) -> int:
    """Sets threads and determinism; returns the number of threads in use."""
    if threads:
        torch.set_num_threads(threads)
    if chosen.device == "cpu":
        # The claim "resumed equals undisturbed, byte for byte" is made on a CPU only.
        torch.use_deterministic_algorithms(True, warn_only=True)
    return torch.get_num_threads()
