"""Writes a trained base in Hugging Face's layout, its tensors rounded to float16."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import MistralForCausalLM


def save_base(model: MistralForCausalLM, folder: Path) -> None:
    """Writes config.json, generation_config.json and model.safetensors.

    The tensors are float16, so that this file and the f16 GGUF hold the same numbers, but config.json says
    float32: Hugging Face then loads them as float32, which every CPU trains and which float16 fits into
    exactly. The norms are float16-rounded too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model.generation_config.to_json_file(folder / "generation_config.json")
    config = model.config.to_dict()
    config["architectures"] = ["MistralForCausalLM"]
    config["dtype"] = "float32"
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    tensors = {name: tensor.to(torch.float16).contiguous() for name, tensor in model.state_dict().items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    # safetensors makes the file readable only by its owner.
    (folder / "model.safetensors").chmod(0o644)
