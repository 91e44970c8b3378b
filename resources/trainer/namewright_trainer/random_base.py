"""Writes a base model of exactly Mistral 7B Instruct v0.3's shape with random weights.

A rehearsal uses it in place of the real base: same tensors, types, configuration and tokenizer, but nothing
to download and nothing learned. With fewer layers, each layer, the embedding and the head keep their
width. One block of rows is in memory at a time.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from .base_model import INDEX
from .failure import TrainerFailure
from .sentencepiece_model import read_sentencepiece

HIDDEN, FEED_FORWARD, HEADS, KEY_VALUE_HEADS, HEAD_WIDTH, VOCABULARY = 4096, 14336, 32, 8, 128, 32768
SHARDS = 3
BFLOAT16_BYTES = 2
# `initializer_range` of the real configuration.
STANDARD_DEVIATION = 0.02
ROWS_A_BLOCK = 1024
CONTROL = 3
TOKENIZER = "mistral_instruct_tokenizer_240323.model.v3"
CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}"
    "{{ '[INST] ' + message['content'] + '[/INST]' }}{% else %}"
    "{{ ' ' + message['content'] + eos_token }}{% endif %}{% endfor %}"
)


Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Tensor:
    """A tensor to write. `number` seeds its values."""

    number: int
    name: str
    shape: tuple[int, ...]

    @property
    def bytes(self) -> int:
        return int(np.prod(self.shape)) * BFLOAT16_BYTES


def list_tensors(layers: int) -> list[Tensor]:
    """Returns all tensors in the order of the file: embedding, layers, final norm, untied head."""
    attention, key_value = HEADS * HEAD_WIDTH, KEY_VALUE_HEADS * HEAD_WIDTH
    layer: dict[str, tuple[int, ...]] = {
        "input_layernorm": (HIDDEN,),
        "mlp.down_proj": (HIDDEN, FEED_FORWARD),
        "mlp.gate_proj": (FEED_FORWARD, HIDDEN),
        "mlp.up_proj": (FEED_FORWARD, HIDDEN),
        "post_attention_layernorm": (HIDDEN,),
        "self_attn.k_proj": (key_value, HIDDEN),
        "self_attn.o_proj": (HIDDEN, attention),
        "self_attn.q_proj": (attention, HIDDEN),
        "self_attn.v_proj": (key_value, HIDDEN),
    }
    shapes: dict[str, tuple[int, ...]] = {"model.embed_tokens": (VOCABULARY, HIDDEN)}
    for index in range(layers):
        shapes |= {f"model.layers.{index}.{name}": shape for name, shape in layer.items()}
    shapes |= {"model.norm": (HIDDEN,), "lm_head": (VOCABULARY, HIDDEN)}
    return [Tensor(number, f"{name}.weight", shape) for number, (name, shape) in enumerate(shapes.items())]


def split_into_shards(tensors: list[Tensor]) -> dict[str, list[Tensor]]:
    """Returns the tensors of each file, in order, in parts of about equal size."""
    total = sum(tensor.bytes for tensor in tensors)
    names = [f"model-{number:05}-of-{SHARDS:05}.safetensors" for number in range(1, SHARDS + 1)]
    shards: dict[str, list[Tensor]] = {name: [] for name in names}
    before = 0
    for tensor in tensors:
        middle = before + tensor.bytes // 2
        shards[names[middle * SHARDS // total]].append(tensor)
        before += tensor.bytes
    return shards


def random_blocks(tensor: Tensor, seed: int) -> Iterator[np.ndarray]:
    """Yields the tensor's rows as bfloat16 bits in uint16. A norm's values are 1, as before any training."""
    if len(tensor.shape) == 1:
        yield to_bfloat16(np.ones(tensor.shape, np.float32))
        return
    generator = np.random.Generator(np.random.SFC64([seed, tensor.number]))
    rows, columns = tensor.shape
    for start in range(0, rows, ROWS_A_BLOCK):
        block = generator.standard_normal((min(ROWS_A_BLOCK, rows - start), columns), np.float32)
        yield to_bfloat16(block * np.float32(STANDARD_DEVIATION))


def to_bfloat16(values: np.ndarray) -> np.ndarray:
    """Rounds float32 to the upper 16 bits, ties to even."""
    bits = values.view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype(np.uint16)


def write_shard(path: Path, tensors: list[Tensor], seed: int) -> None:
    """Writes one safetensors file, header first (https://huggingface.co/docs/safetensors)."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for tensor in tensors:
        begin, end = end, end + tensor.bytes
        header[tensor.name] = {"dtype": "BF16", "shape": tensor.shape, "data_offsets": [begin, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors:
            for block in random_blocks(tensor, seed):
                file.write(block.astype("<u2", copy=False).tobytes())


def write_weights(folder: Path, layers: int, seed: int, progress: Progress) -> int:
    """Writes all shards and the index. Returns the bytes of weights."""
    shards = split_into_shards(list_tensors(layers))
    for number, (name, tensors) in enumerate(shards.items(), start=1):
        write_shard(folder / name, tensors, seed)
        progress(number, len(shards))
    weight_map = {tensor.name: name for name, tensors in shards.items() for tensor in tensors}
    total = sum(tensor.bytes for tensors in shards.values() for tensor in tensors)
    write_json(folder / INDEX, {"metadata": {"total_size": total}, "weight_map": weight_map})
    return total


def write_config(folder: Path, layers: int) -> None:
    """Writes config.json and generation_config.json with the real repository's values."""
    ends = {"bos_token_id": 1, "eos_token_id": 2}
    config = {
        "architectures": ["MistralForCausalLM"],
        "attention_dropout": 0.0,
        **ends,
        "head_dim": HEAD_WIDTH,
        "hidden_act": "silu",
        "hidden_size": HIDDEN,
        "initializer_range": STANDARD_DEVIATION,
        "intermediate_size": FEED_FORWARD,
        "max_position_embeddings": 32768,
        "model_type": "mistral",
        "num_attention_heads": HEADS,
        "num_hidden_layers": layers,
        "num_key_value_heads": KEY_VALUE_HEADS,
        "rms_norm_eps": 1e-05,
        "rope_theta": 1000000.0,
        "sliding_window": None,
        "tie_word_embeddings": False,
        "torch_dtype": "bfloat16",
        "use_cache": True,
        "vocab_size": VOCABULARY,
    }
    write_json(folder / "config.json", config)
    write_json(folder / "generation_config.json", {"_from_model_config": True, **ends})


def real_tokenizer() -> Path:
    """Returns the tokenizer of Mistral 7B v0.3, from mistral-common.

    Raises TrainerFailure if that package isn't installed: it needs Python 3.11.
    """
    found = find_spec("mistral_common")
    if found is None or found.origin is None:
        hint = "It is part of the Python environment with Python 3.11 or newer."
        raise TrainerFailure("missing", "the Python package mistral-common isn't installed", hint)
    return Path(found.origin).parent / "data" / TOKENIZER


def write_tokenizer(folder: Path) -> None:
    """Writes tokenizer.model, and tokenizer.json and tokenizer_config.json converted from it."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from transformers import AddedToken, LlamaTokenizer
    from transformers.convert_slow_tokenizer import generate_merges

    shutil.copyfile(real_tokenizer(), folder / "tokenizer.model")
    pieces = [
        (piece.text.decode(), piece.score, piece.type)
        for piece in read_sentencepiece(folder / "tokenizer.model").pieces
    ]
    vocabulary = {text: number for number, (text, _, _) in enumerate(pieces)}
    scores = {text: score for text, score, _ in pieces}
    control = [
        AddedToken(text, normalized=False, special=True) for text, _, kind in pieces if kind == CONTROL
    ]
    tokenizer = LlamaTokenizer(
        vocab=vocabulary,
        merges=generate_merges(vocabulary, scores),
        additional_special_tokens=control,
        legacy=False,
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(folder, save_jinja_files=False)


def write_json(path: Path, document: dict[str, Any]) -> None:
    path.write_text(f"{json.dumps(document, indent=2)}\n", encoding="utf-8")


def write_random_base(folder: Path, layers: int, seed: int, progress: Progress) -> int:
    """Writes the whole base into a new folder. Calls `progress` with (shards written, total shards).

    Returns the bytes of weights. Raises TrainerFailure without mistral-common.
    """
    folder.mkdir(parents=True)
    write_tokenizer(folder)
    write_config(folder, layers)
    return write_weights(folder, layers, seed, progress)
