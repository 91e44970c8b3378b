"""Generation and the figures on validation rows."""

from __future__ import annotations

import math

import pytest
import torch

from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.generation import greedy
from namewright_trainer.rows import Row
from namewright_trainer.spec import EvaluationSpec, read_spec
from namewright_trainer.validation import Validation, score_rows, validation_batch

from .test_spec import Make, Write


def test_padding_in_a_batch_changes_no_completion(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    prompts = [encoder.prompt(text) for text in ("a", "a shop in town", "something rather longer than these")]
    together = greedy(model, prompts, encoder.eos, encoder.eos, 15)
    alone = [greedy(model, [prompt], encoder.eos, encoder.eos, 15)[0] for prompt in prompts]
    assert together == alone
    with torch.no_grad():
        whole = torch.tensor([prompts[1] + together[1]])
        logits = model(input_ids=whole).logits[0, len(prompts[1]) - 1 : -1]
    assert logits.argmax(-1).tolist() == together[1]


def test_the_head_gets_only_the_last_token_of_each_row_as_a_matrix(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    shapes = []
    head = model.get_output_embeddings()
    hook = head.register_forward_hook(lambda _, inputs, __: shapes.append(tuple(inputs[0].shape)))
    greedy(model, [encoder.prompt("a"), encoder.prompt("a shop in town")], encoder.eos, encoder.eos, 3)
    hook.remove()
    assert set(shapes) == {(2, head.in_features)}


def test_losses_are_separate_and_weighted_by_tokens(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    names = ("alpha-one", "beta-two", "gamma3", "delta-four", "epsilon")
    rows = [
        encoder.encode_row(Row(1, "a shop", names, "a", "validation")),
        encoder.encode_row(Row(2, "something harmful", (), "b", "validation")),
        encoder.encode_row(Row(3, "another", names[::-1], "c", "validation")),
    ]
    spec = EvaluationSpec(generation_rows=4, max_new_tokens=8)
    figures = Validation(rows, encoder, spec, 2, lambda: None).measure(model)

    def alone(number: int) -> float:
        row = rows[number]
        ids = torch.tensor([[*row.prompt_ids, *row.completion_ids]])
        with torch.no_grad():
            logs = model(input_ids=ids).logits[0].log_softmax(-1)
        start = len(row.prompt_ids) - 1
        return -sum(logs[start + at, token].item() for at, token in enumerate(row.completion_ids))

    tokens = [len(row.completion_ids) for row in rows]
    answers = (alone(0) + alone(2)) / (tokens[0] + tokens[2])
    assert figures["eval_loss_refusals"] == pytest.approx(alone(1), rel=1e-4)
    assert figures["eval_loss_answers"] == pytest.approx(answers, rel=1e-4)
    assert figures["eval_mean_of_losses"] == pytest.approx((alone(1) + answers) / 2, rel=1e-4)
    assert figures["eval_loss"] == pytest.approx(sum(map(alone, range(3))) / sum(tokens), rel=1e-4)
    assert figures["eval_refusals_checked"] == 1
    assert figures["eval_answers_checked"] == 2
    assert score_rows(model, rows[:1], encoder.eos)[0].loss == pytest.approx(alone(0), rel=1e-4)


def test_one_forward_gives_the_refusal_probability_and_no_other_logits(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    """The padded batch gives what each row gives alone, with logits at completion positions only."""
    model, encoder = model_and_encoder
    names = ("alpha-one", "beta-two", "gamma3", "delta-four", "epsilon")
    rows = [
        encoder.encode_row(Row(1, "a shop that sells many things", names, "a", "validation")),
        encoder.encode_row(Row(2, "harmful", (), "b", "validation")),
    ]
    shapes: list[tuple[int, ...]] = []
    head = model.get_output_embeddings()
    hook = head.register_forward_hook(lambda _module, _inputs, output: shapes.append(tuple(output.shape)))
    scores = score_rows(model, rows, encoder.eos)
    hook.remove()
    assert shapes == [(sum(len(row.completion_ids) for row in rows), model.config.vocab_size)]
    for row, score in zip(rows, scores, strict=True):
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([row.prompt_ids])).logits[0, -1]
        alone = logits.softmax(-1)[encoder.eos].item()
        assert score.refusal_probability == pytest.approx(alone, rel=1e-4)
    assert scores[1].refusal_probability == pytest.approx(math.exp(-scores[1].loss), rel=1e-6)


def test_reports_how_well_the_refusal_probability_decides(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    names = ("alpha-one", "beta-two", "gamma3", "delta-four", "epsilon")
    rows = [
        encoder.encode_row(Row(1, "a shop", names, "a", "validation")),
        encoder.encode_row(Row(2, "something harmful", (), "b", "validation")),
        encoder.encode_row(Row(3, "another", names[::-1], "c", "validation")),
    ]
    spec = EvaluationSpec(generation_rows=0, metric="expected_cost", missed_harm_cost=3, false_alarm_cost=2)
    validation = Validation(rows, encoder, spec, 2, lambda: None)
    figures = validation.measure(model)
    shop, harmful, other = (score.refusal_probability for score in score_rows(model, rows, encoder.eos))
    assert figures["eval_refusal_auroc"] == ((harmful > shop) + (harmful > other)) / 2
    refused_in_vain = (shop >= harmful) + (other >= harmful)
    assert figures["eval_expected_cost"] == min(3, 2 * refused_in_vain) / 3
    assert figures["eval_selection_by_cost"] == pytest.approx(figures["eval_expected_cost"], abs=1e-6)
    assert validation.metric == "expected_cost"


def test_an_undefined_cost_falls_back_to_the_loss(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    rows = [encoder.encode_row(Row(1, "harmful", (), "a", "validation"))]
    spec = EvaluationSpec(generation_rows=0, metric="expected_cost")
    validation = Validation(rows, encoder, spec, 2, lambda: None)
    assert validation.metric == "eval_loss"
    assert "eval_expected_cost" not in validation.measure(model)


@pytest.mark.parametrize(
    ("on_cpu", "longest_row", "asked", "rows"),
    [
        (True, 900, None, 16),
        (False, 60, None, 32),
        (False, 700, None, 7),
        (False, 100_000, None, 1),
        (True, 60, 5, 5),
        (False, 60, 5, 5),
    ],
)
def test_validation_has_a_batch_of_its_own(
    make_spec: Make, spec_file: Write, on_cpu: bool, longest_row: int, asked: int | None, rows: int
) -> None:
    evaluation = {"batchSize": asked, "maxNewTokens": 100}
    spec = read_spec(spec_file(make_spec(evaluation=evaluation, optimisation={"batchSize": 1})))
    assert validation_batch(spec, on_cpu, longest_row) == rows


def test_omits_figures_without_rows(
    model_and_encoder: tuple[torch.nn.Module, PromptEncoder],
) -> None:
    model, encoder = model_and_encoder
    rows = [encoder.encode_row(Row(1, "harmful", (), "a", "validation"))]
    spec = EvaluationSpec(generation_rows=4, max_new_tokens=4)
    figures = Validation(rows, encoder, spec, 2, lambda: None).measure(model)
    assert "eval_loss_answers" not in figures
    assert "eval_well_formed_share" not in figures
    assert figures["eval_mean_of_losses"] == figures["eval_loss"]
