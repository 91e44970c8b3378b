"""Fine-tunes a LoRA adapter: `train` reads from top to bottom, one stage after the other.

`torch`, `transformers` and `trl` are imported inside functions, after standard output is ours and the stop
watch runs: importing them takes seconds, in which a stop must already be answered.

Stopped or killed at any point and resumed, a training ends with the same adapter, byte for byte, as one
left alone: on a CPU, with the same number of threads and the same packages, with dropout or without. On a
GPU, whose kernels are not deterministic, it ends with an equivalent one.
"""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import base_model, device, folder_lock
from .adapter import save_adapter
from .adapter_gguf import CONTROLS, convert_with_control
from .base_gguf import check_convertible
from .checkpoints import CheckpointStore
from .disk import fsync_tree, require_folder
from .encoding import EncodedRow, PromptEncoder
from .events import EventStream
from .failure import EXIT_CODES, TrainerFailure
from .record import evaluation_history, package_versions, portable_spec, row_counts, write_json
from .rows import read_rows
from .spec import TrainSpec
from .stop import StopRequested, StopWatch
from .torch_warnings import report_fallbacks

if TYPE_CHECKING:
    from .sft import NamingTrainer


# Added to the grace time of the earlier trainer, whose last step may be long.
HOLD_PATIENCE_SECONDS = 60


@dataclass
class Training:
    """A running training: the state shared by its stages."""

    spec: TrainSpec
    events: EventStream
    stop: StopWatch
    checkpoints: CheckpointStore
    longest_row: int = 0

    @property
    def out(self) -> Path:
        return Path(self.spec.out_dir)


@dataclass(frozen=True)
class Material:
    """The checked inputs of a training."""

    plan: device.Plan
    threads: int
    folder: base_model.BaseFolder
    base_hash: str
    tokenizer: Any
    encoder: PromptEncoder
    train_rows: list[EncodedRow]
    validation_rows: list[EncodedRow]
    counts: dict[str, dict[str, int]]


def train(training: Training) -> int:
    """Runs a whole training, or the rest of a stopped one; returns the exit code."""
    require_folder(training.out.parent)
    training.out.mkdir(exist_ok=True)
    patience = training.spec.stop_grace_seconds + HOLD_PATIENCE_SECONDS
    with folder_lock.held(training.out, training.events, patience):
        return _train_in_folder(training)


def _train_in_folder(training: Training) -> int:
    resume_step = _prepare_folder(training)
    material = gather(training)

    training.events.stage("train")
    trainer = build(training, material)
    _announce(training, material, trainer, resume_step)
    training.stop.allow_saving(training.checkpoints.latest)
    _run(training, trainer, resume_step)
    if training.stop.requested:
        training.events.cancelled(training.checkpoints.latest())
        return EXIT_CODES["cancelled"]
    training.stop.nothing_more_to_save()

    _keep(training, material, trainer)
    _record(training, material, trainer, resume_step)
    return 0


def _prepare_folder(training: Training) -> int | None:
    """Returns the step to resume from; None for a new start in a folder without checkpoints."""
    if training.spec.resume:
        training.checkpoints.discard_incomplete()
        return training.checkpoints.latest()
    if training.checkpoints.complete_steps():
        hint = "Use --resume to continue from them, or choose another outDir."
        raise TrainerFailure("usage", f"{training.out.name} already holds checkpoints of a run", hint)
    shutil.rmtree(training.checkpoints.folder, ignore_errors=True)
    return None


def gather(training: Training) -> Material:
    """Reads rows, base model and token ids; every row is tokenized before training starts."""
    spec, events = training.spec, training.events
    events.stage("import")
    rows = read_rows(Path(spec.rows_path))
    folder = base_model.resolve(spec.base)
    plan, threads = _prepare_torch(training)

    events.stage("load-base")
    check_convertible(folder)
    tokenizer = base_model.load_tokenizer(folder)
    encoder = PromptEncoder(tokenizer, spec.prompt_template)
    base_hash = spec.base.hash or base_model.base_hash(folder)

    events.stage("encode")
    context = folder.config.get("max_position_embeddings") or spec.optimisation.max_length
    encoded = encoder.encode_rows(rows, min(spec.optimisation.max_length, context))
    training.longest_row = max(row.length for row in encoded)
    train_rows = [row for row in encoded if row.row.side == "train"]
    validation_rows = [row for row in encoded if row.row.side == "validation"]
    counts = row_counts(train_rows, validation_rows)
    return Material(plan, threads, folder, base_hash, tokenizer, encoder, train_rows, validation_rows, counts)


