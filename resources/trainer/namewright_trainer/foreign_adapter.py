"""An adapter from elsewhere: checked against the base by its shapes, then kept as PEFT's plain LoRA."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from .adapter_gguf import PREFIX
from .base_model import BaseFolder, sha256_of_file
from .failure import TrainerFailure
from .peft_config import MERGE, PeftConfig, read_peft_config
from .safetensors_file import SafetensorsFile
from .spec import BaseSource

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"
_MODULE = re.compile(r"model\.layers\.\d+\.(self_attn\.[qkvo]_proj|mlp\.(gate|up|down)_proj)")
_PARTS = (".lora_A.weight", ".lora_B.weight", ".lora_magnitude_vector")


@dataclass(frozen=True)
class ForeignAdapter:
    config: PeftConfig
    # Names in the base, such as `model.layers.0.mlp.up_proj`.
    modules: tuple[str, ...]
    config_hash: str
    weights_hash: str


def take_adapter(source: Path, target: Path, base: BaseFolder, named: BaseSource) -> ForeignAdapter:
    """Checks a PEFT folder and writes it to `target`, with the same tensors and a configuration of our own.

    Only adapter_config.json and safetensors are read. What is checked and hashed is the copy, so a source
    that changes meanwhile is noticed by its hash. Raises TrainerFailure with the way on.
    """
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    for name in (CONFIG, WEIGHTS):
        if not (source / name).is_file():
            hint = "Save the adapter with PEFT's `save_pretrained()`. Pickle files (.bin) are never read."
            raise TrainerFailure("missing", f"no {name} found in {source}", hint)
        shutil.copyfile(source / name, partial / name)
    config = read_peft_config(partial)
    with SafetensorsFile(partial / WEIGHTS) as tensors:
        modules = _check_tensors(tensors, config, base)
    adapter = ForeignAdapter(
        config, modules, sha256_of_file(partial / CONFIG), sha256_of_file(partial / WEIGHTS)
    )
    text = json.dumps(_plain_config(adapter, named), indent=2, sort_keys=True) + "\n"
    (partial / CONFIG).write_text(text, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
    return adapter


def _plain_config(adapter: ForeignAdapter, named: BaseSource) -> dict[str, object]:
    """The modules are those of the tensors, each by its full name."""
    config = adapter.config
    return {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": named.id or named.name,
        "revision": named.revision,
        "r": config.r,
        "lora_alpha": config.alpha,
        "rank_pattern": config.rank_pattern,
        "alpha_pattern": config.alpha_pattern,
        "use_rslora": config.rslora,
        "use_dora": config.dora,
        "target_modules": list(adapter.modules),
        "bias": "none",
        "inference_mode": True,
    }


def _check_tensors(tensors: SafetensorsFile, config: PeftConfig, base: BaseFolder) -> tuple[str, ...]:
    """Returns the adapted modules. Raises TrainerFailure unless each tensor fits the base and the config."""
    shapes = _base_shapes(base)
    parts = _PARTS if config.dora else _PARTS[:2]
    modules = sorted({_module_of(name, tensors, parts, shapes) for name in tensors.names()})
    if not modules:
        raise TrainerFailure("bad-value", "the adapter contains no tensors")
    for module in modules:
        for part in parts:
            if f"{PREFIX}{module}{part}" not in tensors.names():
                raise TrainerFailure("bad-value", f"the adapter has no {module}{part}")
        _check_shapes(module, tensors, config, shapes)
    return tuple(modules)


def _module_of(
    name: str, tensors: SafetensorsFile, parts: tuple[str, ...], shapes: dict[str, tuple[int, ...]]
) -> str:
    part = next((part for part in parts if name.endswith(part)), None)
    module = name.removeprefix(PREFIX)
    if part is None or not name.startswith(PREFIX):
        if module in ("model.embed_tokens.weight", "lm_head.weight"):
            own, theirs = shapes.get(module), tensors.shape(name)
            detail = f"it contains {module} {list(theirs)}"
            if own is not None:
                detail += f", but the base's is {list(own)}"
            message = f"the adapter was saved with its own vocabulary: {detail}"
            raise TrainerFailure("bad-value", message, MERGE)
        message = f"the adapter contains {name}, which isn't a matrix of a LoRA layer"
        raise TrainerFailure("bad-value", message, MERGE)
    module = module.removesuffix(part)
    if not _MODULE.fullmatch(module):
        message = f"the adapter changes {module}, but only the projections of attention and MLP are supported"
        raise TrainerFailure("bad-value", message, MERGE)
    if f"{module}.weight" not in shapes:
        message = f"the adapter belongs to a different base model: this one has no {module}"
        raise TrainerFailure("bad-value", message, "Use a workspace with the adapter's own base.")
    return module


def _check_shapes(
    module: str, tensors: SafetensorsFile, config: PeftConfig, shapes: dict[str, tuple[int, ...]]
) -> None:
    rows, columns = shapes[f"{module}.weight"]
    rank = config.rank_of(module)
    a, b = (tensors.shape(f"{PREFIX}{module}{part}") for part in _PARTS[:2])
    if a[:1] != (rank,) and len(a) == 2 and a[0] == b[-1]:
        message = f"{module} has rank {a[0]} in the tensors, but {rank} in adapter_config.json"
        raise TrainerFailure("bad-value", message, "Correct r and rank_pattern in adapter_config.json.")
    expected = {_PARTS[0]: (rank, columns), _PARTS[1]: (rows, rank)}
    if config.dora:
        expected[_PARTS[2]] = (rows,)
    for part, shape in expected.items():
        found = tensors.shape(f"{PREFIX}{module}{part}")
        if found != shape:
            message = (
                f"the adapter belongs to a different base model: {module}{part} has the shape {list(found)}, "
                f"but this base needs {list(shape)}"
            )
            raise TrainerFailure("bad-value", message, "Use a workspace with the adapter's own base.")


def _base_shapes(base: BaseFolder) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {}
    for shard in base.shards:
        with SafetensorsFile(shard) as tensors:
            shapes |= {name: tensors.shape(name) for name in tensors.names()}
    return shapes
