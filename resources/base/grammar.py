"""Writes business descriptions from patterns and lexicon, and knows which of their words are the key words.

While a description is being put together its key words are wrapped in control characters: KEY around nouns
that names should be made of, SPARE around topical adjectives that serve where nouns are missing.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from . import patterns
from .lexicon import Business, asides, common
from .names import Constraints, stem

_KEY, _SPARE, _END = "\x01", "\x02", "\x03"
_MARKED = re.compile(f"([{_KEY}{_SPARE}])([^{_END}]*){_END}")
_SLOT = re.compile(r"\{(\w)\}")
_ARTICLE = re.compile(rf"\b([Aa])n? (?=([{_KEY}{_SPARE}]?)(\w))")
# Words that say what form a business has, not what it is about.
_FORMS = set(
    "shop store studio company service firm maker agency brand supplier business stall stand seller dealer "
    "provider organiser installer builder platform startup centre network of for to in and the on from with "
    "at a by".split()
)
_ONSETS = (
    "b br c ch cl d dr f fl g gl gr h j k kl l m n p pl pr qu r s sc sh sk sl sp st t th tr v w y z".split()
)
_VOWELS = "a a a e e e i i o o u ai ea ee oa oo ou y".split()
_CODAS = ["", "", "", *"n r l m t k nd rk st ll x p d sh nt ck g".split()]


def made_up_word(rng: random.Random) -> str:
    """A pronounceable word of one to three syllables that no lexicon holds (or only by chance)."""
    syllables = rng.choices([1, 2, 3], [0.2, 0.55, 0.25])[0]
    word = ""
    for _ in range(syllables):
        word += rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
    return word if 4 <= len(word) <= 14 else made_up_word(rng)


@dataclass(frozen=True)
class Description:
    """A description as a person might have typed it, the stems its names use and what it asks of them."""

    text: str
    stems: tuple[str, ...]
    constraints: Constraints
    business: Business


def _base_form(verb: str) -> str:
    """'bakes' to 'bake', 'carries' to 'carry', 'searches' to 'search'; more words ('hunts for') stay."""
    first, *rest = verb.split()
    if first in ("is", "has", "does"):
        first = {"is": "are", "has": "have", "does": "do"}[first]
    elif first.endswith("ies") and len(first) > 4:
        first = first[:-3] + "y"
    elif first.endswith(("ches", "shes", "sses", "xes", "oes")):
        first = first[:-2]
    elif first.endswith("s"):
        first = first[:-1]
    return " ".join([first, *rest])


def _gerund(verb: str) -> str:
    first, *rest = _base_form(verb).split()
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", first):
        first += first[-1]
    elif first.endswith("e") and not first.endswith(("ee", "ye", "oe")):
        first = first[:-1]
    return " ".join([first + "ing", *rest])


_IRREGULAR = dict(
    pair.split("/")
    for pair in (
        "make/made sell/sold bring/brought teach/taught grow/grown draw/drawn write/written cut/cut "
        "weave/woven sew/sewn build/built buy/bought fly/flown drive/driven send/sent lend/lent read/read "
        "bind/bound feed/fed breed/bred keep/kept throw/thrown steal/stolen deal/dealt dig/dug find/found "
        "give/given take/taken put/put know/known sing/sung forge/forged spin/spun set/set fit/fitted "
        "let/let host/hosted shoe/shod ride/ridden hang/hung"
    ).split()
)


def _participle(verb: str) -> str:
    first, *rest = _base_form(verb).split()
    if first in _IRREGULAR:
        first = _IRREGULAR[first]
    elif first.endswith("e"):
        first += "d"
    elif first.endswith("y") and first[-2:-1] not in "aeo":
        first = first[:-1] + "ied"
    else:
        first = _gerund(first)[:-3] + "ed"
    return " ".join([first, *rest])


class Writer:
    """Fills the slots of one description's sentences; things are not said twice."""

    def __init__(self, rng: random.Random, business: Business, others: list[Business]):
        self.rng = rng
        self.business = business
        self._others = others
        self._things = rng.sample(business.things, len(business.things))

    def write(self, pattern: str) -> str:
        return _SLOT.sub(lambda slot: getattr(self, f"_slot_{slot[1]}")(), pattern)

    def _key(self, phrase: str) -> str:
        words = phrase.split()
        return " ".join(w if w.lower() in _FORMS else f"{_KEY}{w}{_END}" for w in words)

    def _slot_t(self) -> str:
        draw = self.rng.random()
        if draw < 0.13:
            return self._key(made_up_word(self.rng) + self.rng.choice(["", "s", "s"]))
        if draw < 0.25 and self._others:
            return self._key(self.rng.choice(self.rng.choice(self._others).things))
        if not self._things:
            self._things = self.rng.sample(self.business.things, len(self.business.things))
        return self._key(self._things.pop())

    def _slot_T(self) -> str:
        count = self.rng.choices([1, 2, 3, 4], [0.2, 0.45, 0.27, 0.08])[0]
        things = [self._slot_t() for _ in range(count)]
        if self.rng.random() < 0.3:
            things[0] = f"{self._slot_q()} {things[0]}"
        if self.rng.random() < 0.1:
            things[-1] = f"{self._slot_a()} {things[-1]}"
        joint = self.rng.choice([" and ", " and ", " and ", " & ", ", ", " or ", " as well as ", " plus "])
        return ", ".join(things[:-1]) + joint + things[-1] if count > 1 else things[0]

    def _slot_k(self) -> str:
        return self._key(self.rng.choice(self.business.kinds))

    def _slot_K(self) -> str:
        words = [self._slot_a()] if self.rng.random() < 0.6 else []
        if self.rng.random() < 0.2:
            words.append(self._slot_q())
        if self.rng.random() < 0.15:
            words.append(self._slot_t())
        return " ".join([*words, self._slot_k()])

    def _slot_q(self) -> str:
        quality = self.rng.choice(self.business.qualities)
        return f"{_SPARE}{quality}{_END}" if quality.isalpha() else quality

    def _slot_V(self) -> str:
        draw = self.rng.random()
        book = self.business.verbs if draw < 0.45 else common.VERBS if draw < 0.65 else asides.VERBS
        return self.rng.choice(book)

    def _slot_v(self) -> str:
        return _base_form(self._slot_V())

    def _slot_g(self) -> str:
        return _gerund(self._slot_V())

    def _slot_p(self) -> str:
        return _participle(self._slot_V())

    def _slot_H(self) -> str:
        return self.rng.choice(asides.HOW)

    def _slot_Z(self) -> str:
        return self.rng.choice(asides.SENTENCES)

    def _slot_A(self) -> str:
        audience = self.rng.choice(self.business.customers if self.rng.random() < 0.5 else common.AUDIENCES)
        return audience if self.rng.random() < 0.93 else f"{audience} and {self.rng.choice(common.AUDIENCES)}"

    def _slot_X(self) -> str:
        own = self.business.phrases and self.rng.random() < 0.65
        return self.rng.choice(self.business.phrases if own else common.EXTRAS)

    def _slot_a(self) -> str:
        return self.rng.choice(common.ADJECTIVES)

    def _slot_s(self) -> str:
        return self.rng.choice(common.GENERIC_KINDS)

    def _slot_P(self) -> str:
        return self.rng.choice(common.PLACES) if self.rng.random() < 0.6 else f"in {self._slot_W()}"

    def _slot_W(self) -> str:
        known = self.rng.random() < 0.8
        return self.rng.choice(common.TOWNS) if known else made_up_word(self.rng).capitalize()

    def _slot_B(self) -> str:
        known = self.rng.random() < 0.7
        return self.rng.choice(common.BRAND_WORDS) if known else made_up_word(self.rng).capitalize()

    def _slot_U(self) -> str:
        return self.rng.choice(common.GENERIC_NOUNS)

    def _slot_N(self) -> str:
        return self.rng.choice(
            [*"two three four five six seven eight ten twelve twenty".split(), "12", "25", "40"]
        )

    def _slot_Y(self) -> str:
        return str(self.rng.randint(1890, 2025))


