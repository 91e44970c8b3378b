"""A base model shaped like Mistral 7B v0.3."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

from .test_encoding import v3_file
from .tiny_base import TEMPLATE

HIDDEN, FEED_FORWARD, LAYERS, HEADS, KEY_VALUE_HEADS, VOCABULARY = 256, 512, 2, 8, 2, 32768


def make_mistral_folder(folder: Path) -> Path:
    """Writes its tokenizer, bfloat16 shards, an untied head and an index, and beside them a
    consolidated.safetensors that must not be read."""
    folder.mkdir()
    generator = torch.Generator().manual_seed(3)

    def weight(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator).to(torch.bfloat16)

    head = HIDDEN // HEADS
    tensors = {
        "model.embed_tokens.weight": weight(VOCABULARY, HIDDEN),
        "lm_head.weight": weight(VOCABULARY, HIDDEN),
    }
    tensors["model.norm.weight"] = weight(HIDDEN)
    for layer in range(LAYERS):
        name = f"model.layers.{layer}"
        tensors[f"{name}.self_attn.q_proj.weight"] = weight(HIDDEN, HIDDEN)
        tensors[f"{name}.self_attn.k_proj.weight"] = weight(KEY_VALUE_HEADS * head, HIDDEN)
        tensors[f"{name}.self_attn.v_proj.weight"] = weight(KEY_VALUE_HEADS * head, HIDDEN)
        tensors[f"{name}.self_attn.o_proj.weight"] = weight(HIDDEN, HIDDEN)
        tensors[f"{name}.mlp.gate_proj.weight"] = weight(FEED_FORWARD, HIDDEN)
        tensors[f"{name}.mlp.up_proj.weight"] = weight(FEED_FORWARD, HIDDEN)
        tensors[f"{name}.mlp.down_proj.weight"] = weight(HIDDEN, FEED_FORWARD)
        tensors[f"{name}.input_layernorm.weight"] = weight(HIDDEN)
        tensors[f"{name}.post_attention_layernorm.weight"] = weight(HIDDEN)
    shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    placed = {name: shards[number % 2] for number, name in enumerate(tensors)}
    for shard in shards:
        save_file({name: tensors[name] for name in tensors if placed[name] == shard}, folder / shard)
    save_file({"layers.0.attention.wq.weight": weight(4, 4)}, folder / "consolidated.safetensors")
    (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": placed}))
    shutil.copyfile(v3_file(), folder / "tokenizer.model")
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": TEMPLATE}))
    (folder / "config.json").write_text(
        json.dumps(
            {
                "architectures": ["MistralForCausalLM"],
                "hidden_size": HIDDEN,
                "intermediate_size": FEED_FORWARD,
                "num_hidden_layers": LAYERS,
                "num_attention_heads": HEADS,
                "num_key_value_heads": KEY_VALUE_HEADS,
                "max_position_embeddings": 32768,
                "rms_norm_eps": 1e-5,
                "rope_theta": 1000000.0,
                "sliding_window": None,
                "tie_word_embeddings": False,
                "torch_dtype": "bfloat16",
                "vocab_size": VOCABULARY,
                "bos_token_id": 1,
                "eos_token_id": 2,
            }
        )
    )
    return folder
