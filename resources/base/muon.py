"""Muon: momentum whose update is orthogonalized, for a network's matrices (Jordan et al. 2024).

The quintic Newton-Schulz iteration and its coefficients are from https://kellerjordan.github.io/posts/muon/,
the scale 0.2 * sqrt(max(rows, columns)), which lets Muon share AdamW's learning rate, from Liu et al. 2025,
"Muon is Scalable for LLM Training" (arXiv:2502.16982).
"""

from __future__ import annotations

import math

import torch

_A, _B, _C = 3.4445, -4.7750, 2.0315
_ITERATIONS = 5


def orthogonalize(updates: torch.Tensor) -> torch.Tensor:
    """Moves the singular values of each matrix of a (count, rows, columns) stack near 1, in bfloat16."""
    tall = updates.shape[1] > updates.shape[2]
    x = updates.mT if tall else updates
    x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).bfloat16()
    for _ in range(_ITERATIONS):
        gram = x @ x.mT
        x = _A * x + (_B * gram + _C * gram @ gram) @ x
    return (x.mT if tall else x).to(updates.dtype)


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalized; matrices of one shape are handled as one stack."""

    def __init__(self, matrices, lr: float, momentum: float = 0.95, weight_decay: float = 0.05):
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None) -> None:
        for group in self.param_groups:
            by_shape: dict[tuple[int, ...], list[torch.Tensor]] = {}
            for matrix in group["params"]:
                by_shape.setdefault(tuple(matrix.shape), []).append(matrix)
            for shape, matrices in by_shape.items():
                stack = torch.stack([self._nesterov(matrix, group["momentum"]) for matrix in matrices])
                scale = -group["lr"] * 0.2 * math.sqrt(max(shape))
                for matrix, update in zip(matrices, orthogonalize(stack)):
                    matrix.mul_(1 - group["lr"] * group["weight_decay"])
                    matrix.add_(update, alpha=scale)

    def _nesterov(self, matrix: torch.Tensor, momentum: float) -> torch.Tensor:
        state = self.state[matrix]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(matrix)
        state["momentum"].lerp_(matrix.grad, 1 - momentum)
        return matrix.grad.lerp(state["momentum"], momentum)
