"""Name templates: how names are made from the stems of a description's key words."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass

SUFFIXES = (
    "hub lab works house nest craft base point spot club studio shop market corner place path way world zone "
    "box land room loop yard"
).split()
PREFIXES = "my go the true pure happy little blue one daily prime smart urban bright next ever".split()
NUMBERS = "24 365 101 360 7 1 5 9".split()
NAME = re.compile(r"(?!.*--)[a-z0-9](?:[a-z0-9-]{3,48})[a-z0-9]")


_ENDS_IN_IE = set("movies cookies brownies smoothies hoodies veggies selfies foodies".split())


def stem(word: str) -> str:
    """Returns the word in lower-case ASCII, singular, as shared/domain/dataset/stem.ts does."""
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]", "", re.sub(r"'s$", "", plain))
    if len(plain) <= 3 or plain.endswith(("ss", "us", "is", "ics")):
        return plain
    if plain.endswith("ies") and len(plain) > 4 and plain not in _ENDS_IN_IE:
        return plain[:-3] + "y"
    if plain.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return plain[:-2]
    return plain[:-1] if plain.endswith("s") else plain


@dataclass(frozen=True)
class Constraints:
    """The requirements of a description for its names."""

    hyphens: bool = True
    numbers: bool = False


@dataclass
class Affixes:
    """Prefixes, suffixes and numbers in order of use; none appears twice in a list."""

    prefixes: list[str]
    suffixes: list[str]
    numbers: list[str]

    @staticmethod
    def drawn(rng: random.Random, favor: str, stems: tuple[str, ...], chained: bool = True) -> Affixes:
        """Mostly in the order of `favor` (a kind of business), so that greedy decoding has a clear choice.

        `chained`: each affix after the first follows its predecessor in the lists above, so that none repeats
        in a greedily decoded list. An affix that is one of the stems is skipped: `shop-shop` isn't a name.
        """
        preferred = random.Random(favor)
        orders = []
        for words in (PREFIXES, SUFFIXES, NUMBERS):
            order = [word for word in preferred.sample(words, len(words)) if word not in stems]
            jitter = {word: rank + rng.expovariate(0.6) * 2 for rank, word in enumerate(order)}
            order.sort(key=jitter.__getitem__)
            orders.append(_successors(words, order[0], stems) if chained else order)
        return Affixes(*orders)


def _successors(words: list[str], first: str, stems: tuple[str, ...]) -> list[str]:
    start = words.index(first)
    return [word for word in words[start:] + words[:start] if word not in stems]


def five_names(stems: list[str], affixes: Affixes, constraints: Constraints = Constraints()) -> list[str]:
    """Fills the five templates in order, cycling through up to three stems; numbers replace suffixes."""
    first, second, third = (stems + [stems[0]] * 2)[:3] if len(stems) != 2 else (stems[0], stems[1], stems[0])
    fourth = stems[0] if len(stems) != 2 else stems[1]
    suffixes, prefixes, numbers = iter(affixes.suffixes), iter(affixes.prefixes), iter(affixes.numbers)
    endings = numbers if constraints.numbers else suffixes
    dash = "-" if constraints.hyphens else ""
    names = [
        f"{first}{dash}{next(endings)}",
        f"{next(prefixes)}{dash}{second}",
        f"{third}{next(endings)}",
        f"{next(prefixes)}{fourth}",
    ]
    if len(stems) > 1:
        last = f"{first}{dash}{second}"
        names.append(f"{last}{dash}{next(endings)}" if constraints.numbers else last)
    else:
        names.append(f"{next(prefixes)}{dash}{first}{dash}{next(endings)}")
    return names


def is_name_list(names: list[str]) -> bool:
    """Returns whether every name follows the naming rules and none appears twice."""
    return len(set(names)) == len(names) and all(NAME.fullmatch(name) for name in names)
