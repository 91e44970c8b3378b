"""Converts a Hugging Face Mistral, Llama or Qwen folder to a GGUF file, tensor by tensor.

All names, shapes and types are written first; then one tensor after the other is read, converted and written,
so that the peak of memory is about one tensor in its stored and its read form, whatever the model's size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from .base_model import BaseFolder
from .failure import TrainerFailure
from .gguf_tensors import (
    PRECISIONS,
    architecture,
    gguf_name,
    heads_to_permute,
    permute,
    stored,
    stored_bytes,
    stored_type,
)
from .gguf_tokenizer import add_tokenizer, read_tokenizer
from .merge import Adapter
from .safetensors_file import SafetensorsFile


@dataclass(frozen=True)
class PlannedTensor:
    """One tensor of the file: its source and its output type."""

    source: Path
    key: str
    name: str
    shape: tuple[int, ...]
    kind: gguf.GGMLQuantizationType
    heads: int | None

    @property
    def module(self) -> str:
        """The name in the base and in an adapter: `model.layers.0.mlp.up_proj`."""
        return self.key.removesuffix(".weight")


def convert_base(
    folder: BaseFolder,
    target: Path,
    precision: str,
    progress: Callable[[int, int], None],
    adapter: Adapter | None = None,
) -> None:
    """Writes `target` atomically, with the adapter added in float32 before the weights are rounded.

    Calls `progress` with (tensors written, total tensors).
    """
    _check_config(folder)
    planned = plan_tensors(folder, precision)
    if adapter:
        adapter.check_modules({tensor.module for tensor in planned})
    partial = target.with_name(f"{target.name}.partial")
    writer = gguf.GGUFWriter(partial, architecture(folder.config))
    _add_architecture(writer, folder.config, precision)
    add_tokenizer(writer, folder)
    for tensor in planned:
        size = stored_bytes(tensor.shape, tensor.kind)
        writer.add_tensor_info(tensor.name, tensor.shape, np.dtype(np.float32), size, tensor.kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for done, tensor in enumerate(planned, start=1):
        writer.write_tensor_data(_stored_tensor(tensor, adapter))
        progress(done, len(planned))
    writer.close()
    partial.replace(target)


# The tensors of a layer that every architecture has, and those that an architecture has besides.
LAYER_PARTS = {
    "llama": tuple(
        f"{part}.weight"
        for part in (
            *("attn_norm", "attn_q", "attn_k", "attn_v", "attn_output"),
            *("ffn_norm", "ffn_gate", "ffn_up", "ffn_down"),
        )
    ),
    "qwen2": ("attn_q.bias", "attn_k.bias", "attn_v.bias"),
    "qwen3": ("attn_q_norm.weight", "attn_k_norm.weight"),
}
SIZES = (
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "vocab_size",
    "max_position_embeddings",
)


def _check_config(folder: BaseFolder) -> None:
    """Raises TrainerFailure if a field is missing or not a number that fits in a GGUF header (32 bits)."""
    for name in SIZES:
        value = folder.config.get(name)
        if type(value) is not int or not 0 < value < 2**32:
            raise TrainerFailure("bad-value", f"{folder.path / 'config.json'}: {name} is {value!r}")
    if folder.config.get("use_sliding_window"):
        raise TrainerFailure("bad-value", "the base model uses a sliding window, which can't be converted")
    if not isinstance(folder.config.get("rms_norm_eps"), float | int):
        raise TrainerFailure("bad-value", f"{folder.path / 'config.json'} has no rms_norm_eps")


def check_convertible(folder: BaseFolder) -> None:
    """Raises TrainerFailure for a base that `convert_base` refuses, without reading its weights."""
    _check_config(folder)
    rope_theta(folder.config)
    plan_tensors(folder, "f16")
    read_tokenizer(folder)


def plan_tensors(folder: BaseFolder, precision: str) -> list[PlannedTensor]:
    """Returns every tensor of the model once. A tied head is omitted: llama.cpp uses the embedding."""
    config = folder.config
    tied = bool(config.get("tie_word_embeddings"))
    planned = []
    for shard in folder.shards:
        with SafetensorsFile(shard) as tensors:
            for key in tensors.names():
                module, _, suffix = key.rpartition(".")
                if (tied and module == "lm_head") or key.endswith("rotary_emb.inv_freq"):
                    continue
                name, shape = gguf_name(module, config), tensors.shape(key)
                kind = stored_type(name, shape, precision)
                heads = heads_to_permute(module, config) if suffix == "weight" else None
                planned.append(PlannedTensor(shard, key, f"{name}.{suffix}", shape, kind, heads))
    _check_complete(planned, config, tied)
    return planned


def _check_complete(planned: list[PlannedTensor], config: dict[str, Any], tied: bool) -> None:
    names = [tensor.name for tensor in planned]
    if len(set(names)) != len(names):
        raise TrainerFailure("bad-value", "a tensor appears twice in the base model's shards")
    wanted = {"token_embd.weight", "output_norm.weight", *([] if tied else ["output.weight"])}
    parts = LAYER_PARTS["llama"] + LAYER_PARTS.get(architecture(config), ())
    wanted |= {f"blk.{index}.{part}" for index in range(config["num_hidden_layers"]) for part in set(parts)}
    if wanted != set(names):
        odd = ", ".join(sorted(wanted ^ set(names))[:5])
        raise TrainerFailure("bad-value", f"the base model's tensors don't match its architecture: {odd}")


def _stored_tensor(tensor: PlannedTensor, adapter: Adapter | None) -> np.ndarray:
    with SafetensorsFile(tensor.source) as tensors:
        weight = tensors.read(tensor.key)
    if adapter and tensor.module in adapter.matrices:
        weight = adapter.added_to(tensor.module, weight)
    if tensor.heads:
        weight = permute(weight, tensor.heads)
    return stored(weight, tensor.kind)


def rope_theta(config: dict[str, Any]) -> float:
    """Returns the rotary base (transformers 5: in `rope_parameters`). Refuses scaled variants."""
    parameters = config.get("rope_parameters") or {}
    scaling = config.get("rope_scaling") or {}
    kinds = {parameters.get("rope_type"), scaling.get("rope_type"), scaling.get("type")}
    for kind in kinds - {None, "default"}:
        raise TrainerFailure(
            "bad-value", f"the base model uses scaled rotary embeddings ({kind}), which can't be converted"
        )
    return float(config.get("rope_theta") or parameters.get("rope_theta") or 10000.0)


def _add_architecture(writer: gguf.GGUFWriter, config: dict[str, Any], precision: str) -> None:
    heads = config["num_attention_heads"]
    head_width = config.get("head_dim") or config["hidden_size"] // heads
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_file_type(PRECISIONS[precision][1])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_vocab_size(config["vocab_size"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(config.get("num_key_value_heads") or heads)
    writer.add_key_length(head_width)
    writer.add_value_length(head_width)
    writer.add_rope_dimension_count(head_width)
    writer.add_rope_freq_base(rope_theta(config))
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
