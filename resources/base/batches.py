"""Turns documents into padded batches of token ids, with a mask of the positions in the loss."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from .corpus import Document, documents, stage_of
from .tokenizer import BOS, BYTES, CONTROL, END_INST, EOS, INST, encode_batch

CHUNK = 1024
PROMPT_LOSS_SHARE = 0.08
PLAIN_LOSS_SHARE = 0.5


@dataclass(frozen=True)
class Sequence:
    """Token ids; those before `start` are the prompt."""

    ids: list[int]
    start: int


def to_sequences(tokenizer, docs: list[Document]) -> list[Sequence]:
    """[BOS][INST] prompt [/INST] completion [EOS], each text encoded apart; or [BOS] text [EOS]."""
    prompts = encode_batch(tokenizer, [document.prompt or "" for document in docs])
    completions = encode_batch(tokenizer, [document.completion for document in docs])
    sequences = []
    for document, prompt, completion in zip(docs, prompts, completions):
        head = [BOS] if document.prompt is None else [BOS, INST, *prompt, END_INST]
        sequences.append(Sequence([*head, *completion, EOS], len(head)))
    return sequences


def copy_sequence(rng: random.Random, vocabulary: list[int], separators: list[list[int]]) -> Sequence:
    """Returns random pieces to repeat, whole or in part, which teach copying before words are known."""
    length = rng.randint(3, 14)
    pieces = [rng.choice(vocabulary) for _ in range(length)]
    between = separators[0]
    prompt: list[int] = []
    for piece in pieces:
        prompt += [piece, *(between if rng.random() < 0.5 else [])]
    start = 0 if rng.random() < 0.5 else rng.randrange(length - 1)
    separator = rng.choice(separators)
    completion = [token for piece in pieces[start:] for token in (piece, *separator)]
    head = [BOS, INST, *prompt, END_INST]
    return Sequence([*head, *completion, EOS], len(head))


def pad(sequences: list[Sequence], rng: random.Random) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns ids (batch, width) padded with 0 and a mask, true where the token is to be predicted."""
    width = max(len(sequence.ids) for sequence in sequences)
    ids = torch.zeros(len(sequences), width, dtype=torch.long)
    counted = torch.zeros(len(sequences), width, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence.ids)] = torch.tensor(sequence.ids)
        counted[row, sequence.start : len(sequence.ids)] = True
        plain = sequence.start == 1
        share = PLAIN_LOSS_SHARE if plain else PROMPT_LOSS_SHARE
        span = range(1, len(sequence.ids)) if plain else range(2, sequence.start)
        for position in span:
            counted[row, position] = rng.random() < share
    return ids, counted


def chunk_of_batches(
    tokenizer, seed: int, chunk: int, copy_share: float, tokens: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """The batches of chunk number `chunk`: a pure function of its arguments, so that a run can be resumed.

    Sequences are sorted by length before they are cut into batches of at most `tokens` padded positions, and
    the batches shuffled.
    """
    rng = random.Random(f"{seed}/{chunk}")
    separators = encode_batch(tokenizer, ["-", "", "\n", ","])
    separators = [[token for token in separator][1:] for separator in separators]
    separators[1] = []
    space = encode_batch(tokenizer, ["a b"])[0][2:3]
    copies = round(CHUNK * copy_share)
    stage = stage_of(chunk)
    vocabulary = list(range(len(CONTROL) + len(BYTES), len(tokenizer)))
    if stage.corrected:
        pieces = zip(vocabulary, tokenizer.convert_ids_to_tokens(vocabulary))
        vocabulary = [number for number, piece in pieces if piece == piece.lower()]
    sequences = [copy_sequence(rng, vocabulary, [space, *separators]) for _ in range(copies)]
    sequences += to_sequences(tokenizer, list(documents(rng.getrandbits(48), CHUNK - copies, stage)))
    sequences.sort(key=lambda sequence: len(sequence.ids))
    groups: list[list[Sequence]] = [[]]
    for sequence in sequences:
        if groups[-1] and len(sequence.ids) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(sequence)
    rng.shuffle(groups)
    for group in groups:
        yield pad(group, rng)
