"""The reference for the parity gate, written while the trained model is still loaded.

`parity.json` (`ParityReferenceSchema` in shared/schema/parity.ts):

    {schemaVersion: 1, precision, maxNewTokens, top, eos,
     sequences: [{
       source: "validation" | "train" | "hard",
       description, content,          content = the prompt template with the description put in
       promptIds: [int],              [BOS] [INST] + encode(content) + [/INST]
       completionIds: [int],          greedy, adapter on, at most maxNewTokens, EOS included where reached
       completion: str,               decoded, without EOS and without the leading space of the dummy prefix
       margins: [float],              best minus second best logit at each position, adapter on
       positions: [{                  position i predicts completionIds[i] after promptIds + completionIds[:i]
         ids: [int],                  union of the `top` most probable tokens with the adapter on and off
         on: [float], off: [float]    natural log-probabilities over the whole vocabulary, for these ids
       }]}]}

`ids` is sorted by `on`, descending, so that ids[0] equals completionIds[i]. Both lists are for the same ids,
so that the adapter's effect is on[k] - off[k] for each. Values are rounded to 1e-4.
"""

from __future__ import annotations

import json
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


@dataclass(frozen=True)
class Sequence:
    source: str
    description: str


def choose_sequences(validation: list[EncodedRow], train: list[EncodedRow], count: int) -> list[Sequence]:
    """Returns validation rows first, then training rows; hard texts always come last."""
    hard = [Sequence("hard", text) for text in HARD_DESCRIPTIONS[:count]]
    rows = [Sequence("validation", row.row.description) for row in validation]
    rows += [Sequence("train", row.row.description) for row in train]
    return rows[: count - len(hard)] + hard


def write_reference(
    path: Path, model: Any, encoder: PromptEncoder, sequences: list[Sequence], top: int, max_new_tokens: int
) -> int:
    """Writes parity.json and returns the number of positions in it. `model` is a PeftModel."""
    model.eval()
    prompts = [encoder.prompt(sequence.description) for sequence in sequences]
    completions = greedy(model, prompts, encoder.eos, encoder.eos, max_new_tokens)
    records = [
        _record(model, encoder, sequence, prompt, completion, top, max_new_tokens)
        for sequence, prompt, completion in zip(sequences, prompts, completions, strict=True)
    ]
    document = {
        "schemaVersion": 1,
        "precision": str(next(model.parameters()).dtype).removeprefix("torch."),
        "maxNewTokens": max_new_tokens,
        "top": top,
        "eos": encoder.eos,
        "sequences": records,
    }
    path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return sum(len(record["positions"]) for record in records)


def _record(
    model: Any,
    encoder: PromptEncoder,
    sequence: Sequence,
    prompt: list[int],
    completion: list[int],
    top: int,
    max_new_tokens: int,
) -> dict[str, Any]:
    on = forced_logits(model, prompt, completion)
    if on.argmax(-1).tolist() != completion:
        # Padding in a batch can flip a near tie, so the reference runs each sequence alone.
        completion = greedy(model, [prompt], encoder.eos, encoder.eos, max_new_tokens)[0]
        on = forced_logits(model, prompt, completion)
    with model.disable_adapter():
        off = forced_logits(model, prompt, completion)
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


@torch.no_grad()
def forced_logits(model: Any, prompt: list[int], completion: list[int]) -> torch.Tensor:
    """Returns logits [completion length, vocabulary] in float32 that predict each token of the completion."""
    ids = torch.tensor([prompt + completion[:-1]], device=model.device)
    return model(input_ids=ids, logits_to_keep=len(completion)).logits[0].float().cpu()


def _position(on: torch.Tensor, off: torch.Tensor, top: int) -> dict[str, Any]:
    count = min(top, on.numel())
    union = torch.cat([on.topk(count).indices, off.topk(count).indices]).unique()
    ids = union[on[union].argsort(descending=True, stable=True)]
    return {
        "ids": ids.tolist(),
        "on": [round(value, 4) for value in on[ids].tolist()],
        "off": [round(value, 4) for value in off[ids].tolist()],
    }
