"""A second pretraining objective: the state where the answer starts must encode the subject of the prompt.

After the dummy prefix every answer begins with the same piece, so that next-piece prediction alone leaves the
position of [/INST] empty: the subject is first gathered one position later. Fine-tuning, however, decides at
[/INST] whether anything is said at all (a refusal is the end of sequence there), and a hundred rows cannot
build the gathering. So the state at [/INST], one layer before the last, is trained to name the prompt's rare
pieces. The objective knows no subjects, tags or harm; its own matrix is discarded after training.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from transformers import MistralForCausalLM

from .corpus import documents
from .tokenizer import BYTES, CONTROL, END_INST, encode_batch

WEIGHT = 0.5
_COUNTED_DOCUMENTS = 4000


def rarity(tokenizer, seed: int) -> torch.Tensor:
    """Returns each piece's squared inverse document frequency; 0 for control, byte and one-character ones."""
    prompts = [document.prompt or "" for document in documents(seed + 20_000, _COUNTED_DOCUMENTS)]
    seen = torch.zeros(len(tokenizer))
    for ids in encode_batch(tokenizer, prompts):
        seen[list(set(ids))] += 1
    weight = torch.log(_COUNTED_DOCUMENTS / (seen + 1)).clamp(min=0) ** 2
    weight[: len(CONTROL) + len(BYTES)] = 0
    letters = [
        index
        for index, piece in enumerate(tokenizer.convert_ids_to_tokens(range(len(tokenizer))))
        if len(piece) == 1
    ]
    weight[letters] = 0
    return weight


class AuxiliaryLoss(torch.nn.Module):
    """Holds the matrix between the state at [/INST] and the model's own head."""

    def __init__(self, width: int, rare: torch.Tensor):
        super().__init__()
        self.projection = torch.nn.Linear(width, width, bias=False)
        torch.nn.init.eye_(self.projection.weight)
        self.rare = rare

    def loss(self, model: MistralForCausalLM, state: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
        """Returns the cross-entropy at [/INST] with the prompt's pieces, weighted by rarity.

        `state` is (batch, width, hidden), `ids` (batch, width). Sequences without [/INST] do not count.
        """
        ends = ids == END_INST
        asked = ends.any(dim=1)
        before = ids.masked_fill(ends.cumsum(dim=1) > 0, 0)[asked]
        target = torch.zeros(len(before), len(self.rare)).scatter_(1, before, self.rare[before])
        target = target / target.sum(dim=1, keepdim=True).clamp(min=1e-6)
        projected = self.projection(F.rms_norm(state[ends].float(), (state.shape[-1],)))
        logits = F.linear(projected, model.lm_head.weight)
        return -(target * logits.log_softmax(dim=-1)).sum(dim=1).mean()
