"""The tokenizer of a base as GGUF metadata: SentencePiece, or byte-level BPE of a `tokenizer.json`.

The chat format is written by its name, so that the engine uses the same pieces as the trainer. A file without
the name has the default format.
"""

from __future__ import annotations

from dataclasses import dataclass

import gguf

from .base_model import BaseFolder, chat_template, special_tokens
from .byte_level import ByteLevelTokenizer, read_byte_level
from .chat_format import DEFAULT, ChatFormat, find_format
from .failure import TrainerFailure
from .sentencepiece_model import SentencePieceModel, read_sentencepiece

CONTROL = gguf.TokenType.CONTROL
PAD_SCORE = -10000.0
CHAT_FORMAT, CHAT_SYSTEM = "namewright.chat_format", "namewright.chat_system"


@dataclass(frozen=True)
class BaseTokenizer:
    """What the converter writes: one of the two kinds, and the chat format."""

    sentencepiece: SentencePieceModel | None
    byte_level: ByteLevelTokenizer | None
    format: ChatFormat
    template: str | None


def read_tokenizer(folder: BaseFolder) -> BaseTokenizer:
    """Raises TrainerFailure for a tokenizer or a chat template that isn't supported."""
    template = chat_template(folder.path)
    if (folder.path / "tokenizer.model").is_file():
        model = read_sentencepiece(folder.path / "tokenizer.model")
        found = _format_of_sentencepiece(folder, model, template)
        return BaseTokenizer(model, None, found, template)
    tokenizer = read_byte_level(folder.path)
    found = find_format(template, tokenizer.specials, tokenizer.is_control)
    return BaseTokenizer(None, tokenizer, found, template)


def add_tokenizer(writer: gguf.GGUFWriter, folder: BaseFolder) -> None:
    """Writes the tokenizer, the chat template and the chat format."""
    base = read_tokenizer(folder)
    if base.sentencepiece:
        _add_sentencepiece(writer, folder, base.sentencepiece)
    elif base.byte_level:
        _add_byte_level(writer, folder, base.byte_level, base.format)
    if base.template:
        writer.add_chat_template(base.template)
    if base.format.name != DEFAULT:
        writer.add_string(CHAT_FORMAT, base.format.name)
        if base.format.system is not None:
            writer.add_string(CHAT_SYSTEM, base.format.system)


def _format_of_sentencepiece(
    folder: BaseFolder, model: SentencePieceModel, template: str | None
) -> ChatFormat:
    controls = {piece.text.decode(errors="replace") for piece in model.pieces if piece.type == CONTROL}
    found = find_format(template, special_tokens(folder.path, "<s>", "</s>"), controls.__contains__)
    if model.add_dummy_prefix and not found.ignores_spaces:
        message = f"the base model's tokenizer can't write its chat format ({found.name}) exactly"
        raise TrainerFailure("bad-value", message)
    return found


def _add_sentencepiece(writer: gguf.GGUFWriter, folder: BaseFolder, model: SentencePieceModel) -> None:
    """Writes the tokenizer exactly as in SentencePiece. Without add_space_prefix, no ids would match."""
    rest = _missing_tokens(folder, len(model.pieces))
    pads = [text.encode() for text in _pads(len(model.pieces), rest)]
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([piece.text for piece in model.pieces] + pads)
    writer.add_token_scores([piece.score for piece in model.pieces] + [PAD_SCORE] * rest)
    unused = gguf.TokenType.UNUSED
    writer.add_token_types([piece.type for piece in model.pieces] + [unused] * rest)
    config = folder.config
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(config.get("bos_token_id") or 1)
    writer.add_eos_token_id(config.get("eos_token_id") or 2)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(model.add_dummy_prefix)
    writer.add_remove_extra_whitespaces(model.remove_extra_whitespaces)


def _add_byte_level(
    writer: gguf.GGUFWriter, folder: BaseFolder, tokenizer: ByteLevelTokenizer, found: ChatFormat
) -> None:
    tokens = tokenizer.tokens
    rest = _missing_tokens(folder, len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(tokenizer.pre)
    writer.add_token_list(tokens + _pads(len(tokens), rest))
    writer.add_token_types([*tokenizer.types, *[gguf.TokenType.UNUSED] * rest])
    writer.add_token_merges(tokenizer.merges)
    bos, eos = tokenizer.specials["bos"], tokenizer.specials["eos"]
    if bos is not None:
        writer.add_bos_token_id(tokens.index(bos))
    end = found.end.text if found.end.kind == "control" else eos
    if end is None:
        raise TrainerFailure("bad-value", "the base model's tokenizer has no BOS or EOS token")
    writer.add_eos_token_id(tokens.index(end))
    writer.add_add_bos_token(tokenizer.adds_bos)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)


def _missing_tokens(folder: BaseFolder, tokens: int) -> int:
    """Returns how many tokens the vocabulary has beyond the tokenizer's."""
    rest = folder.config["vocab_size"] - tokens
    if rest < 0:
        raise TrainerFailure("bad-value", "the base model's tokenizer has more pieces than its vocabulary")
    return rest


def _pads(first: int, count: int) -> list[str]:
    return [f"[PAD{first + index}]" for index in range(count)]
