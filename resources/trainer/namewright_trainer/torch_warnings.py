"""Turns PyTorch's warning that Metal lacks an operator, so that the CPU runs it, into an event."""

from __future__ import annotations

import re
import warnings
from typing import Any

from .events import EventStream

_FALLBACK = re.compile(r"operator '([^']+)' is not currently (?:supported|implemented)[^.]*MPS")


def fallen_back_operator(message: str) -> str | None:
    found = _FALLBACK.search(message)
    return found.group(1) if found else None


def report_fallbacks(events: EventStream) -> None:
    """Reports each operator once; every warning still goes to standard error."""
    reported: set[str] = set()
    show = warnings.showwarning

    def show_and_report(message: Any, *rest: Any, **options: Any) -> None:
        operator = fallen_back_operator(str(message))
        if operator and operator not in reported:
            reported.add(operator)
            events.warning("mps-fallback", f"{operator} runs on the CPU: Metal does not have it")
        show(message, *rest, **options)

    warnings.showwarning = show_and_report
