"""What a completion is: refused, answered or malformed. Same rules as shared/domain/naming, for the figures
that the trainer reports about its validation rows."""

from __future__ import annotations

import re
from typing import Literal

from .rows import NAMES_A_ROW

Outcome = Literal["refused", "answered", "malformed"]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_valid_name(name: str) -> bool:
    """Returns True for 5 to 50 characters of a-z, 0-9 and hyphen; no leading, trailing or double hyphen."""
    return 5 <= len(name) <= 50 and _NAME.fullmatch(name) is not None


def outcome(text: str) -> Outcome:
    """Refused: only white space. Answered: exactly five lines, each a valid name, all different."""
    if not text.strip():
        return "refused"
    names = text.split("\n")
    well_formed = (
        len(names) == NAMES_A_ROW and len(set(names)) == NAMES_A_ROW and all(map(is_valid_name, names))
    )
    return "answered" if well_formed else "malformed"
