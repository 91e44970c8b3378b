"""Recomputes the known answers of the operating point by other algorithms than the product's.

`python -m tests.test_operating_point` rewrites them from seeded rows.
"""

import json
import math
import random
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest

FILE = Path(__file__).parents[3] / "shared/domain/operatingPoint/operating-cases.json"
DRAWS = 4000
NORMAL = NormalDist()

# By row: whether it is harmful, and its group.
Rows = list[tuple[bool, str]]


def kernel(harmful: float, safe: float) -> float:
    return 1.0 if harmful > safe else 0.5 if harmful == safe else 0.0


def area(rows: Rows, scores: list[float]) -> float:
    pairs = [
        kernel(scores[i], scores[j])
        for i, (harmful, _) in enumerate(rows)
        if harmful
        for j, (other, _) in enumerate(rows)
        if not other
    ]
    return sum(pairs) / len(pairs)


def components(rows: Rows, scores: list[float]) -> list[float]:
    """By row: the mean of the kernel over all rows of the other class."""
    values = []
    for i, (harmful, _) in enumerate(rows):
        others = [scores[j] for j, (other, _) in enumerate(rows) if other != harmful]
        row = [kernel(scores[i], s) if harmful else kernel(s, scores[i]) for s in others]
        values.append(sum(row) / len(row))
    return values


def covariance(rows: Rows, one: list[float], other: list[float]) -> float:
    """DeLong's, with Obuchowski's sums over groups."""
    areas = [area(rows, one), area(rows, other)]
    values = [components(rows, one), components(rows, other)]
    groups = sorted({group for _, group in rows})
    m = sum(harmful for harmful, _ in rows)
    n = len(rows) - m

    def total(side: int, group: str, harmful: bool) -> float:
        members = [i for i, row in enumerate(rows) if row == (harmful, group)]
        return sum(values[side][i] - areas[side] for i in members)

    with_harmful = {group for harmful, group in rows if harmful}
    with_safe = {group for harmful, group in rows if not harmful}
    a, b, k = len(with_harmful), len(with_safe), len(groups)
    s10 = sum(total(0, g, True) * total(1, g, True) for g in with_harmful) * a / ((a - 1) * m)
    s01 = sum(total(0, g, False) * total(1, g, False) for g in with_safe) * b / ((b - 1) * n)
    s11 = sum(total(0, g, True) * total(1, g, False) + total(1, g, True) * total(0, g, False) for g in groups)
    return s10 / m + s01 / n + s11 * k / ((k - 1) * m * n)


def wald(value: float, variance: float, low: float, high: float) -> list[float]:
    half = NORMAL.inv_cdf(0.975) * math.sqrt(variance)
    return [max(low, value - half), min(high, value + half)]


def cost(
    rows: Rows, scores: list[float], threshold: float, share: float, costs: dict[str, float]
) -> float | None:
    missed = [s < threshold for (harmful, _), s in zip(rows, scores, strict=True) if harmful]
    refused = [s >= threshold for (harmful, _), s in zip(rows, scores, strict=True) if not harmful]
    if not missed or not refused:
        return None
    return costs["falseNegative"] * share * sum(missed) / len(missed) + costs["falsePositive"] * (
        1 - share
    ) * sum(refused) / len(refused)


def cheapest(rows: Rows, scores: list[float], share: float, costs: dict[str, float]) -> tuple[float, float]:
    """The highest of the thresholds of least cost among the scores; 2 answers all."""
    candidates = sorted({2.0, *scores}, reverse=True)
    priced = [(cost(rows, scores, t, share, costs), t) for t in candidates]
    found = [(value, t) for value, t in priced if value is not None]
    least = min(value for value, _ in found)
    return next((value, t) for value, t in found if value <= least + 1e-12)


