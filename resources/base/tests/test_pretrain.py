import pytest
import torch
from base import pretrain as module
from base.build import build_tokenizer
from base.muon import orthogonalize
from base.pretrain import (
    DECAY_SHARE,
    FINAL_LR_SHARE,
    LAP_LR_SHARE,
    WARM_UP_STEPS,
    Recipe,
    lr_factor,
    pretrain,
)

TINY = {
    "hidden": 32,
    "layers": 1,
    "heads": 2,
    "kv_heads": 1,
    "feed_forward": 48,
    "batch_tokens": 600,
    "processes": 1,
    "lap_steps": 0,
}


@pytest.fixture(scope="module")
def tokenizer_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tokenizer")
    build_tokenizer(folder, seed=1, documents_read=1000)
    return folder


def weights(model):
    return torch.cat([p.detach().flatten() for p in model.parameters()])


def run(tokenizer_folder, work, steps=3, **changes):
    work.mkdir(exist_ok=True)
    return pretrain(tokenizer_folder, work, Recipe(steps=steps, **{**TINY, **changes}), save_minutes=0.0)


def test_same_seed_same_weights(tokenizer_folder, tmp_path):
    first, _ = run(tokenizer_folder, tmp_path / "a")
    second, _ = run(tokenizer_folder, tmp_path / "b")
    other, _ = run(tokenizer_folder, tmp_path / "c", seed=2)
    assert torch.equal(weights(first), weights(second))
    assert not torch.equal(weights(first), weights(other))


def test_a_resumed_run_matches_an_uninterrupted_one(tokenizer_folder, tmp_path, monkeypatch):
    undisturbed, _ = run(tokenizer_folder, tmp_path / "whole", steps=4)
    calls = 0
    original = module.loss_of

    def breaks_at_the_third(*arguments):
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return original(*arguments)

    monkeypatch.setattr(module, "loss_of", breaks_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        run(tokenizer_folder, tmp_path / "cut", steps=4)
    monkeypatch.setattr(module, "loss_of", original)
    resumed, place = run(tokenizer_folder, tmp_path / "cut", steps=4)
    assert place["step"] == 4
    assert torch.equal(weights(undisturbed), weights(resumed))


def test_two_processes_train_one_model(tokenizer_folder, tmp_path):
    """Each takes its own batches, so that the result is another than one process's, and is one model."""
    together, place = run(tokenizer_folder, tmp_path / "a", steps=2, processes=2)
    alone, _ = run(tokenizer_folder, tmp_path / "b", steps=2)
    assert (place["step"], place["batch"]) == (2, 4)
    assert not torch.equal(weights(together), weights(alone))
    assert (weights(together) - weights(alone)).abs().max() < 0.05


def test_a_time_limit_sets_the_number_of_steps_and_that_number_repeats_the_run(tokenizer_folder, tmp_path):
    timed, place = run(tokenizer_folder, tmp_path / "timed", steps=None, minutes=0.01)
    assert place["steps"] == place["step"]
    repeated, _ = run(tokenizer_folder, tmp_path / "counted", steps=place["steps"])
    assert torch.equal(weights(timed), weights(repeated))


def test_learning_rate():
    assert lr_factor(0, None, 100) == pytest.approx(1 / WARM_UP_STEPS)
    assert lr_factor(500, None, 100) == 1
    assert lr_factor(1000 - round(1000 * DECAY_SHARE), 1000, 100) == pytest.approx(1)
    assert lr_factor(1000 - round(500 * DECAY_SHARE), 1000, 100) == pytest.approx(0.5, abs=0.01)
    assert lr_factor(999, 1000, 100) == FINAL_LR_SHARE
    assert lr_factor(1000, 1000, 100) == LAP_LR_SHARE
    assert lr_factor(1050, 1000, 100) == pytest.approx(LAP_LR_SHARE / 2)


def test_the_lap_depends_on_the_steps(tokenizer_folder, tmp_path):
    _, place = run(tokenizer_folder, tmp_path / "a", steps=2, lap_steps=1)
    assert (place["step"], place["steps"]) == (3, 2)


@pytest.mark.parametrize("shape", [(2, 16, 40), (2, 40, 16), (1, 24, 24)])
def test_orthogonalize_brings_singular_values_near_one(shape):
    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonalize(torch.randn(shape)))
    assert values.min() > 0.3
    assert values.max() < 1.4
