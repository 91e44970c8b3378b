"""Tango's interval by likelihood, as known answers for shared/domain/statistics/tango.ts.

The product solves a quadratic for the restricted shares and bisects the score. Here, the restricted
likelihood is maximized numerically in decimals of 40 digits, and the ends are where its score reaches z.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 40

CASES = Path(__file__).parents[3] / "shared" / "domain" / "statistics" / "tango-cases.json"
Z = Decimal("1.959963984540054")
TABLES = (
    (12, 2, 50), (0, 0, 30), (1, 0, 30), (5, 1, 60), (20, 14, 230), (0, 3, 13), (0, 0, 1), (0, 0, 100),
    (1, 1, 2), (3, 3, 40), (0, 7, 20), (15, 0, 106), (9, 28, 124), (40, 55, 700), (2, 30, 45), (1, 0, 1000),
)  # fmt: skip


def root(function: Callable[[Decimal], Decimal], low: Decimal, high: Decimal) -> Decimal:
    """Returns where a falling function changes its sign, by bisection to 30 decimals."""
    while high - low > Decimal("1e-30"):
        middle = (low + high) / 2
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def likeliest_share(b: int, c: int, n: int, difference: Decimal) -> Decimal:
    """Returns the likeliest share of pairs that only the second side has, where the first side's is larger by
    `difference`. The derivative of the log-likelihood falls in it."""
    low, high = max(Decimal(0), -difference), (1 - difference) / 2
    same = n - b - c

    def slope(share: Decimal) -> Decimal:
        return (
            (b / (share + difference) if b else Decimal(0))
            + (c / share if c else Decimal(0))
            - (2 * same / (1 - 2 * share - difference) if same else Decimal(0))
        )

    edge = (high - low) * Decimal("1e-32")
    return root(slope, low + edge, high - edge)


def score(b: int, c: int, n: int, difference: Decimal) -> Decimal:
    share = likeliest_share(b, c, n, difference)
    variance = n * (2 * share + difference * (1 - difference))
    return (b - c - n * difference) / variance.sqrt()


def interval(b: int, c: int, n: int) -> tuple[float, float]:
    """Returns the 95 % interval of (b − c) / n. `b`: only the first side is true, `c`: only the second."""
    edge = Decimal("1e-20")
    estimate = Decimal(b - c) / n
    low = -1 if b - c == -n else root(lambda at: score(b, c, n, at) - Z, -1 + edge, estimate - edge)
    high = 1 if b - c == n else root(lambda at: score(b, c, n, at) + Z, estimate + edge, 1 - edge)
    return float(low), float(high)


def cases() -> dict[str, object]:
    return {
        "source": "resources/trainer/tests/paired_proportions.py, by the restricted likelihood",
        "intervals": [
            {"onlyCandidate": b, "onlyBaseline": c, "n": n, "ci95": interval(b, c, n)} for b, c, n in TABLES
        ],
    }


if __name__ == "__main__":
    CASES.write_text(json.dumps(cases(), indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{CASES}\n")
