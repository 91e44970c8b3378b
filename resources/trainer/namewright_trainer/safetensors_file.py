"""Reads safetensors one tensor at a time, without torch and without mapping whole shards into memory."""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from .failure import TrainerFailure

# numpy has no bfloat16: its 16 bits are kept as uint16 and widened where they are used.
DTYPES = {"F64": np.float64, "F32": np.float32, "F16": np.float16, "BF16": np.uint16}


def _check(name: str, entry: dict[str, Any], data_bytes: int) -> None:
    """Raises if an entry is malformed or contradicts the file's size."""
    begin, end = entry["data_offsets"]
    numbers = [begin, end, *entry["shape"]]
    if not isinstance(entry["dtype"], str) or not all(type(number) is int for number in numbers):
        raise ValueError(f"its entry for {name} can't be read")
    if min(numbers) < 0 or end < begin:
        raise ValueError(f"{name} has impossible offsets")
    if end > data_bytes:
        raise ValueError(f"it ends in the middle of {name}")
    dtype = DTYPES.get(entry["dtype"])
    if dtype is not None and math.prod(entry["shape"]) * np.dtype(dtype).itemsize != end - begin:
        raise ValueError(f"the size of {name} doesn't match its shape")


class SafetensorsFile:
    """Layout: 8 bytes header length (little endian), JSON header, data
    (https://huggingface.co/docs/safetensors).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("rb")
        try:
            size = path.stat().st_size
            (length,) = struct.unpack("<Q", self._file.read(8))
            # Checked before reading: a false length would allocate that much memory.
            if 8 + length > size:
                raise ValueError(f"its header claims {length} bytes, but the file has {size}")
            self._header = self._file.read(length)
            header = json.loads(self._header)
            self._data = 8 + length
            self._tensors = {name: entry for name, entry in header.items() if name != "__metadata__"}
            for name, entry in self._tensors.items():
                _check(name, entry, size - self._data)
        except (struct.error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            self._file.close()
            message = f"{path.name} is not a usable safetensors file: {error}"
            raise TrainerFailure("bad-value", message, "Download the file again.") from error

    def names(self) -> list[str]:
        return list(self._tensors)

    def shape(self, name: str) -> tuple[int, ...]:
        return tuple(self._tensors[name]["shape"])

    def dtype(self, name: str) -> str:
        return self._tensors[name]["dtype"]

    def offset(self, name: str) -> int:
        """Returns the offset of the tensor's data, in bytes after the header."""
        return self._tensors[name]["data_offsets"][0]

    def header_bytes(self) -> bytes:
        """Returns the JSON header as it is in the file."""
        return self._header

    def read(self, name: str) -> np.ndarray:
        """Returns the tensor as numpy; bfloat16 as uint16."""
        entry = self._tensors[name]
        if entry["dtype"] not in DTYPES:
            raise TrainerFailure(
                "bad-value", f"{name} in {self.path.name} is {entry['dtype']}, which isn't supported"
            )
        dtype = np.dtype(DTYPES[entry["dtype"]]).newbyteorder("<")
        begin, end = entry["data_offsets"]
        self._file.seek(self._data + begin)
        values = np.fromfile(self._file, dtype=dtype, count=(end - begin) // dtype.itemsize)
        if values.nbytes != end - begin:
            raise TrainerFailure(
                "bad-value", f"{self.path.name} ends in the middle of {name}", "Download the file again."
            )
        return values.reshape(entry["shape"])

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> SafetensorsFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
