"""Greedy decoding with the model that is being trained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch


@torch.no_grad()
def greedy(
    model: Any,
    prompts: list[list[int]],
    eos: int,
    pad: int,
    max_new_tokens: int,
    before_step: Callable[[], None] = lambda: None,
) -> list[list[int]]:
    """Returns completion ids for each prompt, with EOS if it was reached; prompts are padded on the left.

    `before_step` is called before each token and may raise to stop.
    """
    width = max(map(len, prompts))
    device = model.device
    ids = torch.tensor([[pad] * (width - len(prompt)) + prompt for prompt in prompts], device=device)
    mask = torch.tensor(
        [[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts], device=device
    )
    positions = (mask.cumsum(-1) - 1).clamp(min=0)
    completions: list[list[int]] = [[] for _ in prompts]
    running = [True] * len(prompts)
    cache = None
    last = torch.full((len(prompts),), -1)
    for _ in range(max_new_tokens):
        before_step()
        with only_logits_at(model, torch.arange(len(prompts)), last):
            output = model(
                input_ids=ids,
                attention_mask=mask,
                position_ids=positions,
                past_key_values=cache,
                use_cache=True,
            )
        cache = output.past_key_values
        chosen = output.logits.argmax(-1)
        for index, token in enumerate(chosen.tolist()):
            if running[index]:
                completions[index].append(token)
                running[index] = token != eos
        if not any(running):
            break
        ids = chosen[:, None]
        mask = torch.cat([mask, mask.new_ones(len(prompts), 1)], dim=1)
        positions = positions[:, -1:] + 1
    return completions


@contextmanager
def only_logits_at(model: Any, rows: torch.Tensor, positions: torch.Tensor) -> Iterator[None]:
    """Within it, a forward computes logits at the given (row, position) pairs only: [pairs, vocabulary].

    The head of a 7B has 32,768 outputs, so the logits of a whole batch would be larger than its activations.
    Its input is a matrix: for a slice of a batch in bfloat16, torch on a CPU copies the head's weights once
    per row.
    """

    def select(_: Any, inputs: tuple[torch.Tensor]) -> tuple[torch.Tensor]:
        (hidden,) = inputs
        return (hidden[rows, positions],)

    hook = model.get_output_embeddings().register_forward_pre_hook(select)
    try:
        yield
    finally:
        hook.remove()