def _prepare_torch(training: Training) -> tuple[device.Plan, int]:
    """Imports torch and transformers, chooses the device and threads, and seeds everything."""
    spec, events, checkpoints = training.spec, training.events, training.checkpoints
    os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
    import torch
    from transformers import set_seed

    report_fallbacks(events)
    name = device.choose_device(spec.device, device.available_devices(torch))
    plan = device.plan(name, spec.precision, name != "cuda" or torch.cuda.is_bf16_supported())
    threads = spec.threads
    if threads is None and plan.device == "cpu":
        threads = checkpoints.threads_of_latest() or device.free_threads(torch.get_num_threads())
    threads = checkpoints.threads = device.prepare(torch, plan, threads)
    set_seed(spec.seed)
    return plan, threads


def build(training: Training, material: Material) -> NamingTrainer:
    """Creates the model with a new adapter, and TRL's trainer with our callbacks."""
    from . import callbacks, sft
    from .validation import Validation, validation_batch

    spec, events = training.spec, training.events
    validation = Validation(
        material.validation_rows,
        material.encoder,
        spec.evaluation,
        validation_batch(spec, material.plan.device == "cpu", training.longest_row),
        training.stop.raise_if_requested,
    )
    attention = device.chosen_attention(spec.attention, material.plan)
    model = base_model.load_model(material.folder, material.plan, attention)
    trainer = sft.build_trainer(
        spec,
        material.plan,
        model,
        material.tokenizer,
        material.encoder,
        material.train_rows,
        validation,
        training.checkpoints,
    )
    accelerator = trainer.accelerator
    trainer.add_callback(callbacks.Progress(events, lambda: accelerator.optimizer_step_was_skipped))
    trainer.add_callback(callbacks.Evaluations(events, trainer.args.metric_for_best_model))
    trainer.add_callback(callbacks.SavedCheckpoints(events, training.checkpoints))
    trainer.add_callback(callbacks.StopAtStep(training.stop, training.checkpoints))
    trainer.add_callback(callbacks.DueEvaluation(trainer, spec.evaluation))
    return trainer


def _announce(
    training: Training, material: Material, trainer: NamingTrainer, resume_step: int | None
) -> None:
    """Emits the `begin` event, and warnings about a split that leaves a metric unmeasured."""
    from .memory import parameter_counts

    epochs, steps = training.spec.optimisation.epochs, trainer.steps_an_epoch()
    training.events.emit(
        "begin",
        **material.counts,
        maxSteps=steps * epochs,
        stepsPerEpoch=steps,
        epochs=epochs,
        resumedAtStep=resume_step,
        parameters=parameter_counts(trainer.model),
        device=material.plan.device,
        precision=training.spec.precision,
        threads=material.threads,
    )
    rows = material.counts["rows"]
    if trainer.validation.metric != training.spec.evaluation.metric:
        message = (
            "the expected cost needs refusals and answers on the validation side, "
            f"so the best checkpoint is selected by {trainer.validation.metric}"
        )
        training.events.warning("metric-undefined", message)
    if not rows["refusalsValidation"]:
        training.events.warning(
            "no-validation-refusals", "the validation side has no refusals, so they are not measured"
        )
    if rows["validation"] == rows["refusalsValidation"]:
        training.events.warning(
            "no-validation-answers", "the validation side has no answers, so they are not measured"
        )


