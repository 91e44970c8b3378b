"""Conversion to GGUF, read back with the gguf package."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
from sentencepiece import SentencePieceProcessor

from namewright_trainer import gguf_tensors
from namewright_trainer.base_gguf import convert_base, plan_tensors, rope_theta
from namewright_trainer.base_model import open_folder
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.safetensors_file import SafetensorsFile
from namewright_trainer.sentencepiece_model import read_sentencepiece

from .gguf_file import field, tensor
from .mistral_folder import HEADS, HIDDEN, KEY_VALUE_HEADS, LAYERS
from .test_encoding import v3_file
from .tiny_base import TEMPLATE, make_tiny_base

PACKAGE = Path(__file__).resolve().parents[1]


def read_source(folder: Path, name: str) -> np.ndarray:
    for shard in open_folder(folder).shards:
        with SafetensorsFile(shard) as tensors:
            if name in tensors.names():
                values = tensors.read(name)
                return (
                    (values.astype(np.uint32) << 16).view(np.float32) if values.dtype == np.uint16 else values
                )
    raise AssertionError(name)


def convert(folder: Path, target: Path, precision: str) -> gguf.GGUFReader:
    convert_base(open_folder(folder), target, precision, lambda *_: None)
    return gguf.GGUFReader(target)


@pytest.fixture(scope="session")
def mistral_gguf(
    mistral_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], gguf.GGUFReader]:
    """The Mistral-shaped folder in a precision, each converted once."""
    target = tmp_path_factory.mktemp("gguf")
    return functools.cache(lambda precision: convert(mistral_folder, target / f"{precision}.gguf", precision))


Converted = Callable[[str], gguf.GGUFReader]


def test_converts_a_complete_mistral_folder(mistral_folder: Path, mistral_gguf: Converted) -> None:
    reader = mistral_gguf("f32")
    assert field(reader, "general.architecture") == "llama"
    assert field(reader, "llama.rope.freq_base") == 1e6
    assert field(reader, "llama.attention.head_count_kv") == KEY_VALUE_HEADS
    assert field(reader, "llama.context_length") == 32768
    assert len(reader.tensors) == 3 + 9 * LAYERS
    head = read_source(mistral_folder, "lm_head.weight")
    np.testing.assert_array_equal(tensor(reader, "output.weight"), head)
    up = read_source(mistral_folder, "model.layers.1.mlp.up_proj.weight")
    np.testing.assert_array_equal(tensor(reader, "blk.1.ffn_up.weight"), up)


def test_queries_and_keys_are_permuted_head_by_head(mistral_folder: Path, mistral_gguf: Converted) -> None:
    reader = mistral_gguf("f32")
    for part, name, heads in (("q_proj", "attn_q", HEADS), ("k_proj", "attn_k", KEY_VALUE_HEADS)):
        source = read_source(mistral_folder, f"model.layers.0.self_attn.{part}.weight")
        made = tensor(reader, f"blk.0.{name}.weight")
        width = HIDDEN // HEADS
        for head in range(heads):
            # llama.cpp rotates neighbours (2i, 2i + 1) where Hugging Face rotates (i, i + width / 2).
            rows = source[head * width : (head + 1) * width]
            np.testing.assert_array_equal(made[head * width : (head + 1) * width][0::2], rows[: width // 2])
            np.testing.assert_array_equal(made[head * width : (head + 1) * width][1::2], rows[width // 2 :])


def test_the_tokenizer_is_written_exactly(mistral_gguf: Converted) -> None:
    reader = mistral_gguf("q8_0")
    reference = SentencePieceProcessor(model_file=str(v3_file()))
    tokens = field(reader, "tokenizer.ggml.tokens")
    scores = field(reader, "tokenizer.ggml.scores")
    types = field(reader, "tokenizer.ggml.token_type")
    assert len(tokens) == reference.vocab_size() == 32768
    for number in [*range(1100), *range(1100, 32768, 37)]:
        assert tokens[number] == reference.id_to_piece(number)
        assert scores[number] == pytest.approx(reference.get_score(number))
        assert (types[number] == gguf.TokenType.CONTROL) == reference.is_control(number)
        assert (types[number] == gguf.TokenType.BYTE) == reference.is_byte(number)
    assert tokens[3:5] == ["[INST]", "[/INST]"]
    assert field(reader, "tokenizer.ggml.add_space_prefix") is True
    assert field(reader, "tokenizer.ggml.add_bos_token") is True
    assert field(reader, "tokenizer.ggml.eos_token_id") == 2
    assert field(reader, "tokenizer.chat_template") == TEMPLATE


@pytest.mark.parametrize(("precision", "worst"), [("f16", 2e-3), ("bf16", 0), ("q8_0", 0.02), ("q4_0", 0.4)])
def test_precisions_keep_weights_as_close_as_possible(
    mistral_folder: Path, mistral_gguf: Converted, precision: str, worst: float
) -> None:
    reader = mistral_gguf(precision)
    source = read_source(mistral_folder, "model.layers.0.mlp.down_proj.weight")
    error = np.abs(tensor(reader, "blk.0.ffn_down.weight") - source)
    assert error.max() <= worst * 2
    assert error.mean() <= worst / 2
    norm = next(entry for entry in reader.tensors if entry.name == "blk.0.attn_norm.weight")
    assert norm.tensor_type == gguf.GGMLQuantizationType.F32
    head = next(entry for entry in reader.tensors if entry.name == "output.weight")
    expected = "q8_0" if precision == "q4_0" else precision
    assert head.tensor_type.name.lower() == expected


def test_memory_stays_close_to_one_tensor(tmp_path: Path) -> None:
    """A folder of 200 MB whose tensors have up to 25 MB takes less than 100 MB more than one of 200 kB."""
    folder, width, inner, layers = tmp_path / "wide", 2048, 6144, 2
    folder.mkdir()
    listed = {"model.embed_tokens.weight": (400, width), "model.norm.weight": (width,)}
    for layer in range(layers):
        name = f"model.layers.{layer}"
        listed |= {f"{name}.self_attn.{part}_proj.weight": (width, width) for part in "qkvo"}
        listed |= {f"{name}.mlp.{part}_proj.weight": (inner, width) for part in ("gate", "up")}
        listed |= {f"{name}.mlp.down_proj.weight": (width, inner)}
        listed |= {f"{name}.{part}_layernorm.weight": (width,) for part in ("input", "post_attention")}
    config = {
        "architectures": ["MistralForCausalLM"],
        "hidden_size": width,
        "intermediate_size": inner,
        "num_hidden_layers": layers,
        "num_attention_heads": 16,
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-5,
        "rope_parameters": {"rope_type": "default", "rope_theta": 1e6},
        "tie_word_embeddings": True,
        "vocab_size": 400,
    }
    write_zeros(folder / "model.safetensors", listed)
    (folder / "config.json").write_text(json.dumps(config))
    small = make_tiny_base(tmp_path / "small")
    shutil.copyfile(small / "tokenizer.model", folder / "tokenizer.model")
    baseline, peak = converted_peak(small, tmp_path), converted_peak(folder, tmp_path)
    assert (folder / "model.safetensors").stat().st_size > 200e6
    assert peak - baseline < 100e6


def write_zeros(path: Path, listed: dict[str, tuple[int, ...]]) -> None:
    """A bfloat16 safetensors file of zeros, made without holding it in memory."""
    header, at = {}, 0
    for name, shape in listed.items():
        size = 2 * int(np.prod(shape))
        header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + at)


def converted_peak(folder: Path, tmp_path: Path) -> int:
    """Peak resident bytes of a process that converts `folder` to f16."""
    words = [
        "convert-base",
        "--base",
        str(folder),
        "--out",
        str(tmp_path / "out.gguf"),
        "--precision",
        "f16",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "namewright_trainer", *words],
        cwd=PACKAGE,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.strip().split("\n")[-1])["peakRssBytes"]


def test_omits_a_head_tied_to_the_embedding(tmp_path: Path) -> None:
    reader = convert(make_tiny_base(tmp_path / "tied", tied=True), tmp_path / "tied.gguf", "f16")
    names = [entry.name for entry in reader.tensors]
    assert "token_embd.weight" in names
    assert "output.weight" not in names
    assert field(reader, "llama.rope.freq_base") == 1e6


def test_fills_missing_pieces_of_the_vocabulary_as_unused(tiny_base: Path, tmp_path: Path) -> None:
    reader = convert(tiny_base, tmp_path / "tiny.gguf", "f16")
    size = open_folder(tiny_base).config["vocab_size"]
    assert len(field(reader, "tokenizer.ggml.tokens")) == size
    assert field(reader, "tokenizer.ggml.token_type")[-1] == gguf.TokenType.UNUSED


@pytest.mark.parametrize(
    ("config", "theta"),
    [
        ({"rope_theta": 1e6}, 1e6),
        ({"rope_parameters": {"rope_type": "default", "rope_theta": 5e5}}, 5e5),
        ({}, 1e4),
    ],
)
def test_finds_the_rotary_base_in_old_and_new_configurations(config: dict[str, Any], theta: float) -> None:
    assert rope_theta(config) == theta


def test_rejects_a_scaled_rotary_embedding() -> None:
    with pytest.raises(TrainerFailure, match="yarn"):
        rope_theta({"rope_parameters": {"rope_type": "yarn", "rope_theta": 1e6}})


def test_rejects_folders_that_are_not_a_base(tmp_path: Path, tiny_base: Path) -> None:
    with pytest.raises(TrainerFailure, match="no base model"):
        open_folder(tmp_path)
    pickled = tmp_path / "pickled"
    shutil.copytree(tiny_base, pickled)
    (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
    with pytest.raises(TrainerFailure, match="pickle"):
        open_folder(pickled)
    other = tmp_path / "other"
    shutil.copytree(tiny_base, other)
    (other / "config.json").write_text(json.dumps({"architectures": ["GPT2LMHeadModel"]}))
    with pytest.raises(TrainerFailure, match="GPT2LMHeadModel"):
        open_folder(other)


def test_rejects_a_truncated_shard_and_leaves_no_file(tiny_base: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut"
    shutil.copytree(tiny_base, cut)
    whole = (cut / "model.safetensors").read_bytes()
    (cut / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TrainerFailure, match="ends in the middle"):
        convert(cut, tmp_path / "cut.gguf", "f16")
    assert not (tmp_path / "cut.gguf").exists()


def test_the_sentencepiece_reader_agrees_with_sentencepiece() -> None:
    model, reference = read_sentencepiece(v3_file()), SentencePieceProcessor(model_file=str(v3_file()))
    assert model.add_dummy_prefix
    assert [piece.text.decode() for piece in model.pieces] == [
        reference.id_to_piece(number) for number in range(reference.vocab_size())
    ]


def test_the_map_of_names_is_built_once_a_model(monkeypatch: pytest.MonkeyPatch, tiny_base: Path) -> None:
    built, real = [], gguf.get_tensor_name_map
    monkeypatch.setattr(gguf, "get_tensor_name_map", lambda *words: built.append(words) or real(*words))
    gguf_tensors._names.cache_clear()
    assert len(plan_tensors(open_folder(tiny_base), "f16")) > 20
    assert len(built) == 1
