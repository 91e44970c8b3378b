"""Builds the base model: tokenizer, pretraining, safetensors and GGUF."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from transformers import PreTrainedTokenizerFast

from .corpus import documents
from .lower_case import ignore_case
from .pretrain import Recipe, pretrain
from .save import save_base
from .tokenizer import learn_merges, save_tokenizer

VOCABULARY = 4608
TOKENIZER_DOCUMENTS = 60_000
# 5 control pieces, 256 bytes, 94 printable characters and the space mark
_FIXED_PIECES = 5 + 256 + 94 + 1


def build_tokenizer(folder: Path, seed: int, documents_read: int = TOKENIZER_DOCUMENTS) -> None:
    """Learns the merges from text with a different seed than the training text."""
    texts = (f"{d.prompt or ''}\n{d.completion}" for d in documents(seed + 10_000, documents_read))
    save_tokenizer(learn_merges(texts, VOCABULARY - _FIXED_PIECES), folder)


def build(out: Path, work: Path, seed: int, minutes: float | None, steps: int | None, processes: int) -> None:
    """Writes a whole base model to `out`; `work` keeps the checkpoint, so a stopped build can resume."""
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "tokenizer.json").exists():
        build_tokenizer(work, seed)
    recipe = Recipe(seed=seed, minutes=minutes, steps=steps, processes=processes)
    model, place = pretrain(work, work, recipe)
    ignore_case(model, PreTrainedTokenizerFast.from_pretrained(work))
    save_base(model, out)
    for name in ("tokenizer.json", "tokenizer_config.json", "tokenizer.model"):
        (out / name).write_bytes((work / name).read_bytes())
    made = {
        **asdict(recipe),
        "steps": place["steps"],
        "tokens": place["tokens"],
        "seconds": round(place["seconds"]),
    }
    (out / "recipe.json").write_text(json.dumps(made, indent=2) + "\n")
    write_gguf(out)


def write_gguf(folder: Path) -> None:
    """Writes model-f16.gguf beside the safetensors, with the trainer's converter."""
    trainer = Path(__file__).resolve().parent.parent / "trainer"
    command = [sys.executable, "-m", "namewright_trainer", "convert-base", "--precision", "f16"]
    command += ["--base", str(folder), "--out", str(folder / "model-f16.gguf")]
    subprocess.run(
        command, check=True, env={**os.environ, "PYTHONPATH": str(trainer)}, stdout=subprocess.DEVNULL
    )