def _run(training: Training, trainer: NamingTrainer, resume_step: int | None) -> None:
    """Trains until the end, when the trainer has the best adapter, or until a stop."""
    from .callbacks import TrainingOver

    checkpoints = training.checkpoints
    try:
        start = None if resume_step is None else str(checkpoints.path(resume_step))
        trainer.train(resume_from_checkpoint=start)
    except StopRequested:
        if trainer.state.global_step not in checkpoints.complete_steps():
            trainer.save_now()
    except TrainingOver:
        trainer.load_best()


def _keep(training: Training, material: Material, trainer: NamingTrainer) -> None:
    """Writes the best adapter for PEFT and llama.cpp, and the reference for the parity gate."""
    from . import parity

    spec, events, out = training.spec, training.events, training.out
    state = trainer.state
    if state.global_step < state.max_steps:
        best = {"bestStep": state.best_global_step, "bestMetric": state.best_metric}
        events.emit("early-stop", step=state.global_step, **best)

    events.stage("save-adapter")
    require_folder(out)
    save_adapter(trainer.model, out / "adapter", spec.base)

    # DoRA runs merged into the base: an adapter GGUF can't store its magnitudes.
    if not spec.lora.dora:
        events.stage("convert-adapter")
        convert_with_control(material.folder.config, out, spec.lora.target_modules, spec.adapter_gguf)

    events.stage("parity-reference")
    reserved = material.encoder.format.reserved
    sequences = parity.choose_sequences(
        material.validation_rows, material.train_rows, spec.parity.sequences, reserved
    )
    target, top, tokens = out / "parity.json", spec.parity.top, spec.parity.max_new_tokens
    batch = trainer.validation.batch_size
    positions = parity.write_reference(
        target, trainer.model, material.encoder, sequences, spec.precision, top, tokens, batch
    )
    events.emit("parity-reference", path=target.name, sequences=len(sequences), positions=positions)


def _record(training: Training, material: Material, trainer: NamingTrainer, resume_step: int | None) -> None:
    """Writes training.json and emits the final event."""
    from .memory import parameter_counts

    spec, state = training.spec, trainer.state
    outcome = {
        "metric": trainer.validation.metric,
        "bestStep": state.best_global_step,
        "bestMetric": state.best_metric,
        "steps": state.global_step,
        "epochs": round(state.epoch or 0, 4),
        "stoppedEarly": state.global_step < state.max_steps,
    }
    document = {
        "schemaVersion": 1,
        "spec": portable_spec(spec),
        "baseHash": material.base_hash,
        "datasetHash": spec.dataset_hash,
        **material.counts,
        "parameters": parameter_counts(trainer.model),
        **outcome,
        "evaluations": evaluation_history(state.log_history),
        "device": material.plan.device,
        "deviceName": _device_name(material.plan.device),
        "threads": material.threads,
        "resolved": _resolved(training, material, trainer),
        "resumed": resume_step is not None,
        "packages": package_versions(),
        "wallSeconds": round(training.events.elapsed_seconds, 1),
    }
    training.events.stage("record")
    # The record lists these files, so they must survive a power cut.
    adapter_gguf = None if spec.lora.dora else "adapter.gguf"
    names = ["adapter", "parity.json"]
    if adapter_gguf:
        names.append(adapter_gguf)
    if (training.out / CONTROLS).exists():
        names.append(CONTROLS)
    fsync_tree([training.out / name for name in names])
    write_json(training.out / "training.json", document)
    made = {"adapter": "adapter", "adapterGguf": adapter_gguf, "parity": "parity.json"}
    training.events.emit("done", **made, record="training.json", **outcome)


def _resolved(training: Training, material: Material, trainer: NamingTrainer) -> dict[str, Any]:
    """Returns what the trainer chose where the spec leaves a choice, and how the base was held in memory."""
    return {
        "weights": "nf4" if material.plan.four_bit else material.plan.dtype,
        "computeType": material.plan.dtype,
        "optimizer": str(trainer.args.optim.value),
        "attention": trainer.model.get_base_model().config._attn_implementation,
        "validationBatch": trainer.validation.batch_size,
    }


def _device_name(name: device.DeviceName) -> str:
    import torch

    return torch.cuda.get_device_name(0) if name == "cuda" else f"{platform.system()} {platform.machine()}"
