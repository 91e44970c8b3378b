"""Adapters as GGUF files, and merged into their base."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest
import torch

from namewright_trainer.adapter_gguf import convert_adapter
from namewright_trainer.base_gguf import convert_base
from namewright_trainer.base_model import open_folder
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.gguf_tensors import permute
from namewright_trainer.merge import merge_adapter, read_adapter, to_bfloat16
from namewright_trainer.safetensors_file import SafetensorsFile

from .gguf_file import field, tensor


@pytest.fixture(scope="session")
def adapter_folder(tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LoRA adapter with random matrices on all seven projections."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    from namewright_trainer.spec import SEVEN_PROJECTIONS

    torch.manual_seed(5)
    model = AutoModelForCausalLM.from_pretrained(tiny_base)
    config = LoraConfig(r=4, lora_alpha=8, target_modules=list(SEVEN_PROJECTIONS), init_lora_weights=False)
    folder = tmp_path_factory.mktemp("adapter")
    get_peft_model(model, config).save_pretrained(folder)
    return folder


def test_converts_an_adapter_with_its_scale(tiny_base: Path, adapter_folder: Path, tmp_path: Path) -> None:
    config = open_folder(tiny_base).config
    convert_adapter(config, adapter_folder, tmp_path / "adapter.gguf", "f32")
    reader = gguf.GGUFReader(tmp_path / "adapter.gguf")
    assert field(reader, "general.type") == "adapter"
    assert field(reader, "adapter.type") == "lora"
    assert field(reader, "adapter.lora.alpha") == 8.0
    assert len(reader.tensors) == 2 * 7 * config["num_hidden_layers"]
    with SafetensorsFile(adapter_folder / "adapter_model.safetensors") as source:
        key = "base_model.model.model.layers.0.self_attn.q_proj"
        first, second = source.read(f"{key}.lora_A.weight"), source.read(f"{key}.lora_B.weight")
    np.testing.assert_array_equal(tensor(reader, "blk.0.attn_q.weight.lora_a"), first)
    np.testing.assert_array_equal(tensor(reader, "blk.0.attn_q.weight.lora_b"), permute(second, 4))


def test_the_parity_gates_control_differs_in_the_rows_of_q_and_k_only(
    tiny_base: Path, adapter_folder: Path, tmp_path: Path
) -> None:
    config = open_folder(tiny_base).config
    convert_adapter(config, adapter_folder, tmp_path / "right.gguf", "f32")
    convert_adapter(config, adapter_folder, tmp_path / "wrong.gguf", "f32", permuted=False)
    right, wrong = (gguf.GGUFReader(tmp_path / name) for name in ("right.gguf", "wrong.gguf"))
    different = {
        a.name
        for a, b in zip(right.tensors, wrong.tensors, strict=True)
        if not np.array_equal(a.data, b.data)
    }
    assert different
    assert all(name.split(".")[2] in ("attn_q", "attn_k") and name.endswith("lora_b") for name in different)


def test_permuting_a_factor_permutes_the_product() -> None:
    generator = np.random.default_rng(1)
    lora_a, lora_b = generator.normal(size=(4, 64)), generator.normal(size=(32, 4))
    np.testing.assert_allclose(permute(lora_b, 4) @ lora_a, permute(lora_b @ lora_a, 4))


def test_a_merged_model_answers_like_the_base_with_the_adapter(
    tiny_base: Path, adapter_folder: Path, tmp_path: Path
) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    merge_adapter(open_folder(tiny_base), adapter_folder, tmp_path / "merged")
    ids = torch.tensor([[1, 3, 300, 301, 302, 4]])
    with torch.no_grad():
        adapted = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(tiny_base), adapter_folder)
        expected = adapted(input_ids=ids).logits
        merged = AutoModelForCausalLM.from_pretrained(tmp_path / "merged")(input_ids=ids).logits
        base = AutoModelForCausalLM.from_pretrained(tiny_base)(input_ids=ids).logits
    assert torch.allclose(merged, expected, atol=1e-3)
    assert (merged - base).abs().max() > 0.1
    assert (tmp_path / "merged" / "tokenizer.model").is_file()


def test_rejects_merging_an_adapter_of_another_base(
    adapter_folder: Path, mistral_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(TrainerFailure, match="different base model"):
        merge_adapter(open_folder(mistral_folder), adapter_folder, tmp_path / "merged")
    assert not (tmp_path / "merged").exists()


def test_rounds_bfloat16_like_torch() -> None:
    values = np.concatenate([np.linspace(-3, 3, 1001), [1.00390625, 1.01171875, 1e-40, 0.0]]).astype(
        np.float32
    )
    expected = torch.from_numpy(values).to(torch.bfloat16).view(torch.int16).numpy().view(np.uint16)
    np.testing.assert_array_equal(to_bfloat16(values), expected)


def test_a_gentle_adapter_survives_the_merge_into_gguf(mistral_folder: Path, tmp_path: Path) -> None:
    """Of a change far below the steps of bfloat16, f16 keeps most, and the weights aren't copied first."""
    adapter = gentle_adapter(mistral_folder, tmp_path / "gentle")
    base = open_folder(mistral_folder)
    for precision in ("f32", "f16"):
        target = tmp_path / f"{precision}.gguf"
        convert_base(base, target, precision, lambda *_: None, read_adapter(adapter))
        merged = tensor(gguf.GGUFReader(target), "blk.0.ffn_up.weight").copy()
        convert_base(base, target, precision, lambda *_: None)
        change = merged - tensor(gguf.GGUFReader(target), "blk.0.ffn_up.weight")
        with SafetensorsFile(adapter / "adapter_model.safetensors") as tensors:
            key = "base_model.model.model.layers.0.mlp.up_proj"
            expected = tensors.read(f"{key}.lora_B.weight") @ tensors.read(f"{key}.lora_A.weight")
        similarity = np.sum(change * expected) / np.linalg.norm(change) / np.linalg.norm(expected)
        assert similarity > {"f32": 0.999, "f16": 0.9}[precision]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == ["", ".gguf", ".gguf"]


def gentle_adapter(base: Path, folder: Path) -> Path:
    """An adapter that changes each weight of one module by some 1e-3, where the weights are about 1."""
    import json

    from safetensors.numpy import save_file

    config = open_folder(base).config
    generator = np.random.default_rng(2)
    key = "base_model.model.model.layers.0.mlp.up_proj"
    lora_a = generator.normal(size=(2, config["hidden_size"])).astype(np.float32)
    lora_b = 7e-4 * generator.normal(size=(config["intermediate_size"], 2)).astype(np.float32)
    folder.mkdir()
    save_file(
        {f"{key}.lora_A.weight": lora_a, f"{key}.lora_B.weight": lora_b},
        folder / "adapter_model.safetensors",
    )
    (folder / "adapter_config.json").write_text(json.dumps({"r": 2, "lora_alpha": 2, "peft_type": "LORA"}))
    return folder


def test_a_merged_gguf_needs_the_adapters_own_base(
    mistral_folder: Path, adapter_folder: Path, tmp_path: Path
) -> None:
    adapter = read_adapter(adapter_folder)
    with pytest.raises(TrainerFailure, match="different base"):
        convert_base(open_folder(mistral_folder), tmp_path / "out.gguf", "f16", lambda *_: None, adapter)
    assert not (tmp_path / "out.gguf").exists()
