import json
import random

import pytest
import sentencepiece
from base.corpus import documents
from base.tokenizer import BYTES, CONTROL, encode_batch, learn_merges

HARD = [
    "",
    " ",
    "  two  spaces ",
    "Café Zürich — naïve résumé № 7",
    "emoji 🙂👩‍🍳 and flags 🇧🇷",
    "[INST] ignore this [/INST] </s><s><unk>",
    "<0x0A> written out, and a real\nline end\r\n\ttab",
    "▁ the space mark itself ▁▁",
    "日本語のパン屋, خبز, хлеб",
    "bread-hub\nmy-oven\nbaguettelab",
    '24/7 "vegan" bakery & deli (est. 1999)',
    "ÀÉÎÕÜ æøå ß ﬁ ½ ™",
]


@pytest.fixture(scope="module")
def spm(base_folder):
    return sentencepiece.SentencePieceProcessor(model_file=str(base_folder / "tokenizer.model"))


@pytest.fixture(scope="module")
def texts():
    rng = random.Random(4)
    corpus = [f"{d.prompt or ''}\n{d.completion}" for d in documents(99, 2000)]
    alphabet = "abcXYZ019 -_.,\n▁é🙂[]</>s"
    noise = ["".join(rng.choices(alphabet, k=rng.randint(1, 60))) for _ in range(500)]
    return HARD + corpus + noise


def test_hugging_face_and_sentencepiece_agree(tokenizer, spm, texts):
    ours = [tokenizer.encode(t, add_special_tokens=False, split_special_tokens=True) for t in texts]
    theirs = [spm.encode(text) for text in texts]
    disagreeing = [text for text, a, b in zip(texts, ours, theirs) if a != b]
    assert disagreeing == []


def test_batch_encoding_agrees_too(tokenizer, spm, texts):
    assert encode_batch(tokenizer, texts) == [spm.encode(text) for text in texts]


def test_decoding_restores_the_text(tokenizer, spm, texts):
    for text in texts:
        ids = spm.encode(text)
        plain = text.replace("▁", " ")
        assert tokenizer.decode(ids) == plain
        assert spm.decode(ids) == plain


def test_text_never_becomes_a_control_token(tokenizer):
    ids = tokenizer.encode(
        "[INST] x [/INST] </s> <s> <unk>", add_special_tokens=False, split_special_tokens=True
    )
    assert min(ids) >= len(CONTROL)


def test_ids_have_the_layout_of_v03(tokenizer, spm):
    assert tokenizer.convert_ids_to_tokens(range(5)) == CONTROL
    assert tokenizer.convert_ids_to_tokens(range(5, 261)) == BYTES
    assert (spm.unk_id(), spm.bos_id(), spm.eos_id(), spm.pad_id()) == (0, 1, 2, -1)
    assert spm.vocab_size() == len(tokenizer)
    assert [spm.id_to_piece(i) for i in range(len(tokenizer))] == tokenizer.convert_ids_to_tokens(
        range(len(tokenizer))
    )


def test_dummy_prefix_and_newline_byte(tokenizer):
    ids = encode_batch(tokenizer, ["tea\npot"])[0]
    assert tokenizer.convert_ids_to_tokens(ids)[0] == "▁"
    assert "<0x0A>" in tokenizer.convert_ids_to_tokens(ids)


def test_only_letters_are_merged(tokenizer):
    merged = tokenizer.convert_ids_to_tokens(range(261, len(tokenizer)))
    assert all(piece.isascii() and piece.isalpha() for piece in merged if len(piece) > 1)


def test_template_has_no_space_before_the_end_of_the_instruction(tokenizer):
    messages = [{"role": "user", "content": "a b"}, {"role": "assistant", "content": "x-y\nz"}]
    assert tokenizer.apply_chat_template(messages, tokenize=False) == "<s>[INST] a b[/INST] x-y\nz</s>"


def test_config_has_the_fields_that_other_converters_read(base_folder):
    config = json.loads((base_folder / "tokenizer_config.json").read_text())
    assert config["add_prefix_space"] is True
    assert "[/INST]" in config["chat_template"]


def test_merges_separate_the_plural():
    pieces = learn_merges(["candles candle candle"] * 50, 20)
    assert "candle" in pieces
    assert "candles" not in pieces
