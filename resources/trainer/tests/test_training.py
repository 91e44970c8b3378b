"""The real entry point with real TRL on a tiny model: what it says and leaves, how it stops and goes on."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .trainer_process import Ended, at_stage, at_step, run_trainer, start_trainer

Make = Callable[..., dict[str, Any]]
Write = Callable[[dict[str, Any]], Path]
# The harder case: what a step trains on depends on its epoch too.
SHUFFLED = {"optimisation": {"shuffleNames": True}}
MADE = ("adapter/adapter_model.safetensors", "adapter/adapter_config.json", "adapter.gguf", "parity.json")


@pytest.fixture
def undisturbed(make_spec: Make, spec_file: Write, tmp_path: Path) -> tuple[Ended, Path]:
    out = tmp_path / "undisturbed"
    return run_trainer(spec_file(make_spec(outDir=str(out), **SHUFFLED))), out


def test_disturbed_trainings_match_an_undisturbed_one(
    undisturbed: tuple[Ended, Path], make_spec: Make, spec_file: Write, tmp_path: Path
) -> None:
    """One undisturbed run is checked whole. The same one, stopped by the end of its input in mid-epoch, by
    SIGTERM when an evaluation is due, and killed with a checkpoint half-written, ends with the same bytes."""
    ended, out = undisturbed
    check_events(ended)
    check_files(ended, out)

    disturbed = tmp_path / "disturbed"
    spec = spec_file(make_spec(outDir=str(disturbed), **SHUFFLED))
    first = run_trainer(spec, stop_at=at_step(3))
    check_stopped(first, disturbed)
    second = run_trainer(spec, resume=True, stop_at=at_step(8), how=signal.SIGTERM)
    check_stopped(second, disturbed)
    assert second.of("begin")[0]["resumedAtStep"] == first.events[-1]["step"]
    third = run_trainer(spec, resume=True, stop_at=at_step(18), how=signal.SIGKILL)
    assert third.status == -signal.SIGKILL
    newest = max(disturbed.glob("checkpoints/checkpoint-*"), key=lambda path: int(path.name.split("-")[1]))
    (newest / "complete.json").unlink()
    (newest / "adapter_model.safetensors").write_bytes(b"half")
    last = run_trainer(spec, resume=True)
    assert last.status == 0
    assert last.of("begin")[0]["resumedAtStep"] < int(newest.name.split("-")[1])
    for name in MADE:
        assert (disturbed / name).read_bytes() == (out / name).read_bytes(), name
    check_same_record(disturbed, out)


def check_events(ended: Ended) -> None:
    assert ended.status == 0, ended.log
    begin = ended.of("begin")[0]
    assert begin["rows"] == {
        "in": 40,
        "trained": 32,
        "validation": 8,
        "refusalsTrained": 4,
        "refusalsValidation": 4,
    }
    assert begin["maxSteps"] == 24
    assert begin["stepsPerEpoch"] == 8
    assert begin["device"] == "cpu"
    steps = ended.of("step")
    assert [event["step"] for event in steps] == list(range(1, 25))
    assert all(event["tokensPerSecond"] > 0 and event["gradNorm"] > 0 for event in steps)
    assert steps[-1]["etaSeconds"] == 0
    evaluations = ended.of("evaluation")
    assert [event["step"] for event in evaluations] == [8, 16, 24]
    assert all(event["refusalsChecked"] == 2 and event["answersChecked"] == 2 for event in evaluations)
    assert evaluations[-1]["evalLossAnswers"] < evaluations[0]["evalLossAnswers"]
    assert [event["step"] for event in ended.of("checkpoint")] == [8, 16, 24]
    assert ended.of("memory")[0]["rssBytes"] > 0
    stages = [event["stage"] for event in ended.of("stage")]
    assert stages == [
        "import",
        "load-base",
        "encode",
        "train",
        "save-adapter",
        "convert-adapter",
        "parity-reference",
        "record",
    ]
    done = ended.events[-1]
    assert done["kind"] == "done"
    assert done["bestStep"] in (8, 16, 24)


def check_files(ended: Ended, out: Path) -> None:
    record = json.loads((out / "training.json").read_text())
    assert record["rows"]["in"] == 40
    assert record["rows"]["trained"] == 32
    assert record["tokens"]["longestRow"] <= 256
    assert record["spec"]["lora"]["r"] == 4
    assert record["packages"]["trl"]
    assert len(record["evaluations"]) == 3
    assert str(out.parent) not in (out / "training.json").read_text()
    config = json.loads((out / "adapter" / "adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == "tiny"
    assert config["target_modules"] == sorted(config["target_modules"])
    assert sorted(path.name for path in (out / "adapter").iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
    ]
    check_parity_reference(json.loads((out / "parity.json").read_text()))
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["adapter", "adapter.gguf", "checkpoints", "controls", "parity.json", "training.json"]
    )


def check_parity_reference(reference: dict[str, Any]) -> None:
    assert reference["precision"] == "float32"
    # Rounding of float32, seen by running each sequence at other positions.
    assert 0 < reference["noise"] < 1e-4
    assert len(reference["sequences"]) == 8
    assert [entry["source"] for entry in reference["sequences"]] == ["validation"] * 2 + ["hard"] * 6
    differs = False
    for entry in reference["sequences"]:
        assert entry["promptIds"][:2] == [1, 3]
        assert entry["promptIds"][-1] == 4
        assert entry["promptIds"].count(4) == 1
        assert len(entry["positions"]) == len(entry["completionIds"]) == len(entry["margins"])
        assert len(entry["completionIds"]) <= 12
        for token, margin, position in zip(
            entry["completionIds"], entry["margins"], entry["positions"], strict=True
        ):
            assert position["ids"][0] == token
            assert 16 <= len(position["ids"]) <= 32
            assert position["on"] == sorted(position["on"], reverse=True)
            assert margin == pytest.approx(position["on"][0] - position["on"][1], abs=2e-4)
            differs = differs or abs(position["on"][0] - position["off"][0]) > 0.1
    assert differs


def check_stopped(ended: Ended, out: Path) -> None:
    assert ended.status == 143, ended.log
    assert ended.stop_seconds is not None
    assert ended.stop_seconds < 5
    event = ended.events[-1]
    assert event["kind"] == "cancelled"
    assert event["resumable"]
    assert (out / event["checkpoint"] / "complete.json").is_file()
    assert not (out / "adapter").exists()


def check_same_record(resumed: Path, undisturbed: Path) -> None:
    """Everything in training.json but the times."""

    def record(out: Path) -> dict[str, Any]:
        document = json.loads((out / "training.json").read_text())
        for evaluation in document["evaluations"]:
            del evaluation["seconds"]
        return {key: value for key, value in document.items() if key not in ("resumed", "wallSeconds")}

    assert record(resumed) == record(undisturbed)


def test_a_stop_during_import_ends_immediately(make_spec: Make, spec_file: Write, tmp_path: Path) -> None:
    spec = spec_file(make_spec())
    ended = run_trainer(spec, stop_at=at_stage("import"), how=signal.SIGINT)
    assert ended.status == 143
    assert ended.stop_seconds is not None
    assert ended.stop_seconds < 5
    assert ended.events[-1]["kind"] == "cancelled"
    assert ended.events[-1]["resumable"] is False


def test_a_trainer_ends_when_its_workbench_is_killed(make_spec: Make, spec_file: Write) -> None:
    """All three pipes break together, also the one that a stop is logged to."""
    with start_trainer(spec_file(make_spec())) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        first = json.loads(process.stdout.readline())
        assert (first["kind"], first["stage"]) == ("stage", "import")
        for pipe in (process.stderr, process.stdout, process.stdin):
            pipe.close()
        assert process.wait(timeout=5) == 143


def test_a_second_trainer_waits_for_the_first(make_spec: Make, spec_file: Write, tmp_path: Path) -> None:
    """The second waits until the first is gone, and says so; what the first held went with it."""
    spec = spec_file(make_spec(outDir=str(tmp_path / "out")))
    with start_trainer(spec) as first:
        assert first.stdout
        assert json.loads(first.stdout.readline())["stage"] == "import"
        with start_trainer(spec) as second:
            assert second.stdout
            waiting = json.loads(second.stdout.readline())
            assert (waiting["kind"], waiting["code"]) == ("warning", "folder-held")
            first.kill()
            first.wait()
            assert json.loads(second.stdout.readline())["stage"] == "import"
            second.kill()


def test_the_embedded_base_learns(
    embedded_base: Path, make_spec: Make, spec_file: Write, tmp_path: Path
) -> None:
    """The shipped base and its preset's values: a few epochs lower both losses."""
    base = {"kind": "folder", "name": "tiny-mistral", "dir": str(embedded_base)}
    spec = make_spec(
        base=base,
        lora={"r": 16, "alpha": 32, "dropout": 0},
        optimisation={"learningRate": 0.0015, "batchSize": 8, "epochs": 3},
        parity={"sequences": 8, "top": 64, "maxNewTokens": 40},
    )
    ended = run_trainer(spec_file(spec))
    assert ended.status == 0, ended.log
    first, *_, last = ended.of("evaluation")
    assert last["meanOfLosses"] < first["meanOfLosses"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full to play a full disk with")
def test_explains_a_full_disk_at_a_checkpoint_and_loses_only_that_checkpoint(
    undisturbed: tuple[Ended, Path], make_spec: Make, spec_file: Write, tmp_path: Path
) -> None:
    _, out = undisturbed
    disturbed = tmp_path / "full"
    spec = spec_file(make_spec(outDir=str(disturbed), **SHUFFLED))
    optimizer = disturbed / "checkpoints" / "checkpoint-16" / "optimizer.pt"

    def fill(event: dict[str, Any]) -> bool:
        if event["kind"] == "step" and event["step"] == 10:
            optimizer.parent.mkdir()
            optimizer.symlink_to("/dev/full")
        return False

    ended = run_trainer(spec, stop_at=fill)
    assert ended.status == 4, ended.log
    told = ended.events[-1]
    assert told["kind"] == "error"
    assert "couldn't write checkpoint-16" in told["message"]
    assert "resume" in told["hint"]
    assert [path.name for path in disturbed.glob("checkpoints/checkpoint-*")] == ["checkpoint-8"]
    last = run_trainer(spec, resume=True)
    assert last.of("begin")[0]["resumedAtStep"] == 8
    for name in MADE:
        assert (disturbed / name).read_bytes() == (out / name).read_bytes(), name
