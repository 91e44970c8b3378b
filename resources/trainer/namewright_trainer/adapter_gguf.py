"""A PEFT LoRA adapter as a GGUF file that llama.cpp applies to the base."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import gguf

from .failure import TrainerFailure
from .gguf_tensors import PRECISIONS, architecture, gguf_name, heads_to_permute, permute, stored, to_float32
from .safetensors_file import SafetensorsFile

PREFIX = "base_model.model."


def adapter_alpha(adapter: dict[str, Any]) -> float:
    """Returns the alpha for llama.cpp, which scales by alpha / r.

    Rank-stabilized LoRA scales by alpha / sqrt(r), so its alpha is multiplied by sqrt(r).
    Raises TrainerFailure for features that neither GGUF adapters nor our merge have.
    """
    refused = {
        "modules_to_save": "fully trained modules",
        "alpha_pattern": "separate alphas for some modules",
        "rank_pattern": "separate ranks for some modules",
        "trainable_token_indices": "trained token embeddings",
    }
    for field, name in refused.items():
        if adapter.get(field):
            raise TrainerFailure("bad-value", f"the adapter has {name}, which GGUF adapters don't support")
    if adapter.get("bias", "none") != "none":
        raise TrainerFailure("bad-value", "the adapter has trained biases, which GGUF adapters don't support")
    alpha = float(adapter["lora_alpha"])
    return alpha * math.sqrt(adapter["r"]) if adapter.get("use_rslora") else alpha


def convert_adapter(
    base_config: dict[str, Any], folder: Path, target: Path, precision: str = "f16", permuted: bool = True
) -> None:
    """Writes `target` from `folder` (adapter_config.json, adapter_model.safetensors).

    For q and k, only the rows of B are permuted, because they are the projection's output rows. The parity
    gate needs an adapter with these rows in the wrong order: `permuted` False leaves them as they are.
    """
    adapter = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    if adapter.get("use_dora"):
        hint = "Merge the adapter into its base instead."
        raise TrainerFailure("bad-value", "the adapter has DoRA, which GGUF adapters don't support", hint)
    kind, file_type = PRECISIONS[precision]
    partial = target.with_name(f"{target.name}.partial")
    writer = gguf.GGUFWriter(partial, architecture(base_config))
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, adapter_alpha(adapter))
    writer.add_file_type(file_type)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    with SafetensorsFile(folder / "adapter_model.safetensors") as tensors:
        for key in sorted(tensors.names()):
            module, letter = _module_of(key)
            weight = to_float32(tensors.read(key))
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


def _module_of(key: str) -> tuple[str, str]:
    """`base_model.model.model.layers.0.mlp.up_proj.lora_A.weight` → (`model.layers.0.mlp.up_proj`, `a`)."""
    for letter in ("A", "B"):
        ending = f".lora_{letter}.weight"
        if key.startswith(PREFIX) and key.endswith(ending):
            return key[len(PREFIX) : -len(ending)], letter.lower()
    raise TrainerFailure(
        "bad-value", f"the adapter contains {key}, which isn't a LoRA matrix of a linear layer"
    )
