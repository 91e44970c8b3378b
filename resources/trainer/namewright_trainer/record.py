"""training.json: all inputs of a training run and its outcome (`TrainingRecordSchema`)."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import platform
from pathlib import Path
from typing import Any

from .disk import fsync
from .encoding import EncodedRow
from .spec import TrainSpec, camel_case

PACKAGES = (
    "torch",
    "transformers",
    "trl",
    "peft",
    "accelerate",
    "datasets",
    "tokenizers",
    "safetensors",
    "gguf",
)


def package_versions() -> dict[str, str]:
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **versions}


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Writes the file atomically: to a temporary file, flushed and renamed."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    fsync(partial)
    partial.replace(path)
    fsync(path.parent)


def portable_spec(spec: TrainSpec) -> dict[str, Any]:
    """Returns the spec with all defaults and without this machine's paths, so the record can be committed."""
    document = _camel_keys(dataclasses.asdict(spec))
    for name in ("rowsPath", "outDir", "resume"):
        del document[name]
    del document["base"]["dir"]
    return document


def _camel_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {camel_case(key): _camel_keys(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def row_counts(train_rows: list[EncodedRow], validation_rows: list[EncodedRow]) -> dict[str, dict[str, int]]:
    """Returns rows and tokens, as the `begin` event and training.json give them."""

    def refusals(rows: list[EncodedRow]) -> int:
        return sum(row.row.is_refusal for row in rows)

    return {
        "rows": {
            "in": len(train_rows) + len(validation_rows),
            "trained": len(train_rows),
            "validation": len(validation_rows),
            "refusalsTrained": refusals(train_rows),
            "refusalsValidation": refusals(validation_rows),
        },
        "tokens": {
            "trainedPrompt": sum(len(row.prompt_ids) for row in train_rows),
            "trainedCompletion": sum(len(row.completion_ids) for row in train_rows),
            "validationCompletion": sum(len(row.completion_ids) for row in validation_rows),
            "longestRow": max(row.length for row in [*train_rows, *validation_rows]),
        },
    }


def evaluation_record(metrics: dict[str, Any]) -> dict[str, Any]:
    """Returns the metrics of one evaluation under our names; a metric without rows is null."""
    return {
        "evalLoss": metrics["eval_loss"],
        "evalLossRefusals": metrics.get("eval_loss_refusals"),
        "evalLossAnswers": metrics.get("eval_loss_answers"),
        "meanOfLosses": metrics["eval_mean_of_losses"],
        "refusalAuroc": metrics.get("eval_refusal_auroc"),
        "expectedCost": metrics.get("eval_expected_cost"),
        "refusalRecall": metrics.get("eval_refusal_recall"),
        "falseRefusals": metrics["eval_false_refusals"],
        "wellFormedShare": metrics.get("eval_well_formed_share"),
        "refusalsChecked": metrics["eval_refusals_checked"],
        "answersChecked": metrics["eval_answers_checked"],
        "seconds": metrics["eval_seconds"],
    }


def evaluation_history(log_history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns every evaluation of the run, including those before a resume."""
    return [
        {"step": record["step"], "epoch": record["epoch"], **evaluation_record(record)}
        for record in log_history
        if "eval_loss" in record
    ]
