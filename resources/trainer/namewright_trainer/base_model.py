"""The base model: a folder of safetensors.

Only safetensors are read and remote code is never run: a base is data.
"""

from __future__ import annotations

import hashlib
import json
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .chat_format import chosen_template
from .device import Plan
from .failure import TrainerFailure
from .gguf_tensors import ARCHITECTURES
from .spec import BaseSource

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
DOWNLOAD_AGAIN = "Download the base model again, or use another one."


@dataclass(frozen=True)
class BaseFolder:
    """A checked folder: its configuration, and exactly the weight files that belong to the model."""

    path: Path
    config: dict[str, Any]
    shards: tuple[Path, ...]


def open_folder(path: Path) -> BaseFolder:
    """Opens a base model folder.

    Raises TrainerFailure if the folder is not a complete model of a supported architecture in safetensors.
    """
    if not (path / "config.json").is_file():
        raise TrainerFailure(
            "missing", f"no base model found in {path}", "The folder must contain a config.json."
        )
    config = read_json(path / "config.json")
    architecture = (config.get("architectures") or ["unknown"])[0]
    if architecture not in ARCHITECTURES:
        hint = f"Supported: {', '.join(ARCHITECTURES)}."
        raise TrainerFailure(
            "bad-value", f"the base model's architecture ({architecture}) is not supported", hint
        )
    return BaseFolder(path, config, weight_files(path))


def read_json(path: Path) -> dict[str, Any]:
    """Returns a JSON object of the base model. Raises TrainerFailure for anything else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise TrainerFailure("bad-value", f"{path} is not JSON: {error}", DOWNLOAD_AGAIN) from error
    if not isinstance(found, dict):
        raise TrainerFailure("bad-value", f"{path} is not a JSON object", DOWNLOAD_AGAIN)
    return found


def special_tokens(path: Path, bos: str | None, eos: str | None) -> dict[str, str | None]:
    """Returns the texts of BOS and EOS of tokenizer_config.json; those given where it names none."""
    file = path / "tokenizer_config.json"
    config = read_json(file) if file.is_file() else {}
    texts: dict[str, str | None] = {"bos": bos, "eos": eos}
    for name in texts:
        token = config.get(f"{name}_token")
        token = token.get("content") if isinstance(token, dict) else token
        if isinstance(token, str):
            texts[name] = token
    return texts


def chat_template(path: Path) -> str | None:
    """Returns chat_template.jinja, else the field of tokenizer_config.json."""
    if (path / "chat_template.jinja").is_file():
        return (path / "chat_template.jinja").read_text(encoding="utf-8")
    if (path / "tokenizer_config.json").is_file():
        return chosen_template(read_json(path / "tokenizer_config.json").get("chat_template"))
    return None


def weight_files(path: Path) -> tuple[Path, ...]:
    """Returns the files listed in the index, else model.safetensors; never others, such as
    consolidated.safetensors."""
    if (path / INDEX).is_file():
        weight_map = read_json(path / INDEX).get("weight_map")
        if not isinstance(weight_map, dict) or not all(isinstance(name, str) for name in weight_map.values()):
            raise TrainerFailure("bad-value", f"{path / INDEX} has no weight_map", DOWNLOAD_AGAIN)
        shards = tuple(path / name for name in sorted(set(weight_map.values())))
        if any(shard.name != str(shard.relative_to(path)) for shard in shards):
            raise TrainerFailure("bad-value", f"{path / INDEX} references files outside its folder")
    elif (path / SINGLE).is_file():
        shards = (path / SINGLE,)
    else:
        other = [entry.name for entry in path.iterdir() if entry.suffix in (".bin", ".pt", ".pth")]
        said = f" ({other[0]} is a pickle file, which can run code, so it was not read)" if other else ""
        raise TrainerFailure(
            "missing", f"no safetensors found in {path}{said}", "Download a safetensors copy."
        )
    absent = [shard.name for shard in shards if not shard.is_file()]
    if absent:
        raise TrainerFailure(
            "missing", f"the base model is missing {', '.join(absent)}", "Download the base model again."
        )
    return shards


def base_hash(folder: BaseFolder) -> str:
    """Returns the SHA-256 over the names and SHA-256s of configuration, tokenizer and weights, by name."""
    names = ["config.json", "tokenizer.json", "tokenizer.model", *(shard.name for shard in folder.shards)]
    digest = hashlib.sha256()
    for name in sorted(set(names)):
        if (folder.path / name).is_file():
            digest.update(f"{name} {sha256_of_file(folder.path / name)}\n".encode())
    return digest.hexdigest()


def sha256_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def resolve(source: BaseSource) -> BaseFolder:
    """Returns the folder of the base model. The host downloaded it: the trainer uses no token or network."""
    # Set before transformers is imported.
    os.environ["HF_HUB_OFFLINE"] = "1"
    return open_folder(Path(source.dir))


@contextmanager
def _blaming(folder: BaseFolder, part: str) -> Iterator[None]:
    """Turns library errors for a bad file into a failure that names the file.

    Memory, disk and missing-package errors are not changed. The traceback goes to the log, because the cause
    may be a defect in a library.
    """
    try:
        yield
    except (MemoryError, ImportError, OSError):
        raise
    except Exception as error:
        from .memory import is_out_of_memory

        if is_out_of_memory(error):
            raise
        traceback.print_exc()
        said = f"{type(error).__name__}: {error}"
        raise TrainerFailure(
            "bad-value", f"the {part} in {folder.path} can't be loaded: {said}", DOWNLOAD_AGAIN
        ) from error


def load_tokenizer(folder: BaseFolder) -> Any:
    from transformers import AutoTokenizer

    with _blaming(folder, "tokenizer"):
        return AutoTokenizer.from_pretrained(folder.path)


def load_model(folder: BaseFolder, chosen: Plan, attention: str = "sdpa") -> Any:
    """Loads the model onto its device in the planned type; 4-bit through bitsandbytes.

    An accelerator gets the weights shard by shard, so that host memory never holds the whole model.
    """
    import torch
    from transformers import AutoModelForCausalLM

    options: dict[str, Any] = {
        "dtype": getattr(torch, chosen.dtype),
        "use_safetensors": True,
        "attn_implementation": attention,
    }
    if chosen.device != "cpu" or chosen.four_bit:
        # CUDA by its number: the trainer compares devices, and "cuda" is not equal to "cuda:0".
        options["device_map"] = {"": 0 if chosen.device == "cuda" else chosen.device}
    if chosen.four_bit:
        from transformers import BitsAndBytesConfig

        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16,
        )
    with _blaming(folder, "weights"):
        return AutoModelForCausalLM.from_pretrained(folder.path, **options)
