"""Writes SentencePiece's ModelProto without protobuf: the few fields a BPE tokenizer needs, in wire format.

Field numbers are those of sentencepiece_model.proto
(https://github.com/google/sentencepiece/blob/master/src/).
"""

from __future__ import annotations

import struct

# ModelProto.SentencePiece.Type
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
# TrainerSpec.ModelType
_BPE = 2
_CONTROLS = 5
_BYTE_PIECES = 256


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _integer(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _float(field: int, value: float) -> bytes:
    return _varint(field << 3 | 5) + struct.pack("<f", value)


def _kind(index: int) -> int:
    if index == 0:
        return UNKNOWN
    if index < _CONTROLS:
        return CONTROL
    return BYTE if index < _CONTROLS + _BYTE_PIECES else NORMAL


def sentencepiece_model(pieces: list[str], scores: dict[str, float]) -> bytes:
    """The vocabulary, laid out as Mistral v0.3's (control, byte, normal), as a serialized ModelProto."""
    model = bytearray()
    for index, piece in enumerate(pieces):
        entry = _bytes(1, piece.encode()) + _float(2, scores.get(piece, 0.0)) + _integer(3, _kind(index))
        model += _bytes(1, entry)
    trainer = _integer(3, _BPE) + _integer(4, len(pieces)) + _integer(35, 1)
    trainer += _integer(40, 0) + _integer(41, 1) + _integer(42, 2) + _integer(43, -1)
    # add_dummy_prefix on, remove_extra_whitespaces off, escape_whitespaces on
    normalizer = _bytes(1, b"identity") + _integer(3, 1) + _integer(4, 0) + _integer(5, 1)
    return bytes(model + _bytes(2, trainer) + _bytes(3, normalizer))