def _body(writer: Writer) -> str:
    """One word to a hundred and sixty; most often one sentence."""
    rng = writer.rng
    draw = rng.random()
    if draw < 0.17:
        return writer.write(rng.choice(patterns.FRAGMENTS))
    opening = writer.write(rng.choice(patterns.SENTENCES))
    if draw < 0.68:
        return opening
    if draw < 0.94:
        count = rng.choice([1, 1, 1, 2, 2, 3, 4])
        return _joined([opening, *(writer.write(rng.choice(patterns.FOLLOWERS)) for _ in range(count))])
    sentences = [writer.write(rng.choice(patterns.OPENERS_LONG))] if rng.random() < 0.4 else []
    sentences.append(opening)
    goal = rng.randint(60, 165)
    while sum(len(s.split()) for s in sentences) < goal:
        book = patterns.SENTENCES if rng.random() < 0.2 else patterns.FOLLOWERS
        sentences.append(writer.write(rng.choice(book)))
    return _joined(sentences)


def _joined(sentences: list[str]) -> str:
    return ". ".join(sentence.rstrip(".") for sentence in sentences)


def _constrained(rng: random.Random, body: str) -> tuple[str, Constraints]:
    draw = rng.random()
    if draw > 0.2:
        return body, Constraints()
    wishes = []
    if draw < 0.11:
        wishes.append(rng.choice(common.NO_HYPHENS))
    if draw > 0.095:
        wishes.append(rng.choice(common.NUMBERS))
    wish = rng.choice([", ", " and "]).join(wishes)
    layout = rng.choice(
        ["{b}. {w}", "{b}. {w}", "{b}, {w}", "{b}; {w}", "{b} ({w})", "{b} - {w}", "{w}: {b}", "{w}. {b}"]
    )
    return layout.format(b=body, w=wish), Constraints(hyphens=draw >= 0.11, numbers=draw > 0.095)


