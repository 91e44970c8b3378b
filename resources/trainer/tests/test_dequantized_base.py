"""The folder written from a GGUF file, compared with the base that the file was made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from namewright_trainer.base_model import open_folder
from namewright_trainer.byte_level import read_byte_level
from namewright_trainer.dequantized_base import split_digits, write_dequantized
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.quantize import convert

from .chat_bases import make_chat_base


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_chat_base(tmp_path_factory.mktemp("smollm2") / "base", "smollm2")


@pytest.fixture(scope="module")
def source(base: Path) -> Path:
    file = base.parent / "model.gguf"
    convert(open_folder(base), file, "f16", lambda _done, _total: None)
    return file


def test_has_the_weights_and_the_tokenizer_of_the_file(base: Path, source: Path, tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    folder = tmp_path / "made"
    write_dequantized(source, folder)
    # The product's own check of a base.
    open_folder(folder)
    expected, found = load_file(base / "model.safetensors"), load_file(folder / "model.safetensors")
    assert found.keys() == expected.keys()
    for name, weights in expected.items():
        assert found[name].dtype == torch.float16
        assert torch.equal(found[name], weights.to(torch.float16)), name
    one, other = AutoTokenizer.from_pretrained(base), AutoTokenizer.from_pretrained(folder)
    text = "Open 24/7 since 1998: it's a bakery, don't miss 12 rolls<|im_end|>"
    assert other(text).input_ids == one(text).input_ids
    assert other.chat_template == one.chat_template
    assert (other.bos_token, other.eos_token) == (one.bos_token, one.eos_token)


def test_restores_the_step_for_digits(base: Path) -> None:
    document = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    lost = {**document, "pre_tokenizer": document["pre_tokenizer"]["pretokenizers"][-1]}
    (base.parent / "lost").mkdir()
    for name in ("tokenizer_config.json", "tokenizer.json"):
        (base.parent / "lost" / name).write_bytes((base / name).read_bytes())
    file = base.parent / "lost" / "tokenizer.json"
    file.write_text(json.dumps(split_digits(lost)), encoding="utf-8")
    assert read_byte_level(base.parent / "lost").pre == "smollm"


def test_refuses_another_tokenizer(tmp_path: Path) -> None:
    base = make_chat_base(tmp_path / "base", "llama3")
    convert(open_folder(base), tmp_path / "model.gguf", "f16", lambda _done, _total: None)
    with pytest.raises(TrainerFailure, match=r"tokenizer\.ggml\.pre is llama-bpe, not smollm"):
        write_dequantized(tmp_path / "model.gguf", tmp_path / "made")


def test_refuses_a_file_that_is_not_a_gguf(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"not a GGUF file")
    with pytest.raises(TrainerFailure, match="isn't a GGUF file"):
        write_dequantized(tmp_path / "model.gguf", tmp_path / "made")
