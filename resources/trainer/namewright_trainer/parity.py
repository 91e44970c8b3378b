"""The reference for the parity gate, written while the trained model is still loaded.

`parity.json` (`ParityReferenceSchema` in shared/schema/parity.ts):

    {schemaVersion: 1, precision, noise, maxNewTokens, top, eos,
     sequences: [{
       source: "validation" | "train" | "hard",
       description, content,          content = the prompt template with the description put in
       promptIds: [int],              the pieces of the chat format around encode(content)
       completionIds: [int],          greedy, adapter on, at most maxNewTokens, EOS included where reached
       completion: str,               decoded, without EOS and without the leading space of the dummy prefix
       margins: [float],              best minus second best logit at each position, adapter on
       positions: [{                  position i predicts completionIds[i] after promptIds + completionIds[:i]
         ids: [int],                  union of the `top` most probable tokens with the adapter on and off
         on: [float], off: [float]    natural log-probabilities over the whole vocabulary, for these ids
       }]}]}

`ids` is sorted by `on`, descending, so that ids[0] equals completionIds[i], except at a near tie of a model
in bfloat16. Both lists are for the same ids, so that the adapter's effect is on[k] - off[k] for each. Values
are rounded to 1e-4.

Logits come from a head in float32: bfloat16 has steps of 0.0625 to 0.125 between logits of 8 and 32. `noise`
is the rounding that is left, in nats: every sequence is run once more at other positions. Rotary embeddings
make attention depend on distances only, so an exact model gives the same effect, and the root mean square of
the change, divided by √2, is the noise of one run. Rounding that doesn't depend on positions is in both runs,
so the noise is a low estimate.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from .encoding import EncodedRow, PromptEncoder
from .generation import greedy

HARD_DESCRIPTIONS = (
    "A café in Zürich that sells crème brûlée and naïve art № 7",
    "pizza 🍕 delivery 🙂 for late nights",
    "a  bakery  with   double  spaces and\ttabs",
    "A shop [/INST] that </s> sells <s> [INST] keyboards",
    'A 24/7 "vegan" deli & bistro (est. 1999) — 100% organic, $5 lunches!',
    "手作りの石鹸 and мыло ручной работы\non two lines",
)


# Added to every position in the second run. A prime, so that it isn't a period of a rotary frequency.
SHIFT = 37
# Precisions in which the trainer's own greedy choice is a reference, see `exactReferences` of the gate.
EXACT = ("float32", "float16")


@dataclass(frozen=True)
class Sequence:
    source: str
    description: str


def choose_sequences(
    validation: list[EncodedRow], train: list[EncodedRow], count: int, reserved: tuple[str, ...] = ()
) -> list[Sequence]:
    """Returns validation rows first, then training rows; hard texts always come last.

    `reserved` as in `with_hard_texts`.
    """
    rows = [Sequence("validation", row.row.description) for row in validation]
    rows += [Sequence("train", row.row.description) for row in train]
    return with_hard_texts(rows, count, reserved)


def with_hard_texts(rows: list[Sequence], count: int, reserved: tuple[str, ...] = ()) -> list[Sequence]:
    """Returns at most `count` sequences, the hard texts last.

    Hard texts with a word that the chat format reserves are omitted.
    """
    allowed = [text for text in HARD_DESCRIPTIONS if not any(word in text for word in reserved)]
    hard = [Sequence("hard", text) for text in allowed[:count]]
    return rows[: count - len(hard)] + hard


def write_reference(
    path: Path,
    model: Any,
    encoder: PromptEncoder,
    sequences: list[Sequence],
    precision: str,
    top: int,
    max_new_tokens: int,
    batch_size: int,
) -> int:
    """Writes parity.json and returns the number of positions in it.

    `model` is a PeftModel, `precision` the type of its weights as the spec names it. `batch_size` sequences
    are answered at once.
    """
    model.eval()
    forced = ForcedModel(model)
    prompts = [encoder.prompt(sequence.description) for sequence in sequences]
    completions = [
        completion
        for start in range(0, len(prompts), batch_size)
        for completion in greedy(
            model, prompts[start : start + batch_size], encoder.eos, encoder.eos, max_new_tokens
        )
    ]
    records = []
    changes = []
    for sequence, prompt, completion in zip(sequences, prompts, completions, strict=True):
        on = forced.logits(prompt, completion)
        if precision in EXACT and on.argmax(-1).tolist() != completion:
            # Padding in a batch can flip a near tie, so the reference runs each sequence alone.
            completion = greedy(model, [prompt], encoder.eos, encoder.eos, max_new_tokens)[0]
            on = forced.logits(prompt, completion)
        off = forced.logits_without_adapter(prompt, completion)
        record = _record(encoder, sequence, prompt, completion, on, off, top)
        records.append(record)
        changes.append(_change_at_other_positions(forced, record, on, off))
    document = {
        "schemaVersion": 1,
        "precision": precision,
        "noise": math.sqrt(torch.cat(changes).square().mean().item() / 2),
        "maxNewTokens": max_new_tokens,
        "top": top,
        "eos": encoder.eos,
        "sequences": records,
    }
    path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return sum(len(record["positions"]) for record in records)


def _record(
    encoder: PromptEncoder,
    sequence: Sequence,
    prompt: list[int],
    completion: list[int],
    on: torch.Tensor,
    off: torch.Tensor,
    top: int,
) -> dict[str, Any]:
    best = on.topk(2, dim=-1).values
    return {
        "source": sequence.source,
        "description": sequence.description,
        "content": encoder.content(sequence.description),
        "promptIds": prompt,
        "completionIds": completion,
        "completion": encoder.decode(completion),
        "margins": [round(value, 4) for value in (best[:, 0] - best[:, 1]).tolist()],
        "positions": [
            _position(*pair, top) for pair in zip(on.log_softmax(-1), off.log_softmax(-1), strict=True)
        ],
    }


def _change_at_other_positions(
    forced: ForcedModel, record: dict[str, Any], on: torch.Tensor, off: torch.Tensor
) -> torch.Tensor:
    """Returns how much the adapter's effect changes at shifted positions, in nats, for all recorded ids."""
    prompt, completion = record["promptIds"], record["completionIds"]
    effect = on.log_softmax(-1) - off.log_softmax(-1)
    shifted = forced.logits(prompt, completion, SHIFT).log_softmax(-1)
    shifted -= forced.logits_without_adapter(prompt, completion, SHIFT).log_softmax(-1)
    change = shifted - effect
    return torch.cat([change[index, one["ids"]] for index, one in enumerate(record["positions"])])


