"""Measures how a base model answers descriptions: well-formed answers, and how the names relate to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from .corpus import PRODUCT_PROMPT, documents
from .names import is_name_list, stem
from .tokenizer import BOS, END_INST, EOS, INST, encode_batch

_BATCH = 32
_LONGEST_ANSWER = 80


@dataclass(frozen=True)
class Measured:
    """Counts of outcomes; `related` is the share of the answered names with a stem of their description."""

    descriptions: int
    answered: int
    refused: int
    malformed: int
    related: float | None


class Namer:
    """A base model in a folder, with greedy decoding, in batches padded on the left."""

    def __init__(self, folder: Path):
        torch.set_num_threads(1)
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModelForCausalLM.from_pretrained(folder).eval()

    def answers(self, descriptions: list[str]) -> list[str]:
        return [
            text
            for at in range(0, len(descriptions), _BATCH)
            for text in self._batch(descriptions[at : at + _BATCH])
        ]

    @torch.no_grad()
    def _batch(self, descriptions: list[str]) -> list[str]:
        asked = encode_batch(
            self._tokenizer, [PRODUCT_PROMPT.replace("{description}", d) for d in descriptions]
        )
        prompts = [torch.tensor([BOS, INST, *ids, END_INST]) for ids in asked]
        ids = torch.nn.utils.rnn.pad_sequence(prompts, batch_first=True, padding_side="left")
        answers = self._model.generate(
            input_ids=ids,
            attention_mask=(ids != 0).long(),
            max_new_tokens=_LONGEST_ANSWER,
            do_sample=False,
            eos_token_id=EOS,
            pad_token_id=0,
        )
        return [self._tokenizer.decode(row, skip_special_tokens=True) for row in answers[:, ids.shape[1] :]]


def _relates(name: str, description: str) -> bool:
    stems = {stem(word) for word in re.findall(r"[^\W\d_]{3,}", description)}
    return any(len(s) > 2 and s in name.replace("-", "") for s in stems)


def measured(descriptions: list[str], answers: list[str]) -> Measured:
    """Counts answered (exactly five valid, different names), refused (nothing) and malformed answers."""
    lists = [(d, a.split("\n")) for d, a in zip(descriptions, answers)]
    answered = [(d, names) for d, names in lists if len(names) == 5 and is_name_list(names)]
    refused = sum(not answer.strip() for answer in answers)
    related = [_relates(name, description) for description, names in answered for name in names]
    share = round(sum(related) / len(related), 3) if related else None
    return Measured(len(answers), len(answered), refused, len(answers) - len(answered) - refused, share)


def own_text(seed: int, count: int) -> list[str]:
    """Returns descriptions of the corpus, from a seed that training did not use."""
    prefix = PRODUCT_PROMPT.replace("{description}", "")
    named = (d.prompt for d in documents(seed, 4 * count) if d.kind == "names" and d.prompt)
    return [prompt[len(prefix) :] for prompt, _ in zip(named, range(count))]
