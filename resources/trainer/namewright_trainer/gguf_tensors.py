"""Names, layout and precision of Mistral, Llama and Qwen tensors in GGUF."""

from __future__ import annotations

from functools import cache
from typing import Any

import gguf
import numpy as np

from .failure import TrainerFailure

PRECISIONS = {
    "f32": (gguf.GGMLQuantizationType.F32, gguf.LlamaFileType.ALL_F32),
    "f16": (gguf.GGMLQuantizationType.F16, gguf.LlamaFileType.MOSTLY_F16),
    "bf16": (gguf.GGMLQuantizationType.BF16, gguf.LlamaFileType.MOSTLY_BF16),
    "q8_0": (gguf.GGMLQuantizationType.Q8_0, gguf.LlamaFileType.MOSTLY_Q8_0),
    "q4_0": (gguf.GGMLQuantizationType.Q4_0, gguf.LlamaFileType.MOSTLY_Q4_0),
}
# llama.cpp's names of the supported architectures.
ARCHITECTURES = {
    "MistralForCausalLM": "llama",
    "LlamaForCausalLM": "llama",
    "Qwen2ForCausalLM": "qwen2",
    "Qwen3ForCausalLM": "qwen3",
}
ROWS_A_BLOCK_BYTES = 1 << 25


def architecture(config: dict[str, Any]) -> str:
    """Returns llama.cpp's name of the architecture of a checked base."""
    return ARCHITECTURES[config["architectures"][0]]


def permute(weight: np.ndarray, heads: int) -> np.ndarray:
    """Reorders rows of q or k from Hugging Face's rotate-half order to llama.cpp's interleaved order.

    `weight` is [heads * head_dim, …]; the same map as in llama.cpp's convert_hf_to_gguf.py.
    """
    half = weight.shape[0] // heads // 2
    return weight.reshape(heads, 2, half, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


def heads_to_permute(name: str, config: dict[str, Any]) -> int | None:
    """Returns the number of heads by which a tensor's rows are permuted; None if they are not.

    For Qwen, llama.cpp rotates halves as Hugging Face does.
    """
    if architecture(config) != "llama":
        return None
    if name.endswith("q_proj"):
        return config["num_attention_heads"]
    if name.endswith("k_proj"):
        return config.get("num_key_value_heads") or config["num_attention_heads"]
    return None


def gguf_name(name: str, config: dict[str, Any]) -> str:
    """`model.layers.0.mlp.up_proj` → `blk.0.ffn_up` (without `.weight`)."""
    kind = architecture(config)
    names = _names(kind, config["num_hidden_layers"])
    found = names.get_name(f"{name}.weight", try_suffixes=(".weight",))
    if found is None:
        message = f"the tensor {name} doesn't exist in llama.cpp's {kind} architecture"
        raise TrainerFailure("bad-value", message)
    return found.removesuffix(".weight")


@cache
def _names(kind: str, layers: int) -> gguf.TensorNameMap:
    """Returns the names of a model with this many layers. Building the map takes some 15 ms."""
    return gguf.get_tensor_name_map(gguf.MODEL_ARCH[kind.upper()], layers)


def stored_type(name: str, shape: tuple[int, ...], precision: str) -> gguf.GGMLQuantizationType:
    """The type a tensor is stored in: norms in f32; embedding and head of q4_0 files in q8_0; f16 where a row
    does not divide into quantized blocks of 32."""
    wanted = PRECISIONS[precision][0]
    if len(shape) == 1:
        return gguf.GGMLQuantizationType.F32
    if precision == "q4_0" and name in ("token_embd", "output"):
        wanted = gguf.GGMLQuantizationType.Q8_0
    block = gguf.GGML_QUANT_SIZES[wanted][0]
    return wanted if shape[-1] % block == 0 else gguf.GGMLQuantizationType.F16


def stored_bytes(shape: tuple[int, ...], kind: gguf.GGMLQuantizationType) -> int:
    block, size = gguf.GGML_QUANT_SIZES[kind]
    return int(np.prod(shape)) // block * size


def stored(weight: np.ndarray, kind: gguf.GGMLQuantizationType) -> np.ndarray:
    """Converts `weight` to `kind` in blocks of rows, without a float32 copy of the whole tensor."""
    if weight.ndim == 1:
        return gguf.quants.quantize(np.ascontiguousarray(to_float32(weight)), kind)
    rows = max(1, ROWS_A_BLOCK_BYTES // (4 * weight.shape[-1]))
    parts = None
    for start in range(0, weight.shape[0], rows):
        block = np.ascontiguousarray(to_float32(weight[start : start + rows]))
        made = gguf.quants.quantize(block, kind)
        if parts is None:
            parts = np.empty((weight.shape[0], *made.shape[1:]), dtype=made.dtype)
        parts[start : start + rows] = made
    assert parts is not None
    return parts


def to_float32(values: np.ndarray) -> np.ndarray:
    """Converts to float32. uint16 means bfloat16 (the upper half of a float32); other types are cast."""
    if values.dtype == np.uint16:
        return (values.astype(np.uint32) << 16).view(np.float32)
    return values.astype(np.float32, copy=False)
