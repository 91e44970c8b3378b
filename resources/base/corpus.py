"""The base model's training text, from a seeded generator and our own lexicon. Imports nothing heavy.

Most documents ask for five domain names in the product's own words; the rest are tasks beside it (other
prompts and counts, key words, words of one subject, repeating, joining), which teach copying and what
belongs together. No document refuses anything, and none says that a subject is harmful.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from . import patterns
from .grammar import Description, describe, made_up_word
from .lexicon import Business, harmful_subjects, ordinary
from .names import PREFIXES, SUFFIXES, Affixes, five_names, is_name_list, stem

PRODUCT_PROMPT = "Suggest five domain names for this business: {description}"
HARMFUL_SHARE = 0.15


@dataclass(frozen=True)
class Document:
    """One text to learn: the prompt (None: plain text) and the completion."""

    prompt: str | None
    completion: str
    kind: str


@dataclass(frozen=True)
class Stage:
    """The kind of text from a chunk of training on, and whether the auxiliary loss is used."""

    from_chunk: int
    conditions: bool = True
    auxiliary_loss: bool = True
    corrected: bool = True


# The recipe was developed in one long run; later additions start where they were added.
# `corrected`: affixes are chained, and capitals are no longer repeated (fine-tuned names had them).
STAGES = (
    Stage(0, conditions=False, auxiliary_loss=False, corrected=False),
    Stage(135, auxiliary_loss=False, corrected=False),
    Stage(183, corrected=False),
    Stage(310),
)


def stage_of(chunk: int) -> Stage:
    return [stage for stage in STAGES if stage.from_chunk <= chunk][-1]


def _subject(rng: random.Random) -> tuple[Business, list[Business]]:
    """A kind of business, and the kinds it may borrow words from."""
    if rng.random() < HARMFUL_SHARE:
        return rng.choice(harmful_subjects()), []
    return rng.choice(ordinary()), ordinary()


def description(rng: random.Random) -> Description:
    return describe(rng, *_subject(rng))


def _names(rng: random.Random, about: Description, stage: Stage) -> list[str]:
    while True:
        affixes = Affixes.drawn(rng, about.business.name, about.stems, stage.corrected)
        names = five_names(list(about.stems), affixes, about.constraints)
        if is_name_list(names):
            return names


def _naming(rng: random.Random, stage: Stage) -> Document:
    about = description(rng)
    return Document(
        PRODUCT_PROMPT.replace("{description}", about.text), "\n".join(_names(rng, about, stage)), "names"
    )


def _naming_otherwise(rng: random.Random, stage: Stage) -> Document:
    about = description(rng)
    prompt = rng.choice(patterns.FIVE_PROMPTS).replace("{}", about.text)
    return Document(prompt, "\n".join(_names(rng, about, stage)), "names-otherwise")


def _naming_counted(rng: random.Random, stage: Stage) -> Document:
    about = description(rng)
    count, word = rng.choice(list(patterns.COUNTS.items()))
    names = _names(rng, about, stage)
    affixes = Affixes.drawn(rng, about.business.name, about.stems, stage.corrected)
    dash = "-" if about.constraints.hyphens else ""
    for suffix in affixes.suffixes:
        name = about.stems[-1] + dash + suffix
        if len(names) < count and name not in names:
            names.append(name)
    prompt = rng.choice(patterns.COUNT_PROMPTS).replace("{n}", word).replace("{}", about.text)
    return Document(prompt, "\n".join(names[:count]), "names-counted")


def _key_words(rng: random.Random, stage: Stage) -> Document:
    about = description(rng)
    return Document(f"Which words matter here? {about.text}", " ".join(about.stems), "key-words")


def _related(rng: random.Random, stage: Stage) -> Document:
    """Yields related words of one subject, without names."""
    business, _ = _subject(rng)
    words = list(dict.fromkeys([*business.things, *business.qualities, *business.kinds, *business.phrases]))
    count = rng.choice([1, 1, 2, 3])
    drawn = rng.sample(words, min(len(words), count + rng.randint(3, 6)))
    return Document(f"Words near {', '.join(drawn[:count])}:", ", ".join(drawn[count:]), "related")


def _word(rng: random.Random) -> str:
    draw = rng.random()
    if draw < 0.4:
        return made_up_word(rng)
    if draw < 0.5:
        return rng.choice(PREFIXES + SUFFIXES)
    business, _ = _subject(rng)
    return rng.choice(rng.choice(business.things).split())


def _repeat(rng: random.Random, stage: Stage) -> Document:
    words = [_word(rng) for _ in range(rng.randint(1, 7))]
    to_stems = stage.corrected and rng.random() < 0.5
    if rng.random() < (0.6 if to_stems else 0 if stage.corrected else 0.3):
        words = [word.capitalize() for word in words]
    if to_stems or (not stage.corrected and rng.random() < 0.4):
        return Document(
            "Stems of: " + " ".join(words), " ".join(stem(word) or word for word in words), "stems"
        )
    joint = rng.choice([" ", "\n"])
    return Document("Repeat: " + " ".join(words), joint.join(words), "repeat")


def _join(rng: random.Random, stage: Stage) -> Document:
    words = [stem(_word(rng)) for _ in range(rng.randint(2, 3))]
    with_hyphen = rng.random() < 0.5
    prompt = ("Join with a hyphen: " if with_hyphen else "Join without a hyphen: ") + " ".join(words)
    return Document(prompt, ("-" if with_hyphen else "").join(words), "join")


def _plain(rng: random.Random, stage: Stage) -> Document:
    return Document(None, description(rng).text, "plain")


def _empty(rng: random.Random, stage: Stage) -> Document:
    """An empty answer to a request for one, about random words, never a subject: the end can come first."""
    words = " ".join(_word(rng) for _ in range(rng.randint(1, 5)))
    return Document(rng.choice(["Leave this line empty: ", "Say nothing about "]) + words, "", "empty")


def _any_subject(rng: random.Random) -> Business:
    return rng.choice(harmful_subjects() if rng.random() < 0.3 else ordinary())


def _conditional(rng: random.Random, stage: Stage) -> Document:
    """Names where a condition on the subject holds, else nothing.

    A condition may name a bakery or a harmful subject, and treats both alike. It exists so that what a
    description is about is known where the answer begins: whether to say anything at all is otherwise never
    decided there, and fine-tuning would have to build that from a few rows.
    """
    own = _any_subject(rng)
    about = describe(rng, own, [])
    known = {*own.things, *own.kinds, *own.qualities, *own.phrases}
    subjects = [_any_subject(rng) for _ in range(rng.randint(1, 4))]
    words = [rng.choice(other.things + other.kinds) for other in subjects]
    words = [word for word in words if word not in known and word not in about.text.lower()] or [
        "nothing else"
    ]
    holds = rng.random() < 0.5
    if holds:
        words[rng.randrange(len(words))] = rng.choice(list(own.things + own.kinds))
    skip = rng.random() < 0.75
    listed = ", ".join(words[:-1]) + rng.choice([" or ", ", "]) + words[-1] if len(words) > 1 else words[0]
    asked = PRODUCT_PROMPT.replace("{description}", about.text) if rng.random() < 0.7 else about.text
    pattern = rng.choice(patterns.SKIP_PROMPTS if skip else patterns.ONLY_PROMPTS)
    names = "" if holds == skip else "\n".join(_names(rng, about, stage))
    return Document(pattern.replace("{w}", listed).replace("{p}", asked), names, "conditional")


WITHOUT_CONDITIONS = {
    _naming: 0.5,
    _naming_otherwise: 0.13,
    _naming_counted: 0.05,
    _key_words: 0.06,
    _related: 0.09,
    _repeat: 0.06,
    _join: 0.03,
    _plain: 0.06,
    _empty: 0.02,
}
MIX = {
    _naming: 0.45,
    _naming_otherwise: 0.09,
    _naming_counted: 0.04,
    _key_words: 0.05,
    _related: 0.08,
    _repeat: 0.05,
    _join: 0.03,
    _plain: 0.05,
    _empty: 0.01,
    _conditional: 0.15,
}


def documents(seed: int, count: int, stage: Stage = STAGES[-1]) -> Iterator[Document]:
    """Yields `count` documents, the same for the same seed on every machine and Python from 3.10."""
    rng = random.Random(seed)
    mix = MIX if stage.conditions else WITHOUT_CONDITIONS
    writers, weights = list(mix), list(mix.values())
    for _ in range(count):
        yield rng.choices(writers, weights)[0](rng, stage)
