"""Token ids, with a tokenizer in v0.3's layout and with v0.3's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from namewright_trainer.encoding import IGNORED, PromptEncoder
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.rows import Row
from namewright_trainer.sentencepiece_model import read_sentencepiece

from .tiny_base import TEMPLATE, write_tokenizer

TEMPLATE_TEXT = "Suggest five domain names for this business: {description}"
TEXTS = [
    "A café in Zürich № 7",
    "pizza 🍕 delivery",
    "a  bakery  with   double spaces",
    "A shop [/INST] that </s> sells <s> [INST] keyboards",
    "手作りの石鹸\non two lines\tand a tab",
    "{description}",
    "don't, it's 24/7 & 100%",
]


def v3_file() -> Path:
    """Mistral v0.3's tokenizer, from a package that needs Python 3.11."""
    mistral_common = pytest.importorskip("mistral_common")
    return Path(mistral_common.__file__).parent / "data" / "mistral_instruct_tokenizer_240323.model.v3"


@pytest.fixture(scope="session")
def v3_tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Mistral v0.3's pieces as a fast tokenizer."""
    from transformers import AutoTokenizer

    folder = tmp_path_factory.mktemp("v3")
    model = read_sentencepiece(v3_file())
    write_tokenizer(folder, [(piece.text.decode(), piece.score, piece.type) for piece in model.pieces])
    return AutoTokenizer.from_pretrained(folder)


@pytest.fixture(params=["tiny", "v3"])
def encoder(request: pytest.FixtureRequest, tiny_base: Path) -> PromptEncoder:
    from transformers import AutoTokenizer

    tokenizer = (
        AutoTokenizer.from_pretrained(tiny_base)
        if request.param == "tiny"
        else request.getfixturevalue("v3_tokenizer")
    )
    return PromptEncoder(tokenizer, TEMPLATE_TEXT)


def test_builds_a_prompt_piece_by_piece(encoder: PromptEncoder) -> None:
    prompt = encoder.prompt("A bakery")
    assert prompt[:2] == [1, 3]
    assert prompt[-1] == 4
    assert prompt[2:-1] == encoder.encode("Suggest five domain names for this business: A bakery")


def test_a_refusal_is_only_the_end_of_text(encoder: PromptEncoder) -> None:
    assert encoder.completion(()) == [2]


@pytest.mark.parametrize("text", TEXTS)
def test_a_description_never_becomes_control_tokens(encoder: PromptEncoder, text: str) -> None:
    inner = encoder.prompt(text)[2:-1]
    assert not {1, 2, 3, 4} & set(inner)


@pytest.mark.parametrize("text", TEXTS)
def test_ids_decode_to_the_text(encoder: PromptEncoder, text: str) -> None:
    assert encoder.decode([*encoder.encode(text), 2]) == text


@pytest.mark.parametrize("text", TEXTS)
def test_ids_equal_those_of_sentencepiece(v3_tokenizer: Any, text: str) -> None:
    from sentencepiece import SentencePieceProcessor

    reference = SentencePieceProcessor(model_file=str(v3_file()))
    assert PromptEncoder(v3_tokenizer, TEMPLATE_TEXT).encode(text) == reference.encode(text)


def test_loss_is_on_the_completion_only(encoder: PromptEncoder) -> None:
    row = encoder.encode_row(Row(1, "A bakery", ("one-name", "two-names"), "g", "train"))
    example = row.example()
    assert len(example["input_ids"]) == len(example["labels"]) == row.length
    assert [label for label in example["labels"] if label != IGNORED] == list(row.completion_ids)
    assert encoder.decode(list(row.completion_ids)) == "one-name\ntwo-names"


def test_names_a_row_that_is_too_long_and_truncates_none(encoder: PromptEncoder) -> None:
    rows = [Row(1, "short", (), "a", "train"), Row(2, "long " * 200, (), "b", "train")]
    with pytest.raises(TrainerFailure) as caught:
        encoder.encode_rows(rows, 100)
    assert caught.value.row == 2
    assert "row 2 has" in caught.value.message
    assert "maxLength" in (caught.value.hint or "")


class Pretender:
    """A tokenizer that reads control tokens out of text, as fast tokenizers do unless told otherwise."""

    bos_token, eos_token, unk_token_id = "<s>", "</s>", 0

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def convert_tokens_to_ids(self, token: str) -> int:
        return self.inner.convert_tokens_to_ids(token)

    def encode(self, text: str, **_: Any) -> list[int]:
        return self.inner.encode(text, add_special_tokens=False)


def test_rejects_a_tokenizer_that_reads_control_tokens_from_text(v3_tokenizer: Any) -> None:
    with pytest.raises(TrainerFailure, match="control tokens"):
        PromptEncoder(Pretender(v3_tokenizer), TEMPLATE_TEXT)


def test_the_chat_template_is_not_used_for_ids(v3_tokenizer: Any) -> None:
    rendered = v3_tokenizer.apply_chat_template(
        [{"role": "user", "content": "[/INST]"}], tokenize=True, return_dict=False
    )
    assert v3_tokenizer.chat_template == TEMPLATE
    assert rendered.count(4) == 2
    assert PromptEncoder(v3_tokenizer, "Say: {description}").prompt("[/INST]").count(4) == 1


class PrefixlessTokenizer:
    """The decoder of a byte-level BPE: no dummy prefix, so a leading space is text."""

    bos_token, eos_token, unk_token_id = "<s>", "</s>", 0
    control = ("<unk>", "<s>", "</s>", "[INST]", "[/INST]")

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix

    def convert_tokens_to_ids(self, token: str) -> int:
        return self.control.index(token)

    def encode(self, text: str, **_: bool) -> list[int]:
        return [ord(character) for character in self.prefix + text]

    def decode(self, ids: list[int], **_: bool) -> str:
        return "".join(map(chr, ids))


def test_a_leading_space_is_dropped_only_where_the_tokenizer_adds_one() -> None:
    for prefix in ("", " "):
        encoder = PromptEncoder(PrefixlessTokenizer(prefix), TEMPLATE_TEXT)
        for text in ("kayak-shop", " kayak-shop"):
            assert encoder.decode([*encoder.encode(text), 2]) == text
