"""Writes bases that can be used and bases that can't, and what conversion and training say about each:

python -m tests.base_matrix FOLDER
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from namewright_trainer.base_gguf import check_convertible, convert_base
from namewright_trainer.base_model import load_tokenizer, open_folder
from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.failure import TrainerFailure

from .chat_bases import ARCHITECTURE_OF, CASES, DATA, make_chat_base
from .tiny_base import make_tiny_base

Edit = Callable[[dict[str, Any]], object]


def _not_special(tokenizer: dict[str, Any]) -> None:
    for token in tokenizer["added_tokens"]:
        token["special"] = token["content"] != "<|im_end|>"


# Name: (the good base, its file, what is changed in it; None removes the file).
BAD: dict[str, tuple[str, str, Edit | None]] = {
    "scaled positions": (
        "llama3",
        "config.json",
        lambda one: one.update(rope_scaling={"rope_type": "llama3"}),
    ),
    "sliding window": ("qwen2", "config.json", lambda one: one.update(use_sliding_window=True)),
    "no context length": ("qwen2", "config.json", lambda one: one.pop("max_position_embeddings")),
    "no epsilon": ("qwen2", "config.json", lambda one: one.pop("rms_norm_eps")),
    "unknown architecture": (
        "qwen2",
        "config.json",
        lambda one: one.update(architectures=["PhiForCausalLM"]),
    ),
    "biases of Qwen 2": ("qwen2", "config.json", lambda one: one.update(architectures=["LlamaForCausalLM"])),
    "norms of Qwen 3": ("qwen3", "config.json", lambda one: one.update(architectures=["Qwen2ForCausalLM"])),
    "no biases": ("smollm2", "config.json", lambda one: one.update(architectures=["Qwen2ForCausalLM"])),
    "no tokenizer": ("qwen2", "tokenizer.json", None),
    "SentencePiece without tokenizer.model": ("tiny", "tokenizer.model", None),
    "lower case": ("qwen2", "tokenizer.json", lambda one: one.update(normalizer={"type": "Lowercase"})),
    "unknown words": (
        "qwen2",
        "tokenizer.json",
        lambda one: one.update(pre_tokenizer={"type": "Whitespace"}),
    ),
    "no pre-tokenizer": ("qwen2", "tokenizer.json", lambda one: one.update(pre_tokenizer=None)),
    "control token as text": ("qwen2", "tokenizer.json", _not_special),
    "configuration that is not JSON": ("qwen2", "tokenizer_config.json", lambda one: one.clear()),
    "no BOS": ("tekken", "tokenizer_config.json", lambda one: one.pop("bos_token")),
    "no template": ("qwen2", "chat_template.jinja", None),
}
# Name: (the good base, its template).
BAD_TEMPLATES = {
    "unknown template": ("qwen2", DATA["unknown"]),
    "template that raises": ("qwen2", "{{ raise_exception('no') }}"),
    "template that is cut off": ("qwen2", CASES["qwen2"]["template"][:-10]),
    "template with range": ("qwen2", "{% for at in range(9) %}{% endfor %}" + CASES["qwen2"]["template"]),
    "template of another base": ("qwen2", CASES["llama3"]["template"]),
    "empty template": ("tiny", " "),
    "ChatML without its tokens": ("tiny", CASES["qwen2"]["template"]),
}


def write_matrix(folder: Path) -> dict[str, dict[str, str | None]]:
    """Returns by base: why conversion and training refuse it, or None."""
    good = {case: make_chat_base(folder / case, case) for case in ARCHITECTURE_OF}
    good["tiny"] = make_tiny_base(folder / "tiny")
    _copy(good["tiny"], folder / "tiny without a template", "chat_template.jinja").unlink()
    for name, (source, file, edit) in BAD.items():
        path = _copy(good[source], folder / name, file)
        if edit is None:
            path.unlink()
            continue
        document = json.loads(path.read_text(encoding="utf-8"))
        edit(document)
        path.write_text(json.dumps(document) if document else "{", encoding="utf-8")
    for name, (source, template) in BAD_TEMPLATES.items():
        _copy(good[source], folder / name, "chat_template.jinja").write_text(template, encoding="utf-8")
    return {
        path.name: {"conversion": refusal(convert, path), "training": refusal(encode, path)}
        for path in sorted(folder.iterdir())
    }


def _copy(source: Path, target: Path, file: str) -> Path:
    shutil.copytree(source, target)
    return target / file


def convert(path: Path) -> None:
    convert_base(open_folder(path), path / "base.gguf", "f32", lambda *_: None)
    (path / "base.gguf").unlink()


def encode(path: Path) -> None:
    folder = open_folder(path)
    check_convertible(folder)
    PromptEncoder(load_tokenizer(folder), "{description}")


def refusal(attempt: Callable[[Path], None], path: Path) -> str | None:
    try:
        attempt(path)
    except TrainerFailure as failure:
        return failure.message
    return None


if __name__ == "__main__":
    target = Path(sys.argv[1])
    print(json.dumps(write_matrix(target)))
