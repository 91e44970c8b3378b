"""Writes the Hugging Face folder of a base model whose weights and tokenizer are in a GGUF file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf

from .byte_level import PRE_TOKENIZERS
from .failure import TrainerFailure

HINT = "Use a Hugging Face folder of this model instead."
TOKENIZER = "tokenizer.json"


def write_dequantized(source: Path, folder: Path) -> None:
    """Writes weights in float16, configuration and tokenizer into a new folder.

    In float16, training and an f16 GGUF of the folder use exactly the same weights.
    Raises TrainerFailure if the file isn't a Llama with SmolLM's tokenizer and a chat template.
    """
    refuse_unknown(source)

    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    model = AutoModelForCausalLM.from_pretrained(
        source.parent,
        gguf_file=source.name,
        dtype=torch.float16,
        quantization_config=GgufConfig(dequantize=True),
    )
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name).save_pretrained(
        folder, save_jinja_files=False
    )
    file = folder / TOKENIZER
    document = split_digits(json.loads(file.read_text(encoding="utf-8")))
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def refuse_unknown(source: Path) -> None:
    """Raises TrainerFailure for a file whose tokenizer this module can't restore."""
    try:
        reader = gguf.GGUFReader(source)
    except (ValueError, OSError, IndexError) as error:
        raise TrainerFailure("bad-value", f"{source} isn't a GGUF file: {error}", HINT) from error
    wanted = {"general.architecture": "llama", "tokenizer.ggml.pre": "smollm"}
    for name, value in wanted.items():
        found = _text(reader, name)
        if found != value:
            raise TrainerFailure("bad-value", f"{source}: {name} is {found}, not {value}", HINT)
    if _text(reader, "tokenizer.chat_template") is None:
        raise TrainerFailure("bad-value", f"{source} has no chat template", HINT)


def split_digits(document: dict[str, Any]) -> dict[str, Any]:
    """Returns a tokenizer.json with SmolLM's pre-tokenizer, which reads each digit alone.

    transformers may drop the step for digits when it reads the tokenizer from a GGUF file.
    """
    words = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    steps = {"digits": {"type": "Digits", "individual_digits": True}, "words": words}
    chosen = [steps[name] for name in PRE_TOKENIZERS["smollm"]]
    return {**document, "pre_tokenizer": {"type": "Sequence", "pretokenizers": chosen}}


def _text(reader: gguf.GGUFReader, name: str) -> str | None:
    field = reader.get_field(name)
    return None if field is None else str(field.contents())
