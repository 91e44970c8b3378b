"""Makes a trained base model case-insensitive: names are lower case and must not contain capitals."""

from __future__ import annotations

import torch
from transformers import MistralForCausalLM

from .tokenizer import BYTES, CONTROL, encode_batch

# A byte that no text contains: training only lowered its row of the head.
_NEVER_GENERATED = len(CONTROL)


@torch.no_grad()
def ignore_case(model: MistralForCausalLM, tokenizer) -> None:
    """Makes the model read a piece with capitals as its lower-case form, and never generate it.

    Its embedding becomes the lower-case piece's (where there is none, the mean of the pieces that its
    lower-case form is made of); its row of the head becomes that of a byte that no text holds. Copying is
    what the model does best, and without this fine-tuning made it copy a description's first word as it
    stands, capital and all.
    """
    embeddings, head = model.get_input_embeddings().weight, model.get_output_embeddings().weight
    for number in range(len(CONTROL) + len(BYTES), len(tokenizer)):
        piece = tokenizer.convert_ids_to_tokens(number)
        if piece == piece.lower():
            continue
        lower = encode_batch(tokenizer, [piece.lower()])[0][1:]
        known = tokenizer.convert_tokens_to_ids(piece.lower())
        embeddings[number] = embeddings[known] if known != 0 else embeddings[lower].mean(dim=0)
        head[number] = head[_NEVER_GENERATED]
