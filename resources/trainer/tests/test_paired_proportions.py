"""The known answers that the TypeScript tests read are what the likelihood gives."""

from __future__ import annotations

import json

import pytest

from tests import paired_proportions

# numbers of Tango's interval that were published or computed elsewhere: (b, c, n) and both ends
PUBLISHED = [
    ((12, 2, 50), (0.061112406, 0.344708748)),
    ((0, 0, 30), (-0.113513393, 0.113513393)),
    ((20, 14, 230), (-0.024641664, 0.078191569)),
    ((0, 3, 13), (-0.502563759, 0.049963535)),
]


@pytest.mark.parametrize(("table", "ends"), PUBLISHED)
def test_agrees_with_known_answers(table: tuple[int, int, int], ends: tuple[float, float]) -> None:
    assert paired_proportions.interval(*table) == pytest.approx(ends, abs=1e-8)


def test_the_file_of_known_answers_is_up_to_date() -> None:
    stored = json.loads(paired_proportions.CASES.read_text(encoding="utf-8"))
    again = {
        (case["onlyCandidate"], case["onlyBaseline"], case["n"]): case["ci95"] for case in stored["intervals"]
    }
    assert set(again) == set(paired_proportions.TABLES)
    for table, ends in again.items():
        assert paired_proportions.interval(*table) == pytest.approx(ends, abs=1e-12)
