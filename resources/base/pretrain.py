"""Pretrains the base model from scratch on the corpus; reads top to bottom.

The learning rate is warmed up, held, then decayed over the last `DECAY_SHARE` of the steps. With `minutes`
the clock decides, once, at which step the decay begins; that fixes the number of steps, which is stored, and
the same number given as `steps` repeats the run exactly (same kind of machine, same number of processes).
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import distributed, multiprocessing
from transformers import AttentionInterface, MistralConfig, MistralForCausalLM, PreTrainedTokenizerFast

from .auxiliary_loss import WEIGHT as AUXILIARY_WEIGHT
from .auxiliary_loss import AuxiliaryLoss, rarity
from .batches import chunk_of_batches
from .corpus import stage_of
from .muon import Muon
from .tokenizer import BOS, END_INST, EOS, MAX_TOKENS

WARM_UP_STEPS = 60
COPY_STEPS = 500
COPY_SHARE = (0.6, 0.06)
DECAY_SHARE = 0.35
FINAL_LR_SHARE = 0.03
LAP_LR_SHARE = 0.4


@dataclass
class Recipe:
    """The inputs that determine the weights. `steps` is None until the clock has set it.

    `lap_steps` follow them: when the text had been corrected (see corpus.STAGES), a last lap learned that.
    """

    seed: int = 1
    minutes: float | None = None
    steps: int | None = None
    lap_steps: int = 1000
    lr: float = 2e-3
    batch_tokens: int = 2048
    processes: int = 2
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


def optimizers(model: MistralForCausalLM, lr: float) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers, AdamW for embeddings, head and norms."""
    inner = [p for name, p in model.named_parameters() if p.ndim == 2 and ".layers." in name]
    outer = [p for name, p in model.named_parameters() if p.ndim != 2 or ".layers." not in name]
    adam = torch.optim.AdamW(outer, lr=lr, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    return [Muon(inner, lr=lr), adam]


def lr_factor(step: int, steps: int | None, lap_steps: int) -> float:
    """Warm-up, plateau, linear decay over the last DECAY_SHARE of `steps` (if known), then the last lap."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    if steps is None:
        return warm
    if step >= steps:
        return max(FINAL_LR_SHARE, LAP_LR_SHARE * (1 - (step - steps) / lap_steps))
    left = (steps - step) / max(1.0, DECAY_SHARE * steps)
    return warm * max(FINAL_LR_SHARE, min(1.0, left))


def copy_share(step: int) -> float:
    return COPY_SHARE[0] if step < COPY_STEPS else COPY_SHARE[1]


def causal_attention(module, query, key, value, attention_mask, scaling=None, dropout=0.0, **_ignored):
    """Causal attention in float32: on a CPU the backward pass of the bfloat16 kernel is five times slower.

    Sequences are padded on the right, so the causal mask alone excludes padding.
    """
    with torch.autocast("cpu", enabled=False):
        mixed = F.scaled_dot_product_attention(
            query.float(), key.float(), value.float(), is_causal=True, scale=scaling, enable_gqa=True
        )
    return mixed.transpose(1, 2), None


AttentionInterface.register("right_padded_causal", causal_attention)


def loss_of(
    model: MistralForCausalLM,
    ids: torch.Tensor,
    counted: torch.Tensor,
    auxiliary: AuxiliaryLoss | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns the mean cross-entropy over the counted positions, and the auxiliary loss (0 without one)."""
    mask = counted[:, 1:]
    with torch.autocast("cpu", torch.bfloat16):
        out = model.model(input_ids=ids, use_cache=False, output_hidden_states=auxiliary is not None)
        logits = model.lm_head(out.last_hidden_state[:, :-1][mask])
    loss = F.cross_entropy(logits.float(), ids[:, 1:][mask])
    if auxiliary is None or not (ids == END_INST).any():
        return loss, torch.zeros(())
    return loss, auxiliary.loss(model, out.hidden_states[-2], ids)


def average_gradients(parameters: list[torch.nn.Parameter]) -> None:
    """Replaces each process's gradients by their mean over all processes."""
    if not distributed.is_initialized():
        return
    gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    for parameter, part in zip(parameters, flat.split([g.numel() for g in gradients])):
        parameter.grad = part.view_as(parameter).clone()


def agreed(value: float) -> float:
    """Returns the first process's value in all processes: clocks differ, but steps must not."""
    if not distributed.is_initialized():
        return value
    shared = torch.tensor([value], dtype=torch.float64)
    distributed.broadcast(shared, src=0)
    return shared.item()


class Checkpoint:
    """Writes weights, optimizer states and the position in the data to one file, then renames it."""

    def __init__(self, folder: Path):
        self.path = folder / "checkpoint.pt"

    def save(self, model, auxiliary, opts, place: dict) -> None:
        state = {"model": model.state_dict(), "auxiliary": auxiliary.state_dict(), "place": place}
        state["opts"] = [opt.state_dict() for opt in opts]
        torch.save(state, self.path.with_suffix(".part"))
        self.path.with_suffix(".part").rename(self.path)

    def load(self, model, auxiliary=None, opts=()) -> dict | None:
        if not self.path.exists():
            return None
        state = torch.load(self.path, weights_only=True)
        model.load_state_dict(state["model"])
        if auxiliary is not None:
            auxiliary.load_state_dict(state["auxiliary"])
        for opt, saved in zip(opts, state["opts"]):
            opt.load_state_dict(saved)
        return state["place"]


def start_of_training(steps: int | None) -> dict:
    """A position in the run: `batch` batches of chunk `chunk` (started at step `chunk_step`) are done."""
    counted = dict.fromkeys(("step", "chunk", "chunk_step", "batch"), 0)
    return {**counted, "seconds": 0.0, "steps": steps, "tokens": 0}


def is_over(place: dict, recipe: Recipe) -> bool:
    return place["steps"] is not None and place["step"] >= place["steps"] + recipe.lap_steps


def set_lr(opts: list[torch.optim.Optimizer], lr: float) -> None:
    for opt in opts:
        for group in opt.param_groups:
            group["lr"] = lr


def learn(
    model: MistralForCausalLM,
    auxiliary: AuxiliaryLoss | None,
    opts: list[torch.optim.Optimizer],
    batch: tuple[torch.Tensor, torch.Tensor],
) -> tuple[float, float]:
    """Runs one step of all optimizers; returns both losses of this process's batch."""
    for opt in opts:
        opt.zero_grad(set_to_none=True)
    loss, extra = loss_of(model, *batch, auxiliary)
    (loss + AUXILIARY_WEIGHT * extra).backward()
    average_gradients([*model.parameters(), *(auxiliary.parameters() if auxiliary else [])])
    for opt in opts:
        opt.step()
    return loss.item(), extra.item()


def train(tokenizer_folder: Path, work: Path, recipe: Recipe, save_minutes: float, rank: int) -> None:
    """Runs one of the recipe's processes, which trains its share of the batches with one thread.

    Processes meet once a step, so that one which has to wait for a busy machine's CPU does not stop another
    in the middle of every matrix product, as threads would.
    """
    torch.set_num_threads(1)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(tokenizer_folder)
    model = new_model(recipe, len(tokenizer))
    model.set_attn_implementation("right_padded_causal")
    # One matrix while training, two in the file: with a separate head, repeating a word would have to be
    # learned for each piece of the vocabulary. Fine-tuning may change the two independently.
    model.lm_head.weight = model.model.embed_tokens.weight
    auxiliary = AuxiliaryLoss(recipe.hidden, rarity(tokenizer, recipe.seed))
    opts = [*optimizers(model, recipe.lr), torch.optim.AdamW(auxiliary.parameters(), weight_decay=0.0)]
    checkpoint = Checkpoint(work)
    place = checkpoint.load(model, auxiliary, opts) or start_of_training(recipe.steps)
    log = ProgressLog(work, quiet=rank > 0)
    log.say({"parameters": sum(p.numel() for p in model.parameters()), **asdict(recipe)})
    began, last_save = time.monotonic() - place["seconds"], time.monotonic()
    model.train()
    while not is_over(place, recipe):
        copies = copy_share(place["chunk_step"])
        batches = list(chunk_of_batches(tokenizer, recipe.seed, place["chunk"], copies, recipe.batch_tokens))
        whole = len(batches) - len(batches) % recipe.processes
        for number in range(place["batch"], whole, recipe.processes):
            set_lr(opts, recipe.lr * lr_factor(place["step"], place["steps"], recipe.lap_steps))
            used = auxiliary if stage_of(place["chunk"]).auxiliary_loss else None
            losses = learn(model, used, opts, batches[number + rank])
            place["step"] += 1
            place["batch"] = number + recipe.processes
            step_batches = batches[number : number + recipe.processes]
            place["tokens"] += sum(int((ids != 0).sum()) for ids, _ in step_batches)
            place["seconds"] = agreed(time.monotonic() - began)
            if place["steps"] is None and place["seconds"] >= (1 - DECAY_SHARE) * 60 * recipe.minutes:
                place["steps"] = round(place["step"] / (1 - DECAY_SHARE))
            log.step(place, *losses)
            if rank == 0 and time.monotonic() - last_save >= 60 * save_minutes:
                checkpoint.save(model, auxiliary, opts, place)
                last_save = time.monotonic()
            if is_over(place, recipe):
                break
        else:
            place.update(chunk=place["chunk"] + 1, chunk_step=place["step"], batch=0)
    if rank == 0:
        checkpoint.save(model, auxiliary, opts, place)


class ProgressLog:
    """Writes a JSON line to standard output and pretrain.jsonl every 50 steps."""

    def __init__(self, work: Path, quiet: bool):
        self._path = None if quiet else work / "pretrain.jsonl"
        self._losses: list[float] = []
        self._auxiliary: list[float] = []

    def say(self, line: dict) -> None:
        if self._path:
            text = json.dumps(line)
            print(text, flush=True)
            with self._path.open("a") as file:
                file.write(text + "\n")

    def step(self, place: dict, loss: float, auxiliary: float) -> None:
        self._losses.append(loss)
        self._auxiliary.append(auxiliary)
        if place["step"] % 50 == 0:
            means = [round(sum(values) / len(values), 4) for values in (self._losses, self._auxiliary)]
            self.say({**place, "loss": means[0], "auxiliary": means[1]})
            self._losses, self._auxiliary = [], []


def _end_with(parent: int) -> None:
    """Ends this process if its parent is gone, because a killed parent can't stop it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _process(rank: int, processes: int, meeting: str, arguments: tuple) -> None:
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=processes)
    train(*arguments, rank)
    distributed.destroy_process_group()


def pretrain(
    tokenizer_folder: Path, work: Path, recipe: Recipe, save_minutes: float = 3.0
) -> tuple[MistralForCausalLM, dict]:
    """Trains to the end of the recipe, resuming from `work/checkpoint.pt` if it exists.

    Returns the model and where it ended: step, tokens, seconds.
    """
    arguments = (tokenizer_folder, work, recipe, save_minutes)
    if recipe.processes == 1:
        train(*arguments, 0)
    else:
        with tempfile.TemporaryDirectory() as meeting:
            spawned = (recipe.processes, f"{meeting}/rendezvous", arguments)
            multiprocessing.spawn(_process, spawned, nprocs=recipe.processes)
    model = new_model(recipe, len(PreTrainedTokenizerFast.from_pretrained(tokenizer_folder)))
    place = Checkpoint(work).load(model)
    return model, place
