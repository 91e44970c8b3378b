"""Makes the base: tokenizer, then pre-training, then safetensors and GGUF."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from .corpus import documents
from .pretrain import Recipe, pretrain
from .save import save_base
from .tokenizer import learn_merges, save_tokenizer

VOCABULARY = 4608
TOKENIZER_DOCUMENTS = 60_000
# 5 control pieces, 256 bytes, 94 printable characters and the space mark
_FIXED_PIECES = 5 + 256 + 94 + 1


def build_tokenizer(folder: Path, seed: int) -> None:
    """Learns the merges from text of another seed than the training text's."""
    texts = (f"{d.prompt or ''}\n{d.completion}" for d in documents(seed + 10_000, TOKENIZER_DOCUMENTS))
    save_tokenizer(learn_merges(texts, VOCABULARY - _FIXED_PIECES), folder)


def build(out: Path, work: Path, seed: int, minutes: float | None, steps: int | None, threads: int) -> None:
    """Writes a whole base to `out`; `work` keeps the checkpoint, so that a stopped build goes on."""
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "tokenizer.json").exists():
        build_tokenizer(work, seed)
    recipe = Recipe(seed=seed, minutes=minutes, steps=steps, threads=threads)
    model, place = pretrain(work, work, recipe)
    save_base(model, out)
    for name in ("tokenizer.json", "tokenizer_config.json", "tokenizer.model"):
        (out / name).write_bytes((work / name).read_bytes())
    made = {**asdict(recipe), "steps": place["steps"], "tokens": place["tokens"], "seconds": round(place["seconds"])}
    (out / "recipe.json").write_text(json.dumps(made, indent=2) + "\n")
