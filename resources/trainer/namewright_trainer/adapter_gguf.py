"""A PEFT LoRA adapter as a GGUF file that llama.cpp applies to the base."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from .failure import TrainerFailure
from .gguf_tensors import PRECISIONS, architecture, gguf_name, heads_to_permute, permute, stored, to_float32
from .peft_config import read_peft_config
from .safetensors_file import SafetensorsFile

PREFIX = "base_model.model."
# Folder of the adapters that are wrong on purpose, for the parity gate.
CONTROLS = "controls"


def convert_with_control(
    base_config: dict[str, Any], out: Path, modules: Iterable[str], precision: str = "f16"
) -> None:
    """Converts `out`/adapter for llama.cpp, and writes the parity gate's control if q or k is adapted."""
    convert_adapter(base_config, out / "adapter", out / "adapter.gguf", precision)
    if any(heads_to_permute(module, base_config) for module in modules):
        (out / CONTROLS).mkdir(exist_ok=True)
        wrong = out / CONTROLS / "unpermuted.gguf"
        convert_adapter(base_config, out / "adapter", wrong, precision, permuted=False)


def convert_adapter(
    base_config: dict[str, Any], folder: Path, target: Path, precision: str = "f16", permuted: bool = True
) -> None:
    """Writes `target` from `folder` (adapter_config.json, adapter_model.safetensors).

    For q and k, only the rows of B are permuted, because they are the projection's output rows. The parity
    gate needs an adapter with these rows in the wrong order: `permuted` False leaves them as they are.

    llama.cpp scales each module by the file's one alpha / the rank of its B. An alpha of its own is in B.
    """
    adapter = read_peft_config(folder)
    if adapter.dora:
        hint = "Merge the adapter into its base instead."
        raise TrainerFailure("bad-value", "the adapter has DoRA, which GGUF adapters don't support", hint)
    kind, file_type = PRECISIONS[precision]
    partial = target.with_name(f"{target.name}.partial")
    writer = gguf.GGUFWriter(partial, architecture(base_config))
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, adapter.default_alpha)
    writer.add_file_type(file_type)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    with SafetensorsFile(folder / "adapter_model.safetensors") as tensors:
        for key in sorted(tensors.names()):
            module, letter = module_of(key)
            weight = to_float32(tensors.read(key))
            own = adapter.alpha_of(module) / adapter.default_alpha
            if letter == "b" and own != 1:
                weight = weight * np.float32(own)
            heads = heads_to_permute(module, base_config)
            if letter == "b" and heads and permuted:
                weight = permute(weight, heads)
            name = f"{gguf_name(module, base_config)}.weight.lora_{letter}"
            writer.add_tensor(name, stored(weight, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    partial.replace(target)


def module_of(key: str) -> tuple[str, str]:
    """`base_model.model.model.layers.0.mlp.up_proj.lora_A.weight` → (`model.layers.0.mlp.up_proj`, `a`)."""
    for letter in ("A", "B"):
        ending = f".lora_{letter}.weight"
        if key.startswith(PREFIX) and key.endswith(ending):
            return key[len(PREFIX) : -len(ending)], letter.lower()
    raise TrainerFailure(
        "bad-value", f"the adapter contains {key}, which isn't a LoRA matrix of a linear layer"
    )
