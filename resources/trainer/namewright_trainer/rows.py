"""The training rows as the host wrote them: JSON lines, already linted, grouped and split."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .failure import TrainerFailure

NAMES_A_ROW = 5


@dataclass(frozen=True)
class Row:
    """`row` counts the data rows of the dataset from 1. No suggestions means a refusal."""

    row: int
    description: str
    suggestions: tuple[str, ...]
    group: str
    side: Literal["train", "validation"]

    @property
    def is_refusal(self) -> bool:
        return not self.suggestions


def read_rows(path: Path) -> list[Row]:
    """Returns all rows in file order. Raises TrainerFailure for an invalid line or an unusable split."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as error:
        raise TrainerFailure("missing", f"rows file not found: {path}") from error
    rows = [_row(line, number) for number, line in enumerate(lines, start=1) if line.strip()]
    check_split(rows)
    return rows


def _row(line: str, number: int) -> Row:
    try:
        value = json.loads(line)
        row = Row(
            value["row"],
            value["description"],
            tuple(value["suggestions"]),
            str(value["group"]),
            value["side"],
        )
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise TrainerFailure(
            "bad-value", f"line {number} of the rows file is not a valid row: {error}"
        ) from error
    texts = (row.description, *row.suggestions)
    if not isinstance(row.row, int) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise TrainerFailure("bad-value", f"line {number} of the rows file has an empty text", row=row.row)
    if row.side not in ("train", "validation"):
        raise TrainerFailure("bad-value", f"line {number} of the rows file has no side", row=row.row)
    if len(row.suggestions) not in (0, NAMES_A_ROW):
        message = f"row {row.row} has {len(row.suggestions)} names, not {NAMES_A_ROW} or none"
        raise TrainerFailure("bad-value", message, "Lint the dataset first.", row=row.row)
    return row


def check_split(rows: list[Row]) -> None:
    """Checks that both sides have rows, that no row appears twice and that no group is on both sides."""
    if len({row.row for row in rows}) != len(rows):
        raise TrainerFailure("bad-value", "a row number appears twice in the rows file")
    sides: dict[str, str] = {}
    for row in rows:
        if sides.setdefault(row.group, row.side) != row.side:
            raise TrainerFailure("bad-value", f"group {row.group} is on both sides of the split", row=row.row)
    for side in ("train", "validation"):
        if not any(row.side == side for row in rows):
            hint = "Use a dataset with at least 20 rows, which has rows on both sides."
            raise TrainerFailure("bad-value", f"the {side} side has no rows", hint)