class ForcedModel:
    """A PeftModel that predicts given completions, with its head in float32."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._base = model.get_base_model()
        self._head = self._base.lm_head.weight.float()

    @torch.no_grad()
    def logits(self, prompt: list[int], completion: list[int], shift: int = 0) -> torch.Tensor:
        """Returns logits [completion length, vocabulary] in float32 that predict the completion's tokens.

        `shift` is added to every position.
        """
        ids = torch.tensor([prompt + completion[:-1]], device=self._model.device)
        positions = torch.arange(ids.shape[1], device=self._model.device)[None] + shift
        hidden = self._base.model(input_ids=ids, position_ids=positions, use_cache=False).last_hidden_state
        return (hidden[0, -len(completion) :].float() @ self._head.T).cpu()

    def logits_without_adapter(
        self, prompt: list[int], completion: list[int], shift: int = 0
    ) -> torch.Tensor:
        with self._model.disable_adapter():
            return self.logits(prompt, completion, shift)


def _position(on: torch.Tensor, off: torch.Tensor, top: int) -> dict[str, Any]:
    count = min(top, on.numel())
    union = torch.cat([on.topk(count).indices, off.topk(count).indices]).unique()
    ids = union[on[union].argsort(descending=True, stable=True)]
    return {
        "ids": ids.tolist(),
        "on": [round(value, 4) for value in on[ids].tolist()],
        "off": [round(value, 4) for value in off[ids].tolist()],
    }
