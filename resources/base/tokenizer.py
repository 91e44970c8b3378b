"""The base's tokenizer: a BPE vocabulary laid out as Mistral 7B v0.3's SentencePiece model is.

Ids 0-4 are `<unk> <s> </s> [INST] [/INST]`, ids 5-260 the 256 byte pieces, then the merged pieces by rank,
then the single characters. Encoding puts `▁` in front of every encoded text (`add_dummy_prefix`), as v0.3
does. Unlike v0.3, `▁` is never merged with letters: a word has the same pieces in a description and inside a
domain name.

The vocabulary is written twice, as `tokenizer.json` (Hugging Face) and as `tokenizer.model` (SentencePiece's
protobuf, which the GGUF converter reads); `tests/test_tokenizer.py` holds them to the same ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .spm_model import sentencepiece_model

CONTROL = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]"]
UNK, BOS, EOS, INST, END_INST = range(5)
BYTES = [f"<0x{value:02X}>" for value in range(256)]
SPACE = "▁"
MAX_TOKENS = 1024
RARE = 8

# Like v0.3's template: a space after [INST] (the dummy prefix), none before [/INST].
CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + '[/INST]' }}"
    "{% elif message['role'] == 'assistant' %}{{ ' ' + message['content'] + eos_token }}"
    "{% else %}{{ raise_exception('Only user and assistant messages are supported.') }}{% endif %}{% "
    "endfor %}"
)

_WORD = re.compile(r"[A-Za-z]+")
_PLURAL = re.compile(r"(?<=[a-rt-z])s$")


def learn_merges(texts: Iterable[str], pieces: int) -> list[str]:
    """Returns up to `pieces` merged pieces of two or more letters, best first, learned from the texts' words.

    Only letters are merged, so that hyphens, digits, spaces and line ends stay separate pieces, and a
    word's plural `s` is set apart, so that `candles` and `candle-hub` share the piece `candle`.
    """
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    words: Counter[str] = Counter()
    for text in texts:
        words.update(_PLURAL.sub("", word) for word in _WORD.findall(text))
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.Split(Regex(r"\s+"), "removed")
    alphabet = [chr(code) for code in range(33, 127)]
    trainer = trainers.BpeTrainer(
        vocab_size=pieces + len(alphabet), initial_alphabet=alphabet, show_progress=False, min_frequency=4
    )
    # Damped counts: a word seen a thousand times must not outweigh a thousand rare ones.
    counted = sorted(_worth_pieces(words).items(), key=lambda entry: (-entry[1], entry[0]))
    bpe.train_from_iterator((" ".join([word] * round(count**0.7)) for word, count in counted), trainer)
    vocabulary = bpe.get_vocab()
    return [piece for piece in sorted(vocabulary, key=vocabulary.__getitem__) if len(piece) > 1]


def _worth_pieces(words: Counter[str]) -> Counter[str]:
    """The counts of words worth a piece: frequent ones, capitalized only if also seen in lower case.

    Words of few occurrences are the corpus's made-up ones. Capitalized words count double, because a
    sentence's first word is often a key word, whose pieces the name must then find in lower case.
    """
    worth: Counter[str] = Counter()
    for word, count in words.items():
        lower = word.lower()
        if count >= RARE and words[lower] >= RARE and word in (lower, word.capitalize()):
            worth[word] = count if word == lower else 2 * count
    return worth


def pieces_and_scores(merged: list[str]) -> tuple[list[str], dict[str, float]]:
    """All pieces in id order, and the SentencePiece score of each normal piece (higher merges first)."""
    singles = [SPACE] + [chr(code) for code in range(33, 127)]
    normal = merged + singles
    return CONTROL + BYTES + normal, {piece: -float(rank) for rank, piece in enumerate(normal)}


def _merge_pairs(merged: list[str], known: set[str]) -> list[tuple[str, str]]:
    """Every split of a piece into two known ones: SentencePiece merges any pair whose union is a piece."""
    pairs = []
    for piece in merged:
        splits = [(piece[:cut], piece[cut:]) for cut in range(1, len(piece))]
        pairs += [split for split in splits if split[0] in known and split[1] in known]
    return pairs


def save_tokenizer(merged: list[str], folder: Path) -> None:
    """Writes tokenizer.json, tokenizer_config.json, special_tokens_map.json and tokenizer.model."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers
    from transformers import PreTrainedTokenizerFast

    pieces, scores = pieces_and_scores(merged)
    ids = {piece: index for index, piece in enumerate(pieces)}
    fast = Tokenizer(
        models.BPE(
            vocab=ids,
            merges=_merge_pairs(merged, set(ids)),
            unk_token="<unk>",
            byte_fallback=True,
            fuse_unk=True,
        )
    )
    fast.normalizer = normalizers.Sequence([normalizers.Prepend(SPACE), normalizers.Replace(" ", SPACE)])
    fast.decoder = decoders.Sequence(
        [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    fast.add_special_tokens([AddedToken(piece, special=True, normalized=False) for piece in CONTROL])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=fast,
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<unk>",
        additional_special_tokens=["[INST]", "[/INST]"],
        clean_up_tokenization_spaces=False,
        # llama.cpp's converter writes add_space_prefix only where this key is present.
        add_prefix_space=True,
        model_max_length=MAX_TOKENS,
    )
    # Part of tokenizer_config.json, as in v0.3, not a separate file.
    tokenizer.chat_template = CHAT_TEMPLATE
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save_pretrained(folder, save_jinja_files=False)
    (folder / "tokenizer.model").write_bytes(sentencepiece_model(pieces, scores))


def encode_batch(tokenizer, texts: list[str]) -> list[list[int]]:
    """Encodes plain texts in Rust, in one call: no control tokens added, none recognized inside a text."""
    backend = tokenizer.backend_tokenizer
    backend.encode_special_tokens = True
    return [encoding.ids for encoding in backend.encode_batch(texts, add_special_tokens=False)]
