"""An adapter added into its base: W + (alpha / rank) B A, module by module, in float32.

DoRA scales each row of that sum to its trained magnitude (Liu et al. 2024, equation 5).
"""

from __future__ import annotations

import math
import shutil
import struct
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .adapter_gguf import PREFIX
from .base_model import INDEX, SINGLE, BaseFolder
from .failure import TrainerFailure
from .gguf_tensors import to_float32
from .peft_config import read_peft_config
from .safetensors_file import SafetensorsFile

SIDE_FILES = ("*.json", "tokenizer.model", "*.jinja")


@dataclass(frozen=True)
class Adapter:
    """The matrices A and B by module name (`model.layers.0.mlp.up_proj`), and each module's alpha / rank.

    `magnitudes`: the norm of each output row, by module. Empty without DoRA.
    """

    matrices: dict[str, tuple[np.ndarray, np.ndarray]]
    scales: dict[str, float]
    magnitudes: dict[str, np.ndarray] = field(default_factory=dict)

    def added_to(self, module: str, weight: np.ndarray) -> np.ndarray:
        """Returns `weight` [out, in] with its scale · B [out, rank] A [rank, in] added, in float32.

        With DoRA, each row of the sum is scaled to its magnitude.
        Raises TrainerFailure if the shapes don't match.
        """
        lora_a, lora_b = self.matrices[module]
        if weight.shape != (lora_b.shape[0], lora_a.shape[1]):
            raise TrainerFailure(
                "bad-value", f"the adapter belongs to a different base model: {module} has a different shape"
            )
        total = to_float32(weight) + np.float32(self.scales[module]) * (lora_b @ lora_a)
        if self.magnitudes:
            total *= (self.magnitudes[module] / np.linalg.norm(total, axis=1))[:, None]
        return total

    def check_modules(self, modules: set[str]) -> None:
        """Raises TrainerFailure if the adapter changes a module that isn't among `modules`, the base's."""
        odd = sorted(set(self.matrices) - modules)
        if odd:
            raise TrainerFailure(
                "bad-value", f"the adapter belongs to a different base model: it has {', '.join(odd[:3])}"
            )


def read_adapter(folder: Path) -> Adapter:
    config = read_peft_config(folder)
    with SafetensorsFile(folder / "adapter_model.safetensors") as tensors:
        names = tensors.names()
        modules = sorted({name[len(PREFIX) :].rsplit(".lora_", 1)[0] for name in names})
        matrices = {
            module: (
                to_float32(tensors.read(f"{PREFIX}{module}.lora_A.weight")),
                to_float32(tensors.read(f"{PREFIX}{module}.lora_B.weight")),
            )
            for module in modules
        }
        dora = modules if config.dora else []
        magnitudes = {
            module: to_float32(tensors.read(f"{PREFIX}{module}.lora_magnitude_vector")) for module in dora
        }
    if 2 * len(matrices) + len(magnitudes) != len(names):
        raise TrainerFailure("bad-value", "the adapter contains tensors that aren't LoRA matrices")
    scales = {module: config.alpha_of(module) / len(lora_a) for module, (lora_a, _) in matrices.items()}
    return Adapter(matrices, scales, magnitudes)


def merge_adapter(base: BaseFolder, adapter_folder: Path, target: Path) -> None:
    """Writes the folder `target`: the base's configuration, tokenizer and dtypes, with the adapter
    in its weights.

    Each shard is written tensor by tensor, so only one tensor is in memory at a time.
    """
    if target.exists():
        raise TrainerFailure("usage", f"{target.name} already exists", "Choose a folder that doesn't exist.")
    adapter = read_adapter(adapter_folder)
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    merged: set[str] = set()
    for shard in base.shards:
        merged |= _merge_shard(shard, partial / shard.name, adapter)
    adapter.check_modules(merged)
    for pattern in SIDE_FILES:
        for entry in base.path.glob(pattern):
            if entry.name != INDEX or len(base.shards) > 1 or base.shards[0].name != SINGLE:
                shutil.copyfile(entry, partial / entry.name)
    partial.rename(target)


def _merge_shard(source: Path, target: Path, adapter: Adapter) -> set[str]:
    """Copies a shard, changing the weights that the adapter changes; returns their modules."""
    merged: set[str] = set()
    with SafetensorsFile(source) as tensors, target.open("wb") as file:
        names = sorted(tensors.names(), key=tensors.offset)
        header = tensors.header_bytes()
        file.write(struct.pack("<Q", len(header)) + header)
        for name in names:
            module = name.removesuffix(".weight")
            weight = tensors.read(name)
            if module in adapter.matrices:
                total = adapter.added_to(module, weight)
                weight = to_bfloat16(total) if weight.dtype == np.uint16 else total.astype(weight.dtype)
                merged.add(module)
            weight.tofile(file)
    return merged


def to_bfloat16(values: np.ndarray) -> np.ndarray:
    """Returns bfloat16 bits as uint16, rounded to nearest, ties to even. Raises if a value is not finite."""
    if not math.isfinite(float(np.abs(values).max(initial=0.0))):
        raise TrainerFailure("bad-value", "a merged weight is not finite")
    bits = values.astype(np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)
