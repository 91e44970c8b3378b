"""Byte-level BPE bases as GGUF files, read back with the gguf package."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from namewright_trainer.base_gguf import convert_base
from namewright_trainer.base_model import open_folder
from namewright_trainer.byte_level import PRE_TOKENIZERS, read_byte_level
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.safetensors_file import SafetensorsFile

from .chat_bases import ARCHITECTURE_OF, CASES, make_chat_base
from .gguf_file import field, tensor
from .test_encoding import v3_file


@pytest.fixture(scope="session")
def chat_bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("chat")
    return {case: make_chat_base(folder / case, case) for case in CASES}


def convert(folder: Path, target: Path) -> gguf.GGUFReader:
    convert_base(open_folder(folder), target, "f32", lambda *_: None)
    return gguf.GGUFReader(target)


@pytest.mark.parametrize("case", CASES)
def test_writes_the_tokenizer_and_the_chat_format(
    case: str, chat_bases: dict[str, Path], tmp_path: Path
) -> None:
    from transformers import AutoTokenizer

    data, tokenizer = CASES[case], AutoTokenizer.from_pretrained(chat_bases[case])
    reader = convert(chat_bases[case], tmp_path / "base.gguf")
    tokens, types = field(reader, "tokenizer.ggml.tokens"), field(reader, "tokenizer.ggml.token_type")
    assert tokens[: len(tokenizer)] == tokenizer.convert_ids_to_tokens(range(len(tokenizer)))
    assert types[-3:] == [gguf.TokenType.UNUSED] * 3
    assert {tokens[at] for at, kind in enumerate(types) if kind == gguf.TokenType.CONTROL} == {
        text for text in (data["bos"], data["eos"], *data["controls"]) if text
    }
    assert field(reader, "tokenizer.ggml.model") == "gpt2"
    assert field(reader, "tokenizer.ggml.pre") == data["pre"]
    assert "tokenizer.ggml.scores" not in reader.fields
    assert field(reader, "tokenizer.chat_template") == data["template"]
    named = "namewright.chat_format" in reader.fields
    assert (field(reader, "namewright.chat_format") if named else "mistral-v3") == data["format"]
    with_system = "namewright.chat_system" in reader.fields
    assert (field(reader, "namewright.chat_system") if with_system else None) == data["system"]
    ends = {"llama3": "<|eot_id|>", "gemma": "<end_of_turn>"}
    assert tokens[field(reader, "tokenizer.ggml.eos_token_id")] == ends.get(case, data["eos"])
    assert ("tokenizer.ggml.bos_token_id" in reader.fields) == (data["bos"] is not None)


@pytest.mark.parametrize("case", ["qwen2", "qwen3"])
def test_keeps_the_order_of_qwens_queries_and_keys(
    case: str, chat_bases: dict[str, Path], tmp_path: Path
) -> None:
    reader = convert(chat_bases[case], tmp_path / "base.gguf")
    assert field(reader, "general.architecture") == case
    assert ARCHITECTURE_OF[case].lower() == case
    extra = {
        "qwen2": ("q_proj.bias", "attn_q.bias", "k_proj.bias", "attn_k.bias"),
        "qwen3": ("q_norm.weight", "attn_q_norm.weight", "k_norm.weight", "attn_k_norm.weight"),
    }[case]
    names = ("q_proj.weight", "attn_q.weight", "k_proj.weight", "attn_k.weight", *extra)
    with SafetensorsFile(chat_bases[case] / "model.safetensors") as source:
        for own, made in zip(names[::2], names[1::2], strict=True):
            expected = source.read(f"model.layers.1.self_attn.{own}")
            np.testing.assert_array_equal(tensor(reader, f"blk.1.{made}"), expected)


def test_refuses_qwen_without_its_biases(chat_bases: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "llama"
    shutil.copytree(chat_bases["qwen2"], folder)
    change(folder / "config.json", lambda config: config.update(architectures=["LlamaForCausalLM"]))
    with pytest.raises(TrainerFailure, match=r"attn_k\.bias"):
        convert(folder, tmp_path / "base.gguf")


def change(file: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    document = json.loads(file.read_text())
    edit(document)
    file.write_text(json.dumps(document))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda one: one["model"].update(type="Unigram"), "not a byte-level BPE"),
        (lambda one: one["model"].update(byte_fallback=True), "not a byte-level BPE"),
        (lambda one: one.update(normalizer={"type": "Lowercase"}), "not a byte-level BPE"),
        (lambda one: one.update(pre_tokenizer={"type": "Whitespace"}), "not a byte-level BPE"),
        (lambda one: one.update(pre_tokenizer=None), "not a byte-level BPE"),
        (lambda one: one["model"].update(merges=[1]), "isn't usable"),
        (
            lambda one: one.update(added_tokens=[{"id": 10**9, "content": "x", "special": True}]),
            "isn't usable",
        ),
        (lambda one: one.pop("added_tokens"), "isn't usable"),
        (lambda one: one.pop("model"), "isn't usable"),
    ],
)
def test_refuses_a_tokenizer_it_cannot_write(
    edit: Callable[[dict[str, Any]], object], said: str, chat_bases: dict[str, Path], tmp_path: Path
) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(chat_bases["qwen2"] / name, tmp_path / name)
    change(tmp_path / "tokenizer.json", edit)
    with pytest.raises(TrainerFailure, match=said):
        read_byte_level(tmp_path)


def test_refuses_a_folder_without_a_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(TrainerFailure, match=r"no tokenizer\.model or tokenizer\.json"):
        read_byte_level(tmp_path)


def test_reads_the_tokenizer_of_mistral_nemo(tmp_path: Path) -> None:
    from transformers.integrations.mistral import convert_tekken_tokenizer

    tokenizer = convert_tekken_tokenizer(str(v3_file().with_name("tekken_240911.json")))
    tokenizer.save_pretrained(tmp_path)
    found = read_byte_level(tmp_path)
    assert found.pre == "tekken"
    assert found.tokens[1:5] == ["<s>", "</s>", "[INST]", "[/INST]"]
    assert set(PRE_TOKENIZERS) == {data["pre"] for data in CASES.values()}
