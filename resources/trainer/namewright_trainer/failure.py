"""Failures that the user can act on. Everything else that is raised is a defect."""

from __future__ import annotations

EXIT_CODES = {
    "check-failed": 1,
    "usage": 2,
    "bad-value": 3,
    "missing": 4,
    "service-refused": 5,
    "defect": 70,
    "cancelled": 143,
}


class TrainerFailure(Exception):
    """An expected failure: a key of EXIT_CODES, what happened, what to do, and the data row from 1."""

    def __init__(self, code: str, message: str, hint: str | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.row = row

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.code]
