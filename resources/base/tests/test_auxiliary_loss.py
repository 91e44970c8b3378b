import random

import torch
from base.auxiliary_loss import AuxiliaryLoss, rarity
from base.batches import pad, to_sequences
from base.corpus import Document
from base.pretrain import Recipe, loss_of, new_model
from base.tokenizer import encode_batch

RECIPE = Recipe(hidden=32, layers=2, heads=2, kv_heads=1, feed_forward=48)


def batch(tokenizer, *documents):
    return pad(to_sequences(tokenizer, list(documents)), random.Random(1))


def test_rare_pieces_weigh_more_than_frequent_ones(tokenizer):
    weight = rarity(tokenizer, seed=1)
    common, rare, newline = (encode_batch(tokenizer, [text])[0][-1] for text in ("business", "candle", "\n"))
    assert weight[rare] > weight[common]
    assert weight[newline] == 0
    assert weight[:261].sum() == 0


def test_gradient_reaches_the_layers_below_the_last(tokenizer):
    model = new_model(RECIPE, len(tokenizer))
    auxiliary = AuxiliaryLoss(RECIPE.hidden, rarity(tokenizer, seed=1))
    ids, counted = batch(tokenizer, Document("sells candles", "candle-hub", "names"))
    _, extra = loss_of(model, ids, counted, auxiliary)
    extra.backward()
    assert model.model.layers[0].self_attn.v_proj.weight.grad.abs().sum() > 0
    assert model.model.layers[1].self_attn.v_proj.weight.grad is None
    assert auxiliary.projection.weight.grad.abs().sum() > 0


def test_the_answer_does_not_change_the_loss(tokenizer):
    """Only pieces before [/INST] are predicted."""
    torch.manual_seed(0)
    model = new_model(RECIPE, len(tokenizer))
    auxiliary = AuxiliaryLoss(RECIPE.hidden, rarity(tokenizer, seed=1))
    answers = ("candle-hub", "bread-oven")
    batches = [batch(tokenizer, Document("sells candles", answer, "names")) for answer in answers]
    first, other = (loss_of(model, *both, auxiliary)[1] for both in batches)
    assert torch.allclose(first, other, atol=1e-3)


def test_plain_text_has_no_auxiliary_loss(tokenizer):
    model = new_model(RECIPE, len(tokenizer))
    auxiliary = AuxiliaryLoss(RECIPE.hidden, rarity(tokenizer, seed=1))
    ids, counted = batch(tokenizer, Document(None, "A bakery in Oslo.", "plain"))
    counted[:] = True
    assert loss_of(model, ids, counted, auxiliary)[1] == 0
