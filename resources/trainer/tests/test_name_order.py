"""The order of a row's names in each epoch."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.name_order import NameOrder
from namewright_trainer.rows import Row

NAMES = ("radio-point", "go-speaker", "cabinetplace", "blueradio", "radio-speaker")


def texts(encoder: PromptEncoder, seed: int, epochs: list[float]) -> list[list[str]]:
    """Returns, for each value of the trainer's state, the completions of an answer and a refusal."""
    rows = [
        encoder.encode_row(Row(number, "old radios", names, "g", "train"))
        for number, names in ((1, NAMES), (2, ()))
    ]
    order = NameOrder(rows, encoder, seed)
    dataset = order.dataset()
    found = []
    for epoch in epochs:
        order.on_epoch_begin(None, SimpleNamespace(epoch=epoch), None)
        examples = [dataset[at] for at in range(len(dataset))]
        for row, example in zip(rows, examples, strict=True):
            assert tuple(example["input_ids"][: len(row.prompt_ids)]) == row.prompt_ids
        found.append([encoder.decode([token for token in one["labels"] if token >= 0]) for one in examples])
    return found


def test_each_epoch_has_its_own_order_of_the_same_names(model_and_encoder: tuple[Any, PromptEncoder]) -> None:
    epochs = texts(model_and_encoder[1], 1, [0, 1, 2])
    answers = [answer.split("\n") for answer, _ in epochs]
    assert all(sorted(answer) == sorted(NAMES) for answer in answers)
    assert len({tuple(answer) for answer in answers}) == 3
    assert [refusal for _, refusal in epochs] == ["", "", ""]


def test_an_order_depends_on_seed_and_epoch_only(model_and_encoder: tuple[Any, PromptEncoder]) -> None:
    encoder = model_and_encoder[1]
    # A resume in the middle of the second epoch, and the sum of thirds that ends the first.
    assert texts(encoder, 1, [1.4, 1 / 3 + 1 / 3 + 0.3333333]) == texts(encoder, 1, [1, 1])
    assert texts(encoder, 1, [0]) != texts(encoder, 2, [0])
