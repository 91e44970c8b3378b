from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from namewright_trainer import random_base
from namewright_trainer.base_model import open_folder
from namewright_trainer.gguf_tensors import to_float32
from namewright_trainer.random_base import list_tensors, random_blocks, split_into_shards, write_random_base
from namewright_trainer.safetensors_file import SafetensorsFile

from .test_encoding import v3_file

TEXTS = (
    "Suggest five domain names for this business: A small bakery in Leeds",
    "a  bakery  with   double  spaces and\ttabs",
    "A café in Zürich that sells crème brûlée № 7, pizza 🍕",
    "手作りの石鹸 and мыло ручной работы\non two lines",
    "radio-point\ngo-speaker",
)


def test_has_the_bytes_and_parameters_of_mistral_7b_v03() -> None:
    tensors = list_tensors(32)
    assert sum(tensor.bytes for tensor in tensors) == 14_496_047_104
    assert sum(tensor.bytes // 2 for tensor in tensors) == 7_248_023_552
    assert len(tensors) == 291


@pytest.mark.parametrize("layers", [2, 32])
def test_splits_every_tensor_into_three_shards_of_similar_size(layers: int) -> None:
    shards = list(split_into_shards(list_tensors(layers)).values())
    assert [tensor for shard in shards for tensor in shard] == list_tensors(layers)
    sizes = [sum(tensor.bytes for tensor in shard) for shard in shards]
    assert max(sizes) < 1.5 * min(sizes)


def test_values_depend_on_seed_and_tensor_only(monkeypatch: pytest.MonkeyPatch) -> None:
    tensor = list_tensors(1)[6]
    assert tensor.shape == (1024, 4096)

    def values(seed: int) -> np.ndarray:
        return to_float32(np.concatenate(list(random_blocks(tensor, seed))))

    first = values(1)
    assert first.std() == pytest.approx(0.02, rel=0.01)
    assert first.mean() == pytest.approx(0, abs=1e-4)
    assert not np.array_equal(first, values(2))
    monkeypatch.setattr(random_base, "ROWS_A_BLOCK", 100)
    assert np.array_equal(first, values(1))


@pytest.fixture(scope="module")
def narrow_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same layout at a hundredth of the width, with the real vocabulary and tokenizer."""
    v3_file()
    folder = tmp_path_factory.mktemp("random") / "base"
    with pytest.MonkeyPatch.context() as patch:
        sizes = {"HIDDEN": 64, "FEED_FORWARD": 128, "HEADS": 4, "KEY_VALUE_HEADS": 2, "HEAD_WIDTH": 16}
        for name, value in sizes.items():
            patch.setattr(random_base, name, value)
        write_random_base(folder, 2, 1, lambda done, total: None)
    return folder


def test_files_hold_what_their_headers_and_the_index_say(narrow_base: Path) -> None:
    index = json.loads((narrow_base / "model.safetensors.index.json").read_text())
    folder = open_folder(narrow_base)
    assert len(folder.shards) == 3
    total = 0
    for shard in folder.shards:
        with SafetensorsFile(shard) as tensors:
            for name in tensors.names():
                assert index["weight_map"][name] == shard.name
                assert tensors.dtype(name) == "BF16"
                total += tensors.read(name).nbytes
    assert total == index["metadata"]["total_size"]


def test_transformers_loads_it_without_a_missing_or_unused_tensor(narrow_base: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    model, report = AutoModelForCausalLM.from_pretrained(narrow_base, output_loading_info=True)
    assert not any(report.values())
    assert model.dtype == torch.bfloat16


@pytest.mark.parametrize("text", TEXTS)
def test_its_tokenizer_equals_sentencepiece(narrow_base: Path, text: str) -> None:
    from sentencepiece import SentencePieceProcessor
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(narrow_base)
    ids = tokenizer.encode(text, add_special_tokens=False)
    assert ids == SentencePieceProcessor(model_file=str(v3_file())).encode(text)
    assert len(tokenizer) == 32768
    assert tokenizer.convert_ids_to_tokens([1, 2, 3, 4]) == ["<s>", "</s>", "[INST]", "[/INST]"]
