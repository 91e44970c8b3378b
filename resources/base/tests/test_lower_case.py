import torch
from base.lower_case import ignore_case
from base.pretrain import Recipe, new_model


def test_reads_capitals_as_lower_case_and_never_generates_them(tokenizer):
    model = new_model(Recipe(hidden=32, layers=1, heads=2, kv_heads=1, feed_forward=48), len(tokenizer))
    before = model.model.embed_tokens.weight.clone()
    ignore_case(model, tokenizer)
    upper, lower = (tokenizer.convert_tokens_to_ids(letter) for letter in "Bb")
    after = model.model.embed_tokens.weight
    assert torch.equal(after[upper], before[lower])
    assert torch.equal(after[lower], before[lower])
    assert torch.equal(model.lm_head.weight[upper], model.lm_head.weight[5])
    assert not torch.equal(model.lm_head.weight[lower], model.lm_head.weight[5])
