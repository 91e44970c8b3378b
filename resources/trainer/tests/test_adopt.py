"""Adapters made by PEFT, adopted by us."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
import torch

from namewright_trainer.adapter_gguf import CONTROLS, convert_adapter
from namewright_trainer.adopt import adopt
from namewright_trainer.base_model import open_folder, sha256_of_file
from namewright_trainer.events import EventStream
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.foreign_adapter import take_adapter
from namewright_trainer.gguf_tensors import gguf_name, heads_to_permute, permute
from namewright_trainer.merge import read_adapter
from namewright_trainer.spec import SEVEN_PROJECTIONS, BaseSource, read_adopt_spec

from .gguf_file import field, tensor

BASE = BaseSource("folder", "tiny", "")
PATTERNS = {
    "rank_pattern": {"down_proj": 8, r"layers\.1\.self_attn\.q_proj": 2},
    "alpha_pattern": {"down_proj": 3, "model.layers.0.self_attn.k_proj": 40},
}


def peft_adapter(base: Path, folder: Path, **options: Any) -> Any:
    """Writes a LoRA adapter with random matrices, and returns PEFT's model."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    torch.manual_seed(5)
    defaults = {
        "r": 4,
        "lora_alpha": 8,
        "target_modules": list(SEVEN_PROJECTIONS),
        "init_lora_weights": False,
    }
    config = LoraConfig(**(defaults | options))
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(base), config)
    model.save_pretrained(folder)
    return model


def taken(base: Path, source: Path, target: Path) -> None:
    take_adapter(source, target, open_folder(base), BASE)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"use_rslora": True},
        PATTERNS,
        {**PATTERNS, "use_rslora": True},
        {"target_modules": r".*\.1\..*(q|up)_proj"},
        {"layers_to_transform": [1], "target_modules": ["v_proj"]},
    ],
)
def test_each_module_has_the_effect_that_peft_computes(
    tiny_base: Path, tmp_path: Path, options: dict[str, Any]
) -> None:
    model = peft_adapter(tiny_base, tmp_path / "source", **options)
    taken(tiny_base, tmp_path / "source", tmp_path / "adapter")
    config = open_folder(tiny_base).config
    convert_adapter(config, tmp_path / "adapter", tmp_path / "adapter.gguf", "f32")
    reader = gguf.GGUFReader(tmp_path / "adapter.gguf")
    alpha = field(reader, "adapter.lora.alpha")
    merged = read_adapter(tmp_path / "adapter")
    layers = {
        name.removeprefix("base_model.model."): layer
        for name, layer in model.named_modules()
        if hasattr(layer, "get_delta_weight")
    }
    assert merged.matrices.keys() == layers.keys()
    assert len(reader.tensors) == 2 * len(layers)
    for module, layer in layers.items():
        expected = layer.get_delta_weight("default").detach().numpy()
        zero = np.zeros_like(expected)
        np.testing.assert_allclose(merged.added_to(module, zero), expected, rtol=1e-4, atol=1e-5)
        name = f"{gguf_name(module, config)}.weight.lora"
        lora_a, lora_b = tensor(reader, f"{name}_a"), tensor(reader, f"{name}_b")
        # As llama_adapter_lora_weight::get_scale: alpha / the rank of this module's B.
        effect = np.float32(alpha / lora_b.shape[1]) * (lora_b @ lora_a)
        heads = heads_to_permute(module, config)
        expected = permute(expected, heads) if heads else expected
        np.testing.assert_allclose(effect, expected, rtol=1e-4, atol=1e-5)


def test_loads_in_peft_as_the_same_model(tiny_base: Path, tmp_path: Path) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    model = peft_adapter(tiny_base, tmp_path / "source", **PATTERNS, use_dora=True)
    taken(tiny_base, tmp_path / "source", tmp_path / "adapter")
    ids = torch.tensor([[1, 3, 300, 301, 302, 4]])
    again = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(tiny_base), tmp_path / "adapter")
    with torch.no_grad():
        torch.testing.assert_close(again(input_ids=ids).logits, model.eval()(input_ids=ids).logits)


@pytest.mark.parametrize(
    ("options", "said", "way"),
    [
        ({"modules_to_save": ["lm_head"]}, "modules_to_save", "merge_and_unload"),
        ({"init_lora_weights": "pissa"}, "pissa", "path_initial_model_for_weight_conversion"),
        ({"init_lora_weights": "olora"}, "olora", "path_initial_model_for_weight_conversion"),
        ({"layer_replication": [(0, 2), (1, 2)]}, "layer_replication", "merge_and_unload"),
        ({"lora_bias": True}, "lora_bias", "Train it again without lora_bias"),
        ({"bias": "lora_only"}, "bias", '"none"'),
        ({"trainable_token_indices": [5]}, "trainable_token_indices", "merge_and_unload"),
        ({"target_modules": ["lm_head"]}, "lm_head", "merge_and_unload"),
        ({"target_modules": ["embed_tokens"]}, "embed_tokens", "merge_and_unload"),
    ],
)
def test_refuses_what_it_cannot_run(
    tiny_base: Path, tmp_path: Path, options: dict[str, Any], said: str, way: str
) -> None:
    peft_adapter(tiny_base, tmp_path / "source", **options)
    assert_refused(tiny_base, tmp_path, said, way)


def assert_refused(base: Path, folder: Path, said: str, way: str) -> None:
    with pytest.raises(TrainerFailure) as caught:
        taken(base, folder / "source", folder / "adapter")
    assert said in caught.value.message
    assert way in (caught.value.hint or "")
    assert not (folder / "adapter").exists()


def change_config(folder: Path, **fields: Any) -> None:
    path = folder / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


