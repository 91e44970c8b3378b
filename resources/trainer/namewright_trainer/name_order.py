"""The order of a row's names: a new one in each epoch, where the spec asks for it (`shuffleNames`)."""

from __future__ import annotations

import random
from typing import Any

from datasets import Dataset
from transformers import TrainerCallback

from .encoding import IGNORED, EncodedRow, PromptEncoder


class NameOrder(TrainerCallback):
    """Draws each order from seed, row and epoch, so that a resumed training continues with the same ones.

    Five names are a set. In a fixed order, a model with few rows learns which name follows which.
    """

    def __init__(self, rows: list[EncodedRow], encoder: PromptEncoder, seed: int) -> None:
        self._rows = rows
        self._encoder = encoder
        self._seed = seed
        self._epoch = 0

    def dataset(self) -> Dataset:
        """Returns the rows as a dataset that encodes them when they are read."""
        dataset = Dataset.from_list([{"at": at} for at in range(len(self._rows))])
        dataset.set_transform(self._examples)
        return dataset

    def on_epoch_begin(self, _args: Any, state: Any, _control: Any, **_: Any) -> None:
        # A fraction at a resume in the middle of an epoch, and a rounded sum of fractions at an epoch's end.
        self._epoch = int(state.epoch + 1e-6)

    def _examples(self, batch: dict[str, list[int]]) -> dict[str, list[list[int]]]:
        examples = [self._example(self._rows[at]) for at in batch["at"]]
        return {key: [example[key] for example in examples] for key in ("input_ids", "labels")}

    def _example(self, encoded: EncodedRow) -> dict[str, list[int]]:
        names = list(encoded.row.suggestions)
        random.Random(f"{self._seed} {encoded.row.row} {self._epoch}").shuffle(names)
        completion = self._encoder.completion(tuple(names))
        return {
            "input_ids": [*encoded.prompt_ids, *completion],
            "labels": [*[IGNORED] * len(encoded.prompt_ids), *completion],
        }
