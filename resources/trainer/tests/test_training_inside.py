"""Trainings inside this process: failures, patience, resuming what was finished."""

from __future__ import annotations

import dataclasses
import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from namewright_trainer import device
from namewright_trainer.checkpoints import CheckpointStore
from namewright_trainer.events import EventStream
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.merge import read_adapter
from namewright_trainer.spec import read_spec
from namewright_trainer.stop import StopWatch
from namewright_trainer.train import Training, train

from .test_spec import Make, Write


@pytest.fixture
def run(spec_file: Write, tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Trains and gives the events; a TrainerFailure comes through."""

    def trained(document: dict[str, Any], resume: bool = False) -> list[dict[str, Any]]:
        spec = dataclasses.replace(read_spec(spec_file(document)), resume=resume)
        path = tmp_path / "events.jsonl"
        descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        try:
            events = EventStream(descriptor)
            checkpoints = CheckpointStore(Path(spec.out_dir) / "checkpoints")
            assert train(Training(spec, events, StopWatch(events), checkpoints)) == 0
        finally:
            os.close(descriptor)
        return [json.loads(line) for line in path.read_text().splitlines()]

    return trained


def of(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event for event in events if event["kind"] == kind]


def test_patience_ends_a_training_also_after_a_resume(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    """At a rate that only makes it worse, two evaluations after the best one end the training. Resuming from
    the checkpoint before takes the patience along; resuming when it is over trains nothing."""
    document = make_spec(optimisation={"learningRate": 0.5, "epochs": 9, "scheduler": "constant"})
    document["evaluation"]["patience"] = 2
    events = run(document)
    stopped = of(events, "early-stop")[0]
    assert stopped["step"] == stopped["bestStep"] + 2 * 8 < 9 * 8
    assert of(events, "done")[0]["stoppedEarly"] is True
    out = Path(document["outDir"])
    adapter = (out / "adapter" / "adapter_model.safetensors").read_bytes()
    best = out / "checkpoints" / f"checkpoint-{stopped['bestStep']}" / "adapter_model.safetensors"
    assert adapter == best.read_bytes()

    again = run(document, resume=True)
    assert of(again, "step") == []
    assert (out / "adapter" / "adapter_model.safetensors").read_bytes() == adapter

    last = CheckpointStore(out / "checkpoints").path(stopped["step"])
    (last / "complete.json").unlink()
    resumed = run(document, resume=True)
    assert of(resumed, "begin")[0]["resumedAtStep"] == stopped["step"] - 8
    assert of(resumed, "early-stop")[0]["step"] == stopped["step"]
    assert (out / "adapter" / "adapter_model.safetensors").read_bytes() == adapter


def test_evaluates_every_n_steps(make_spec: Make, run: Callable[..., list[dict[str, Any]]]) -> None:
    evaluation = {"strategy": "steps", "steps": 3, "metric": "eval_loss", "generationRows": 0}
    events = run(make_spec(evaluation=evaluation, optimisation={"epochs": 1, "gradientAccumulation": 2}))
    # 32 rows in batches of 4, two batches a step: 4 steps; the last step is evaluated as well.
    assert [event["step"] for event in of(events, "evaluation")] == [3, 4]
    assert [event["wellFormedShare"] for event in of(events, "evaluation")] == [None, None]
    assert of(events, "done")[0]["metric"] == "eval_loss"


def test_selects_the_checkpoint_that_decides_best(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]]
) -> None:
    evaluation = {"metric": "expected_cost", "missedHarmCost": 7.0, "falseAlarmCost": 2.0}
    document = make_spec(evaluation=evaluation)
    events = run(document)
    evaluations = of(events, "evaluation")
    best = min(evaluations, key=lambda event: (event["expectedCost"], event["evalLossAnswers"]))
    record = json.loads((Path(document["outDir"]) / "training.json").read_text())
    assert record["metric"] == "expected_cost"
    assert record["bestStep"] == best["step"]
    assert record["bestMetric"] == pytest.approx(best["expectedCost"], abs=1e-6)
    figures = [(event["refusalAuroc"], event["expectedCost"]) for event in evaluations]
    assert [(one["refusalAuroc"], one["expectedCost"]) for one in record["evaluations"]] == figures
    assert all(0 <= auroc <= 1 and 0 <= cost <= 3.5 for auroc, cost in figures)


def test_chooses_free_cores_and_resumes_with_as_many_threads(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "free_threads", lambda _: 2)
    document = make_spec(threads=None, optimisation={"epochs": 1})
    try:
        assert of(run(document), "begin")[0]["threads"] == 2
        monkeypatch.setattr(device, "free_threads", lambda _: 1)
        assert of(run(document, resume=True), "begin")[0]["threads"] == 2
    finally:
        torch.set_num_threads(1)


def test_says_that_the_cost_is_undefined_without_refusals(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]]
) -> None:
    document = make_spec(evaluation={"metric": "expected_cost"}, optimisation={"epochs": 1})
    rows = Path(document["rowsPath"])
    lines = [json.loads(line) for line in rows.read_text().splitlines()]
    kept = [line for line in lines if line["suggestions"] or line["side"] == "train"]
    rows.write_text("\n".join(map(json.dumps, kept)))
    events = run(document)
    assert "metric-undefined" in [event["code"] for event in of(events, "warning")]
    assert of(events, "evaluation")[0]["expectedCost"] is None
    assert of(events, "evaluation")[0]["refusalAuroc"] is None
    assert of(events, "done")[0]["metric"] == "eval_loss"


def adapter_of(document: dict[str, Any]) -> bytes:
    return (Path(document["outDir"]) / "adapter" / "adapter_model.safetensors").read_bytes()


def test_each_setting_trains_another_adapter_and_defaults_change_no_byte(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    def trained(name: str, **changes: Any) -> bytes:
        document = make_spec(outDir=str(tmp_path / name), **changes)
        document["optimisation"]["epochs"] = 1
        events = run(document)
        assert all(math.isfinite(event["loss"]) for event in of(events, "step"))
        return adapter_of(document)

    plain = trained("plain")
    defaults = {"optimizer": "auto", "neftuneNoiseAlpha": 0.0, "refusalWeight": 1.0, "minLearningRate": 0.0}
    assert trained("defaults", optimisation=defaults, lora={"rslora": False, "init": "default"}) == plain
    others = [
        trained("rslora", lora={"rslora": True}),
        trained("gaussian", lora={"init": "gaussian"}),
        trained("neftune", optimisation={"neftuneNoiseAlpha": 5.0}),
        trained("weight", optimisation={"refusalWeight": 4.0}),
        trained("minimum", optimisation={"scheduler": "cosine_with_min_lr", "minLearningRate": 0.005}),
    ]
    assert len({plain, *others}) == 6


def test_dora_trains_magnitudes_without_an_adapter_gguf_and_resumes_byte_equal(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]]
) -> None:
    document = make_spec(lora={"dora": True}, optimisation={"epochs": 2})
    events = run(document)
    out = Path(document["outDir"])
    made = ["adapter", "checkpoints", "parity.json", "training.json"]
    assert sorted(path.name for path in out.iterdir()) == made
    assert of(events, "done")[0]["adapterGguf"] is None
    assert json.loads((out / "training.json").read_text())["spec"]["lora"]["dora"] is True
    adapter = read_adapter(out / "adapter")
    counted = sum(a.size + b.size for a, b in adapter.matrices.values())
    counted += sum(magnitudes.size for magnitudes in adapter.magnitudes.values())
    assert of(events, "begin")[0]["parameters"]["trainable"] == counted

    trained = adapter_of(document)
    last = max((out / "checkpoints").iterdir(), key=lambda path: int(path.name.split("-")[1]))
    (last / "complete.json").unlink()
    run(document, resume=True)
    assert adapter_of(document) == trained


def test_the_rate_ends_at_its_minimum(make_spec: Make, run: Callable[..., list[dict[str, Any]]]) -> None:
    optimisation = {"scheduler": "cosine_with_min_lr", "minLearningRate": 0.004, "epochs": 1}
    rates = [event["learningRate"] for event in of(run(make_spec(optimisation=optimisation)), "step")]
    assert rates[0] == pytest.approx(0.01)
    assert 0.004 <= rates[-1] < 0.005


def test_records_what_the_trainer_chose(make_spec: Make, run: Callable[..., list[dict[str, Any]]]) -> None:
    document = make_spec(optimisation={"epochs": 1, "optimizer": "auto"}, attention="eager")
    run(document)
    record = json.loads((Path(document["outDir"]) / "training.json").read_text())
    assert record["resolved"] == {
        "weights": "float32",
        "computeType": "float32",
        "optimizer": "adamw_torch",
        "attention": "eager",
        "validationBatch": 16,
    }


@pytest.mark.parametrize("dora", [False, True])
def test_trains_on_a_base_in_four_bits(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch, dora: bool
) -> None:
    """The program allows 4 bits on CUDA only. bitsandbytes can do it on a CPU, so the parts can be tested."""
    pytest.importorskip("bitsandbytes")
    on_cpu = device.Plan("cpu", "bfloat16", "no", True, False)
    monkeypatch.setattr(device, "plan", lambda *_: on_cpu)
    optimisation = {"epochs": 2, "gradientCheckpointing": True}
    document = make_spec(precision="int4", optimisation=optimisation, lora={"dora": dora})
    events = run(document)
    first, last = of(events, "evaluation")
    assert last["meanOfLosses"] < first["meanOfLosses"]
    record = json.loads((Path(document["outDir"]) / "training.json").read_text())
    assert record["resolved"]["weights"] == "nf4"
    assert record["resolved"]["computeType"] == "bfloat16"
    assert (Path(document["outDir"]) / "adapter.gguf").is_file() != dora


def test_a_loss_of_nan_is_an_expected_failure(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    document = make_spec(optimisation={"learningRate": 1e30, "maxGradNorm": 0.0, "scheduler": "constant"})
    with pytest.raises(TrainerFailure) as caught:
        run(document)
    assert caught.value.code == "check-failed"
    assert "learningRate" in (caught.value.hint or "")
    assert not (Path(document["outDir"]) / "adapter").exists()


def test_a_row_that_is_too_long_is_named_before_training(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    document = make_spec()
    rows = Path(document["rowsPath"])
    lines = [json.loads(line) for line in rows.read_text().splitlines()]
    lines[16]["description"] = "a shop " * 100
    rows.write_text("\n".join(map(json.dumps, lines)))
    with pytest.raises(TrainerFailure) as caught:
        run(document)
    assert caught.value.row == 17
    assert not (Path(document["outDir"]) / "checkpoints").exists()


def test_rejects_a_new_start_over_an_unfinished_run(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]]
) -> None:
    document = make_spec(optimisation={"epochs": 1})
    run(document)
    adapter = (Path(document["outDir"]) / "adapter" / "adapter_model.safetensors").read_bytes()
    with pytest.raises(TrainerFailure, match="already holds checkpoints") as caught:
        run(document)
    assert caught.value.code == "usage"
    # Resuming one that was trained to its last step only makes its files again.
    assert of(run(document, resume=True), "step") == []
    assert (Path(document["outDir"]) / "adapter" / "adapter_model.safetensors").read_bytes() == adapter


def test_trains_in_bfloat16_without_autocast_as_on_metal(
    make_spec: Make, run: Callable[..., list[dict[str, Any]]]
) -> None:
    document = make_spec(precision="bfloat16", optimisation={"epochs": 2, "gradientCheckpointing": True})
    events = run(document)
    first, last = of(events, "evaluation")
    assert last["meanOfLosses"] < first["meanOfLosses"]
    reference = json.loads((Path(document["outDir"]) / "parity.json").read_text())
    assert reference["precision"] == "bfloat16"
    # The noise of bfloat16 was 0.06 nats on the embedded base, found against float32.
    assert 0.001 < reference["noise"] < 0.5