@pytest.mark.parametrize(
    ("fields", "said", "way"),
    [
        # PEFT's initialization for LoftQ requires scipy and bitsandbytes.
        ({"init_lora_weights": "loftq"}, "loftq", "merge_and_unload"),
        ({"target_parameters": ["mlp.experts.down_proj"]}, "target_parameters", "merge_and_unload"),
        ({"r": 8}, "down_proj has rank 4 in the tensors, but 8", "rank_pattern"),
        ({"rank_pattern": {"up_proj": 2}}, "up_proj has rank 4 in the tensors, but 2", "rank_pattern"),
        ({"rank_pattern": {"(": 2}}, "invalid pattern", ""),
        ({"lora_alpha": 0}, "lora_alpha must be a positive number", ""),
        ({"megatron_config": {"a": 1}}, "megatron_config", "merge_and_unload"),
        ({"a_later_feature": True}, "a_later_feature", "merge_and_unload"),
    ],
)
def test_refuses_a_configuration_that_it_cannot_follow(
    tiny_base: Path, tmp_path: Path, fields: dict[str, Any], said: str, way: str
) -> None:
    peft_adapter(tiny_base, tmp_path / "source")
    change_config(tmp_path / "source", **fields)
    assert_refused(tiny_base, tmp_path, said, way)


def test_refuses_ia3(tiny_base: Path, tmp_path: Path) -> None:
    from peft import IA3Config, get_peft_model
    from transformers import AutoModelForCausalLM

    config = IA3Config(target_modules=["k_proj", "down_proj"], feedforward_modules=["down_proj"])
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(tiny_base), config)
    model.save_pretrained(tmp_path / "source")
    assert_refused(tiny_base, tmp_path, "IA3", "merge_and_unload")


def test_refuses_a_resized_vocabulary(tiny_base: Path, tmp_path: Path) -> None:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(tiny_base)
    own = model.config.vocab_size
    model.resize_token_embeddings(own + 8)
    adapted = get_peft_model(model, LoraConfig(r=4, target_modules=["q_proj"], init_lora_weights=False))
    adapted.save_pretrained(tmp_path / "source", save_embedding_layers=True)
    assert_refused(tiny_base, tmp_path, f"[{own + 8}, 64], but the base's is [{own}, 64]", "merge_and_unload")


def test_refuses_another_base_with_the_tensor_and_both_shapes(
    tiny_base: Path, embedded_base: Path, tmp_path: Path
) -> None:
    peft_adapter(embedded_base, tmp_path / "source", target_modules=["up_proj"], layers_to_transform=[0])
    with pytest.raises(TrainerFailure, match=r"up_proj\.lora_A\.weight has the shape \[4, \d+\]") as caught:
        taken(tiny_base, tmp_path / "source", tmp_path / "adapter")
    assert "[4, 64]" in caught.value.message
    peft_adapter(embedded_base, tmp_path / "source", target_modules=["up_proj"], layers_to_transform=[3])
    assert_refused(tiny_base, tmp_path, "has no model.layers.3.mlp.up_proj", "own base")


def test_never_reads_a_pickle_file(tiny_base: Path, tmp_path: Path) -> None:
    peft_adapter(tiny_base, tmp_path / "source")
    (tmp_path / "source" / "adapter_model.safetensors").rename(tmp_path / "source" / "adapter_model.bin")
    assert_refused(tiny_base, tmp_path, "no adapter_model.safetensors found", "Pickle files")


@pytest.mark.parametrize("dora", [False, True])
def test_writes_all_that_the_gate_needs(tiny_base: Path, tmp_path: Path, dora: bool) -> None:
    peft_adapter(tiny_base, tmp_path / "source", **PATTERNS, use_dora=dora)
    change_config(tmp_path / "source", base_model_name_or_path="C:\\models\\Other-7B")
    out = tmp_path / "out"
    out.mkdir()
    spec = {
        "base": {"kind": "folder", "name": "tiny", "dir": str(tiny_base)},
        "adapterDir": str(tmp_path / "source"),
        "outDir": str(out),
        "promptTemplate": "Names for: {description}",
        "parity": {"sequences": 8, "top": 8, "maxNewTokens": 6},
        "descriptions": ["A small bakery in town", "A guitar shop"],
        "device": "cpu",
        "threads": 1,
    }
    (tmp_path / "adopt.json").write_text(json.dumps(spec))
    with (tmp_path / "events").open("wb") as file:
        adopt(read_adopt_spec(tmp_path / "adopt.json"), EventStream(file.fileno()))
    events = [json.loads(line) for line in (tmp_path / "events").read_text().splitlines()]
    made = sorted(path.name for path in out.iterdir())
    # DoRA runs merged into the base.
    assert made == (
        ["adapter", "parity.json"] if dora else ["adapter", "adapter.gguf", CONTROLS, "parity.json"]
    )
    weights = sha256_of_file(tmp_path / "source" / "adapter_model.safetensors")
    assert sha256_of_file(out / "adapter" / "adapter_model.safetensors") == weights
    done = events[-1]
    assert done["kind"] == "done"
    assert done["weights"] == weights
    assert done["config"] == sha256_of_file(tmp_path / "source" / "adapter_config.json")
    assert (done["ranks"], done["modules"], done["dora"]) == ([2, 4, 8], 14, dora)
    (warning,) = [event for event in events if event["kind"] == "warning"]
    assert "names C:\\models\\Other-7B as its base" in warning["message"]
    sequences = json.loads((out / "parity.json").read_text())["sequences"]
    assert [sequence["source"] for sequence in sequences] == ["validation"] * 2 + ["hard"] * 6
