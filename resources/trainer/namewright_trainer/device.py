"""Which device trains, and in which precision. What a device cannot do is refused, never quietly replaced."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from typing import Any, Literal

from .failure import TrainerFailure

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
    """The device asked for by the spec, else by DEVICE in the environment, else the best that is there."""
    wanted = asked if asked != "auto" else os.environ.get("DEVICE", "auto").strip().lower() or "auto"
    wanted = "cuda" if wanted.startswith("cuda") else wanted
    if wanted == "auto":
        return available[0]
    if wanted not in ("cpu", "cuda", "mps"):
        raise TrainerFailure("bad-value", f"DEVICE is {wanted!r}", "Use auto, cpu, cuda or mps.")
    if wanted not in available:
        hint = f"Here there is: {', '.join(available)}. Set DEVICE=auto to take the best of them."
        raise TrainerFailure("missing", f"the device {wanted} is not here", hint)
    return wanted  # type: ignore[return-value]


def plan(device: DeviceName, precision: str, bf16_on_cuda: bool = True) -> Plan:
    """Loading and training precision on a device. Raises TrainerFailure for a pair that does not work."""
    if precision == "int4":
        _need_bitsandbytes(device)
        return Plan("cuda", "bfloat16", "bf16", True, True)
    if device == "cuda":
        if precision == "bfloat16" and not bf16_on_cuda:
            raise TrainerFailure("bad-value", "this GPU has no bfloat16", "Set precision to float16.")
        mixed = {"float32": "no", "bfloat16": "bf16", "float16": "fp16"}[precision]
        return Plan("cuda", precision, mixed, False, True)  # type: ignore[arg-type]
    if precision == "float16":
        hint = "On Metal use bfloat16; on a CPU float32."
        raise TrainerFailure(
            "bad-value", f"float16 training needs CUDA's gradient scaler, not {device}", hint
        )
    # No autocast off CUDA: weights in the chosen type, LoRA in float32, so that no gradient scaler is needed.
    return Plan(device, precision, "no", False, False)


def _need_bitsandbytes(device: DeviceName) -> None:
    if device != "cuda":
        hint = "Use float32 on a CPU and bfloat16 on Metal."
        raise TrainerFailure("bad-value", f"4-bit training needs CUDA, and this is {device}", hint)
    if importlib.util.find_spec("bitsandbytes") is None:
        hint = "Install bitsandbytes into the workbench's Python environment, or use bfloat16."
        raise TrainerFailure("missing", "4-bit training needs the package bitsandbytes", hint)


def available_devices(torch: Any) -> list[DeviceName]:
    """Devices of this machine, the best first; always ends with the CPU."""
    devices: list[DeviceName] = []
    if torch.cuda.is_available():
        devices.append("cuda")
    if torch.backends.mps.is_available():
        devices.append("mps")
    return [*devices, "cpu"]


def prepare(torch: Any, chosen: Plan, threads: int | None) -> int:
    """Sets threads and determinism; returns the number of threads in use."""
    if threads:
        torch.set_num_threads(threads)
    if chosen.device == "cpu":
        # The claim "resumed equals undisturbed, byte for byte" is made on a CPU only.
        torch.use_deterministic_algorithms(True, warn_only=True)
    return torch.get_num_threads()
