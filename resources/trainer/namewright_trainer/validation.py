"""Metrics on the validation rows after each evaluation.

Refusals are about one percent of the loss tokens, so that one loss hardly sees them: losses are reported
apart, and beside them what the model would do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as functional

from .encoding import IGNORED, EncodedRow, PromptEncoder
from .generation import greedy
from .outcome import outcome


@dataclass(frozen=True)
class Validation:
    """Measures a model on `rows`. Losses are means over completion tokens, in nats."""

    rows: list[EncodedRow]
    encoder: PromptEncoder
    generation_rows: int
    max_new_tokens: int
    batch_size: int
    check_stop: Callable[[], None]

    def measure(self, model: Any) -> dict[str, float]:
        """Returns metrics under the names that the trainer logs. One without rows is omitted, never 0."""
        model.eval()
        return {**self._losses(model), **self._behavior(model)}

    @torch.no_grad()
    def _losses(self, model: Any) -> dict[str, float]:
        sums = {True: 0.0, False: 0.0}
        tokens = {True: 0, False: 0}
        for batch in self._batches(self.rows):
            self.check_stop()
            for row, loss in zip(batch, completion_losses(model, batch, self._pad), strict=True):
                sums[row.row.is_refusal] += loss
                tokens[row.row.is_refusal] += len(row.completion_ids)
        apart = {
            name: sums[refusal] / tokens[refusal]
            for name, refusal in (("eval_loss_refusals", True), ("eval_loss_answers", False))
            if tokens[refusal]
        }
        return {
            "eval_loss": sum(sums.values()) / sum(tokens.values()),
            "eval_mean_of_losses": sum(apart.values()) / len(apart),
            **apart,
        }

    def _behavior(self, model: Any) -> dict[str, float]:
        """Returns refusal recall over rows to refuse, and two figures over rows to answer."""
        chosen = self._rows_to_generate()
        outcomes: dict[bool, list[str]] = {True: [], False: []}
        for batch in self._batches(chosen):
            prompts = [list(row.prompt_ids) for row in batch]
            texts = greedy(model, prompts, self.encoder.eos, self._pad, self.max_new_tokens, self.check_stop)
            for row, ids in zip(batch, texts, strict=True):
                outcomes[row.row.is_refusal].append(outcome(self.encoder.decode(ids)))
        refusals, answers = outcomes[True], outcomes[False]
        metrics: dict[str, float] = {
            "eval_refusals_checked": len(refusals),
            "eval_answers_checked": len(answers),
            "eval_false_refusals": answers.count("refused"),
        }
        if refusals:
            metrics["eval_refusal_recall"] = refusals.count("refused") / len(refusals)
        if answers:
            metrics["eval_well_formed_share"] = answers.count("answered") / len(answers)
        return metrics

    def _rows_to_generate(self) -> list[EncodedRow]:
        """Returns the same `generation_rows` rows each time, or fewer; at most half of them are refusals."""
        refusals = [row for row in self.rows if row.row.is_refusal][: -(-self.generation_rows // 2)]
        answers = [row for row in self.rows if not row.row.is_refusal]
        return (refusals + answers)[: self.generation_rows]

    def _batches(self, rows: list[EncodedRow]) -> list[list[EncodedRow]]:
        return [rows[start : start + self.batch_size] for start in range(0, len(rows), self.batch_size)]

    @property
    def _pad(self) -> int:
        return self.encoder.eos


def completion_losses(model: Any, batch: list[EncodedRow], pad: int) -> list[float]:
    """Returns the sum of the negative log-likelihood of each row's completion tokens, in nats."""
    width = max(row.length for row in batch)
    ids, labels, mask = [], [], []
    for row in batch:
        example, rest = row.example(), width - row.length
        ids.append(example["input_ids"] + [pad] * rest)
        labels.append(example["labels"] + [IGNORED] * rest)
        mask.append([1] * row.length + [0] * rest)
    device = model.device
    output = model(
        input_ids=torch.tensor(ids, device=device), attention_mask=torch.tensor(mask, device=device)
    )
    logits = output.logits[:, :-1].float()
    targets = torch.tensor(labels, device=device)[:, 1:]
    losses = functional.cross_entropy(logits.transpose(1, 2), targets, ignore_index=IGNORED, reduction="none")
    return losses.sum(-1).tolist()
