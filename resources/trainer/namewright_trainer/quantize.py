"""K-quants, which the gguf package can't write: made from f16 by llama.cpp's own `llama-quantize`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from .base_gguf import convert_base
from .base_model import BaseFolder
from .failure import TrainerFailure
from .merge import Adapter

# Our names and llama-quantize's. It prints "[   1/ 291]  output.weight - [4096, 32768, 1, 1], type = f16, …".
K_QUANTS = {"q4_k_m": "Q4_K_M", "q5_k_m": "Q5_K_M", "q6_k": "Q6_K"}
PROGRESS = re.compile(r"^\[\s*(\d+)/\s*(\d+)\]")
OUTPUT_KEPT = 2000


def find_llama_quantize() -> str:
    """Returns the program named by LLAMA_QUANTIZE, else the one on PATH. Raises if there is none."""
    named = os.environ.get("LLAMA_QUANTIZE")
    found = shutil.which(named or "llama-quantize")
    if found is None:
        missing = (
            f"LLAMA_QUANTIZE names {named}, which isn't a program" if named else "llama-quantize not found"
        )
        raise TrainerFailure(
            "missing",
            f"K-quants are made by llama.cpp's llama-quantize: {missing}",
            "Install llama.cpp or set LLAMA_QUANTIZE to its path. "
            "You can also set `baseGguf` to a finished file, or use q8_0 or q4_0, which need nothing else.",
        )
    return found


def convert(
    folder: BaseFolder,
    target: Path,
    precision: str,
    progress: Callable[[int, int], None],
    adapter: Adapter | None = None,
) -> None:
    """Writes `target` at any precision, as `convert_base` does. A K-quant needs an f16 file beside it."""
    if precision not in K_QUANTS:
        convert_base(folder, target, precision, progress, adapter)
        return
    program = find_llama_quantize()
    whole = target.with_name(f"{target.name}.f16")
    partial = target.with_name(f"{target.name}.partial")
    try:
        convert_base(folder, whole, "f16", progress, adapter)
        _run([program, str(whole), str(partial), K_QUANTS[precision]], progress)
        partial.replace(target)
    finally:
        whole.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)


def _run(words: list[str], progress: Callable[[int, int], None]) -> None:
    """Runs llama-quantize. It ends with this process. Raises TrainerFailure with its last output."""
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:

        def stop(number: int, _frame: object) -> None:
            process.kill()
            raise SystemExit(128 + number)

        before = signal.signal(signal.SIGTERM, stop)
        try:
            output = ""
            for line in process.stdout or ():
                output = (output + line)[-OUTPUT_KEPT:]
                if found := PROGRESS.match(line):
                    progress(int(found[1]), int(found[2]))
            code = process.wait()
        finally:
            signal.signal(signal.SIGTERM, before)
    if code != 0:
        last = (output.strip().splitlines() or ["no output"])[-1]
        raise TrainerFailure("bad-value", f"llama-quantize failed with code {code}: {last}")
