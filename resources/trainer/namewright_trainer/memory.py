"""Memory in use, and which settings to reduce when memory runs out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .failure import TrainerFailure
from .spec import TrainSpec

if TYPE_CHECKING:
    from .train import Training

FEW_VALIDATION_ROWS = 4


def measured_memory() -> dict[str, int | None]:
    """Returns bytes: resident memory of the process now and at its peak, and the accelerator's if any."""
    import psutil
    import torch

    used: dict[str, int | None] = {
        "rssBytes": psutil.Process().memory_info().rss,
        "peakRssBytes": peak_resident_bytes(),
        "deviceBytes": None,
        "devicePeakBytes": None,
    }
    if torch.cuda.is_available():
        used["deviceBytes"] = torch.cuda.memory_allocated()
        used["devicePeakBytes"] = torch.cuda.max_memory_allocated()
    elif torch.backends.mps.is_available():
        used["deviceBytes"] = torch.mps.current_allocated_memory()
    return used


def peak_resident_bytes() -> int:
    """Returns the peak resident memory of this process in bytes."""
    if sys.platform == "win32":
        import psutil

        return psutil.Process().memory_info().peak_wset
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def is_out_of_memory(error: BaseException) -> bool:
    """Returns True for out-of-memory errors of Python, CUDA and Metal."""
    import torch

    text = str(error).lower()
    return isinstance(error, (MemoryError, torch.OutOfMemoryError)) or (
        isinstance(error, RuntimeError) and ("out of memory" in text or "not enough memory" in text)
    )


def smaller_settings(spec: TrainSpec, longest_row: int) -> list[str]:
    """Returns a hint with changes that need less memory; changes that keep the result come first."""
    optimisation = spec.optimisation
    changes = []
    if optimisation.batch_size > 1:
        total = optimisation.batch_size * optimisation.gradient_accumulation
        changes.append(f"batchSize 1 with gradientAccumulation {total} (same effective batch)")
    if spec.evaluation.batch_size is None or spec.evaluation.batch_size > FEW_VALIDATION_ROWS:
        changes.append(f"evaluation.batchSize {FEW_VALIDATION_ROWS} (if it ran out while evaluating)")
    if not optimisation.gradient_checkpointing:
        changes.append("gradientCheckpointing true (about a third slower)")
    if longest_row and optimisation.max_length > longest_row:
        changes.append(f"maxLength {longest_row} (the length of the longest row)")
    if spec.precision == "float32" and spec.device != "cpu":
        changes.append("precision bfloat16 (halves the memory of the weights)")
    if spec.precision in ("bfloat16", "float16"):
        changes.append("precision int4 (a quarter of the memory of the weights, CUDA only)")
    if spec.lora.r > 8:
        changes.append(f"lora.r {spec.lora.r // 2} (halves the memory of the adapter and its optimizer)")
    return changes


def out_of_memory_hint(spec: TrainSpec, longest_row: int) -> str:
    changes = smaller_settings(spec, longest_row)
    return f"Try, in this order: {'; '.join(changes)}." if changes else "Use a smaller base model."


def parameter_counts(model: Any) -> dict[str, int]:
    """Returns the numbers of parameters: trainable (the adapter) and all."""
    trainable = sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
    return {"trainable": trainable, "total": sum(weight.numel() for weight in model.parameters())}


@contextmanager
def explained_shortage(training: Training) -> Iterator[None]:
    """Turns an out-of-memory error into a failure that names smaller settings."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        hint = out_of_memory_hint(training.spec, training.longest_row)
        raise TrainerFailure("missing", "not enough memory for these settings", hint) from error
