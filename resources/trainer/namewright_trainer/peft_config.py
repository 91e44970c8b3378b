"""A PEFT `adapter_config.json`: what of it runs, and what is refused with the way on.

A refusal is better than a guess: neither GGUF adapters nor the parity gate would notice an ignored setting,
because the gate's reference is made from the fields that we know.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .failure import TrainerFailure

MERGE = "Merge it with PEFT's `merge_and_unload()`, save model and tokenizer, and use that folder as a base."
MORE = "Train it again without"

# field → what it is, and the way on.
REFUSED = {
    "modules_to_save": ("fully trained modules", MERGE),
    "trainable_token_indices": ("trained token embeddings", MERGE),
    "layer_replication": ("replicated layers", MERGE),
    "target_parameters": ("adapted parameters outside linear layers", MERGE),
    "lora_bias": ("biases in its matrices", f"{MORE} lora_bias."),
    "fan_in_fan_out": ("transposed weights", MERGE),
    "alora_invocation_tokens": ("invocation tokens that switch it on", f"{MORE} alora_invocation_tokens."),
}
# Initializations that leave the base as it is. PEFT writes true for a plain one.
PLAIN_INITIALIZATIONS = (True, False, None, "gaussian", "orthogonal", "eva")
# Those that PEFT can turn into a plain LoRA adapter when it saves.
CONVERTIBLE = ("pissa", "olora", "corda")
# Fields that don't change what a trained adapter computes, or that the tensors decide.
IGNORED = frozenset(
    (
        *("auto_mapping", "base_model_name_or_path", "eva_config", "exclude_modules", "inference_mode"),
        *("layers_pattern", "layers_to_transform", "lora_dropout", "megatron_core", "peft_version"),
        *("qalora_group_size", "revision", "target_modules", "task_type", "ensure_weight_tying"),
    )
)
READ = frozenset(
    (
        *("peft_type", "r", "lora_alpha", "rank_pattern", "alpha_pattern", "use_rslora", "use_dora"),
        *("bias", "init_lora_weights"),
        # Settings of an initialization, which was checked by its name.
        *("loftq_config", "corda_config", "lora_ga_config"),
    )
)


@dataclass(frozen=True)
class PeftConfig:
    """The fields of an adapter that decide what it computes."""

    r: int
    alpha: float
    rank_pattern: dict[str, int]
    alpha_pattern: dict[str, float]
    rslora: bool
    dora: bool
    # As the adapter names its base; None if it doesn't.
    named_base: str | None

    def rank_of(self, module: str) -> int:
        return _matching(self.rank_pattern, module, self.r)

    def alpha_of(self, module: str) -> float:
        """Returns the alpha for an engine that scales by alpha / rank.

        Rank-stabilized LoRA scales by alpha / sqrt(rank), so its alpha is multiplied by sqrt(rank).
        """
        return self._stabilized(_matching(self.alpha_pattern, module, self.alpha), self.rank_of(module))

    @property
    def default_alpha(self) -> float:
        """Returns the alpha, as `alpha_of`, of modules that no pattern names."""
        return self._stabilized(self.alpha, self.r)

    def _stabilized(self, alpha: float, rank: int) -> float:
        return alpha * math.sqrt(rank) if self.rslora else alpha


def read_peft_config(folder: Path) -> PeftConfig:
    """Reads the folder's adapter_config.json.

    Raises TrainerFailure for an invalid file and for whatever we can't run.
    """
    path = folder / "adapter_config.json"
    if not path.is_file():
        raise TrainerFailure("missing", f"no adapter_config.json found in {folder}")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise TrainerFailure("bad-value", f"{path.name} is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise TrainerFailure("bad-value", f"{path.name} is not a JSON object")
    return parse_peft_config(document)


def parse_peft_config(document: dict[str, Any]) -> PeftConfig:
    _refuse_unsupported(document)
    named = document.get("base_model_name_or_path")
    config = PeftConfig(
        r=_number(document, "r", int),
        alpha=_number(document, "lora_alpha", float),
        rank_pattern=_pattern(document, "rank_pattern", int),
        alpha_pattern=_pattern(document, "alpha_pattern", float),
        rslora=bool(document.get("use_rslora")),
        dora=bool(document.get("use_dora")),
        named_base=named if isinstance(named, str) and named else None,
    )
    return config


def _refuse_unsupported(document: dict[str, Any]) -> None:
    kind = document.get("peft_type", "LORA")
    if kind != "LORA":
        raise TrainerFailure("bad-value", f"the adapter is of type {kind}, but only LoRA is supported", MERGE)
    for field, (name, way) in REFUSED.items():
        if document.get(field):
            raise TrainerFailure("bad-value", f"the adapter has {name} ({field}), which isn't supported", way)
    if document.get("bias", "none") != "none":
        hint = 'If it contains no bias tensors, set "bias" to "none" in its adapter_config.json.'
        raise TrainerFailure(
            "bad-value", "the adapter has trained biases (bias), which isn't supported", hint
        )
    _refuse_initialization(document.get("init_lora_weights"))
    known = REFUSED.keys() | IGNORED | READ
    odd = sorted(field for field, value in document.items() if value and field not in known)
    if odd:
        message = f"the adapter sets {', '.join(map(str, odd))}, which isn't supported"
        raise TrainerFailure("bad-value", message, MERGE)


def _refuse_initialization(init: Any) -> None:
    if init in PLAIN_INITIALIZATIONS:
        return
    hint = MERGE
    if str(init).startswith(CONVERTIBLE):
        hint = (
            "Save it with PEFT's `save_pretrained(…, path_initial_model_for_weight_conversion=…)`, "
            "which makes it a plain LoRA adapter."
        )
    message = f"the adapter was initialized with {init}, which changes the base model's weights"
    raise TrainerFailure("bad-value", message, hint)


def _number(document: dict[str, Any], field: str, kind: type) -> Any:
    return _positive(document.get(field), kind, field)


def _pattern(document: dict[str, Any], field: str, kind: type) -> dict[str, Any]:
    pattern = document.get(field) or {}
    if not isinstance(pattern, dict):
        raise TrainerFailure("bad-value", f"the adapter's {field} is not an object")
    for key in pattern:
        try:
            re.compile(key)
        except re.error as error:
            raise TrainerFailure(
                "bad-value", f"the adapter's {field} has an invalid pattern: {key}"
            ) from error
    return {key: _positive(value, kind, f"{field}.{key}") for key, value in pattern.items()}


def _positive(value: Any, kind: type, field: str) -> Any:
    kinds = (int,) if kind is int else (int, float)
    # In Python, True is a number too.
    if type(value) not in kinds or not math.isfinite(value) or value <= 0:
        raise TrainerFailure("bad-value", f"the adapter's {field} must be a positive number")
    return kind(value)


def _matching(pattern: dict[str, Any], module: str, default: Any) -> Any:
    """Returns the value of the first key that PEFT would match (peft.utils.other.get_pattern_key)."""
    for key, value in pattern.items():
        if re.match(rf"(.*\.)?({key})$", module):
            return value
    return default
