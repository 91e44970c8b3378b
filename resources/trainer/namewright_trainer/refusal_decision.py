"""How well the probability of a refusal separates rows to refuse from rows to answer.

A row's refusal probability is P(end of text | prompt), and a threshold on it decides. Unlike a loss, these
figures measure that decision.
"""

from __future__ import annotations

import math
from itertools import groupby

# Weight of the answers' loss beside the cost: so small that it decides only between equal costs.
TIE_BREAK = 1e-6


def auroc(refusals: list[float], answers: list[float]) -> float:
    """Returns the area under the ROC curve: the share of pairs in which the row to refuse has the higher
    probability. Equal probabilities count half (Mann-Whitney)."""
    above = sum((one > other) + (one == other) / 2 for one in refusals for other in answers)
    return above / (len(refusals) * len(answers))


def expected_cost(
    refusals: list[float], answers: list[float], missed_harm_cost: float, false_alarm_cost: float
) -> float:
    """Returns the cost per row at the threshold that costs least; NaN if a probability is NaN.

    It is at the share of refusals in these rows: never refuse, or refuse from one of the rows'
    probabilities on.
    """
    if any(map(math.isnan, [*refusals, *answers])):
        return math.nan
    rows = sorted([*((one, True) for one in refusals), *((one, False) for one in answers)], reverse=True)
    cost = best = missed_harm_cost * len(refusals)
    for _, tied in groupby(rows, key=lambda row: row[0]):
        cost += sum(-missed_harm_cost if is_refusal else false_alarm_cost for _, is_refusal in tied)
        best = min(best, cost)
    return best / len(rows)


def selection_value(cost: float, answers_loss: float) -> float:
    """Returns what the best checkpoint minimizes: the cost, and among equal costs the loss of the answers.

    Costs of different decisions on n rows differ by about 1 / n, far more than the tie-break, which is below
    1e-6.
    """
    return cost + TIE_BREAK * answers_loss / (1 + answers_loss)
