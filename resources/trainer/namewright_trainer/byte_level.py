"""Reads a byte-level BPE tokenizer from `tokenizer.json`, as llama.cpp needs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf

from .base_model import read_json, special_tokens
from .failure import TrainerFailure

HINT = "Use an instruction-tuned Mistral, Llama 3, Qwen or SmolLM2 base model, or the embedded one."
# llama.cpp's names of the pre-tokenizers, and their steps before the bytes (convert_hf_to_gguf.py).
PRE_TOKENIZERS: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("pre_tokenizers.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class ByteLevelTokenizer:
    """`tokens` are by id, `merges` "left right", `pre` is llama.cpp's name of the pre-tokenizer."""

    tokens: list[str]
    types: list[int]
    merges: list[str]
    pre: str
    specials: dict[str, str | None]
    adds_bos: bool

    def is_control(self, text: str) -> bool:
        return text in self.tokens and self.types[self.tokens.index(text)] == gguf.TokenType.CONTROL


def read_byte_level(path: Path) -> ByteLevelTokenizer:
    """Raises TrainerFailure for a tokenizer that isn't a byte-level BPE known to llama.cpp."""
    if not (path / "tokenizer.json").is_file():
        raise TrainerFailure("missing", "the base model has no tokenizer.model or tokenizer.json", HINT)
    document = read_json(path / "tokenizer.json")
    try:
        model = document["model"]
        pre = _pre_name(document)
        if model["type"] != "BPE" or model.get("byte_fallback") or pre is None:
            hint = f"{HINT} A SentencePiece tokenizer needs its tokenizer.model."
            raise TrainerFailure(
                "bad-value",
                "the base model's tokenizer.json is not a byte-level BPE known to llama.cpp",
                hint,
            )
        tokens, types = _tokens(model["vocab"], document["added_tokens"])
        merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in model["merges"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise TrainerFailure("bad-value", f"{path / 'tokenizer.json'} isn't usable: {error!r}") from error
    specials = special_tokens(path, None, None)
    lacking = [text for text in specials.values() if text is not None and text not in tokens]
    if lacking:
        raise TrainerFailure("bad-value", f"the base model's tokenizer has no {lacking[0]} token", HINT)
    return ByteLevelTokenizer(
        tokens, types, merges, pre, specials, _adds_bos(document, path, specials["bos"])
    )


def _tokens(vocab: dict[str, int], added: list[dict[str, Any]]) -> tuple[list[str], list[int]]:
    """Returns all tokens by id and their types. An id that no token has becomes an unused one."""
    by_id = {number: (text, gguf.TokenType.NORMAL) for text, number in vocab.items()}
    for token in added:
        special = gguf.TokenType.CONTROL if token["special"] else gguf.TokenType.USER_DEFINED
        by_id[token["id"]] = (token["content"], special)
    if min(by_id) < 0 or max(by_id) > 2 * len(by_id):
        raise TypeError("the ids have gaps")
    listed = [
        by_id.get(number, (f"[PAD{number}]", gguf.TokenType.UNUSED)) for number in range(max(by_id) + 1)
    ]
    return [text for text, _ in listed], [int(kind) for _, kind in listed]


def _pre_name(document: dict[str, Any]) -> str | None:
    """Returns llama.cpp's name of the pre-tokenizer, or None if it isn't known."""
    normalizer = document.get("normalizer")
    # llama.cpp doesn't normalize. NFC leaves composed text as it is.
    if normalizer is not None and normalizer["type"] != "NFC":
        return None
    stored = document.get("pre_tokenizer") or {}
    steps = stored["pretokenizers"] if stored.get("type") == "Sequence" else [stored]
    names: list[str] = []
    is_byte_level = False
    for step in steps:
        kind = step.get("type")
        if kind == "Split" and step.get("behavior") == "Isolated" and not step.get("invert"):
            names.append(step["pattern"].get("Regex", ""))
        elif kind == "Digits" and step.get("individual_digits"):
            names.append("digits")
        elif kind == "ByteLevel" and not step.get("add_prefix_space"):
            is_byte_level = True
            names += ["words"] if step.get("use_regex", True) else []
        else:
            return None
    known = [name for name, expected in PRE_TOKENIZERS.items() if expected == names]
    return known[0] if is_byte_level and known else None


def _adds_bos(document: dict[str, Any], path: Path, bos: str | None) -> bool:
    """Whether the tokenizer itself puts BOS before a text."""
    file = path / "tokenizer_config.json"
    stated = read_json(file).get("add_bos_token") if file.is_file() else None
    if isinstance(stated, bool):
        return stated and bos is not None
    stored = document.get("post_processor") or {}
    steps = stored.get("processors", [stored])
    first = [step["single"][0] for step in steps if step.get("single")]
    return any(entry.get("SpecialToken", {}).get("id") == bos for entry in first) and bos is not None
