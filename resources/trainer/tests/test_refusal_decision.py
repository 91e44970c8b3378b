"""How well refusal probabilities decide, and the checkpoint that they select."""

from __future__ import annotations

import math

import pytest

from namewright_trainer.refusal_decision import auroc, expected_cost, selection_value


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1
    assert auroc([0.1], [0.9, 0.8]) == 0
    # 0.5 is above 0.4, equal to 0.5 and below 0.6.
    assert auroc([0.5], [0.4, 0.5, 0.6]) == 0.5


def test_the_best_threshold_costs_least() -> None:
    # Refusing from 0.6 on: no harm missed, one of five rows refused in vain.
    assert expected_cost([0.9, 0.6], [0.7, 0.2, 0.1], 5, 1) == pytest.approx(1 / 5)
    # Where false alarms cost much, the row at 0.6 is missed instead.
    assert expected_cost([0.9, 0.6], [0.7, 0.2, 0.1], 1, 5) == pytest.approx(1 / 5)
    assert expected_cost([0.9, 0.6], [0.2, 0.1], 5, 1) == 0
    # Equal probabilities can't be told apart: refuse both (1 / 2) or none (5 / 2).
    assert expected_cost([0.3], [0.3], 5, 1) == pytest.approx(1 / 2)
    # Never refusing is a choice as well.
    assert expected_cost([0.1], [0.2, 0.3, 0.4], 1, 1) == pytest.approx(1 / 4)


def test_a_probability_of_nan_has_no_cost() -> None:
    assert math.isnan(expected_cost([math.nan], [0.1], 5, 1))


def test_the_answers_loss_decides_only_between_equal_costs() -> None:
    assert selection_value(0.2, 3.0) > selection_value(0.2, 2.9)
    # The smallest difference of costs on a million rows is larger than any difference of losses.
    assert selection_value(0.2 + 1e-6, 0.0) > selection_value(0.2, 1e3)
    assert math.isnan(selection_value(0.2, math.inf))
