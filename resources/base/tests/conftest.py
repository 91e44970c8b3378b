import sys
from pathlib import Path

import pytest

RESOURCES = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(RESOURCES))


@pytest.fixture(scope="session")
def base_folder() -> Path:
    """The base as committed; its tests fail where it is missing."""
    return RESOURCES.parent / "models" / "tiny-mistral"


@pytest.fixture(scope="session")
def tokenizer(base_folder):
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(base_folder)
