"""TRL's SFTTrainer with our evaluation, complete checkpoints and no model card."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as functional
from datasets import Dataset
from peft import LoraConfig
from safetensors import SafetensorError
from transformers import EarlyStoppingCallback, PrinterCallback
from trl import SFTConfig, SFTTrainer

from .checkpoints import CheckpointStore
from .device import Plan, chosen_optimizer
from .disk import not_written
from .encoding import IGNORED, EncodedRow, PromptEncoder
from .memory import is_out_of_memory
from .name_order import NameOrder
from .spec import LoraSpec, Metric, OptimizationSpec, TrainSpec
from .validation import LOGGED_AS, Validation


class NamingTrainer(SFTTrainer):
    """Trains on ready `input_ids` and `labels`; evaluates with `Validation` instead of a data loader.

    Our evaluation draws no random numbers, so that evaluating does not change the steps that follow.
    """

    def __init__(
        self, *args: Any, validation: Validation, checkpoints: CheckpointStore, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.validation = validation
        self.checkpoints = checkpoints

    def evaluate(
        self, eval_dataset: Any = None, ignore_keys: Any = None, metric_key_prefix: str = "eval"
    ) -> dict[str, float]:
        began = time.monotonic()
        metrics = self.validation.measure(self.model)
        metrics["eval_seconds"] = round(time.monotonic() - began, 3)
        self.log(dict(metrics))
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics)
        return metrics

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        step = self.state.global_step
        self.checkpoints.open_for_writing(step)
        try:
            super()._save_checkpoint(model, trial)
            self.checkpoints.close(step)
        except (OSError, RuntimeError, SafetensorError) as error:
            if is_out_of_memory(error):
                raise
            # A partial checkpoint is useless and occupies disk space that the user needs.
            self.checkpoints.discard_incomplete()
            raise not_written(f"checkpoint-{step}", self.checkpoints.folder, error) from error
        self.checkpoints.rotate(self.state.best_global_step)

    def create_model_card(self, *args: Any, **options: Any) -> None:
        """Skips the README that TRL would write beside each checkpoint: training.json has the inputs."""

    def evaluate_and_save_now(self) -> None:
        """Runs the evaluation that was due when the run was stopped, with all its consequences."""
        metrics = self._evaluate(None, None)
        self._determine_best_metric(metrics, None)
        # The random generators still belong to this process; the checkpoint keeps the saved ones.
        self._load_rng_state(str(self.checkpoints.path(self.state.global_step)))
        self.save_now()

    def save_now(self) -> None:
        """Writes a complete checkpoint of the last trained step."""
        self._save_checkpoint(self.model, None)

    def load_best(self) -> None:
        """Loads the adapter of the best checkpoint, as a normal end of training does."""
        self._load_best_model()

    def steps_an_epoch(self) -> int:
        """Returns the optimizer steps in one epoch; the last may have fewer rows."""
        batches = len(self.get_train_dataloader())
        return -(-batches // self.args.gradient_accumulation_steps)


def lora_config(lora: LoraSpec) -> LoraConfig:
    return LoraConfig(
        r=lora.r,
        lora_alpha=lora.alpha if lora.alpha % 1 else int(lora.alpha),
        lora_dropout=lora.dropout,
        target_modules=list(lora.target_modules),
        use_rslora=lora.rslora,
        use_dora=lora.dora,
        init_lora_weights=True if lora.init == "default" else lora.init,
        bias="none",
        task_type="CAUSAL_LM",
    )


def scheduler_arguments(optimisation: OptimizationSpec) -> dict[str, float]:
    if optimisation.scheduler != "cosine_with_min_lr":
        return {}
    return {"min_lr": optimisation.min_learning_rate}


def weighted_loss(refusal_weight: float, outputs: Any, labels: Any, num_items_in_batch: Any = None) -> Any:
    """Returns the sum of the tokens' losses, those of refusals times the weight, per token of the step.

    A refusal is a single token (end of text), so a row with one label is one.
    """
    targets = functional.pad(labels, (0, 1), value=IGNORED)[:, 1:]
    losses = functional.cross_entropy(
        outputs.logits.float().transpose(1, 2), targets, ignore_index=IGNORED, reduction="none"
    )
    counted = (targets != IGNORED).sum(-1)
    weights = torch.where(counted == 1, refusal_weight, 1.0)
    return (losses.sum(-1) * weights).sum() / (num_items_in_batch or counted.sum())


def training_arguments(spec: TrainSpec, chosen: Plan, metric: Metric, checkpoints: Path) -> SFTConfig:
    """Sets every option, because TRL's defaults (bf16, gradient checkpointing) suit a large GPU."""
    optimisation, evaluation = spec.optimisation, spec.evaluation
    return SFTConfig(
        output_dir=str(checkpoints),
        num_train_epochs=optimisation.epochs,
        per_device_train_batch_size=optimisation.batch_size,
        gradient_accumulation_steps=optimisation.gradient_accumulation,
        learning_rate=optimisation.learning_rate,
        lr_scheduler_type=optimisation.scheduler,
        lr_scheduler_kwargs=scheduler_arguments(optimisation),
        warmup_steps=optimisation.warmup_steps,
        weight_decay=optimisation.weight_decay,
        max_grad_norm=optimisation.max_grad_norm,
        optim=chosen_optimizer(optimisation.optimizer, chosen),
        neftune_noise_alpha=optimisation.neftune_noise_alpha or None,
        # Only the plain loss can be replaced by a weighted one.
        loss_type="chunked_nll" if optimisation.refusal_weight == 1 else "nll",
        gradient_checkpointing=optimisation.gradient_checkpointing,
        max_length=optimisation.max_length,
        packing=False,
        dataset_kwargs={"skip_prepare_dataset": True},
        eval_strategy=evaluation.strategy,
        eval_steps=evaluation.steps,
        save_strategy=evaluation.strategy,
        save_steps=evaluation.steps or 1,
        save_total_limit=None,
        load_best_model_at_end=True,
        metric_for_best_model=LOGGED_AS[metric],
        greater_is_better=False,
        restore_callback_states_from_checkpoint=True,
        logging_strategy="steps",
        logging_steps=1,
        # The filter would replace a NaN loss with an average and hide it.
        logging_nan_inf_filter=False,
        include_num_input_tokens_seen="non_padding",
        # Rows in a new order are encoded when they are read, from a column that the model doesn't know.
        remove_unused_columns=not optimisation.shuffle_names,
        use_cpu=chosen.device == "cpu",
        bf16=chosen.mixed_precision == "bf16",
        fp16=chosen.mixed_precision == "fp16",
        dataloader_pin_memory=chosen.pin_memory,
        dataloader_num_workers=spec.workers,
        report_to="none",
        disable_tqdm=True,
        seed=spec.seed,
        data_seed=spec.seed,
    )


