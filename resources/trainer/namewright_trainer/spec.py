"""The JSON document that says what to train: `TrainSpecSchema` in shared/schema/training.ts."""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Union

from .failure import TrainerFailure

Metric = Literal["eval_loss", "mean_of_losses", "expected_cost"]

# Initializations such as pissa, olora and loftq move a part of the base's weights into the adapter.
INITIALIZATIONS = ("default", "gaussian")

SEVEN_PROJECTIONS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True)
class BaseSource:
    """A folder with a Hugging Face model; `id` and `revision` where it came from, for the record."""

    kind: Literal["folder"]
    name: str
    dir: str
    id: str | None = None
    revision: str | None = None
    hash: str | None = None


@dataclass(frozen=True)
class LoraSpec:
    r: int
    alpha: float
    dropout: float
    target_modules: tuple[str, ...] = SEVEN_PROJECTIONS
    rslora: bool = False
    dora: bool = False
    init: str = "default"


@dataclass(frozen=True)
class OptimizationSpec:
    """`optimizer` auto: fused AdamW on CUDA. `min_learning_rate` belongs to `cosine_with_min_lr`.

    `refusal_weight`: how many times the loss of a refusal row counts. `neftune_noise_alpha` 0: no noise.
    `shuffle_names`: each epoch trains on a new order of a row's names.
    """

    learning_rate: float
    batch_size: int
    gradient_accumulation: int
    epochs: int
    max_length: int
    scheduler: Literal["cosine", "cosine_with_min_lr", "linear", "constant", "constant_with_warmup"] = (
        "cosine"
    )
    min_learning_rate: float = 0.0
    warmup_steps: int = 0
    weight_decay: float = 0.0
    max_grad_norm: float = 1.0
    gradient_checkpointing: bool = False
    optimizer: Literal["auto", "adamw_torch", "adamw_torch_fused", "paged_adamw_8bit"] = "adamw_torch"
    neftune_noise_alpha: float = 0.0
    refusal_weight: float = 1.0
    shuffle_names: bool = False


@dataclass(frozen=True)
class EvaluationSpec:
    """`steps` counts optimizer steps between evaluations. `generation_rows` 0: no generation.

    `batch_size` None: chosen by device and row length. The costs are those of answering a row to refuse and
    of refusing a row to answer.
    """

    strategy: Literal["epoch", "steps"] = "epoch"
    patience: int = 2
    metric: Metric = "mean_of_losses"
    steps: int | None = None
    generation_rows: int = 64
    max_new_tokens: int = 100
    batch_size: int | None = None
    missed_harm_cost: float = 5.0
    false_alarm_cost: float = 1.0


@dataclass(frozen=True)
class ParitySpec:
    sequences: int = 20
    top: int = 64
    max_new_tokens: int = 100


@dataclass(frozen=True)
class TrainSpec:
    base: BaseSource
    rows_path: str
    prompt_template: str
    out_dir: str
    preset: str
    lora: LoraSpec
    optimisation: OptimizationSpec
    seed: int
    version: str | None = None
    dataset_name: str | None = None
    dataset_hash: str | None = None
    evaluation: EvaluationSpec = field(default_factory=EvaluationSpec)
    parity: ParitySpec = field(default_factory=ParitySpec)
    precision: Literal["float32", "bfloat16", "float16", "int4"] = "float32"
    attention: Literal["auto", "sdpa", "eager", "flash_attention_2"] = "auto"
    adapter_gguf: Literal["f16", "f32"] = "f16"
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    threads: int | None = None
    workers: int = 0
    resume: bool = False
    stop_grace_seconds: float = 5.0


@dataclass(frozen=True)
class AdoptSpec:
    """`descriptions`: texts for the parity gate, rows of the side `source`."""

    base: BaseSource
    adapter_dir: str
    out_dir: str
    prompt_template: str
    parity: ParitySpec
    descriptions: tuple[str, ...] = ()
    source: Literal["train", "validation"] = "validation"
    precision: Literal["float32", "bfloat16", "float16", "int4"] = "float32"
    attention: Literal["auto", "sdpa", "eager", "flash_attention_2"] = "auto"
    adapter_gguf: Literal["f16", "f32"] = "f16"
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    threads: int | None = None


def read_spec(path: Path) -> TrainSpec:
    """Returns the checked spec. Raises TrainerFailure that names the invalid field."""
    spec = _build(TrainSpec, _document(path), "spec")
    _check(spec)
    return spec


def read_adopt_spec(path: Path) -> AdoptSpec:
    """Returns the checked spec of an adoption. Raises TrainerFailure that names the invalid field."""
    spec = _build(AdoptSpec, _document(path), "spec")
    if spec.prompt_template.count("{description}") != 1:
        raise TrainerFailure("bad-value", "spec: promptTemplate must contain {description} exactly once")
    return spec


