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

from .encoding import EncodedRow, PromptEncoder
from .generation import greedy, only_logits_at
from .outcome import outcome
from .refusal_decision import auroc, expected_cost, selection_value
from .spec import EvaluationSpec, Metric, TrainSpec

# Name of what the best checkpoint minimizes when the metric is `expected_cost`.
SELECTION_BY_COST = "eval_selection_by_cost"
LOGGED_AS: dict[Metric, str] = {
    "eval_loss": "eval_loss",
    "mean_of_losses": "eval_mean_of_losses",
    "expected_cost": SELECTION_BY_COST,
}
# Rows of a batch on a CPU and on an accelerator.
CPU_ROWS = 16
ACCELERATOR_ROWS = 32
# Tokens of a batch on an accelerator, prompts and new tokens: 0.8 GB of keys and values of a Mistral 7B.
ACCELERATOR_TOKENS = 6144


def validation_batch(spec: TrainSpec, on_cpu: bool, longest_row: int) -> int:
    """Returns the rows that are measured at once: those of the spec, else a number that suits the device.

    On an accelerator, long rows make batches smaller. `validationBatch` in shared/domain/training/estimate.ts
    is the same.
    """
    if spec.evaluation.batch_size is not None:
        return spec.evaluation.batch_size
    if on_cpu:
        return max(CPU_ROWS, spec.optimisation.batch_size)
    tokens_of_a_row = longest_row + spec.evaluation.max_new_tokens
    return max(1, min(ACCELERATOR_ROWS, ACCELERATOR_TOKENS // tokens_of_a_row))


@dataclass(frozen=True)
class Validation:
    """Measures a model on `rows`. Losses are means over completion tokens, in nats."""

    rows: list[EncodedRow]
    encoder: PromptEncoder
    spec: EvaluationSpec
    batch_size: int
    check_stop: Callable[[], None]

    @property
    def has_both_kinds(self) -> bool:
        """Whether there are rows to refuse and rows to answer, so that a decision can be measured."""
        return len({row.row.is_refusal for row in self.rows}) == 2

    @property
    def metric(self) -> Metric:
        """The metric that selects the best checkpoint: without rows of both kinds, no cost is defined."""
        undefined = self.spec.metric == "expected_cost" and not self.has_both_kinds
        return "eval_loss" if undefined else self.spec.metric

    def measure(self, model: Any) -> dict[str, float]:
        """Returns metrics under the names that the trainer logs. One without rows is omitted, never 0."""
        model.eval()
        return {**self._forced(model), **self._behavior(model)}

    def _forced(self, model: Any) -> dict[str, float]:
        """Returns the losses, and how well the refusal probability decides, from one forward a row."""
        scores: dict[bool, list[RowScore]] = {True: [], False: []}
        for batch in self._batches(self.rows):
            self.check_stop()
            for row, score in zip(batch, score_rows(model, batch, self.encoder.eos), strict=True):
                scores[row.row.is_refusal].append(score)
        losses = _losses(scores)
        if not self.has_both_kinds:
            return losses
        refusals, answers = ([score.refusal_probability for score in scores[kind]] for kind in (True, False))
        cost = expected_cost(refusals, answers, self.spec.missed_harm_cost, self.spec.false_alarm_cost)
        return {
            **losses,
            "eval_refusal_auroc": auroc(refusals, answers),
            "eval_expected_cost": cost,
            SELECTION_BY_COST: selection_value(cost, losses["eval_loss_answers"]),
        }

    def _behavior(self, model: Any) -> dict[str, float]:
        """Returns refusal recall over rows to refuse, and two figures over rows to answer."""
        chosen = self._rows_to_generate()
        outcomes: dict[bool, list[str]] = {True: [], False: []}
        eos, most = self.encoder.eos, self.spec.max_new_tokens
        for batch in self._batches(chosen):
            prompts = [list(row.prompt_ids) for row in batch]
            texts = greedy(model, prompts, eos, eos, most, self.check_stop)
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
        refusals = [row for row in self.rows if row.row.is_refusal][: -(-self.spec.generation_rows // 2)]
        answers = [row for row in self.rows if not row.row.is_refusal]
        return (refusals + answers)[: self.spec.generation_rows]

    def _batches(self, rows: list[EncodedRow]) -> list[list[EncodedRow]]:
        return [rows[start : start + self.batch_size] for start in range(0, len(rows), self.batch_size)]


def _losses(scores: dict[bool, list[RowScore]]) -> dict[str, float]:
    """Returns the loss over all tokens, of refusals and of answers, and the mean of those two."""
    sums = {kind: sum(score.loss for score in of_kind) for kind, of_kind in scores.items()}
    tokens = {kind: sum(score.tokens for score in of_kind) for kind, of_kind in scores.items()}
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


@dataclass(frozen=True)
class RowScore:
    """`loss`: sum over the completion's tokens, in nats. `refusal_probability`: P(end of text | prompt)."""

    loss: float
    tokens: int
    refusal_probability: float


@torch.no_grad()
def score_rows(model: Any, batch: list[EncodedRow], eos: int) -> list[RowScore]:
    """Returns the score of each row, from one forward of the batch."""
    width = max(row.length for row in batch)
    lengths = [row.length for row in batch]
    device = model.device
    ids = [[*row.prompt_ids, *row.completion_ids, *[eos] * (width - row.length)] for row in batch]
    mask = [[1] * length + [0] * (width - length) for length in lengths]
    # Position i predicts token i + 1: the completion's predictors begin at the prompt's last token.
    at_row = [number for number, row in enumerate(batch) for _ in row.completion_ids]
    at_position = [at for row in batch for at in range(len(row.prompt_ids) - 1, row.length - 1)]
    with only_logits_at(model, torch.tensor(at_row), torch.tensor(at_position)):
        output = model(
            input_ids=torch.tensor(ids, device=device), attention_mask=torch.tensor(mask, device=device)
        )
    logs = output.logits.float().log_softmax(-1)
    targets = torch.tensor([token for row in batch for token in row.completion_ids], device=device)
    losses = functional.nll_loss(logs, targets, reduction="none")
    counts = [len(row.completion_ids) for row in batch]
    firsts = [sum(counts[:number]) for number in range(len(batch))]
    probabilities = logs[firsts, eos].exp().tolist()
    sums = [part.sum().item() for part in losses.split(counts)]
    return [RowScore(*score) for score in zip(sums, counts, probabilities, strict=True)]
