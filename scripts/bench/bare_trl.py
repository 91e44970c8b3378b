"""A bare TRL script: the settings of a spec, the loop of `SFTTrainer`, without our trainer around it.

    bare_trl.py SPEC [THREADS BATCH ACCUMULATION CHECKPOINTING]

Prints one JSON line: tokens a second between the first step's begin and the last one's end, and the mean loss on the
spec's validation rows. Rows are encoded by the trainer's own encoder, so that both train on the same ids. Without
THREADS and what follows, the spec's settings hold; `defaults` in their place leaves them to torch and TRL.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import torch
from datasets import Dataset
from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.rows import read_rows
from namewright_trainer.sft import lora_config
from namewright_trainer.spec import read_spec
from namewright_trainer.validation import completion_losses
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback, set_seed
from trl import SFTConfig, SFTTrainer


class Clock(TrainerCallback):
    """Measures the time of the training loop alone."""

    def on_train_begin(self, *_args, **_kwargs):
        self.began = time.perf_counter()

    def on_step_end(self, *_args, **_kwargs):
        self.ended = time.perf_counter()


def main() -> None:
    spec = read_spec(Path(sys.argv[1]))
    given = sys.argv[2:]
    defaults = given == ["defaults"]
    optimisation = spec.optimisation
    threads, batch, accumulation = spec.threads, optimisation.batch_size, optimisation.gradient_accumulation
    checkpointing = optimisation.gradient_checkpointing
    if given and not defaults:
        threads, batch, accumulation = (int(value) for value in given[:3])
        checkpointing = given[3:] == ["yes"]
    if threads and not defaults:
        torch.set_num_threads(threads)
    set_seed(spec.seed)
    tokenizer = AutoTokenizer.from_pretrained(spec.base.dir)
    encoder = PromptEncoder(tokenizer, spec.prompt_template)
    rows = encoder.encode_rows(read_rows(Path(spec.rows_path)), optimisation.max_length)
    train = [row for row in rows if row.row.side == "train"]
    validation = [row for row in rows if row.row.side == "validation"]
    chosen = {} if defaults else {"gradient_checkpointing": checkpointing}
    with tempfile.TemporaryDirectory() as folder:
        trainer = SFTTrainer(
            model=AutoModelForCausalLM.from_pretrained(spec.base.dir, dtype=torch.float32),
            args=SFTConfig(
                output_dir=folder,
                num_train_epochs=optimisation.epochs,
                per_device_train_batch_size=batch,
                gradient_accumulation_steps=accumulation,
                learning_rate=optimisation.learning_rate,
                lr_scheduler_type=optimisation.scheduler,
                warmup_steps=optimisation.warmup_steps,
                weight_decay=optimisation.weight_decay,
                max_grad_norm=optimisation.max_grad_norm,
                max_length=optimisation.max_length,
                dataset_kwargs={"skip_prepare_dataset": True},
                logging_steps=1,
                save_strategy="no",
                eval_strategy="no",
                report_to="none",
                disable_tqdm=True,
                use_cpu=True,
                bf16=False,
                dataloader_pin_memory=False,
                seed=spec.seed,
                data_seed=spec.seed,
                **chosen,
            ),
            train_dataset=Dataset.from_list([row.example() for row in train]),
            processing_class=tokenizer,
            peft_config=lora_config(spec.lora),
        )
        clock = Clock()
        trainer.add_callback(clock)
        trainer.train()
    trainer.model.eval()
    with torch.no_grad():
        losses = completion_losses(trainer.model, validation, encoder.eos)
    tokens = sum(row.length for row in train) * optimisation.epochs
    answer = {
        "tokensPerSecond": tokens / (clock.ended - clock.began),
        "evalLoss": sum(losses) / sum(len(row.completion_ids) for row in validation),
        "threads": torch.get_num_threads(),
    }
    print("\n" + json.dumps(answer), flush=True)


main()
