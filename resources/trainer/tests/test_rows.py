from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from namewright_trainer.failure import TrainerFailure
from namewright_trainer.outcome import is_valid_name, outcome
from namewright_trainer.rows import read_rows

from .tiny_base import write_rows

NAMES = ["alpha-one", "beta-two", "gamma3", "delta-four", "epsilon"]


def row(number: int, **changes: Any) -> dict[str, Any]:
    side = "validation" if number == 1 else "train"
    return {
        "row": number,
        "description": f"business {number}",
        "suggestions": NAMES,
        "group": f"g{number}",
        "side": side,
        **changes,
    }


def written(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in rows), encoding="utf-8")
    return path


def test_rows_come_in_file_order(tmp_path: Path) -> None:
    rows = read_rows(write_rows(tmp_path / "rows.jsonl", 40))
    assert [entry.row for entry in rows] == list(range(1, 41))
    assert sum(entry.is_refusal for entry in rows) == 8
    assert sum(entry.side == "validation" for entry in rows) == 8


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(1), row(2, suggestions=NAMES[:4])], "row 2 has 4 names"),
        ([row(1), row(2, group="g1")], "both sides"),
        ([row(1), row(1)], "twice"),
        ([row(2), row(3)], "the validation side has no rows"),
        ([row(1)], "the train side has no rows"),
        ([row(1), row(2, description=" ")], "empty text"),
        ([row(1), row(2, side="test")], "no side"),
        ([row(1), {"row": 2}], "line 2"),
    ],
)
def test_rejects_unusable_rows(tmp_path: Path, rows: list[Any], said: str) -> None:
    with pytest.raises(TrainerFailure) as caught:
        read_rows(written(tmp_path / "rows.jsonl", rows))
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "refused"),
        (" \n", "refused"),
        ("\n".join(NAMES), "answered"),
        ("\n".join(NAMES[:4]), "malformed"),
        ("\n".join([*NAMES[:4], NAMES[0]]), "malformed"),
        ("\n".join([*NAMES, "another-one"]), "malformed"),
        ("\n".join([*NAMES[:4], "Upper-case"]), "malformed"),
        ("\n".join(NAMES) + "\n", "malformed"),
    ],
)
def test_outcomes(text: str, kind: str) -> None:
    assert outcome(text) == kind


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("abcde", True),
        ("abcd", False),
        ("a" * 50, True),
        ("a" * 51, False),
        ("a-b-c", True),
        ("-abcd", False),
        ("abcd-", False),
        ("ab--cd", False),
        ("shop.com", False),
        ("360-shop", True),
        ("bäckerei", False),
    ],
)
def test_names(name: str, valid: bool) -> None:
    assert is_valid_name(name) is valid
