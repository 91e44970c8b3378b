"""DoRA: trained by PEFT, merged by us."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
import torch

from namewright_trainer.adapter_gguf import convert_adapter
from namewright_trainer.base_gguf import convert_base
from namewright_trainer.base_model import open_folder
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.gguf_tensors import permute
from namewright_trainer.merge import merge_adapter, read_adapter
from namewright_trainer.spec import SEVEN_PROJECTIONS

from .gguf_file import tensor


def dora_adapter(base: Path, folder: Path, **options: Any) -> dict[str, torch.Tensor]:
    """Writes an adapter with random matrices and magnitudes, and returns the weights that PEFT merges."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    torch.manual_seed(5)
    modules = list(SEVEN_PROJECTIONS)
    config = LoraConfig(
        r=4, lora_alpha=8, target_modules=modules, init_lora_weights=False, use_dora=True, **options
    )
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(base), config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "magnitude" in name:
                weight *= 0.5 + torch.rand_like(weight)
    model.save_pretrained(folder)
    return model.merge_and_unload().state_dict()


@pytest.mark.parametrize("rslora", [False, True])
def test_merges_like_peft(tiny_base: Path, tmp_path: Path, rslora: bool) -> None:
    from transformers import AutoModelForCausalLM

    expected = dora_adapter(tiny_base, tmp_path / "adapter", use_rslora=rslora)
    merge_adapter(open_folder(tiny_base), tmp_path / "adapter", tmp_path / "merged")
    merged = AutoModelForCausalLM.from_pretrained(tmp_path / "merged").state_dict()
    base = AutoModelForCausalLM.from_pretrained(tiny_base).state_dict()
    assert merged.keys() == expected.keys()
    changed = {name for name in merged if not torch.equal(merged[name], base[name])}
    assert len(changed) == 7 * open_folder(tiny_base).config["num_hidden_layers"]
    for name, weight in merged.items():
        torch.testing.assert_close(weight, expected[name], rtol=1e-5, atol=1e-6)


def test_merges_into_gguf_with_the_rows_of_q_in_order(tiny_base: Path, tmp_path: Path) -> None:
    expected = dora_adapter(tiny_base, tmp_path / "adapter")
    target = tmp_path / "merged.gguf"
    adapter = read_adapter(tmp_path / "adapter")
    convert_base(open_folder(tiny_base), target, "f32", lambda *_: None, adapter)
    weight = expected["model.layers.0.self_attn.q_proj.weight"].numpy()
    merged = tensor(gguf.GGUFReader(target), "blk.0.attn_q.weight")
    np.testing.assert_allclose(merged, permute(weight, 4), rtol=1e-5, atol=1e-6)


def test_an_adapter_gguf_of_it_is_refused(tiny_base: Path, tmp_path: Path) -> None:
    dora_adapter(tiny_base, tmp_path / "adapter")
    with pytest.raises(TrainerFailure, match="DoRA"):
        convert_adapter(open_folder(tiny_base).config, tmp_path / "adapter", tmp_path / "adapter.gguf")
    assert not (tmp_path / "adapter.gguf").exists()
