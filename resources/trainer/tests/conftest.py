from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .mistral_folder import make_mistral_folder
from .tiny_base import make_tiny_base, write_rows

if TYPE_CHECKING:
    import torch

    from namewright_trainer.encoding import PromptEncoder

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """Two threads that wait for each other make a tiny model many times slower on a busy machine."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_base(tmp_path_factory.mktemp("base") / "tiny")


@pytest.fixture(scope="session")
def mistral_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_mistral_folder(tmp_path_factory.mktemp("mistral") / "v3")


@pytest.fixture(scope="session")
def embedded_base() -> Path:
    """The base that the workbench ships."""
    folder = REPOSITORY / "models" / "tiny-mistral"
    if not (folder / "config.json").is_file():
        pytest.skip("models/tiny-mistral is not here")
    return folder


@pytest.fixture
def make_spec(tiny_base: Path, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """A small training as a document; keyword arguments replace or, for objects, update its fields."""
    rows = write_rows(tmp_path / "rows.jsonl")
    document = {
        "base": {"kind": "folder", "name": "tiny", "dir": str(tiny_base)},
        "rowsPath": str(rows),
        "promptTemplate": "Suggest five domain names for this business: {description}",
        "outDir": str(tmp_path / "out"),
        "preset": "test",
        # Dropout makes equality after a resume the harder claim: the generators must be restored as well.
        "lora": {"r": 4, "alpha": 8, "dropout": 0.1},
        "optimisation": {
            "learningRate": 0.01,
            "batchSize": 4,
            "gradientAccumulation": 1,
            "epochs": 3,
            "maxLength": 256,
        },
        "evaluation": {"generationRows": 4, "maxNewTokens": 12},
        "parity": {"sequences": 8, "top": 16, "maxNewTokens": 12},
        "device": "cpu",
        "threads": 1,
        "seed": 7,
    }

    def make(**changes: Any) -> dict[str, Any]:
        made = copy.deepcopy(document)
        for key, value in changes.items():
            made[key] = {**made[key], **value} if isinstance(made.get(key), dict) else value
        return made

    return make


@pytest.fixture
def spec_file(tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    def write(document: dict[str, Any]) -> Path:
        path = tmp_path / f"spec-{Path(document['outDir']).name}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def model_and_encoder(tiny_base: Path) -> tuple[torch.nn.Module, PromptEncoder]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from namewright_trainer.encoding import PromptEncoder

    tokenizer = AutoTokenizer.from_pretrained(tiny_base)
    model = AutoModelForCausalLM.from_pretrained(tiny_base).eval()
    return model, PromptEncoder(tokenizer, "Names for: {description}")
