"""A random Mistral of a few thousand weights with a tokenizer in v0.3's layout, made in a second."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from pathlib import Path

SPECIALS = ("<unk>", "<s>", "</s>", "[INST]", "[/INST]")
CHARACTERS = "▁abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.,:'/[]<>()"
WORDS = ("ab", "er", "ing", "th", "the", "shop", "sh", "op")
UNKNOWN, CONTROL, BYTE, NORMAL = 2, 3, 6, 1
TEMPLATE = "{{ bos_token }}{% for m in messages %}[INST] {{ m['content'] }}[/INST]{% endfor %}"


def pieces() -> list[tuple[str, float, int]]:
    """(text, score, type), ids 0–4 the control tokens, then 256 bytes, merged pieces and characters."""
    listed = [(text, 0.0, UNKNOWN if text == "<unk>" else CONTROL) for text in SPECIALS]
    listed += [(f"<0x{byte:02X}>", 0.0, BYTE) for byte in range(256)]
    listed += [(word, -float(rank), NORMAL) for rank, word in enumerate(WORDS)]
    return listed + [(text, -100.0 - rank, NORMAL) for rank, text in enumerate(CHARACTERS)]


def write_sentencepiece(
    path: Path, listed: Iterable[tuple[str, float, int]], add_dummy_prefix: bool = True
) -> None:
    """A ModelProto by hand: pieces, trainer_spec (BPE with byte fallback) and normalizer_spec."""

    def varint(value: int) -> bytes:
        out = bytearray()
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes([*out, value])

    def field(number: int, payload: bytes) -> bytes:
        return varint(number << 3 | 2) + varint(len(payload)) + payload

    def flag(number: int, value: int) -> bytes:
        return varint(number << 3) + varint(value)

    message = b""
    for text, score, kind in listed:
        encoded = field(1, text.encode()) + varint(2 << 3 | 5) + struct.pack("<f", score) + flag(3, kind)
        message += field(1, encoded)
    message += field(2, flag(3, 2) + flag(35, 1))
    message += field(3, field(1, b"identity") + flag(3, int(add_dummy_prefix)) + flag(4, 0))
    path.write_bytes(message)


def write_tokenizer(folder: Path, listed: list[tuple[str, float, int]]) -> None:
    """tokenizer.json and tokenizer_config.json of the same pieces, as Mistral v0.3 has them."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers
    from transformers import PreTrainedTokenizerFast

    vocabulary = {text: number for number, (text, _, _) in enumerate(listed)}
    normal = [(text, score) for text, score, kind in listed if kind == NORMAL]
    merges = derived_merges(vocabulary, [text for text, _ in sorted(normal, key=lambda piece: -piece[1])])
    tokenizer = Tokenizer(
        models.BPE(vocab=vocabulary, merges=merges, unk_token="<unk>", byte_fallback=True, fuse_unk=True)
    )
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    control = [text for text, _, kind in listed if kind in (UNKNOWN, CONTROL)]
    tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in control])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
        clean_up_tokenization_spaces=False,
    )
    fast.chat_template = TEMPLATE
    fast.save_pretrained(folder)


def derived_merges(vocabulary: dict[str, int], normal: list[str]) -> list[tuple[str, str]]:
    """Every split of a piece into two, pieces in the order of their scores: BPE then merges as SentencePiece
    does. (v0.3 gives runs of spaces the lowest score of all.)
    """
    merges = []
    for text in normal:
        splits = [(text[:at], text[at:]) for at in range(1, len(text))]
        known = [pair for pair in splits if pair[0] in vocabulary and pair[1] in vocabulary]
        merges += sorted(known, key=lambda pair: (vocabulary[pair[0]], vocabulary[pair[1]]))
    return merges


def make_tiny_base(folder: Path, tied: bool = False, seed: int = 0) -> Path:
    import torch
    from transformers import MistralConfig, MistralForCausalLM

    folder.mkdir(parents=True, exist_ok=True)
    listed = pieces()
    write_sentencepiece(folder / "tokenizer.model", listed)
    write_tokenizer(folder, listed)
    torch.manual_seed(seed)
    config = MistralConfig(
        vocab_size=len(listed) + 3,
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        rope_theta=1e6,
        sliding_window=None,
        tie_word_embeddings=tied,
        initializer_range=0.2,
    )
    MistralForCausalLM(config).save_pretrained(folder)
    return folder


def write_rows(path: Path, count: int = 40) -> Path:
    """Rows of which every fifth is a refusal and every tenth (and the row after it) is validated on."""
    nouns = ("bakery", "garden", "guitar", "candle", "bicycle", "coffee")
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, count + 1):
            noun = nouns[number % len(nouns)]
            refusal = number % 5 == 0
            names = [f"{noun}-{word}" for word in ("hub", "lab", "box", "way", "den")]
            row = {
                "row": number,
                "description": f"{'Fake' if refusal else 'A small'} {noun} in town, number {number}",
                "suggestions": [] if refusal else names,
                "group": f"g{number}",
                "side": "validation" if number % 10 in (0, 1) else "train",
            }
            file.write(json.dumps(row) + "\n")
    return path
