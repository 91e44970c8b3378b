"""Tokenizers with the chat templates of known models, trained on a few lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .tiny_base import pieces, write_sentencepiece, write_tokenizer

DATA = json.loads(Path(__file__).with_name("chat_templates.json").read_text(encoding="utf-8"))
# The templates of the models, with their branches for tools left out.
CASES: dict[str, dict[str, Any]] = DATA["cases"]
MISTRAL_V1: str = DATA["mistralV1"]
UNKNOWN: str = DATA["unknown"]
LINES = (
    "Suggest five domain names for this business: a small bakery in the old town",
    "user system assistant model the shop sells bicycles, candles and coffee in town",
    "bakery-hub garden-lab guitar-box candle-way bicycle-den coffee-shop don't it's 24/7",
)

# The pre-tokenizers of the models, by their names in llama.cpp.
DIGITS = r"\p{N}{1,3}"
WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
TEKKEN_REGEX = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
REGEXES = {
    "llama-bpe": WORDS + DIGITS + REST,
    "qwen2": WORDS + r"\p{N}" + REST,
    "tekken": TEKKEN_REGEX,
}


def pre_tokenizer(name: str) -> Any:
    from tokenizers import Regex, pre_tokenizers

    if name == "smollm":
        digits = pre_tokenizers.Digits(individual_digits=True)
        return pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    split = pre_tokenizers.Split(Regex(REGEXES[name]), behavior="isolated")
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    return pre_tokenizers.Sequence([split, byte_level])


def write_byte_level(folder: Path, case: str, pre: str | None = None) -> Any:
    """Writes the tokenizer of a case of CASES with byte-level BPE, and returns it."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    data = CASES[case]
    bos, eos = data["bos"], data["eos"]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer(pre or data["pre"])
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    controls = [text for text in (bos, eos, *data["controls"]) if text]
    trainer = trainers.BpeTrainer(
        vocab_size=400, initial_alphabet=alphabet, special_tokens=controls, show_progress=False
    )
    tokenizer.train_from_iterator(LINES, trainer)
    tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in controls])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token=bos, eos_token=eos, clean_up_tokenization_spaces=False
    )
    fast.chat_template = data["template"]
    folder.mkdir(parents=True, exist_ok=True)
    fast.save_pretrained(folder)
    return fast


# The case's architecture, as the tiny random bases have it.
ARCHITECTURE_OF = {
    "tekken": "Mistral",
    "smollm2": "Llama",
    "qwen2": "Qwen2",
    "qwen3": "Qwen3",
    "llama3": "Llama",
    "gemma": "Llama",
    "mistral-v1": "Mistral",
}


def write_v1(folder: Path) -> Any:
    """Writes a SentencePiece tokenizer in which [INST] is plain text, and returns it."""
    from transformers import AutoTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    listed = [piece for piece in pieces() if piece[0] not in ("[INST]", "[/INST]")]
    write_sentencepiece(folder / "tokenizer.model", listed)
    write_tokenizer(folder, listed)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.chat_template = MISTRAL_V1
    tokenizer.save_pretrained(folder)
    return tokenizer


def make_chat_base(folder: Path, case: str, seed: int = 0) -> Path:
    """Writes a random base of a few thousand weights with the case's tokenizer."""
    import torch
    import transformers

    tokenizer = write_v1(folder) if case == "mistral-v1" else write_byte_level(folder, case)
    kind = ARCHITECTURE_OF[case]
    torch.manual_seed(seed)
    config = getattr(transformers, f"{kind}Config")(
        # Beyond the tokenizer's, as in Qwen.
        vocab_size=len(tokenizer) + 3,
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=32 if kind == "Qwen3" else 16,
        max_position_embeddings=512,
        rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6},
        tie_word_embeddings=case == "smollm2",
        initializer_range=0.2,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    model = getattr(transformers, f"{kind}ForCausalLM")(config)
    for name, weight in model.named_parameters():
        # Biases and norms are zeros and ones at first, so a lost or exchanged one would not show.
        if name.endswith("bias") or "norm" in name:
            torch.nn.init.normal_(weight, mean=0.0 if name.endswith("bias") else 1.0, std=0.3)
    model.save_pretrained(folder)
    return folder
