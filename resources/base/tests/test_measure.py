from base.measure import Measured, measured

GOOD = "tea-hub\nmy-pot\ntealab\ngopot\ntea-pot"


def test_outcomes_and_relation():
    answers = [GOOD, "", "tea-hub\ntea-hub\ntealab\ngopot\ntea-pot", GOOD]
    counted = measured(["Tea in a pot", "Tea", "Tea", "A bakery"], answers)
    assert counted == Measured(4, answered=2, refused=1, malformed=1, related=0.5)


def test_relation_is_undefined_without_answers():
    assert measured(["Tea"], [""]).related is None
