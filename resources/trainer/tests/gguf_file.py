"""Reads what a test converted, with the gguf package."""

from __future__ import annotations

from typing import Any

import gguf
import numpy as np


def field(reader: gguf.GGUFReader, name: str) -> Any:
    return reader.fields[name].contents()


def tensor(reader: gguf.GGUFReader, name: str) -> np.ndarray:
    """The tensor in float32, rows first."""
    found = next(entry for entry in reader.tensors if entry.name == name)
    return gguf.quants.dequantize(found.data, found.tensor_type)
