"""The hand-written words the corpus is made of, parsed into kinds of business."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from . import business, craft, food, harmful, services, trade


@dataclass(frozen=True)
class Business:
    """One kind of business: what it is called, what it deals in, how that is, what it does and for whom."""

    name: str
    kinds: tuple[str, ...]
    things: tuple[str, ...]
    qualities: tuple[str, ...]
    verbs: tuple[str, ...]
    customers: tuple[str, ...]
    phrases: tuple[str, ...] = ()


def _list(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _parse(lines: str, with_topic: bool) -> list[Business]:
    parsed = []
    for line in lines.strip().splitlines():
        topic, rest = line.split(":", 1) if with_topic else ("", line)
        columns = [_list(column) for column in rest.split(";")]
        expected = 6 if with_topic else 5
        if len(columns) != expected or not all(columns):
            raise ValueError(f"Not a lexicon line: {line[:60]!r} has {len(columns)} columns, not {expected}.")
        parsed.append(Business(topic or columns[0][0], *columns))
    return parsed


@lru_cache(maxsize=1)
def ordinary() -> list[Business]:
    """Every ordinary kind of business, the safe neighbours of harmful subjects among them."""
    return [b for module in (food, craft, trade, services, business) for b in _parse(module.LINES, False)]


@lru_cache(maxsize=1)
def harmful_subjects() -> list[Business]:
    """Subjects that fine-tuning is to refuse; the base itself treats them like any other."""
    return _parse(harmful.LINES, True)