def build_trainer(
    spec: TrainSpec,
    chosen: Plan,
    model: Any,
    tokenizer: Any,
    encoder: PromptEncoder,
    train_rows: list[EncodedRow],
    validation: Validation,
    checkpoints: CheckpointStore,
) -> NamingTrainer:
    """Returns the trainer, ready to train. Raises if TRL dropped a row."""
    refusal_weight = spec.optimisation.refusal_weight
    order = NameOrder(train_rows, encoder, spec.seed) if spec.optimisation.shuffle_names else None
    train_dataset = (
        Dataset.from_list([row.example() for row in train_rows]) if order is None else order.dataset()
    )
    trainer = NamingTrainer(
        model=model,
        args=training_arguments(spec, chosen, validation.metric, checkpoints.folder),
        train_dataset=train_dataset,
        eval_dataset=Dataset.from_list([row.example() for row in validation.rows]),
        processing_class=tokenizer,
        peft_config=lora_config(spec.lora),
        compute_loss_func=None if refusal_weight == 1 else partial(weighted_loss, refusal_weight),
        callbacks=[EarlyStoppingCallback(early_stopping_patience=spec.evaluation.patience)],
        validation=validation,
        checkpoints=checkpoints,
    )
    if len(trainer.train_dataset) != len(train_rows):
        raise RuntimeError(f"TRL kept {len(trainer.train_dataset)} of {len(train_rows)} rows")
    trainer.remove_callback(PrinterCallback)
    if order is not None:
        trainer.add_callback(order)
    return trainer
