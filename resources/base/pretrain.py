"""Pre-trains the base from scratch on the corpus; reads top to bottom.

The learning rate is warmed up, held, then decayed over the last `DECAY_SHARE` of the steps. With `minutes` the
clock decides, once, at which step the decay begins; that fixes the number of steps, which is stored, and the same
number given as `steps` repeats the run exactly (same machine, same number of threads).
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from transformers import AttentionInterface, MistralConfig, MistralForCausalLM, PreTrainedTokenizerFast

from .batches import chunk_of_batches
from .muon import Muon
from .tokenizer import BOS, EOS, MAX_TOKENS

WARM_UP_STEPS = 60
COPY_STEPS = 900
COPY_SHARE = (0.6, 0.06)
DECAY_SHARE = 0.35
FINAL_LR_SHARE = 0.03


@dataclass
class Recipe:
    """What decides the weights. `steps` is None until the clock has fixed it."""

    seed: int = 1
    minutes: float | None = None
    steps: int | None = None
    lr: float = 2e-3
    batch_tokens: int = 4096
    threads: int = 2
    hidden: int = 192
    layers: int = 4
    heads: int = 6
    kv_heads: int = 2
    feed_forward: int = 512


def new_model(recipe: Recipe, vocabulary: int) -> MistralForCausalLM:
    torch.manual_seed(recipe.seed)
    return MistralForCausalLM(
        MistralConfig(
            vocab_size=vocabulary,
            hidden_size=recipe.hidden,
            intermediate_size=recipe.feed_forward,
            num_hidden_layers=recipe.layers,
            num_attention_heads=recipe.heads,
            num_key_value_heads=recipe.kv_heads,
            head_dim=recipe.hidden // recipe.heads,
            max_position_embeddings=MAX_TOKENS,
            sliding_window=None,
            tie_word_embeddings=False,
            rope_parameters={"rope_type": "default", "rope_theta": 1e6},
            rms_norm_eps=1e-5,
            bos_token_id=BOS,
            eos_token_id=EOS,
            pad_token_id=0,
            initializer_range=0.02,
        )
    )


def optimisers(model: MistralForCausalLM, lr: float) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers, AdamW for embeddings, head and norms."""
    inner = [p for name, p in model.named_parameters() if p.ndim == 2 and ".layers." in name]
    outer = [p for name, p in model.named_parameters() if p.ndim != 2 or ".layers." not in name]
    adam = torch.optim.AdamW(outer, lr=lr, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    return [Muon(inner, lr=lr), adam]


def lr_factor(step: int, steps: int | None) -> float:
    """Warm-up, plateau, linear decay over the last DECAY_SHARE of `steps` (None: not yet known, no decay)."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    if steps is None:
        return warm
    left = (steps - step) / max(1.0, DECAY_SHARE * steps)
    return warm * max(FINAL_LR_SHARE, min(1.0, left))


def copy_share(step: int) -> float:
    return COPY_SHARE[0] if step < COPY_STEPS else COPY_SHARE[1]


def causal_attention(module, query, key, value, attention_mask, scaling=None, dropout=0.0, **_ignored):
    """Causal attention in float32: on a CPU the backward pass of the bfloat16 kernel is five times slower.

    Sequences are padded on the right, so that the causal mask alone keeps padding out.
    """
    with torch.autocast("cpu", enabled=False):
        mixed = F.scaled_dot_product_attention(
            query.float(), key.float(), value.float(), is_causal=True, scale=scaling, enable_gqa=True
        )
    return mixed.transpose(1, 2), None


AttentionInterface.register("right_padded_causal", causal_attention)


def loss_of(model: MistralForCausalLM, ids: torch.Tensor, counted: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy over the counted positions; the head is applied to those alone."""
    mask = counted[:, 1:]
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.model(input_ids=ids, use_cache=False).last_hidden_state
        logits = model.lm_head(hidden[:, :-1][mask])
    return F.cross_entropy(logits.float(), ids[:, 1:][mask])


class Checkpoint:
    """Weights, optimiser states and the place in the data, written to one file and renamed into place."""

    def __init__(self, folder: Path):
        self.path = folder / "checkpoint.pt"

    def save(self, model, opts, place: dict) -> None:
        state = {"model": model.state_dict(), "opts": [opt.state_dict() for opt in opts], "place": place}
        torch.save(state, self.path.with_suffix(".part"))
        self.path.with_suffix(".part").rename(self.path)

    def load(self, model, opts) -> dict | None:
        if not self.path.exists():
            return None
        state = torch.load(self.path, weights_only=True)
        model.load_state_dict(state["model"])
        for opt, saved in zip(opts, state["opts"]):
            opt.load_state_dict(saved)
        return state["place"]


def pretrain(tokenizer_folder: Path, work: Path, recipe: Recipe, save_minutes: float = 3.0) -> tuple[MistralForCausalLM, dict]:
    """Trains to the end of the recipe, going on from `work/checkpoint.pt` if there is one; returns the model."""
    torch.set_num_threads(recipe.threads)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(tokenizer_folder)
    model = new_model(recipe, len(tokenizer))
    model.set_attn_implementation("right_padded_causal")
    opts = optimisers(model, recipe.lr)
    checkpoint = Checkpoint(work)
    place = {"step": 0, "chunk": 0, "batch": 0, "seconds": 0.0, "steps": recipe.steps, "tokens": 0}
    place = checkpoint.load(model, opts) or place
    log = (work / "pretrain.jsonl").open("a")
    parameters = sum(p.numel() for p in model.parameters())
    print(json.dumps({"parameters": parameters, "vocabulary": len(tokenizer), **asdict(recipe)}), flush=True)
    began, last_save, losses = time.monotonic() - place["seconds"], time.monotonic(), []
    model.train()
    while place["steps"] is None or place["step"] < place["steps"]:
        share = copy_share(place["step"])
        batches = chunk_of_batches(tokenizer, recipe.seed, place["chunk"], share, recipe.batch_tokens)
        for number, (ids, counted) in enumerate(batches):
            if number < place["batch"]:
                continue
            if place["steps"] is not None and place["step"] >= place["steps"]:
                break
            for opt in opts:
                for group in opt.param_groups:
                    group["lr"] = recipe.lr * lr_factor(place["step"], place["steps"])
            loss = loss_of(model, ids, counted)
            model.zero_grad(set_to_none=True)
            loss.backward()
            for opt in opts:
                opt.step()
            losses.append(loss.item())
            place["step"] += 1
            place["batch"] = number + 1
            place["tokens"] += int((ids != 0).sum())
            place["seconds"] = time.monotonic() - began
            if place["steps"] is None and place["seconds"] >= (1 - DECAY_SHARE) * 60 * recipe.minutes:
                place["steps"] = round(place["step"] / (1 - DECAY_SHARE))
            if place["step"] % 50 == 0:
                line = {**place, "loss": round(sum(losses[-50:]) / len(losses[-50:]), 4)}
                log.write(json.dumps(line) + "\n")
                log.flush()
                print(json.dumps(line), flush=True)
            if time.monotonic() - last_save > 60 * save_minutes:
                checkpoint.save(model, opts, place)
                last_save = time.monotonic()
        else:
            place["chunk"], place["batch"] = place["chunk"] + 1, 0
    checkpoint.save(model, opts, place)
    log.close()
    return model, place
