import random

import pytest
from base.names import NAME, SUFFIXES, Affixes, Constraints, five_names, is_name_list, stem

AFFIXES = Affixes(["my", "go", "the"], ["hub", "lab", "works"], ["24", "365", "7"])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Candles", "candle"),
        ("bakeries", "bakery"),
        ("cookies", "cookie"),
        ("boxes", "box"),
        ("brushes", "brush"),
        ("glass", "glass"),
        ("hummus", "hummus"),
        ("tennis", "tennis"),
        ("gas", "gas"),
        ("Crème", "creme"),
        ("grandma's", "grandma"),
    ],
)
def test_stem(word, expected):
    assert stem(word) == expected


def test_recognizes_shapes_of_three_stems():
    names = five_names(["bread", "oven", "baguette"], AFFIXES)
    assert names == ["bread-hub", "my-oven", "baguettelab", "gobread", "bread-oven"]


def test_recognizes_shapes_of_two_stems():
    assert five_names(["tea", "pot"], AFFIXES) == ["tea-hub", "my-pot", "tealab", "gopot", "tea-pot"]


def test_recognizes_shapes_of_one_stem():
    names = five_names(["falafel"], AFFIXES)
    assert names == ["falafel-hub", "my-falafel", "falafellab", "gofalafel", "the-falafel-works"]


def test_no_hyphens():
    names = five_names(["bread", "oven"], AFFIXES, Constraints(hyphens=False))
    assert names == ["breadhub", "myoven", "breadlab", "gooven", "breadoven"]


def test_accepts_numbers_in_place_of_suffixes():
    names = five_names(["bread", "oven"], AFFIXES, Constraints(numbers=True))
    assert names == ["bread-24", "my-oven", "bread365", "gooven", "bread-oven-7"]


def test_affixes_never_repeat_a_stem():
    drawn = Affixes.drawn(random.Random(1), "bakery", ("studio", "my"))
    assert "studio" not in drawn.suffixes
    assert "my" not in drawn.prefixes


@pytest.mark.parametrize(
    "name", ["four", "-bread", "bread-", "bread--hub", "Bread", "bread.com", "b" * 51, "café-x"]
)
def test_rejects_what_is_not_a_name(name):
    assert not NAME.fullmatch(name)


def test_chains_affixes_in_the_tables_order():
    drawn = Affixes.drawn(random.Random(1), "bakery", ())
    assert SUFFIXES[(SUFFIXES.index(drawn.suffixes[0]) + 1) % len(SUFFIXES)] == drawn.suffixes[1]
    assert sorted(drawn.suffixes) == sorted(SUFFIXES)


def test_rejects_a_list_with_a_repeated_name():
    assert is_name_list(["bread-hub", "my-oven"])
    assert not is_name_list(["bread-hub", "bread-hub"])
