"""K-quants by an external llama-quantize, of which these tests have only a stand-in."""

from __future__ import annotations

import sys
from pathlib import Path

import gguf
import pytest

from namewright_trainer.__main__ import BASE_PRECISIONS
from namewright_trainer.base_model import open_folder
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.gguf_tensors import PRECISIONS
from namewright_trainer.quantize import K_QUANTS, convert

COPY = """
import shutil, sys
source, target, kind = sys.argv[1:]
assert kind == "Q4_K_M", kind
print("[   1/   2]  output.weight - [64, 400], type = f16, converting to q6_K .. size = 1 MiB")
print("[   2/   2]  token_embd.weight - [64, 400], type = f16, converting to q4_K .. size = 1 MiB")
shutil.copyfile(source, target)
"""
FAIL = """
import sys
print("llama_model_quantize: failed to quantize: odd tensor width")
sys.exit(1)
"""


def stand_in(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "my-quantize"
    program.write_text(f"#!{sys.executable}\n{text}")
    program.chmod(0o755)
    monkeypatch.setenv("LLAMA_QUANTIZE", str(program))


def test_a_k_quant_is_made_from_f16(tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, COPY, monkeypatch)
    told: list[tuple[int, int]] = []
    convert(open_folder(tiny_base), tmp_path / "out.gguf", "q4_k_m", lambda *words: told.append(words))
    assert len(gguf.GGUFReader(tmp_path / "out.gguf").tensors) > 10
    assert told[-2:] == [(1, 2), (2, 2)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my-quantize", "out.gguf"]


def test_a_missing_llama_quantize_is_explained_before_anything_is_converted(
    tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LLAMA_QUANTIZE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    told: list[tuple[int, int]] = []
    with pytest.raises(TrainerFailure, match="llama-quantize not found") as caught:
        convert(open_folder(tiny_base), tmp_path / "out.gguf", "q6_k", lambda *words: told.append(words))
    assert "LLAMA_QUANTIZE" in str(caught.value.hint)
    assert told == []
    monkeypatch.setenv("LLAMA_QUANTIZE", str(tmp_path / "none"))
    with pytest.raises(TrainerFailure, match="which isn't a program"):
        convert(open_folder(tiny_base), tmp_path / "out.gguf", "q6_k", lambda *_: None)


def test_a_failed_llama_quantize_leaves_no_file(
    tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, FAIL, monkeypatch)
    with pytest.raises(TrainerFailure, match="odd tensor width"):
        convert(open_folder(tiny_base), tmp_path / "out.gguf", "q4_k_m", lambda *_: None)
    assert [path.name for path in tmp_path.iterdir()] == ["my-quantize"]


def test_the_command_line_offers_every_precision() -> None:
    assert [*PRECISIONS, *K_QUANTS] == BASE_PRECISIONS