def _document(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TrainerFailure("missing", f"spec not found: {path}") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise TrainerFailure("bad-value", f"the spec {path.name} is not JSON: {error}") from error


def camel_case(name: str) -> str:
    """`max_length` → `maxLength`."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def _build(cls: type, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise TrainerFailure("bad-value", f"{path} must be an object")
    hints = typing.get_type_hints(cls)
    known = {camel_case(entry.name): entry for entry in dataclasses.fields(cls)}
    unknown = sorted(set(value) - set(known))
    if unknown:
        raise TrainerFailure("bad-value", f"{path} has unknown fields: {', '.join(unknown)}")
    arguments = {}
    for key, entry in known.items():
        if key in value:
            arguments[entry.name] = _value(hints[entry.name], value[key], f"{path}.{key}")
        elif entry.default is dataclasses.MISSING and entry.default_factory is dataclasses.MISSING:
            raise TrainerFailure("bad-value", f"{path}.{key} is missing")
    return cls(**arguments)


def _value(kind: Any, value: Any, path: str) -> Any:
    origin = typing.get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _build(kind, value, path)
    if origin in (Union, types.UnionType):
        return None if value is None else _value(typing.get_args(kind)[0], value, path)
    if origin is Literal:
        if value in typing.get_args(kind):
            return value
        raise TrainerFailure(
            "bad-value", f"{path} must be one of {', '.join(map(str, typing.get_args(kind)))}"
        )
    if origin is tuple:
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            return tuple(value)
        raise TrainerFailure("bad-value", f"{path} must be a list of strings")
    return _scalar(kind, value, path)


def _scalar(kind: type, value: Any, path: str) -> Any:
    # In Python, True and False are numbers too.
    if kind is float and type(value) in (int, float) and math.isfinite(value):
        return float(value)
    if kind in (int, str, bool) and type(value) is kind:
        return value
    raise TrainerFailure("bad-value", f"{path} must be a {kind.__name__}, not {json.dumps(value)[:60]}")


def _check(spec: TrainSpec) -> None:
    """Rules over values, one sentence each."""
    optimisation, evaluation = spec.optimisation, spec.evaluation
    rules = [
        (
            spec.prompt_template.count("{description}") == 1,
            "promptTemplate must contain {description} exactly once",
        ),
        (spec.base.dir, "base.dir is missing"),
        (spec.lora.r >= 1 and spec.lora.alpha > 0, "lora.r and lora.alpha must be positive"),
        (0 <= spec.lora.dropout < 1, "lora.dropout must be in [0, 1)"),
        (
            spec.lora.init in INITIALIZATIONS,
            f"lora.init must be one of {', '.join(INITIALIZATIONS)}: {spec.lora.init!r} changes the base "
            "model's weights, but the adapter must run on the unchanged base model",
        ),
        (optimisation.learning_rate > 0, "optimisation.learningRate must be positive"),
        (
            0 <= optimisation.min_learning_rate <= optimisation.learning_rate,
            "optimisation.minLearningRate must be between 0 and learningRate",
        ),
        (optimisation.neftune_noise_alpha >= 0, "optimisation.neftuneNoiseAlpha must not be negative"),
        (optimisation.refusal_weight > 0, "optimisation.refusalWeight must be positive"),
        (optimisation.batch_size >= 1, "optimisation.batchSize must be at least 1"),
        (optimisation.gradient_accumulation >= 1, "optimisation.gradientAccumulation must be at least 1"),
        (optimisation.epochs >= 1, "optimisation.epochs must be at least 1"),
        (optimisation.max_length >= 8, "optimisation.maxLength must be at least 8 tokens"),
        (optimisation.warmup_steps >= 0, "optimisation.warmupSteps must not be negative"),
        (optimisation.max_grad_norm >= 0, "optimisation.maxGradNorm must not be negative"),
        (evaluation.patience >= 1, "evaluation.patience must be at least 1"),
        (
            evaluation.batch_size is None or evaluation.batch_size >= 1,
            "evaluation.batchSize must be at least 1",
        ),
        (
            evaluation.missed_harm_cost >= 0 and evaluation.false_alarm_cost >= 0,
            "evaluation.missedHarmCost and evaluation.falseAlarmCost must not be negative",
        ),
        (
            evaluation.strategy != "steps" or (evaluation.steps or 0) >= 1,
            "evaluation.steps must be at least 1",
        ),
        (
            spec.parity.sequences >= 1 and spec.parity.top >= 1,
            "parity.sequences and parity.top must be positive",
        ),
        (spec.threads is None or spec.threads >= 1, "threads must be at least 1"),
        (spec.workers >= 0, "workers must not be negative"),
        (0 <= spec.seed < 2**32, "seed must be in [0, 2^32)"),
        (spec.stop_grace_seconds >= 1, "stopGraceSeconds must be at least 1"),
    ]
    for holds, message in rules:
        if not holds:
            raise TrainerFailure("bad-value", f"spec: {message}")
