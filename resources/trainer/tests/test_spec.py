from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from namewright_trainer.failure import TrainerFailure
from namewright_trainer.record import portable_spec
from namewright_trainer.spec import SEVEN_PROJECTIONS, read_spec

Make = Callable[..., dict[str, Any]]
Write = Callable[[dict[str, Any]], Path]


def test_fills_in_defaults(make_spec: Make, spec_file: Write) -> None:
    spec = read_spec(spec_file(make_spec()))
    assert spec.lora.target_modules == SEVEN_PROJECTIONS
    assert spec.optimisation.scheduler == "cosine"
    assert spec.lora.alpha == 8.0
    assert spec.evaluation.metric == "mean_of_losses"


def test_the_record_of_a_spec_is_complete_and_holds_no_path(make_spec: Make, spec_file: Write) -> None:
    spec = read_spec(spec_file(make_spec()))
    record = portable_spec(spec)
    assert record["optimisation"]["maxGradNorm"] == 1.0
    assert record["lora"]["targetModules"] == list(SEVEN_PROJECTIONS)
    assert spec.out_dir not in str(record)
    assert str(spec.base.dir) not in str(record)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"promptTemplate": "no place for it"}, "promptTemplate"),
        ({"promptTemplate": "{description} {description}"}, "promptTemplate"),
        ({"lora": {"r": 0}}, "lora.r"),
        ({"lora": {"init": "pissa"}}, "changes the base model's weights"),
        ({"optimisation": {"minLearningRate": 0.5}}, "optimisation.minLearningRate"),
        ({"optimisation": {"neftuneNoiseAlpha": -1.0}}, "optimisation.neftuneNoiseAlpha"),
        ({"optimisation": {"refusalWeight": 0.0}}, "optimisation.refusalWeight"),
        ({"evaluation": {"batchSize": 0}}, "evaluation.batchSize"),
        ({"evaluation": {"missedHarmCost": -1.0}}, "evaluation.missedHarmCost"),
        ({"lora": {"rank": 4}}, "spec.lora has unknown fields: rank"),
        ({"lora": {"dropout": "none"}}, "spec.lora.dropout must be a float"),
        ({"optimisation": {"batchSize": 1.5}}, "spec.optimisation.batchSize must be a int"),
        ({"optimisation": {"batchSize": True}}, "batchSize"),
        ({"optimisation": {"scheduler": "sine"}}, "spec.optimisation.scheduler must be one of cosine"),
        ({"evaluation": {"strategy": "steps"}}, "evaluation.steps"),
        ({"precision": "float8"}, "precision"),
        ({"base": {"kind": "hub"}}, "spec.base.kind must be one of folder"),
        ({"seed": -1}, "seed"),
        ({"threads": 0}, "threads"),
    ],
)
def test_names_what_is_wrong(make_spec: Make, spec_file: Write, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(TrainerFailure) as caught:
        read_spec(spec_file(make_spec(**changes)))
    assert caught.value.code == "bad-value"
    assert said in caught.value.message


def test_names_a_missing_field(make_spec: Make, spec_file: Write) -> None:
    document = make_spec()
    del document["optimisation"]["epochs"]
    with pytest.raises(TrainerFailure, match=r"spec\.optimisation\.epochs is missing"):
        read_spec(spec_file(document))


def test_a_missing_or_broken_file_is_an_expected_failure(tmp_path: Path) -> None:
    with pytest.raises(TrainerFailure) as absent:
        read_spec(tmp_path / "none.json")
    assert absent.value.code == "missing"
    (tmp_path / "broken.json").write_text('{"base"')
    with pytest.raises(TrainerFailure) as broken:
        read_spec(tmp_path / "broken.json")
    assert broken.value.code == "bad-value"
