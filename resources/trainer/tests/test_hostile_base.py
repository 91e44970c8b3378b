"""What a damaged or lying base ends in: a failure that names the file, never a defect of ours."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from namewright_trainer.base_gguf import convert_base
from namewright_trainer.base_model import load_model, load_tokenizer, open_folder
from namewright_trainer.device import Plan
from namewright_trainer.failure import TrainerFailure

Header = dict[str, Any]
PLAN = Plan(device="cpu", dtype="float32", mixed_precision="no", four_bit=False, pin_memory=False)


@pytest.fixture
def copied(tiny_base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_base, tmp_path / "copied"))


def _lie(folder: Path, change: Callable[[Header], None]) -> None:
    path = folder / "model.safetensors"
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    change(header)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + content[8 + length :])


def _first(header: Header) -> Header:
    return next(entry for name, entry in header.items() if name != "__metadata__")


LIES: list[Callable[[Header], None]] = [
    lambda header: _first(header).update(data_offsets=[-8, 8]),
    lambda header: _first(header).update(data_offsets=[0, 2**40]),
    lambda header: _first(header).update(data_offsets="many"),
    lambda header: _first(header)["shape"].append(2),
    lambda header: _first(header).pop("dtype"),
    lambda header: header.update(more=[1]),
]


@pytest.mark.parametrize("lie", LIES)
def test_converter_and_trainer_reject_inconsistent_safetensors(
    copied: Path, tmp_path: Path, lie: Callable[[Header], None]
) -> None:
    _lie(copied, lie)
    with pytest.raises(TrainerFailure, match=r"model\.safetensors is not a usable") as converting:
        convert_base(open_folder(copied), tmp_path / "out.gguf", "f16", lambda *_: None)
    assert converting.value.code == "bad-value"
    with pytest.raises(TrainerFailure, match=r"the weights in .*copied can't be loaded") as loading:
        load_model(open_folder(copied), PLAN)
    assert loading.value.code == "bad-value"


def test_rejects_a_header_longer_than_the_file_before_reading_it(copied: Path, tmp_path: Path) -> None:
    (copied / "model.safetensors").write_bytes(struct.pack("<Q", 2**36) + b"{}")
    with pytest.raises(TrainerFailure, match="its header claims 68719476736 bytes, but the file has 10"):
        convert_base(open_folder(copied), tmp_path / "out.gguf", "f16", lambda *_: None)


def test_a_tokenizer_without_added_tokens_is_a_bad_file(copied: Path) -> None:
    path = copied / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    del tokenizer["added_tokens"]
    path.write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(TrainerFailure, match=r"the tokenizer in .*copied can't be loaded") as failure:
        load_tokenizer(open_folder(copied))
    assert failure.value.code == "bad-value"


@pytest.mark.parametrize(
    ("name", "value"),
    [("vocab_size", 2**53), ("hidden_size", "many"), ("num_hidden_layers", None), ("rms_norm_eps", None)],
)
def test_converter_rejects_an_absurd_config(copied: Path, tmp_path: Path, name: str, value: object) -> None:
    path = copied / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, name: value}), encoding="utf-8")
    with pytest.raises(TrainerFailure, match=rf"config\.json.*{name}") as failure:
        convert_base(open_folder(copied), tmp_path / "out.gguf", "f16", lambda *_: None)
    assert failure.value.code == "bad-value"


@pytest.mark.parametrize("text", ["{", "[]", "[" * 100_000])
def test_a_config_that_is_not_a_json_object_is_a_bad_file(copied: Path, text: str) -> None:
    (copied / "config.json").write_text(text, encoding="utf-8")
    with pytest.raises(TrainerFailure, match=r"config\.json is not") as failure:
        open_folder(copied)
    assert failure.value.code == "bad-value"


def test_running_out_of_memory_while_loading_is_not_a_bad_file(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import AutoModelForCausalLM

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 1 bytes")

    monkeypatch.setattr(AutoModelForCausalLM, "from_pretrained", fail)
    with pytest.raises(RuntimeError, match="not enough memory"):
        load_model(open_folder(copied), PLAN)