def _sentence_case(text: str) -> str:
    """Capital first letters of sentences (a mark may stand before the letter)."""
    return re.sub(rf"(^|[.:] )([{_KEY}{_SPARE}]?)([a-z])", lambda m: m[1] + m[2] + m[3].upper(), text)


def _as_typed(rng: random.Random, text: str) -> str:
    """Articles, letter case, end mark and now and then a typing slip, as people write."""
    text = _ARTICLE.sub(lambda m: m[1] + ("n " if m[3].lower() in "aeiou" else " "), text)
    draw = rng.random()
    if draw < 0.7:
        text = _sentence_case(text)
    elif draw < 0.74:
        text = re.sub(r"[A-Za-z][\w'-]*", lambda m: m[0][0].upper() + m[0][1:], text)
    elif draw < 0.755:
        text = text.upper()
    elif draw < 0.8:
        text = text[0].lower() + text[1:]
    else:
        text = text.lower()
    draw = rng.random()
    end = "." if draw < 0.62 else "!" if draw < 0.65 else ""
    if rng.random() < 0.02:
        text = text.replace(" ", "  ", 1)
    if rng.random() < 0.02:
        text = text.replace(". ", ".\n", 1)
    if rng.random() < 0.05:
        text = text.replace(" - ", " – ").replace("'", "’")
    if rng.random() < 0.015:
        end += " " + rng.choice(["🙂", "🌱", "🎉", "❤️", "☕"])
    return text if text.endswith((".", "!", ")")) else text + end


def _stems(marked: str) -> tuple[str, ...]:
    """Up to three stems of key words in order of appearance; topical adjectives replace missing nouns."""
    found = _MARKED.findall(marked)
    keys, spares = [], []
    for mark, phrase in found:
        for word in re.split(r"[-/ ]", phrase):
            word_stem = stem(word)
            if 3 <= len(word_stem) <= 18:
                (keys if mark == _KEY else spares).append(word_stem)
    unique = list(dict.fromkeys(keys))
    if len(unique) < 2:
        unique = list(dict.fromkeys(unique + spares))
    return tuple(unique[:3])


def describe(rng: random.Random, business: Business, others: list[Business]) -> Description:
    """A description of a made-up business of this kind; `others` lend it a thing of theirs now and then."""
    while True:
        body, constraints = _constrained(rng, _body(Writer(rng, business, others)))
        marked = _as_typed(rng, body)
        stems = _stems(marked)
        if stems:
            text = re.sub(f"[{_KEY}{_SPARE}{_END}]", "", marked)
            return Description(text, stems, constraints, business)
