"""Reads a SentencePiece `tokenizer.model` without protobuf: pieces, scores, types and the normalizer's flags.

Format: sentencepiece_model.proto (https://github.com/google/sentencepiece), protobuf wire format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .failure import TrainerFailure

# ModelProto: pieces = 1, normalizer_spec = 3. SentencePiece: piece = 1, score = 2, type = 3.
# NormalizerSpec: add_dummy_prefix = 3, remove_extra_whitespaces = 4. The types' numbers equal
# gguf.TokenType's.
NORMAL = 1


@dataclass(frozen=True)
class Piece:
    """`type`: 1 normal, 2 unknown, 3 control, 4 user defined, 5 unused, 6 byte."""

    text: bytes
    score: float
    type: int


@dataclass(frozen=True)
class SentencePieceModel:
    pieces: tuple[Piece, ...]
    add_dummy_prefix: bool
    remove_extra_whitespaces: bool


def read_sentencepiece(path: Path) -> SentencePieceModel:
    pieces: list[Piece] = []
    flags: dict[int, int] = {}
    try:
        for number, value in _fields(path.read_bytes()):
            if number == 1 and isinstance(value, bytes):
                pieces.append(_piece(value))
            elif number == 3 and isinstance(value, bytes):
                flags = {inner: flag for inner, flag in _fields(value) if isinstance(flag, int)}
    except (IndexError, struct.error, ValueError) as error:
        raise TrainerFailure("bad-value", f"{path.name} is not a SentencePiece model") from error
    return SentencePieceModel(tuple(pieces), bool(flags.get(3, 1)), bool(flags.get(4, 1)))


def _piece(message: bytes) -> Piece:
    fields = dict(_fields(message))
    text, score, kind = fields.get(1, b""), fields.get(2, 0.0), fields.get(3, NORMAL)
    if not isinstance(text, bytes) or not isinstance(score, float) or not isinstance(kind, int):
        raise ValueError("a piece has fields of the wrong type")
    return Piece(text, score, kind)


def _fields(message: bytes) -> Iterator[tuple[int, int | float | bytes]]:
    """(field number, value): varints as int, 32 bits as float, length-delimited as bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        wire = key & 7
        if wire == 0:
            value, at = _varint(message, at)
            yield key >> 3, value
        elif wire == 2:
            length, at = _varint(message, at)
            if at + length > len(message):
                raise ValueError("a field longer than the file")
            yield key >> 3, message[at : at + length]
            at += length
        elif wire == 5:
            yield key >> 3, struct.unpack_from("<f", message, at)[0]
            at += 4
        elif wire == 1:
            at += 8
        else:
            raise ValueError(f"wire type {wire}")


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