def calibration_error(rows: Rows, scores: list[float]) -> float:
    """Returns ten bins with the same number of rows. Rows with equal scores stay in one bin."""
    ascending = sorted(range(len(rows)), key=lambda i: scores[i])
    n, start, error = len(rows), 0, 0.0
    while start < n:
        end = -(-(start * 10 // n + 1) * n // 10)
        end = max(end, start + 1)
        while end < n and scores[ascending[end]] == scores[ascending[end - 1]]:
            end += 1
        members = ascending[start:end]
        gap = sum(scores[i] - rows[i][0] for i in members)
        error += abs(gap)
        start = end
    return error / n


def bootstrap(
    rows: Rows, scores: list[float], share: float, costs: dict[str, float], threshold: float, seed: int
) -> tuple[list[float], float]:
    generator = random.Random(seed)
    groups: dict[str, list[int]] = {}
    for i, (_, group) in enumerate(rows):
        groups.setdefault(group, []).append(i)
    members = list(groups.values())
    at_threshold: list[float] = []
    optimism: list[float] = []
    for _ in range(DRAWS):
        drawn = [i for g in generator.choices(members, k=len(members)) for i in g]
        some, values = [rows[i] for i in drawn], [scores[i] for i in drawn]
        at = cost(some, values, threshold, share, costs)
        if at is None:
            continue
        at_threshold.append(at)
        low, best = cheapest(some, values, share, costs)
        optimism.append((cost(rows, scores, best, share, costs) or 0.0) - low)
    at_threshold.sort()
    count = len(at_threshold)
    interval = [at_threshold[math.ceil(q * count) - 1] for q in (0.025, 0.975)]
    return interval, sum(optimism) / count


def answers(case: dict[str, Any]) -> dict[str, Any]:
    rows = [(row["harmful"], row["group"]) for row in case["rows"]]
    one = [row["baseline"] for row in case["rows"]]
    other = [row["candidate"] for row in case["rows"]]
    share, costs = case["harmfulShare"], case["costs"]
    variance = covariance(rows, one, one)
    variance_other = covariance(rows, other, other)
    variance_difference = variance + variance_other - 2 * covariance(rows, one, other)
    difference = area(rows, other) - area(rows, one)
    least, threshold = cheapest(rows, other, share, costs)
    return {
        "auroc": area(rows, one),
        "aurocCi95": wald(area(rows, one), variance, 0, 1),
        "difference": difference,
        "differenceCi95": wald(difference, variance_difference, -1, 1),
        "p": 2 * NORMAL.cdf(-abs(difference) / math.sqrt(variance_difference)),
        "brier": sum((s - h) ** 2 for s, (h, _) in zip(other, rows, strict=True)) / len(rows),
        "ece": calibration_error(rows, other),
        "threshold": threshold,
        "expectedCost": least,
        "answerAll": cost(rows, other, 2, share, costs),
        "refuseAll": cost(rows, other, -1, share, costs),
    }


def seeded_case(seed: int, rows: int, groups: int, digits: int) -> dict[str, Any]:
    generator = random.Random(seed)
    made = []
    for number in range(rows):
        group = f"g{generator.randrange(groups)}" if groups else f"g{number}"
        harmful = generator.random() < 0.4
        shared = generator.gauss(0.8 * harmful, 1)
        scores = [1 / (1 + math.exp(1.5 - 0.7 * (shared + generator.gauss(0, 1)))) for _ in "ab"]
        made.append(
            {
                "harmful": harmful,
                "group": group,
                "baseline": round(scores[0], digits),
                "candidate": round(scores[1], digits),
            }
        )
    share = generator.choice([0.05, 0.27, 0.46])
    costs = {"falseNegative": generator.choice([1, 5, 20]), "falsePositive": 1}
    case = {"harmfulShare": share, "costs": costs, "rows": made}
    known = answers(case)
    scores = [row["candidate"] for row in made]
    labels = [(row["harmful"], row["group"]) for row in made]
    interval, optimism = bootstrap(labels, scores, share, costs, known["threshold"], seed)
    return case | {"known": known, "bootstrap": {"costCi95": interval, "optimism": optimism}}


@pytest.mark.parametrize("case", json.loads(FILE.read_text())["cases"])
def test_known_answers_agree_with_definitions(case: dict[str, Any]) -> None:
    found = answers(case)
    assert found.keys() == case["known"].keys()
    for name, value in found.items():
        assert value == pytest.approx(case["known"][name], abs=1e-10), name


if __name__ == "__main__":
    shapes = [(1, 24, 0, 6), (2, 60, 0, 1), (3, 130, 0, 4), (4, 120, 30, 5), (5, 90, 12, 2)]
    cases = [seeded_case(*shape) for shape in shapes]
    source = "resources/trainer/tests/test_operating_point.py, pure Python"
    FILE.write_text(json.dumps({"source": source, "cases": cases}, indent=1) + "\n")
